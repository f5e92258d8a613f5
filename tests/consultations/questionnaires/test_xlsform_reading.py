"""What a workbook means, and that everything it holds beyond that is reported by place."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)
from consultations.questionnaires.xlsform import Reading, Severity, read
from consultations.questionnaires.xlsform import workbook as limits

from .workbooks import SETTINGS, as_bytes, workbook

CHOICES = """
list_name | name | label::Español (es)
si_no     | si   | Sí
si_no     | no   | No
"""


def found(reading: Reading) -> list[tuple[str, str, int | None, str]]:
    return [(finding.code, finding.sheet, finding.row, finding.column) for finding in reading.findings]


def the_question(survey: str, choices: str = CHOICES) -> Question:
    reading = read(workbook(survey, choices))
    assert [str(finding) for finding in reading.findings] == []
    (question,) = reading.definition.questions()
    return question


# --- What is taken ---------------------------------------------------------------------------


def test_a_small_workbook_is_read_whole() -> None:
    survey = """
        type             | name    | label::Español (es) | label::English (en) | relevant     | required
        note             | intro   | Hola                | Hello               |              |
        begin_group      | persona | Usted               | You                 | ${a} = 'si'  |
        select_one si_no | a       | ¿Vota?              | Do you vote?        |              | yes
        end_group        |         |                     |                     |              |
        text             | fin     | ¿Algo más?          |                     |              |
    """

    reading = read(workbook(survey, CHOICES))

    assert reading.findings == ()
    assert reading.definition == Definition(
        name="prueba",
        title={"es": "Prueba"},
        languages=("es", "en"),
        default_language="es",
        sections=(
            Section(
                "outside_1",
                (Question("intro", QuestionKind.NOTE, {"es": "Hola", "en": "Hello"}),),
                is_group=False,
            ),
            Section(
                "persona",
                (
                    Question(
                        "a",
                        QuestionKind.SINGLE_CHOICE,
                        {"es": "¿Vota?", "en": "Do you vote?"},
                        required=True,
                        choice_list="si_no",
                    ),
                ),
                {"es": "Usted", "en": "You"},
                "${a} = 'si'",
            ),
            Section(
                "outside_2",
                (Question("fin", QuestionKind.SHORT_TEXT, {"es": "¿Algo más?"}),),
                is_group=False,
            ),
        ),
        choice_lists=(ChoiceList("si_no", (Choice("si", {"es": "Sí"}), Choice("no", {"es": "No"}))),),
    )


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("select_one si_no", QuestionKind.SINGLE_CHOICE),
        ("select one si_no", QuestionKind.SINGLE_CHOICE),
        ("select_multiple si_no", QuestionKind.MULTIPLE_CHOICE),
        ("Select all that apply si_no", QuestionKind.MULTIPLE_CHOICE),
        ("rank si_no", QuestionKind.RANKING),
        ("range", QuestionKind.SCALE),
        ("integer", QuestionKind.INTEGER),
        ("int", QuestionKind.INTEGER),
        ("decimal", QuestionKind.DECIMAL),
        ("date", QuestionKind.DATE),
        ("text", QuestionKind.SHORT_TEXT),
        ("string", QuestionKind.SHORT_TEXT),
        ("acknowledge", QuestionKind.ACKNOWLEDGE),
        ("trigger", QuestionKind.ACKNOWLEDGE),
        ("note", QuestionKind.NOTE),
    ],
)
def test_each_type_is_a_kind(type_: str, kind: QuestionKind) -> None:
    assert the_question(f"type | name | label\n{type_} | q | ¿?").kind is kind


def test_multiline_text_is_a_long_text() -> None:
    question = the_question("type | name | label | appearance\ntext | q | ¿? | multiline w2")

    assert (question.kind, question.appearance) == (QuestionKind.LONG_TEXT, "w2")


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("start=0 end=10 step=2", (0, 10, 2)),
        ("start = 0; end = 1.5; step = 0.25", (0, 1.5, 0.25)),
        ("end=5", (1, 5, 1)),
        ("", (1, 10, 1)),
    ],
)
def test_a_range_has_the_ends_that_the_standard_gives_it(
    written: str, numbers: tuple[float, float, float]
) -> None:
    question = the_question(f"type | name | label | parameters\nrange | q | ¿? | {written}")

    assert (question.start, question.end, question.step) == numbers


@pytest.mark.parametrize("ending", ["or_other", "or other", "or specify other"])
def test_a_select_may_ask_for_another_answer(ending: str) -> None:
    question = the_question(f"type | name | label\nselect_one si_no {ending} | q | ¿?")

    assert (question.choice_list, question.or_other) == ("si_no", True)


def test_a_table_list_group_is_one_matrix() -> None:
    question = the_question("""
        type             | name | label   | appearance | relevant | required
        begin_group      | m    | Valore  | table-list | 1 = 1    |
        select_one si_no | m_a  | El aseo |            |          | true
        select_one si_no | m_b  | El pago |            |          |
        end_group        |      |         |            |          |
    """)

    assert question == Question(
        "m",
        QuestionKind.MATRIX,
        {"es": "Valore"},
        relevant="1 = 1",
        choice_list="si_no",
        rows=(MatrixRow("m_a", {"es": "El aseo"}, required=True), MatrixRow("m_b", {"es": "El pago"})),
    )


def test_our_own_columns_are_read() -> None:
    question = the_question("""
        type                  | name | label | sensitive | min_choices | max_choices
        select_multiple si_no | q    | ¿?    | yes       | 1           | 2
    """)

    assert (question.sensitive, question.min_choices, question.max_choices) == (True, 1, 2)


def test_a_country_is_a_select_with_a_kind_of_its_own() -> None:
    question = the_question("type | name | label | portal_kind\nselect_one si_no | q | ¿? | country")

    assert question.kind is QuestionKind.COUNTRY


def test_other_columns_of_choices_are_for_filters_letter_by_letter() -> None:
    reading = read(
        workbook(
            "type | name | label\nselect_one l | q | ¿?",
            "list_name | name | label | Country | count | exclusive\nl | a | A | AR | 3 | yes",
        )
    )

    assert reading.findings == ()
    assert reading.definition.choice_lists[0].choices == (
        Choice("a", {"es": "A"}, exclusive=True, attributes={"Country": "AR", "count": "3"}),
    )


def test_numbers_dates_and_truth_are_taken_as_their_author_sees_them() -> None:
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "Survey "
    survey.append(["type", "name", "label", "required"])
    survey.append(["select_one l", "q", 2026, True])
    choices = book.create_sheet("choices")
    choices.append(["list name", "name", "label"])
    choices.append(["l", 1, 1.5])
    choices.append(["l", 2.0, "dos"])

    definition = read(as_bytes(book), fallback_name="f").definition

    question = definition.question("q")
    assert (question.label, question.required) == ({"es": "2026"}, True)
    assert definition.choice_lists[0].choices == (Choice("1", {"es": "1.5"}), Choice("2", {"es": "dos"}))


def test_without_settings_the_file_gives_its_name() -> None:
    reading = read(workbook("type | name | label\nnote | n | Hola", settings=""), fallback_name="encuesta")

    assert (reading.definition.name, reading.definition.title) == ("encuesta", {"es": "encuesta"})


def test_the_default_language_is_the_one_that_the_settings_name() -> None:
    settings = "form_id | form_title | default_language\nf | Poll | English (en)"

    definition = read(workbook("type | name | label\nnote | n | Hello", settings=settings)).definition

    assert (definition.default_language, definition.languages) == ("en", ("en",))
    assert definition.question("n").label == {"en": "Hello"}


# --- What is reported ------------------------------------------------------------------------

HEAD = "type | name | label | relevant | required | appearance | parameters | max_choices | hint | default"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("| q | ¿?", "type_missing", "type"),
        ("geopoint | q | ¿?", "type_refused", "type"),
        ("begin_repeat | q | ¿?", "type_refused", "type"),
        ("begin repeat | q | ¿?", "type_refused", "type"),
        ("calculate | q |", "type_refused", "type"),
        ("image | q | ¿?", "type_refused", "type"),
        ("select_one_from_file a.csv | q | ¿?", "type_refused", "type"),
        ("selct_one si_no | q | ¿?", "type_unknown", "type"),
        ("select_one | q | ¿?", "list_missing", "type"),
        ("select_one otra | q | ¿?", "list_unknown", "type"),
        ("rank si_no or_other | q | ¿?", "type_unknown", "type"),
        ("text | | ¿?", "name_missing", "name"),
        ("text | 1q | ¿?", "name_bad", "name"),
        ("text | q-1 | ¿?", "name_bad", "name"),
        ("text | first | ¿?", "name_twice", "name"),
        ("text | q | Hola ${first}", "text_quotes_answer", "label"),
        ("text | q | ¿? | | maybe", "flag_bad", "required"),
        ("text | q | ¿? | | ${first} = 1", "flag_bad", "required"),
        ("note | q | ¿? | | yes", "column_not_for_kind", "required"),
        ("text | q | ¿? | | | | start=1", "column_not_for_kind", "parameters"),
        ("range | q | ¿? | | | | begin=1", "parameter_unknown", "parameters"),
        ("range | q | ¿? | | | | start=one", "parameter_bad", "parameters"),
        ("range | q | ¿? | | | | start=0.00001", "parameter_bad", "parameters"),
        ("text | q | ¿? | | | | | 3", "column_not_for_kind", "max_choices"),
        ("select_multiple si_no | q | ¿? | | | | | many", "count_bad", "max_choices"),
        ("text | q | ¿? | | | | | | | now", "column_refused", "default"),
        (f"text | q | ¿? | | | {'w' * 101}", "text_too_long", "appearance"),
        ("end_group | |", "group_not_open", "type"),
        ("begin_group | q | G", "group_not_closed", "type"),
        ("begin_group | q | G | | yes\nend_group", "column_not_for_kind", "required"),
        ("begin_group | q | M | | | table-list\nend_group", "table_empty", "type"),
    ],
)
def test_what_cannot_be_taken_is_told_by_row_and_column(row: str, code: str, column: str) -> None:
    reading = read(workbook(f"{HEAD}\ntext | first | ¿?\n{row}", CHOICES))

    assert found(reading) == [(code, "survey", 3, column)]
    assert reading.errors


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("text | m_a | A", "table_row_type"),
        ("select_multiple si_no | m_a | A", "table_row_type"),
        ("select_one otra | m_a | A", "table_row_type"),
        ("select_one si_no or_other | m_a | A", "table_row_type"),
        ("begin_group | g | G\nend_group", "group_nested"),
        ("geopoint | m_a | A", "type_refused"),
    ],
)
def test_a_table_holds_selects_of_one_list(row: str, code: str) -> None:
    survey = f"""
type | name | label | appearance
begin_group | m | M | table-list
select_one si_no | m_1 | Uno
{row}
end_group
"""
    choices = CHOICES + "otra | x | X"

    assert (code, "survey", 4, "type") in found(read(workbook(survey, choices)))


def test_a_section_inside_a_section_is_refused() -> None:
    survey = """
        type        | name | label
        begin_group | a    | A
        begin_group | b    | B
        text        | q    | ¿?
        end_group   |      |
        end_group   |      |
    """

    assert found(read(workbook(survey))) == [("group_nested", "survey", 3, "type")]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("| a | A", "list_name_missing", "list_name"),
        ("l-1 | a | A", "name_bad", "list_name"),
        ("l | | A", "name_missing", "name"),
        ("l | a b | A", "choice_name_bad", "name"),
        ("l | first | A", "choice_name_twice", "name"),
        ("l | a | Hola ${q}", "text_quotes_answer", "label"),
        (f"l | a | {'A' * 501}", "text_too_long", "label"),
        ("l | a | A | foto.png", "column_refused", "media::image"),
        ("l | a | A | | sometimes", "flag_bad", "exclusive"),
    ],
)
def test_options_that_cannot_be_taken_are_told(row: str, code: str, column: str) -> None:
    head = "list_name | name | label | media::image | exclusive"
    choices = f"{head}\nl | first | 1\n{row}"

    reading = read(workbook("type | name | label\nselect_one l | q | ¿?", choices))

    assert found(reading) == [(code, "choices", 3, column)]


@pytest.mark.parametrize(
    ("sheet", "code", "column"),
    [
        ("form_title\nPrueba", "form_id_missing", "form_id"),
        ("form_title | form_id\nPrueba | ¡prueba!", "form_id_bad", "form_id"),
        ("form_id | default_language\np | Klingon", "default_language_missing", "default_language"),
        ("form_id | default_language\np | Italiano (it)", "default_language_missing", "default_language"),
    ],
)
def test_settings_that_cannot_be_taken_are_told(sheet: str, code: str, column: str) -> None:
    survey = "type | name | label::Español (es)\nnote | n | Hola"

    assert found(read(workbook(survey, settings=sheet))) == [(code, "settings", 2, column)]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("type | name | label::Klingon", "language_unknown"),
        ("type | name | label::Français (fr)", "language_unknown"),
        ("type | name | label | label", "column_twice"),
        ("type | name | label | label::Español (es)", "column_twice"),
        ("type | name | hint", "column_missing"),
    ],
)
def test_columns_that_cannot_be_taken_are_told(head: str, code: str) -> None:
    reading = read(workbook(f"{head}\nnote | n | Hola", settings="form_id\np"), languages={"es", "en"})

    assert [(finding.code, finding.row) for finding in reading.errors] == [(code, 1)]


def test_what_is_left_out_on_purpose_is_a_notice() -> None:
    survey = """
        type        | name  | label | appearance | my_column
        start       | start |       |            |
        begin_group | g     | G     | field-list |
        note        | n     | Hola  |            | mine
        end_group   |       |       |            |
    """
    settings = "form_id | style\np | pages"

    reading = read(workbook(survey, settings=settings, Notes="Just a reminder"))

    assert found(reading) == [
        ("sheet_ignored", "", None, ""),
        ("column_ignored", "survey", 1, "my_column"),
        ("setting_ignored", "settings", 1, "style"),
        ("type_metadata", "survey", 2, "type"),
        ("appearance_left_out", "survey", 3, "appearance"),
    ]
    assert {finding.severity for finding in reading.findings} == {Severity.NOTICE}


def test_all_findings_come_in_one_report() -> None:
    survey = """
        type           | name | label
        geopoint       | q    | ¿?
        select_one no  | q-1  | ¿?
        text           | r    | ¿?
        text           | r    | ¿?
    """

    reading = read(workbook(survey, settings=""))

    assert [finding.code for finding in reading.findings] == [
        "type_refused",
        "name_bad",
        "list_unknown",
        "name_twice",
        "form_id_missing",
    ]


def test_a_finding_says_where_in_words() -> None:
    reading = read(workbook("type | name | label\ngeopoint | q | ¿?\nnote | n | x"))

    assert str(reading.findings[0]).startswith("survey, ")
    assert "geopoint" in str(reading.findings[0])


# --- Files that are no questionnaires --------------------------------------------------------


@pytest.mark.parametrize("source", [b"", b"type,name,label", b"\xd0\xcf\x11\xe0 locked", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_workbook_is_told(source: bytes) -> None:
    assert found(read(source)) == [("file_unreadable", "", None, "")]


def test_a_zip_that_is_no_workbook_is_told() -> None:
    assert found(read(zipped({"hello.txt": b"hello"}))) == [("file_unreadable", "", None, "")]


def test_a_workbook_that_reaches_for_entities_is_refused() -> None:
    parts = unzipped(workbook("type | name | label\nnote | n | Hola"))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbook ", bomb + b"<workbook ", 1)

    assert found(read(zipped(parts))) == [("file_unreadable", "", None, "")]


def test_a_large_file_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_MB", 0)

    assert found(read(workbook("type | name | label"))) == [("file_too_large", "", None, "")]


def test_a_file_that_swells_is_not_opened() -> None:
    source = zipped({"xl/worksheets/sheet1.xml": b" " * (limits.MAX_UNPACKED_BYTES + 1)})

    assert len(source) < 100_000
    assert found(read(source)) == [("file_swells", "", None, "")]


def test_too_many_rows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 2)

    reading = read(workbook("type | name | label\nnote | a | A\nnote | b | B"))

    assert found(reading) == [("too_many_rows", "survey", None, "")]


def test_a_formula_is_told_by_its_cell() -> None:
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "survey"
    survey.append(["type", "name", "label"])
    survey.append(["note", "n", "=A1"])
    survey.append(["note", "m", "#REF!"])

    assert found(read(as_bytes(book), fallback_name="f")) == [
        ("cell_formula", "survey", 2, "C"),
        ("cell_error", "survey", 3, "C"),
    ]


def test_a_workbook_without_a_survey_is_told() -> None:
    assert found(read(workbook("", CHOICES))) == [("sheet_missing", "", None, "")]


def test_sheets_that_would_change_the_meaning_are_refused() -> None:
    source = workbook("type | name | label\nnote | n | Hola", entities="list_name\npeople")

    assert found(read(source)) == [("sheet_refused", "", None, "")]


def test_an_empty_survey_has_no_questions() -> None:
    assert found(read(workbook("type | name | label", settings=SETTINGS))) == [
        ("no_questions", "survey", None, "")
    ]


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unzipped(source: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
