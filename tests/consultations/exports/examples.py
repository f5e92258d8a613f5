"""A questionnaire with one question of each kind, and what can be answered to it."""

from dataclasses import replace

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)

K = QuestionKind
SERVICES = ChoiceList(
    "service",
    (
        Choice("dni", {"es": "DNI", "en": "ID card"}),
        Choice("pass", {"es": "Pasaporte", "en": "Passport"}),
        Choice("none", {"es": "Ninguno", "en": "None"}, exclusive=True),
    ),
)
GRADES = ChoiceList(
    "grade", (Choice("1", {"es": "Mala", "en": "Bad"}), Choice("2", {"es": "Buena", "en": "Good"}))
)
QUESTIONS = (
    Question("consent", K.ACKNOWLEDGE, {"es": "Acepto", "en": "I agree"}),
    Question("country", K.COUNTRY, {"es": "¿País?", "en": "Country?"}, required=True),
    Question(
        "used", K.MULTIPLE_CHOICE, {"es": "¿Qué usó?", "en": "What?"}, choice_list="service", or_other=True
    ),
    Question("best", K.SINGLE_CHOICE, {"es": "¿Cuál?", "en": "Which?"}, choice_list="service"),
    Question("order", K.RANKING, {"es": "Ordene", "en": "Rank"}, choice_list="service"),
    Question(
        "care",
        K.MATRIX,
        {"es": "Atención", "en": "Care"},
        choice_list="grade",
        rows=(
            MatrixRow("wait", {"es": "Espera", "en": "Wait"}),
            MatrixRow("cost", {"es": "Costo", "en": "Cost"}),
        ),
        relevant="count-selected(${used}) > 0",
    ),
    Question("nps", K.SCALE, {"es": "¿Recomienda?"}, start=0, end=10, step=1),
    Question("year", K.INTEGER, {"es": "¿Año?"}, constraint=". > 1900"),
    Question("rate", K.DECIMAL, {"es": "¿Tasa?"}),
    Question("born", K.DATE, {"es": "¿Fecha?"}),
    Question("city", K.SHORT_TEXT, {"es": "¿Ciudad?"}),
    Question("health", K.LONG_TEXT, {"es": "¿Salud?"}, sensitive=True, relevant="${consent} = 'OK'"),
    Question("thanks", K.NOTE, {"es": "Gracias"}),
)
DEFINITION = Definition(
    name="everything",
    title={"es": "Todo", "en": "Everything"},
    languages=("es", "en"),
    sections=(Section("all", QUESTIONS, {"es": "Todo"}),),
    choice_lists=(SERVICES, GRADES),
)
ANSWERS = {
    "consent": "OK",
    "country": "IT",
    "used": ["pass", "other"],
    "used_other": "=SUM(A1)",
    "best": "dni",
    "order": ["pass", "dni"],
    "wait": "1",
    "cost": "2",
    "nps": 7,
    "year": 1999,
    "rate": 2.5,
    "born": "1980-05-17",
    "city": "Milán",
    "health": 'Primera línea.\nSegunda; con «comillas» y "otras".',
}
CELLS = {
    "consent": "OK",
    "country": "IT",
    "used/dni": 0,
    "used/pass": 1,
    "used/none": 0,
    "used/other": 1,
    "used_other": "=SUM(A1)",
    "best": "dni",
    "order/dni": 2,
    "order/pass": 1,
    "order/none": None,
    "wait": "1",
    "cost": "2",
    "nps": 7,
    "year": 1999,
    "rate": 2.5,
    "born": "1980-05-17",
    "city": "Milán",
    "health": ANSWERS["health"],
}


def with_questions(*questions: Question, without: frozenset[str] = frozenset()) -> Definition:
    """The example with further questions, and less some of its own."""
    kept = tuple(question for question in QUESTIONS if question.name not in without)
    return replace(DEFINITION, sections=(Section("all", (*kept, *questions), {"es": "Todo"}),))
