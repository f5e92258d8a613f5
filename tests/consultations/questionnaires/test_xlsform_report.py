"""Everything that a workbook holds and the portal cannot take is told by sheet, row and column."""

import pytest

from consultations.questionnaires.xlsform import Severity, read

from .workbooks import CHOICES, found, workbook

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
        ("select_one portal_countries | q | ¿?", "list_reserved", "type"),
        ("range | q | ¿? | | | | start=1_0", "parameter_bad", "parameters"),
        ("range | q | ¿? | | | | start=٢", "parameter_bad", "parameters"),
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


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("text | q | ¿? | | | bailando", "appearance_unknown", "appearance"),
        ("text | q |", "text_missing", "label"),
        ("today | q |", "type_metadata", "type"),
    ],
)
def test_what_will_be_missed_later_is_a_notice(row: str, code: str, column: str) -> None:
    reading = read(workbook(f"{HEAD}\ntext | first | ¿?\n{row}", CHOICES))

    assert found(reading) == [(code, "survey", 3, column)]
    assert not reading.errors


def test_an_option_without_a_text_is_a_notice() -> None:
    reading = read(workbook("type | name | label\nselect_one si_no | a | ¿?", f"{CHOICES}si_no | x |"))

    assert found(reading) == [("text_missing", "choices", 4, "label")]
    assert not reading.errors


def test_a_kind_that_the_portal_does_not_know_is_told_once() -> None:
    reading = read(workbook("type | name | label | portal_kind\nselect_one si_no | a | ¿? | galaxy", CHOICES))

    assert found(reading) == [("portal_kind_bad", "survey", 2, "portal_kind")]


def test_rows_that_could_not_be_taken_say_so_alone() -> None:
    reading = read(workbook("type | name | label\ntexto | a | ¿?"))

    assert found(reading) == [("type_unknown", "survey", 2, "type")]


def test_languages_switched_on_are_the_portals() -> None:
    settings = "form_id | portal_languages\nprueba | es, xx"

    reading = read(workbook("type | name | label\ntext | a | ¿?", "", settings), languages=["es", "en"])

    assert found(reading) == [("language_code_bad", "settings", 2, "portal_languages")]


def test_languages_may_stand_between_commas() -> None:
    settings = "form_id | portal_languages\nprueba | es, en"

    reading = read(workbook("type | name | label\ntext | a | ¿?", "", settings), languages=["es", "en"])

    assert reading.definition.languages == ("es", "en")


def test_a_second_row_of_settings_is_not_dropped_unseen() -> None:
    settings = "form_id\nprueba\notra"

    assert found(read(workbook("type | name | label\ntext | a | ¿?", "", settings))) == [
        ("settings_row_ignored", "settings", 3, "")
    ]


def test_a_second_sheet_of_the_same_name_is_not_dropped_unseen() -> None:
    more = {"SURVEY ": "type | name | label\ntext | b | ¿?"}

    assert found(read(workbook("type | name | label\ntext | a | ¿?", **more))) == [
        ("sheet_twice", "survey", None, "")
    ]
