"""What the rows, columns and settings of a workbook mean."""

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
from consultations.questionnaires.xlsform import read

from .workbooks import CHOICES, as_bytes, workbook


def the_question(survey: str, choices: str = CHOICES) -> Question:
    reading = read(workbook(survey, choices))
    assert [str(finding) for finding in reading.findings] == []
    (question,) = reading.definition.questions()
    return question


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
    question = the_question("type | name | label | appearance\ntext | q | ¿? | multiline minimal")

    assert (question.kind, question.appearance) == (QuestionKind.LONG_TEXT, "minimal")


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
