"""What a report says: method and limits, protected figures, allowed quotations, the questionnaire."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from consultations.analysis import schemes, snapshot
from consultations.enums import QuotationStatus
from consultations.instrument.definition import Choice, ChoiceList, QuestionKind
from consultations.models import Consultation, Quotation, ReferenceFigure, Response, WeightingScheme
from consultations.reports import report
from consultations.reports.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Table,
)
from consultations.reports.printed import printed
from portal.models import AuditEntry
from tests.consultations.exports.examples import ANSWERS, DEFINITION, GRADES, SERVICES
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db


def drafted(consultation: Consultation, language: str = "en") -> Document:
    with override(language):
        return report.document(printed(consultation, by=None, language=language))


def texts(blocks: list[Block] | tuple[Block, ...]) -> list[str]:
    """Every word of a document, block by block."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Bullets():
                found += block.items
            case Notice():
                found += [block.title, block.text]
            case Figure():
                found += [block.caption, block.alt, str(block.spec)]
            case Table():
                found += [
                    block.caption,
                    block.note,
                    *block.headings,
                    *(cell for row in block.rows for cell in row),
                ]
            case Quote():
                found += [block.text, block.source, block.translation]
    return found


def table_of(document: Document, caption: str) -> Table:
    return next(b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption))


def test_chapters_stand_in_order(consultation: Consultation) -> None:
    chapters = [b.text for b in drafted(consultation).blocks if isinstance(b, Heading) and b.level == 1]

    assert chapters == [
        "How this was done, and what it cannot say",
        "Results at a glance",
        "Who answered, and who lives there",
        "What people answered",
        "Appendix: the questionnaire",
    ]


def test_question_has_its_base_its_chart_and_its_table(consultation: Consultation) -> None:
    document = drafted(consultation)

    place = next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text == "3. Which?")
    _heading, base, chart, table = document.blocks[place : place + 4]
    assert base == Paragraph("Asked: 40. Answered: 40.", is_small=True)
    assert isinstance(chart, Figure)
    assert chart.alt == "Bar chart. ID card: 75.0\u00a0%; Passport: 25.0\u00a0%; None: 0.0\u00a0%."
    assert isinstance(table, Table)
    assert [list(row) for row in table.rows] == [
        ["ID card", "30", "75.0\u00a0%"],
        ["Passport", "10", "25.0\u00a0%"],
        ["None", "0", "0.0\u00a0%"],
    ]


def test_what_is_no_step_of_a_scale_is_in_the_table_alone(db: None) -> None:
    """In the bars, “does not apply” would stand at the end of those who find it good."""
    grades = ChoiceList(
        "grade", (*GRADES.choices, Choice("3", {"en": "Best"}), Choice("na", {"en": "No view"}))
    )
    definition = replace(DEFINITION, languages=("en",), choice_lists=(SERVICES, grades))
    consultation = ConsultationFactory(open=True)
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    for place in range(80):
        answers = {**ANSWERS, "wait": ("1", "2", "3", "na")[place % 4]}
        ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers)

    document = drafted(consultation)

    chart = next(b for b in document.blocks if isinstance(b, Figure) and b.caption == "Care")
    table = table_of(document, "Care")
    coloured = next(layer for layer in chart.spec["layer"] if "scale" in layer["encoding"].get("color", {}))
    assert coloured["encoding"]["color"]["scale"]["domain"] == ["Bad", "Good", "Best"]
    assert "No view" not in chart.alt
    assert "No view" in table.headings
    assert table.note.startswith("“No view” is no step of the scale")


def test_statements_that_bars_leave_out_are_said_to_be_in_the_table(db: None) -> None:
    definition = replace(DEFINITION, languages=("en",))
    consultation = ConsultationFactory(open=True)
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    for place in range(40):
        # Three people alone found the wait good.
        answers = {**ANSWERS, "wait": "2" if place < 3 else "1", "cost": ("1", "2")[place % 2]}
        ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers)

    document = drafted(consultation)

    chart = next(b for b in document.blocks if isinstance(b, Figure) and b.caption == "Care")
    said = document.blocks[list(document.blocks).index(chart) + 1]
    assert "Wait" not in chart.alt
    assert said == Paragraph(
        "Statements with a figure that is kept back are in the table alone.", is_small=True
    )


def test_statements_and_answers_of_a_matrix_stand_apart(consultation: Consultation) -> None:
    document = drafted(consultation)

    blocks = list(document.blocks)
    statements = next(b for b in blocks if isinstance(b, Bullets) and "Wait" in b.items)
    assert list(statements.items) == ["Wait", "Cost"]
    assert blocks[blocks.index(statements) + 1] == Paragraph("For each: Bad · Good.", is_small=True)


def test_one_person_alone_cannot_be_found(consultation: Consultation) -> None:
    """Whoever lives alone in a country is in no figure, and neither is what could give them away."""
    said = "\n".join(texts(list(drafted(consultation).blocks)))

    assert "Zapallarcito" not in said
    table = table_of(drafted(consultation), "Country?")
    assert [list(row)[1:] for row in table.rows] == [["*", "*"], ["*", "*"]]
    assert table.note == "* kept back, to protect people in small groups."


def test_answers_that_few_gave_are_one_line(consultation: Consultation) -> None:
    version = consultation.current_version
    for _person in range(15):
        answers = {**ANSWERS, "country": "ES"}
        ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers)

    table = table_of(drafted(consultation), "Country?")

    assert [list(row)[:2] for row in table.rows] == [["Italy", "39"], ["Other options (2 of them)", "16"]]
    assert table.note.endswith("with as many others as that takes: Spain, Chile.")


def test_few_responses_give_no_figures(consultation: Consultation) -> None:
    Response.objects.filter(pk__in=Response.objects.values("pk")[9:]).delete()
    blocks = drafted(consultation).blocks

    assert [b for b in blocks if isinstance(b, Table | Figure)] == []
    assert "Too few responses" in texts(list(blocks))


def test_consultation_without_a_questionnaire_says_so(db: None) -> None:
    empty = ConsultationFactory(open=True)

    assert [b.text for b in drafted(empty).blocks if isinstance(b, Heading)] == ["Nothing to report yet"]


def test_simulated_answers_are_named_before_any_figure(consultation: Consultation) -> None:
    consultation.responses.update(channel="simulated")
    blocks = drafted(consultation).blocks

    notice = next(block for block in blocks if isinstance(block, Notice))
    assert notice.text.startswith("40 of the 40 responses are simulated")
    assert list(blocks).index(notice) < next(n for n, b in enumerate(blocks) if isinstance(b, Figure))


def test_those_who_answered_stand_beside_those_who_live_there(consultation: Consultation) -> None:
    for category, share in (("IT", 8), ("other", 92)):
        ReferenceFigure.objects.create(
            variable="country",
            category=category,
            share=share,
            definition="Peruvians abroad",
            source="A census",
            as_of=date(2022, 1, 1),
        )
    consultation.responses.filter(answers__country="CL").delete()

    table = table_of(drafted(consultation), "Country?: those who answered")
    assert list(table.rows[1]) == ["Italy", "39", "100.0\u00a0%", "8.0\u00a0%", "+92.0"]
    assert table.note.startswith("Reference: Peruvians abroad. Source: A census")


def test_only_approved_quotations_of_people_who_allow_it_are_printed(consultation: Consultation) -> None:
    frame = CodeFrameFactory(coding=consultation)
    code = CodeFactory(frame=frame, label="Citas")
    for text, quotable, status in (
        ("No hay citas antes de mayo.", True, QuotationStatus.APPROVED),
        # Two people may write the same; it is printed once.
        ("No hay citas antes de mayo.", True, QuotationStatus.APPROVED),
        ("Nunca me atendieron a tiempo.", False, QuotationStatus.APPROVED),
        ("Todavía sin aprobar del todo.", True, QuotationStatus.REDACTED),
    ):
        passage = PassageFactory(
            consultation=consultation,
            text=text,
            quotable=quotable,
            answer="city",
            question="city",
            response__version=consultation.current_version,
        )
        JudgementFactory(passage=passage, codes=[code])
        Quotation.objects.create(passage=passage, code=code, text=text, status=status, start=0, end=len(text))

    document = drafted(consultation)

    assert [block.text for block in document.blocks if isinstance(block, Quote)] == [
        "No hay citas antes de mayo."
    ]
    assert [list(row) for row in table_of(document, "Themes of the texts").rows] == [["1 Citas", "*", "*"]]


def test_report_speaks_the_language_that_was_asked_for(consultation: Consultation) -> None:
    spanish, english = drafted(consultation, "es"), drafted(consultation, "en")

    assert (spanish.language, english.language) == ("es", "en")
    assert {"¿Cuál?", "Which?"} == {table_of(spanish, "¿Cuál?").caption, table_of(english, "Which?").caption}


def test_command_writes_a_report(consultation: Consultation, tmp_path: Path) -> None:
    out = tmp_path / "informe.pdf"

    call_command(
        "write_report", "todo", language="es", format="pdf", purpose="Consejo", out=out, stdout=StringIO()
    )

    entry = AuditEntry.objects.get(verb="report.written")
    assert out.read_bytes().startswith(b"%PDF-")
    assert entry.details == {
        "format": "pdf",
        "language": "es",
        "filter": "",
        "weighting": None,
        "purpose": "Consejo",
    }


@pytest.mark.parametrize(("slug", "folder"), [("none", "."), ("todo", "nowhere")])
def test_command_says_what_is_wrong(
    consultation: Consultation, tmp_path: Path, slug: str, folder: str
) -> None:
    with pytest.raises(CommandError):
        call_command("write_report", slug, format="pdf", out=tmp_path / folder / "a.pdf")


def test_groups_of_the_population_are_named_as_the_answers_that_match_them(
    consultation: Consultation,
) -> None:
    frame = snapshot.refresh(consultation)
    question = next(q for q in frame.definition.questions() if q.kind is QuestionKind.SINGLE_CHOICE)
    choice = frame.definition.choices_of(question)[0]
    for category in ("female", "nobody_else"):
        ReferenceFigure.objects.create(
            variable="sex", category=category, share=50, definition="Peruvians abroad", source="A census"
        )
    margin = {"column": question.name, "reference": "sex", "match": {choice.name: "female"}}
    WeightingScheme.objects.create(consultation=consultation, name="Sex", margins=[margin])

    table = next(
        block
        for block in drafted(consultation).blocks
        if isinstance(block, Table) and "% who live there" in block.headings
    )
    assert [row[0] for row in table.rows][:2] == [choice.label["en"], "Nobody else"]


def test_word_of_the_population_that_no_answer_names_begins_with_a_capital() -> None:
    with override("en"):
        said = [schemes.in_words(name) for name in ("female", "Male", "no_studies", "60+")]
    assert said == ["Women", "Men", "No studies", "60+"]
