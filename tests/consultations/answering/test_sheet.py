"""What stays on a sheet: what logic shows and a permission covers."""

from datetime import date

from consultations.answering import consents
from consultations.answering.plan import make_plan
from consultations.answering.sheet import Sheet
from consultations.instrument.definition import Definition, Question, QuestionKind, Section

QUESTIONS = (
    Question("agree", QuestionKind.ACKNOWLEDGE, {"es": "Acepto"}),
    Question("identity", QuestionKind.SHORT_TEXT, relevant="${agree} = 'OK'", sensitive=True),
)
PLAN = make_plan(Definition("gated", sections=(Section("one", QUESTIONS),)))
TODAY = date(2026, 11, 3)


def settled(sheet: Sheet) -> Sheet:
    return sheet.settled(PLAN, version=1, today=TODAY)


def test_permission_and_sensitive_answer_may_come_on_the_same_page() -> None:
    sheet = settled(Sheet({"agree": "OK", "identity": "andina"}, language="es"))

    assert sheet.answers == {"agree": "OK", "identity": "andina"}
    assert consents.purposes(sheet.consents) == {consents.of_question("agree")}


def test_sensitive_answer_goes_with_its_permission() -> None:
    given = settled(Sheet({"agree": "OK", "identity": "andina"}, language="es"))

    sheet = settled(Sheet({"identity": "andina"}, consents=given.consents, language="es"))

    assert (dict(sheet.answers), sheet.consents) == ({}, ())
