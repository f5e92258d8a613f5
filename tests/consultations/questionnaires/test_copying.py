"""Copies go into drafts, under names of their own, and their rules follow them."""

from dataclasses import replace

import pytest

from consultations.instrument.checks import problems
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)
from consultations.models import ChoiceList as ChoiceListRecord
from consultations.models import Question as QuestionRecord
from consultations.models import Questionnaire
from consultations.models import Section as SectionRecord
from consultations.questionnaires.compile import definition_of, store
from consultations.questionnaires.copying import copy_question, copy_section, renamed
from portal.models import AuditEntry
from tests.factories.portal import UserFactory

K = QuestionKind
YES_NO = ChoiceList("l", (Choice("y", {"es": "Sí"}, attributes={"country": "ES"}), Choice("n", {"es": "No"})))
SOURCE = Definition(
    "source",
    {"es": "Fuente"},
    sections=(
        Section(
            "work",
            (
                Question("job", K.SINGLE_CHOICE, {"es": "¿Trabaja?"}, choice_list="l", or_other=True),
                Question(
                    "why", K.LONG_TEXT, {"es": "¿Por qué?"}, relevant="${job} = 'n' or ${job_other} != ''"
                ),
                Question(
                    "rate",
                    K.MATRIX,
                    {"es": "Valore"},
                    choice_list="l",
                    rows=(MatrixRow("rate_pay", {"es": "Paga"}),),
                ),
                Question(
                    "end", K.INTEGER, {"es": "¿Años?"}, relevant="${rate_pay} = 'y'", constraint=". > 0"
                ),
            ),
            {"es": "Trabajo"},
        ),
    ),
    choice_lists=(YES_NO,),
)


def drafted(questionnaire: Questionnaire) -> Definition:
    return definition_of(Questionnaire.objects.get(pk=questionnaire.pk).get_latest_revision_as_object())


@pytest.mark.django_db
def test_a_section_is_copied_within_its_questionnaire_with_rules_that_follow() -> None:
    questionnaire = store(SOURCE, by=None)

    copy_section(section=SectionRecord.objects.get(), to=questionnaire, by=None)

    original, copied = drafted(questionnaire).sections
    assert original == SOURCE.sections[0]
    assert copied.name == "work_2"
    assert [question.name for question in copied.questions] == ["job_2", "why_2", "rate_2", "end_2"]
    assert copied.questions[1].relevant == "${job_2} = 'n' or ${job_2_other} != ''"
    assert copied.questions[3].relevant == "${rate_pay_2} = 'y'"
    assert problems(drafted(questionnaire)) == []


@pytest.mark.django_db
def test_what_is_live_does_not_change_by_copying() -> None:
    questionnaire = store(SOURCE, by=None)

    copy_section(section=SectionRecord.objects.get(), to=questionnaire, by=None)

    questionnaire = Questionnaire.objects.get()
    assert definition_of(questionnaire) == SOURCE
    assert questionnaire.has_unpublished_changes


@pytest.mark.django_db
def test_several_copies_come_one_after_another() -> None:
    questionnaire = store(SOURCE, by=None)
    section = SectionRecord.objects.get()

    for _time in range(2):
        copy_section(section=section, to=questionnaire, by=None)

    assert [item.name for item in drafted(questionnaire).sections] == ["work", "work_2", "work_3"]


@pytest.mark.django_db
def test_a_section_goes_to_another_questionnaire_with_its_lists() -> None:
    store(SOURCE, by=None)
    target = store(
        replace(SOURCE, name="target", sections=(Section("a", (), {"es": "A"}),), choice_lists=()), by=None
    )

    copy_section(section=SectionRecord.objects.get(name="work"), to=target, by=None)

    draft = drafted(target)
    assert draft.sections[1] == SOURCE.sections[0]
    assert draft.choice_lists == (YES_NO,)


@pytest.mark.django_db
def test_a_list_that_the_target_has_already_is_shared() -> None:
    store(SOURCE, by=None)
    target = store(replace(SOURCE, name="target", sections=()), by=None)

    copy_section(section=SectionRecord.objects.get(), to=target, by=None)

    assert ChoiceListRecord.objects.filter(questionnaire=target).count() == 1


@pytest.mark.django_db
def test_another_list_of_the_same_name_is_not_touched() -> None:
    other = ChoiceList("l", (Choice("x", {"es": "Otra cosa"}),))
    store(SOURCE, by=None)
    target = store(replace(SOURCE, name="target", sections=(), choice_lists=(other,)), by=None)

    copy_section(section=SectionRecord.objects.get(), to=target, by=None)

    draft = drafted(target)
    assert draft.choice_lists == (other, replace(YES_NO, name="l_2"))
    assert draft.sections[0].questions[0].choice_list == "l_2"


@pytest.mark.django_db
def test_a_question_is_copied_to_the_end_of_a_section() -> None:
    questionnaire = store(SOURCE, by=None)

    copied = copy_question(
        question=QuestionRecord.objects.get(name="rate"), to=SectionRecord.objects.get(), by=None
    )

    assert copied.name == "rate_2"
    (section,) = drafted(questionnaire).sections
    assert section.questions[:-1] == SOURCE.sections[0].questions
    assert section.questions[-1] == replace(
        SOURCE.sections[0].questions[2], name="rate_2", rows=(MatrixRow("rate_pay_2", {"es": "Paga"}),)
    )


@pytest.mark.django_db
def test_a_question_that_is_only_in_the_draft_can_be_copied_too() -> None:
    questionnaire = store(SOURCE, by=None)
    copied = copy_section(section=SectionRecord.objects.get(), to=questionnaire, by=None)
    draft = Questionnaire.objects.get().get_latest_revision_as_object()
    section = next(item for item in draft.sections.all() if item.name == copied.name)

    copy_question(question=section.questions.all()[0], to=section, by=None)

    assert [question.name for question in drafted(questionnaire).sections[1].questions][-1] == "job_3"


@pytest.mark.django_db
def test_copying_leaves_a_trace_of_who_did_it() -> None:
    person = UserFactory()
    questionnaire = store(SOURCE, by=None)

    copy_section(section=SectionRecord.objects.get(), to=questionnaire, by=person)

    entry = AuditEntry.objects.get(verb="questionnaire.section.copied")
    assert (entry.by, entry.details) == (person, {"source": "work", "copy": "work_2"})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("${a} = 'x'", "${b} = 'x'"),
        ("selected(${ a }, 'a')", "selected(${b}, 'a')"),
        ("${ab} = ${a}", "${ab} = ${b}"),
        ("'${a}' = \"${a}\" or ${a}", "'${a}' = \"${a}\" or ${b}"),
        ("country = ${c}", "country = ${c}"),
        ("", ""),
    ],
)
def test_references_are_renamed_and_quoted_text_is_not(rule: str, expected: str) -> None:
    assert renamed(rule, {"a": "b"}) == expected
