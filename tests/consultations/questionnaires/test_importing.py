"""A workbook is stored whole or not at all, by command and by verb."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consultations.models import ChoiceList, Question, Questionnaire, QuestionnaireVersion
from consultations.questionnaires.compile import definition_of
from consultations.questionnaires.importing import Outcome, import_workbook
from consultations.questionnaires.xlsform import read
from portal.models import AuditEntry
from tests.factories.portal import UserFactory

from .workbooks import CHOICES, workbook

pytestmark = pytest.mark.django_db

WORKBOOKS = sorted(Path("consultations/demo/questionnaires").glob("*.xlsx"))
GOOD = workbook("type | name | label\ntext | a | ¿A?\ntext | b | ¿B?")
BAD = workbook("type | name | label\ntext | a | ¿A?\ngeopoint | b | ¿B?")


def take(source: bytes, **options: object) -> Outcome:
    return import_workbook(source=source, by=None, **options)  # type: ignore[arg-type]


def test_a_workbook_becomes_a_questionnaire() -> None:
    outcome = take(GOOD)

    assert outcome.questionnaire == Questionnaire.objects.get(slug="prueba")
    assert outcome.is_new
    assert definition_of(outcome.questionnaire) == read(GOOD).definition


def test_nothing_is_half_imported() -> None:
    outcome = take(BAD)

    assert outcome.questionnaire is None
    assert [finding.code for finding in outcome.errors] == ["type_refused"]
    assert not Questionnaire.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_bad_workbook_leaves_the_questionnaire_that_exists_alone() -> None:
    before = take(GOOD).questionnaire

    take(BAD)

    assert before is not None
    assert definition_of(before) == read(GOOD).definition


def test_importing_again_replaces_what_was_there() -> None:
    take(GOOD)

    outcome = take(workbook("type | name | label\ntext | b | ¿Be?"))

    assert not outcome.is_new
    assert [question.label_es for question in Question.objects.all()] == ["¿Be?"]


def test_a_questionnaire_that_exists_is_replaced_only_on_purpose() -> None:
    take(GOOD)

    outcome = take(GOOD, may_replace=False)

    assert [finding.code for finding in outcome.errors] == ["exists"]


def test_a_locked_questionnaire_is_not_replaced() -> None:
    questionnaire = take(GOOD).questionnaire
    assert questionnaire is not None
    Questionnaire.objects.update(locked=True, locked_by=UserFactory())

    outcome = import_workbook(source=GOOD, by=UserFactory())

    assert [finding.code for finding in outcome.errors] == ["locked"]


@pytest.mark.parametrize(
    ("row", "code", "column", "words"),
    [
        ("text | b | ¿B? | ${a} =", "expected", "relevant", "7"),
        ("text | b | ¿B? | ${nobody} = 1", "unknown_name", "relevant", "nobody"),
        ("text | b | ¿B? | ${c} = 'x'", "later_name", "relevant", "c"),
        ("text | A | ¿A?", "duplicate_name", "name", "A"),
        ("range | b | ¿B? | | start=5 end=1", "out_of_order", "parameters", "5"),
    ],
)
def test_logic_is_checked_at_its_cell(row: str, code: str, column: str, words: str) -> None:
    survey = f"type | name | label | relevant | parameters\ntext | a | ¿A?\n{row}\ntext | c | ¿C?"

    outcome = take(workbook(survey))

    (finding,) = outcome.errors
    assert (finding.code, finding.sheet, finding.row, finding.column) == (code, "survey", 3, column)
    assert words in finding.message


def test_a_rule_about_a_row_that_is_refused_is_not_told_twice() -> None:
    survey = "type | name | label | relevant\ngeopoint | place | ¿?\ntext | b | ¿B? | ${place} != ''"

    assert [finding.code for finding in take(workbook(survey)).errors] == ["type_refused"]


def test_a_rule_about_a_row_that_is_left_out_is_told() -> None:
    survey = "type | name | label | constraint\ntoday | today |\ndate | a | ¿A? | . <= ${today}"

    assert [finding.code for finding in take(workbook(survey)).errors] == ["unknown_name"]


def test_a_name_used_twice_is_told_once() -> None:
    survey = "type | name | label\ntext | a | ¿A?\ntext | a | ¿B?"

    assert [finding.row for finding in take(workbook(survey)).errors] == [3]


def test_the_name_beside_other_is_told_at_its_question() -> None:
    survey = f"type | name | label\nselect_one si_no or_other | {'n' * 64} | ¿A?"

    (finding,) = take(workbook(survey, CHOICES)).errors

    assert (finding.code, finding.row, finding.column) == ("name_too_long", 2, "name")


@pytest.mark.parametrize("slug", ["../x y", "Ñandú", "x" * 81])
def test_what_cannot_be_an_identifier_is_refused(slug: str) -> None:
    outcome = import_workbook(source=GOOD, by=None, slug=slug)

    assert [finding.code for finding in outcome.errors] == ["form_id_bad"]
    assert not Questionnaire.objects.exists()


def test_texts_may_still_be_missing() -> None:
    survey = "type | name | label::Español (es) | label::English (en)\ntext | a | ¿A? |"

    assert take(workbook(survey)).findings == ()


def test_a_language_that_the_portal_does_not_have_is_refused() -> None:
    survey = "type | name | label::Español (es) | label::Français (fr)\ntext | a | ¿A? | A ?"

    assert [finding.code for finding in take(workbook(survey)).errors] == ["language_unknown"]


# --- Commands --------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.xlsx").write_bytes(GOOD)
    (tmp_path / "bad.xlsx").write_bytes(BAD)
    return tmp_path


def run(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_import_export_import_is_the_identity(path: Path, tmp_path: Path) -> None:
    run("import_questionnaire", path, "--publish")
    first = definition_of(Questionnaire.objects.get())

    run("export_questionnaire", path.stem, "--out", tmp_path / "out.xlsx")
    _out, err = run("import_questionnaire", tmp_path / "out.xlsx", "--publish")

    assert definition_of(Questionnaire.objects.get()) == first == read(path.read_bytes()).definition
    assert err == ""
    assert QuestionnaireVersion.objects.count() == 1


def test_the_command_prints_the_report_and_fails(folder: Path) -> None:
    err = StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("import_questionnaire", folder / "bad.xlsx", stderr=err)

    assert refusal.value.returncode == 1
    assert "geopoint" in err.getvalue()
    assert "survey" in err.getvalue()


def test_the_command_stores_under_another_identifier(folder: Path) -> None:
    run("import_questionnaire", folder / "good.xlsx", "--slug", "other")

    assert Questionnaire.objects.get().slug == "other"


def test_the_command_says_what_keeps_it_from_publishing(tmp_path: Path) -> None:
    survey = "type | name | label::Español (es) | label::English (en)\ntext | a | ¿A? |"
    (tmp_path / "half.xlsx").write_bytes(workbook(survey))
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("import_questionnaire", tmp_path / "half.xlsx", "--publish", stderr=err)

    assert "a · " in err.getvalue()
    assert Questionnaire.objects.exists()
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [("import_questionnaire", "nowhere.xlsx"), ("export_questionnaire", "nobody", "--out", "x.xlsx")],
)
def test_what_is_not_there_is_one_clear_line(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)


def test_lists_that_are_no_longer_there_go(folder: Path) -> None:
    choices = "list_name | name | label\nl | a | A"
    take(workbook("type | name | label\nselect_one l | a | ¿A?", choices))

    take(GOOD)

    assert not ChoiceList.objects.exists()
