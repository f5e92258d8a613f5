"""Rows become a definition and a definition becomes rows, and neither loses anything."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from communities.enums import OfficeKind, OfficeStatus
from communities.models import ConsularDistrict, ConsularOffice, Country
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
)
from consultations.models import Choice as ChoiceRecord
from consultations.models import Question as QuestionRecord
from consultations.models import Questionnaire
from consultations.models import Section as SectionRecord
from consultations.questionnaires.compile import definition_of, store
from consultations.questionnaires.xlsform import columns, read
from portal.models import AuditEntry
from tests.consultations.strategies import definitions
from tests.factories.portal import UserFactory
from tests.factories.questionnaires import QuestionFactory, SectionFactory

pytestmark = pytest.mark.django_db

K = QuestionKind
REAL = Path("consultations/demo/questionnaires/necesidades_comunidad.xlsx")
OWN_KINDS = [kind for kind in QuestionKind if kind not in (K.COUNTRY, K.CONSULAR_OFFICE)]
SMALL = Definition(
    name="small",
    title={"es": "Pequeña"},
    sections=(
        Section(
            "a",
            (
                Question("vote", K.SINGLE_CHOICE, {"es": "¿Vota?"}, choice_list="yes_no"),
                Question("why", K.SHORT_TEXT, {"es": "¿Por qué?"}, relevant="${vote} = 'no'"),
            ),
            {"es": "A"},
        ),
    ),
    choice_lists=(ChoiceList("yes_no", (Choice("yes", {"es": "Sí"}), Choice("no", {"es": "No"}))),),
)


def queries_of(questionnaire: Questionnaire) -> int:
    with CaptureQueriesContext(connection) as queries:
        definition_of(questionnaire)
    return len(queries)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(definitions(OWN_KINDS))
def test_any_questionnaire_survives_the_database(definition: Definition) -> None:
    Questionnaire.objects.filter(slug=definition.name).delete()

    questionnaire = store(definition, by=None)

    assert definition_of(questionnaire) == definition
    assert definition_of(questionnaire).digest() == definition.digest()


def test_the_real_questionnaire_survives_the_database() -> None:
    definition = read(REAL.read_bytes()).definition

    assert definition_of(store(definition, by=None)) == definition


def test_a_questionnaire_compiles_in_the_same_number_of_queries_whatever_its_size() -> None:
    small = store(SMALL, by=None)
    large = store(read(REAL.read_bytes()).definition, by=None)

    assert queries_of(small) == queries_of(large) == 5


def test_what_is_stored_is_live_and_its_revision_says_the_same() -> None:
    questionnaire = store(SMALL, by=None)

    assert questionnaire.live
    assert not questionnaire.has_unpublished_changes
    assert definition_of(questionnaire.get_latest_revision_as_object()) == SMALL


def test_a_draft_in_memory_compiles_what_it_holds() -> None:
    questionnaire = store(SMALL, by=None)
    draft = questionnaire.get_latest_revision_as_object()
    draft.sections.add(SectionRecord(name="b", label_es="B", sort_order=1))

    compiled = definition_of(draft)

    assert [section.name for section in compiled.sections] == ["a", "b"]
    assert definition_of(Questionnaire.objects.get()) == SMALL


def test_rows_that_keep_their_name_keep_their_identity() -> None:
    questionnaire = store(SMALL, by=None)
    sections = dict(SectionRecord.objects.values_list("name", "pk"))
    questions = dict(QuestionRecord.objects.values_list("name", "pk"))
    choices = dict(ChoiceRecord.objects.values_list("name", "pk"))
    first, second = SMALL.sections[0].questions
    changed = replace(
        SMALL,
        sections=(
            Section("b", (replace(second, label={"es": "¿Y por qué?"}),), {"es": "B"}),
            Section("a", (first,), {"es": "A"}),
        ),
        choice_lists=(
            ChoiceList("yes_no", (Choice("no", {"es": "¡No!"}), Choice("maybe", {"es": "Tal vez"}))),
        ),
    )

    store(changed, questionnaire=questionnaire, by=None)

    assert definition_of(questionnaire) == changed
    assert SectionRecord.objects.get(name="a").pk == sections["a"]
    assert dict(QuestionRecord.objects.values_list("name", "pk")) == questions
    assert ChoiceRecord.objects.get(name="no").pk == choices["no"]
    assert set(ChoiceRecord.objects.values_list("name", flat=True)) == {"no", "maybe"}


def test_a_given_questionnaire_keeps_its_identifier() -> None:
    questionnaire = store(replace(SMALL, name="own"), by=None)

    store(SMALL, questionnaire=questionnaire, by=None)

    assert Questionnaire.objects.get().slug == "own"


def test_storing_leaves_a_trace_of_who_did_it() -> None:
    person = UserFactory()

    questionnaire = store(SMALL, by=person)

    entry = AuditEntry.objects.get(verb="questionnaire.imported")
    assert (entry.by, entry.target_id) == (person, str(questionnaire.pk))
    assert entry.details == {"digest": SMALL.digest()}


def test_what_a_kind_has_no_use_for_is_left_out() -> None:
    question = QuestionFactory(kind=K.NOTE, required=True, choice_list="yes_no", max_length=3)

    (compiled,) = definition_of(question.section.questionnaire).questions()

    assert (compiled.required, compiled.choice_list, compiled.max_length) == (False, "", None)


def test_line_ends_and_blanks_of_forms_do_not_change_a_text() -> None:
    section = SectionFactory(label_es=" Uno\r\ndos \r\n", label_en="   ")

    compiled = definition_of(section.questionnaire).sections[0]

    assert compiled.label == {"es": "Uno\ndos"}


def test_countries_and_offices_are_the_portals_records() -> None:
    for code, name in (("ES", "España"), ("AD", "Andorra")):
        Country.objects.update_or_create(code=code, defaults={"name_es": name})
    spain, andorra = Country.objects.get(code="ES"), Country.objects.get(code="AD")
    office = {
        "kind": OfficeKind.CONSULATE_GENERAL,
        "country": spain,
        "city": "Barcelona",
        "timezone": "Europe/Madrid",
    }
    barcelona = ConsularOffice.objects.create(slug="barcelona", name_es="Consulado en Barcelona", **office)
    ConsularOffice.objects.create(slug="gone", name_es="Cerrado", status=OfficeStatus.CLOSED, **office)
    ConsularDistrict.objects.create(office=barcelona, country=spain, region="Cataluña")
    ConsularDistrict.objects.create(office=barcelona, country=andorra)
    ConsularDistrict.objects.create(
        office=barcelona, country=spain, region="Aragón", valid_to=date(2020, 1, 1)
    )
    section = SectionFactory()
    QuestionFactory(section=section, name="country", kind=K.COUNTRY, sort_order=1)
    QuestionFactory(section=section, name="office", kind=K.CONSULAR_OFFICE, sort_order=2)

    definition = definition_of(section.questionnaire)

    countries, offices = definition.choice_lists
    assert definition.list_of(definition.question("country")) == countries
    assert {"ES": "España", "AD": "Andorra"}.items() <= {
        c.name: c.label["es"] for c in countries.choices
    }.items()
    assert definition.list_of(definition.question("office")) == offices
    assert offices.choices == (
        Choice(
            "barcelona",
            {"es": "Consulado en Barcelona"},
            attributes={"country": "ES", "countries": "ES AD", "regions": "Cataluña"},
        ),
    )


def test_lists_of_places_are_not_stored_as_authors_lists() -> None:
    question = Question("country", K.COUNTRY, {"es": "¿País?"}, choice_list="mine")
    section = replace(SMALL.sections[0], questions=(question,))

    questionnaire = store(replace(SMALL, sections=(section,)), by=None)

    assert QuestionRecord.objects.get().choice_list == ""
    assert definition_of(questionnaire).question("country").choice_list == "portal_countries"


@pytest.mark.parametrize("field", sorted(columns.QUESTION_LENGTHS))
def test_workbooks_and_database_agree_on_lengths(field: str) -> None:
    assert QuestionRecord._meta.get_field(field).max_length == columns.QUESTION_LENGTHS[field]


def test_workbooks_and_database_agree_on_lengths_of_labels() -> None:
    for model in (SectionRecord, ChoiceRecord):
        assert model._meta.get_field("label").max_length == columns.LABEL_LENGTH
    assert Questionnaire._meta.get_field("title").max_length == columns.TITLE_LENGTH
