"""Freezing versions: what must hold first, and what names may never do."""

from dataclasses import replace

import pytest
from django.utils import translation

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)
from consultations.instrument.problems import Problem, Severity
from consultations.models import Questionnaire, QuestionnaireVersion
from consultations.questionnaires.compile import store
from consultations.questionnaires.continuity import breaks
from consultations.questionnaires.problem_messages import MESSAGES, message_of
from consultations.questionnaires.publication import NotPublishable, problems_of, publish_version
from portal.models import AuditEntry
from tests.factories.portal import UserFactory

K = QuestionKind


def asking(*questions: Question, lists: tuple[ChoiceList, ...] = (), **fields: object) -> Definition:
    section = Section("s", questions, {"es": "S"})
    definition = Definition("q", {"es": "Q"}, sections=(section,), choice_lists=lists)
    return replace(definition, **fields)  # type: ignore[arg-type]


def text(name: str, kind: QuestionKind = K.SHORT_TEXT, **fields: object) -> Question:
    return replace(Question(name, kind, {"es": f"¿{name}?"}), **fields)  # type: ignore[arg-type]


def listed(**labels: str) -> ChoiceList:
    return ChoiceList("l", tuple(Choice(name, {"es": label}) for name, label in labels.items()))


def stored(definition: Definition, questionnaire: Questionnaire | None = None) -> Questionnaire:
    return store(definition, questionnaire=questionnaire, by=None)


# --- Publishing ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_publishing_freezes_what_is_stored() -> None:
    person = UserFactory()
    definition = asking(text("a"))

    version = publish_version(questionnaire=stored(definition), by=person)

    version = QuestionnaireVersion.objects.get(pk=version.pk)
    assert (version.number, version.published_by, version.digest) == (1, person, definition.digest())
    assert version.definition == definition
    entry = AuditEntry.objects.get(verb="questionnaire.published")
    assert (entry.by, entry.details) == (person, {"number": 1, "digest": definition.digest()})


@pytest.mark.django_db
def test_publishing_again_without_a_change_gives_the_same_version() -> None:
    questionnaire = stored(asking(text("a")))
    first = publish_version(questionnaire=questionnaire, by=None)

    assert publish_version(questionnaire=questionnaire, by=None) == first
    assert AuditEntry.objects.filter(verb="questionnaire.published").count() == 1


@pytest.mark.django_db
def test_a_change_makes_the_next_version_and_leaves_the_former_as_it_was() -> None:
    questionnaire = stored(asking(text("a")))
    first = publish_version(questionnaire=questionnaire, by=None)
    stored(asking(text("a"), text("b")), questionnaire)

    second = publish_version(questionnaire=questionnaire, by=None)

    assert second.number == 2
    assert QuestionnaireVersion.objects.get(pk=first.pk).definition == asking(text("a"))


@pytest.mark.django_db
def test_going_back_to_an_older_text_is_a_new_version() -> None:
    questionnaire = stored(asking(text("a")))
    for definition in (asking(text("a")), asking(text("a"), text("b")), asking(text("a"))):
        publish_version(questionnaire=stored(definition, questionnaire), by=None)

    assert list(questionnaire.versions.values_list("number", flat=True)) == [3, 2, 1]


@pytest.mark.django_db
def test_a_questionnaire_with_errors_is_not_published() -> None:
    questionnaire = stored(asking(text("a", relevant="${nobody} = 'x'")))

    with pytest.raises(NotPublishable) as refusal:
        publish_version(questionnaire=questionnaire, by=None)

    assert [(problem.place, problem.code) for problem in refusal.value.problems] == [("a", "unknown_name")]
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.django_db
def test_texts_may_be_missing_only_in_languages_that_are_off() -> None:
    half = text("a", label={"es": "¿Edad?", "it": "Età?"})

    assert problems_of(stored(asking(half))) == []

    on = stored(asking(half, name="on", languages=("es", "en"), title={"es": "Q", "en": "Q"}))
    missing = [(problem.place, problem.language) for problem in problems_of(on)]
    assert missing == [("s", "en"), ("a", "en")]


@pytest.mark.django_db
def test_a_title_in_one_language_is_enough_to_publish() -> None:
    section = Section("s", (text("a", label={"es": "¿?", "en": "?"}),), {"es": "S", "en": "S"})
    questionnaire = stored(Definition("q", {"es": "Q"}, ("es", "en"), sections=(section,)))

    assert [(problem.field, problem.severity) for problem in problems_of(questionnaire)] == [
        ("title", Severity.WARNING)
    ]
    assert publish_version(questionnaire=questionnaire, by=None).number == 1


@pytest.mark.django_db
def test_what_an_earlier_version_forbids_stands_in_the_way() -> None:
    questionnaire = stored(asking(text("a")))
    publish_version(questionnaire=questionnaire, by=None)
    stored(asking(text("a", K.INTEGER)), questionnaire)

    with pytest.raises(NotPublishable) as refusal:
        publish_version(questionnaire=questionnaire, by=None)

    assert refusal.value.problems == [Problem("a", "kind", "kind_changed", {"name": "a", "version": 1})]


# --- What names may not do -------------------------------------------------------------------

YES_NO = listed(y="Sí", n="No")
SELECT = text("a", K.SINGLE_CHOICE, choice_list="l")
MATRIX = text("m", K.MATRIX, choice_list="l", rows=(MatrixRow("a", {"es": "A"}),))
SCALE = text("a", K.SCALE, start=0, end=10, step=1)


def codes(new: Definition, old: Definition) -> list[str]:
    return [problem.code for problem in breaks(new, old, 1)]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (asking(text("a", label={"es": "Otro texto"})), asking(text("a"))),
        (asking(text("a", K.LONG_TEXT)), asking(text("a"))),
        (asking(text("b")), asking(text("a"))),
        (asking(text("a"), text("b")), asking(text("a"))),
        (asking(text("a")), asking(text("a", K.NOTE))),
        (asking(replace(SCALE, step=2)), asking(SCALE)),
        (asking(SELECT, lists=(listed(y="Sí"),)), asking(SELECT, lists=(YES_NO,))),
        (asking(SELECT, lists=(listed(y="Sí", n="No", d="No sé"),)), asking(SELECT, lists=(YES_NO,))),
        (asking(SELECT, lists=(listed(y="Sí, claro", n="No"),)), asking(SELECT, lists=(YES_NO,))),
        (asking(SELECT, lists=(listed(yes="Sí", n="No"),)), asking(SELECT, lists=(YES_NO,))),
    ],
    ids=[
        "reworded",
        "longer text",
        "retired",
        "extended",
        "a note had no answers",
        "steps",
        "option retired",
        "option added",
        "option reworded",
        "option under a new code",
    ],
)
def test_a_live_questionnaire_may_be(new: Definition, old: Definition) -> None:
    assert codes(new, old) == []


@pytest.mark.parametrize(
    ("new", "old", "code"),
    [
        (asking(text("a", K.INTEGER)), asking(text("a")), "kind_changed"),
        (asking(SELECT, lists=(YES_NO,)), asking(text("a")), "kind_changed"),
        (asking(SELECT, lists=(YES_NO,)), asking(MATRIX, lists=(YES_NO,)), "kind_changed"),
        (
            asking(text("a_other", K.INTEGER)),
            asking(replace(SELECT, or_other=True), lists=(YES_NO,)),
            "kind_changed",
        ),
        (asking(replace(SCALE, end=5)), asking(SCALE), "scale_changed"),
        (
            asking(SELECT, lists=(listed(y="No", n="Nunca"),)),
            asking(SELECT, lists=(YES_NO,)),
            "choice_reassigned",
        ),
        (asking(MATRIX, lists=(listed(y="No"),)), asking(MATRIX, lists=(YES_NO,)), "choice_reassigned"),
    ],
)
def test_a_used_name_keeps_its_meaning(new: Definition, old: Definition, code: str) -> None:
    assert codes(new, old) == [code]


def test_swapped_labels_are_told_for_both_codes() -> None:
    swapped = asking(SELECT, lists=(listed(y="No", n="Sí"),))

    assert codes(swapped, asking(SELECT, lists=(YES_NO,))) == ["choice_reassigned"] * 2


# --- Saying it -------------------------------------------------------------------------------

NAMES = ("name", "with", "most", "least", "count", "choice", "other", "version", "character")
PARAMS = dict.fromkeys((*NAMES, "expected", "found", "reason"), "x") | {"kind": "note"}


@pytest.mark.parametrize("code", MESSAGES)
def test_every_problem_has_a_sentence(code: str) -> None:
    message = message_of(Problem("a", "relevant", code, PARAMS, position=4))

    assert message != code
    assert "%(" not in message
    assert "5" in message


def test_an_option_that_lacks_its_text_is_named() -> None:
    problem = Problem("l", "choices", "missing_translation", {"choice": "no"}, language="es")

    with translation.override("en"):
        assert "“no”" in message_of(problem)


def test_sentences_begin_with_a_capital() -> None:
    problem = Problem("q", "relevant", "type_mismatch", {"expected": "number", "found": "text"}, position=0)

    with translation.override("en"):
        assert message_of(problem).startswith("A number is expected")
