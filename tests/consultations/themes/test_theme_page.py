"""One theme with all that it rests on: for readers of texts, for a unit, for an office."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from consultations.analysis import snapshot
from consultations.digest.figures import figures
from consultations.enums import NotePart, TextSource
from consultations.instrument.definition import Definition, QuestionKind, Section
from consultations.models import (
    AnswerSnapshot,
    Code,
    Coding,
    CodingSession,
    Consultation,
    DoubleCoding,
    GuideTopic,
    OfficeStaff,
    Passage,
    Quotation,
    TopicNote,
)
from consultations.models.passage import digest_of
from consultations.reports.blocks import Paragraph, Table
from consultations.reports.printed import printed
from consultations.reports.themes import blocks
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import question
from tests.factories.focus_groups import FocusGroupFactory, SessionFactory
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory
from tests.factories.themes import QUOTES, CodeFactory, CodeFrameFactory, JudgementFactory

pytestmark = pytest.mark.django_db

SECRET = "unmistakable"
# Of a country: people, and how many of them speak of waiting, of care, of a rare thing.
PEOPLE = {"IT": (30, 20, 12, 0), "ES": (28, 14, 13, 2), "JP": (3, 1, 1, 0)}
READS = ("view_consultation", "code_answers", "view_single_responses", "view_sensitive_answers")


def survey(*, sensitive: bool = False) -> Definition:
    asked = (
        question("where", QuestionKind.COUNTRY),
        question("comment", QuestionKind.LONG_TEXT, sensitive=sensitive),
    )
    return Definition(name="survey", sections=(Section("all", asked),), choice_lists=())


@pytest.fixture
def consultation() -> Consultation:
    version = VersionFactory(definition=survey())
    return ConsultationFactory(
        open=True, questionnaire=version.questionnaire, unit=UnitFactory(code="PIM"), languages=["es", "en"]
    )


@pytest.fixture
def codes(consultation: Consultation) -> dict[str, Code]:
    frame = CodeFrameFactory(coding=consultation)
    services = CodeFactory(frame=frame, name="services")
    names = ("waiting", "care", "rare")
    below = {name: CodeFactory(frame=frame, name=name, parent=services) for name in names}
    return {"services": services, **below}


@pytest.fixture
def answered(consultation: Consultation, codes: dict[str, Code]) -> Consultation:
    version = consultation.questionnaire.versions.get()
    for country, (people, *speaking) in PEOPLE.items():
        for place in range(people):
            answers = {"where": country, "comment": f"{SECRET} {country} {place}"}
            response = ResponseFactory(
                sent=True,
                consultation=consultation,
                version=version,
                answers=answers,
                sections=["all"],
                submitted_on=date(2026, 10, 1),
                consents=QUOTES,
            )
            passage = Passage.objects.create(
                consultation=consultation,
                source=TextSource.ANSWER,
                response=response,
                answer="comment",
                question="comment",
                language="es",
                digest=digest_of(answers["comment"]),
            )
            names = zip(("waiting", "care", "rare"), speaking, strict=True)
            JudgementFactory(passage=passage, codes=[codes[name] for name, most in names if place < most])
    snapshot.refresh(consultation)
    return consultation


def noted(consultation: Consultation, *given: Code) -> Passage:
    group = FocusGroupFactory(open=True, consultation=consultation)
    topic = GuideTopic.objects.create(group=group, title="Servicios", sort_order=1)
    note = TopicNote.objects.create(
        session=SessionFactory(group=group), topic=topic, language="es", summary="Esperan en la cola."
    )
    passage = Passage.objects.create(
        consultation=consultation,
        source=TextSource.NOTE,
        note=note,
        part=NotePart.SUMMARY,
        language="es",
        digest=digest_of("Esperan en la cola."),
    )
    JudgementFactory(passage=passage, spans=[(code, 0, 7) for code in given])
    return passage


def look(client: Client, name: str, *args: Any) -> Any:
    response = client.get(reverse(name, args=args), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response


def measured(response: Any) -> list[tuple[str, int | None, int | None]]:
    return [(line.label, line.speaking, line.coded) for line in response.context["countries"]]


def test_reader_sees_answers_beside_notes_with_their_measure(
    answered: Consultation, codes: dict[str, Code]
) -> None:
    note = noted(answered, codes["waiting"])
    client = signed_in(staff(*READS))

    page = look(client, "themes_theme", answered.pk, codes["services"].pk)

    answers, groups = page.context["sides"]
    assert (answers.texts, answers.coded, groups.texts, groups.coded) == (35, 61, 1, 1)
    assert [(voice.passage, voice.words, voice.is_part) for voice in groups.voices] == [
        (note, "Esperan", True)
    ]
    assert len(answers.voices) == 6
    assert [(speaking, coded) for _country, speaking, coded in measured(page)] == [(20, 30), (14, 28), (1, 3)]
    assert page.context["line"].people == 35
    opened = CodingSession.objects.get()
    assert len(opened.opened) == 7


def test_unit_sees_no_words_and_no_small_number(answered: Consultation, codes: dict[str, Code]) -> None:
    noted(answered, codes["waiting"])
    client = signed_in(staff_of(answered.unit, "view_consultation"))

    found = look(client, "themes_found", answered.pk)
    page = look(client, "themes_theme", answered.pk, codes["waiting"].pk)
    rare = look(client, "themes_theme", answered.pk, codes["rare"].pk)

    people = {line.theme.code.name: line.people for line in found.context["lines"]}
    assert people == {"services": 35, "waiting": 35, "care": None, "rare": None}
    assert SECRET not in page.text
    assert "Esperan" not in page.text
    assert "sides" not in page.context
    small = [number for line in measured(page) for number in line[1:] if number and number < 10]
    assert small == []
    assert (rare.context["line"].people, rare.context["countries"]) == (None, [])
    assert not CodingSession.objects.exists()
    assert client.get(reverse("themes", args=[answered.pk])).status_code == 302


def test_office_sees_its_district_alone_and_rounded(answered: Consultation, codes: dict[str, Code]) -> None:
    office = ConsularOfficeFactory(in_milan=True)
    ConsularDistrictFactory(office=office, whole_country=True)
    user = staff_of(None, "view_consultation")
    OfficeStaff.objects.create(user=user, office=office)

    page = look(signed_in(user), "themes_theme", answered.pk, codes["services"].pk)

    assert page.context["outlook"].look.scope
    assert [rest for _name, *rest in measured(page)] == [[20, 30]]
    assert "sides" not in page.context


def test_quotation_that_may_be_used_stands_with_its_theme(
    answered: Consultation, codes: dict[str, Code]
) -> None:
    passage = Passage.objects.filter(consultation=answered).order_by("pk")[0]
    fields = {"passage": passage, "start": 0, "code": codes["waiting"]}
    Quotation.objects.create(**fields, end=5, text="Se espera […]", status="approved")
    Quotation.objects.create(**fields, end=6, text="Not approved", status="redacted")
    client = signed_in(staff_of(answered.unit, "view_consultation"))

    page = look(client, "themes_theme", answered.pk, codes["services"].pk)

    assert [quotation.text for quotation in page.context["quotations"]] == ["Se espera […]"]
    passage.response.consents = []
    passage.response.save()
    again = look(client, "themes_theme", answered.pk, codes["services"].pk)
    assert again.context["quotations"] == []


def test_texts_of_an_open_sample_are_in_no_number_and_no_list(
    answered: Consultation, codes: dict[str, Code]
) -> None:
    """Else the second coder learns by subtraction what the first one gave."""
    client = signed_in(second := staff(*READS))
    lone = Passage.objects.filter(judgements__codings__code=codes["rare"])
    double = DoubleCoding.objects.create(consultation=answered, seed="x", second_coder=second)
    double.passages.set(lone)

    overview = look(client, "themes", answered.pk)
    page = look(client, "themes_theme", answered.pk, codes["rare"].pk)

    numbers = {row["shown"].code.name: row["shown"].texts for row in overview.context["rows"]}
    assert numbers == {"services": 33, "waiting": 33, "care": 24, "rare": 0}
    assert (page.context["line"].people, page.context["count"].texts) == (0, 0)
    assert [side.voices for side in page.context["sides"]] == [[], []]


def test_quotation_of_an_open_sample_names_no_theme(answered: Consultation, codes: dict[str, Code]) -> None:
    """It was approved before the sample was drawn; its theme is what the first coder found."""
    passage = Passage.objects.filter(consultation=answered).order_by("pk")[0]
    words = {"start": 0, "end": 5, "text": "Se espera […]", "status": "approved"}
    Quotation.objects.create(passage=passage, code=codes["waiting"], **words)
    client = signed_in(second := staff(*READS))
    double = DoubleCoding.objects.create(consultation=answered, seed="x", second_coder=second)
    double.passages.set([passage])

    page = look(client, "themes_theme", answered.pk, codes["waiting"].pk)

    assert page.context["quotations"] == []
    double.closed_at = double.drawn_at
    double.save()
    again = look(client, "themes_theme", answered.pk, codes["waiting"].pk)
    assert [quotation.text for quotation in again.context["quotations"]] == ["Se espera […]"]


def test_mail_and_report_leave_an_open_sample_out(answered: Consultation, codes: dict[str, Code]) -> None:
    reader = staff_of(answered.unit, *READS)
    double = DoubleCoding.objects.create(consultation=answered, seed="x", second_coder=reader)
    double.passages.set(Passage.objects.filter(judgements__codings__code=codes["rare"]))

    with translation.override("en"):
        told = figures(answered, snapshot.refresh(answered), reader).themes
        written = list(blocks(printed(answered, by=reader, language="en")))

    assert told == [("Services", 33)]
    (base,) = [b.text for b in written if isinstance(b, Paragraph) and "given themes" in b.text]
    assert base.startswith(
        "59 texts were read and given themes. 2 texts of an open double coding are left out"
    )
    (table,) = [block for block in written if isinstance(block, Table)]
    assert [list(row)[1] for row in table.rows] == ["33", "*", "*"]


def test_mail_protects_themes_of_sensitive_answers(answered: Consultation, codes: dict[str, Code]) -> None:
    Passage.objects.filter(consultation=answered).update(sensitive=True)
    rare = CodeFactory(frame=codes["rare"].frame, name="alone")
    Coding.objects.filter(code=codes["rare"]).update(code=rare)
    rights = ("view_consultation", "code_answers", "view_single_responses")
    frame = snapshot.refresh(answered)

    told = [dict(figures(answered, frame, staff_of(answered.unit, *more)).themes) for more in (rights, READS)]

    assert [found.get("Alone") for found in told] == [None, 2]


def test_manager_without_the_right_to_sensitive_answers_gets_protected_numbers(
    answered: Consultation, codes: dict[str, Code]
) -> None:
    client = signed_in(staff("view_consultation", "code_answers", "view_single_responses"))
    Passage.objects.filter(consultation=answered, judgements__codings__code=codes["rare"]).update(
        sensitive=True
    )

    overview = look(client, "themes", answered.pk)
    page = look(client, "themes_theme", answered.pk, codes["rare"].pk)

    numbers = {row["shown"].code.name: row["shown"].texts for row in overview.context["rows"]}
    assert numbers == {"services": 35, "waiting": 35, "care": None, "rare": None}
    assert [row["count"] for row in overview.context["rows"]] == [None] * 4
    assert "sides" not in page.context


def test_foreign_unknown_and_unprepared(answered: Consultation, codes: dict[str, Code]) -> None:
    foreign = signed_in(staff_of(UnitFactory(code="SSN"), "view_consultation"))
    own = signed_in(staff_of(answered.unit, "view_consultation"))
    elsewhere = CodeFactory(frame=CodeFrameFactory())

    assert foreign.get(reverse("themes_found", args=[answered.pk])).status_code == 404
    assert own.get(reverse("themes_theme", args=[answered.pk, elsewhere.pk])).status_code == 404
    AnswerSnapshot.objects.all().delete()
    assert "analysis_ready" not in look(own, "themes_found", answered.pk).context
    plain = ConsultationFactory(open=True, unit=answered.unit)
    assert "outlook" not in look(own, "themes_found", plain.pk).context


def test_pages_take_the_same_queries_for_any_number(answered: Consultation, codes: dict[str, Code]) -> None:
    client = signed_in(staff(*READS))
    for name in ("services", "rare"):
        look(client, "themes_theme", answered.pk, codes[name].pk)
    taken = []
    for name in ("services", "rare"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look(client, "themes_theme", answered.pk, codes[name].pk)
        taken.append(len(queries))
    assert taken[0] == taken[1]
