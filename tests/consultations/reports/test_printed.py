"""A report on some of the responses, weighted, beside an earlier wave: protected whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultations.analysis.filters import FilterError, from_query
from consultations.enums import JobStatus
from consultations.exports import jobs
from consultations.models import Consultation, ExportJob, ReferenceFigure, ReleasedFilter, WeightingScheme
from consultations.reports import report
from consultations.reports.blocks import Bullets, Document, Figure, Heading, Paragraph, Table
from consultations.reports.printed import printed
from portal.models import User
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

from .conftest import staff
from .test_report import table_of, texts

pytestmark = pytest.mark.django_db
PASSPORT = "best:is:pass"
NEWEST = {"country": "IT", "best": "none"}


def drafted(consultation: Consultation, by: User | None = None, **options: Any) -> Document:
    tree = from_query(options.pop("filter", ""))
    with override("en"):
        return report.document(printed(consultation, by=by, language="en", tree=tree, **options))


def people(document: Document, caption: str) -> dict[str, str]:
    return {row[0]: row[1] for row in table_of(document, caption).rows}


@pytest.fixture
def weighting(consultation: Consultation) -> WeightingScheme:
    """Where thirty chose the ID card and ten the passport, as many have each."""
    for category in ("dni", "pass"):
        ReferenceFigure.objects.create(
            variable="document", category=category, share=50, definition="Everybody", source="A register"
        )
    margins = [{"column": "best", "reference": "document"}]
    return WeightingScheme.objects.create(consultation=consultation, name="By document", margins=margins)


def test_filtered_report_says_its_filter_and_rounds_its_counts(
    consultation: Consultation, analyst: User
) -> None:
    """Ten of forty, told in multiples of five, and nothing of the others."""
    document = drafted(consultation, analyst, filter=PASSPORT)

    assert dict(document.facts)["Only responses with"] == "Which?: Passport"
    assert dict(document.facts)["Responses"] == "10"
    assert people(document, "Which?") == {"ID card": "0", "Passport": "10", "None": "0"}
    method = next(block for block in document.blocks if isinstance(block, Bullets))
    assert any("some of them alone: Which?: Passport" in item for item in method.items)


def test_filter_that_tells_of_few_is_refused_even_to_analysts(
    consultation: Consultation, analyst: User
) -> None:
    with pytest.raises(FilterError):
        drafted(consultation, analyst, filter="country:is:CL")


def test_what_an_analyst_printed_counts_as_shown(consultation: Consultation, analyst: User) -> None:
    """The passports less those from Italy would be the one from Chile."""
    drafted(consultation, analyst, filter=PASSPORT)

    assert [row.expression for row in ReleasedFilter.objects.all()] == [f"and({PASSPORT})"]
    with pytest.raises(FilterError):
        drafted(consultation, analyst, filter=f"and({PASSPORT},country:is:IT)")


def test_words_of_texts_choose_nobody(consultation: Consultation, analyst: User) -> None:
    with pytest.raises(FilterError):
        drafted(consultation, analyst, filter="city:contains:Milán")


def test_weights_stand_beside_counts_and_are_reported(
    consultation: Consultation, weighting: WeightingScheme
) -> None:
    document = drafted(consultation, scheme=weighting)

    table = next(b for b in document.blocks if isinstance(b, Table) and b.caption == "Which?")
    assert [list(row) for row in table.rows] == [
        ["ID card", "30", "75.0\u00a0%", "50.0\u00a0%"],
        ["Passport", "10", "25.0\u00a0%", "50.0\u00a0%"],
        ["None", "0", "0.0\u00a0%", "0.0\u00a0%"],
    ]
    assert dict(document.facts)["Weights"] == "By document"
    # Kish: (30 × 2/3 + 10 × 2)² / (30 × 4/9 + 10 × 4) = 30.
    assert people(document, "Report on the weights")["Effective size"] == "30"


def test_newest_answers_wait_for_whoever_sees_no_single_response(consultation: Consultation) -> None:
    """A report every evening would tell what one person said that day."""
    consultation.responses.update(submitted_on=timezone.localdate().replace(year=2020))
    ResponseFactory(
        sent=True, consultation=consultation, version=consultation.current_version, answers=NEWEST
    )
    unit, reader = staff("view_consultation"), staff("view_consultation", "view_single_responses")

    assert dict(drafted(consultation, unit).facts)["Responses"] == "40"
    assert dict(drafted(consultation, reader).facts)["Responses"] == "41"


def test_earlier_wave_stands_beside_this_one(consultation: Consultation, analyst: User) -> None:
    consultation.previous_wave = wave(people=40)
    consultation.save()

    document = drafted(consultation, analyst)

    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert "What changed since the last time" in headings
    place = headings.index("Question by question")
    assert "Which?" in headings[place:]
    table = [b for b in document.blocks if isinstance(b, Table) and b.caption == "Which?"][-1]
    assert [list(row) for row in table.rows] == [
        ["ID card", "50.0\u00a0%", "75.0\u00a0%", "+25.0"],
        ["Passport", "50.0\u00a0%", "25.0\u00a0%", "−25.0"],
    ]


def test_earlier_wave_of_few_is_left_out(consultation: Consultation, analyst: User) -> None:
    consultation.previous_wave = wave(people=9)
    consultation.save()

    said = texts(list(drafted(consultation, analyst).blocks))

    assert "What changed since the last time" not in said


def wave(*, people: int) -> Consultation:
    """Half chose the ID card, half the passport."""
    earlier = ConsultationFactory(open=True, title="Before")
    version = VersionFactory(questionnaire=earlier.questionnaire, definition=DEFINITION)
    for place in range(people):
        answers: dict[str, Any] = {**ANSWERS, "best": "dni" if place % 2 else "pass"}
        ResponseFactory(sent=True, consultation=earlier, version=version, answers=answers)
    return earlier


@pytest.mark.parametrize(
    ("from_chile", "told"),
    [(0, []), (12, ["World map. Italy: 39; Spain: 15; Peru: 15; Chile: 13."])],
)
def test_countries_of_enough_people_stand_on_a_map(
    consultation: Consultation, analyst: User, from_chile: int, told: list[str]
) -> None:
    """The one from Chile takes another country along into hiding, and two are too few for a map."""
    version = consultation.current_version
    for country in [*["ES", "PE"] * 15, *["CL"] * from_chile]:
        ResponseFactory(sent=True, consultation=consultation, version=version, answers={"country": country})

    pictures = [block for block in drafted(consultation, analyst).blocks if isinstance(block, Figure)]

    assert [figure.alt for figure in pictures if "projection" in figure.spec] == told


def test_themes_are_left_out_of_a_report_on_some(consultation: Consultation, analyst: User) -> None:
    code = CodeFactory(frame=CodeFrameFactory(coding=consultation), label="Citas")
    passage = PassageFactory(
        consultation=consultation,
        answer="city",
        question="city",
        response__version=consultation.current_version,
    )
    JudgementFactory(passage=passage, codes=[code])

    whole, part = drafted(consultation, analyst), drafted(consultation, analyst, filter=PASSPORT)

    captions = [[b.caption for b in document.blocks if isinstance(b, Table)] for document in (whole, part)]
    assert ["Themes of the texts" in found for found in captions] == [True, False]
    assert any(isinstance(b, Paragraph) and b.text.startswith("Themes are counted") for b in part.blocks)


def test_job_with_a_filter_that_became_too_small_says_so(consultation: Consultation, analyst: User) -> None:
    job = ExportJob(
        consultation=consultation,
        language="en",
        content="report",
        format="docx",
        filter="country:is:CL",
        purpose="Uso",
    )
    jobs.request(job=job, by=analyst)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, "fewer than 10 people" in job.message) == (JobStatus.FAILED, True)
