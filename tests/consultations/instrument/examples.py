"""A small questionnaire with every kind of question, and the long one's rules, for tests by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

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


def both(es: str, en: str) -> dict[str, str]:
    return {"es": es, "en": en}


def _list(name: str, *choices: Choice) -> ChoiceList:
    return ChoiceList(name, choices)


def choice(name: str, es: str, en: str, **fields: Any) -> Choice:
    return Choice(name, both(es, en), **fields)


COUNTRIES = _list(
    "country",
    choice("AR", "Argentina", "Argentina"),
    choice("IT", "Italia", "Italy"),
    choice("other", "Otro país", "Another country"),
)
OFFICES = _list(
    "office",
    choice("la_plata", "La Plata", "La Plata", attributes={"country": "AR"}),
    choice("roma", "Roma", "Rome", attributes={"country": "IT"}),
    choice("unsure", "No estoy seguro", "Not sure", attributes={"country": "any"}),
)
SERVICES = _list(
    "service",
    choice("dni", "DNI", "Identity card"),
    choice("pass", "Pasaporte", "Passport"),
    choice("civil", "Registro civil", "Civil registry"),
    choice("none", "Ninguno", "None", exclusive=True),
)
SATISFACTION = _list("satisfaction", choice("good", "Bien", "Good"), choice("bad", "Mal", "Bad"))

QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        Question("intro", K.NOTE, both("Bienvenida", "Welcome")),
        Question(
            "country",
            K.COUNTRY,
            both("¿En qué país vive?", "In which country do you live?"),
            required=True,
            required_message=both("Elija un país.", "Choose a country."),
            choice_list="country",
            or_other=True,
        ),
        Question(
            "consulate",
            K.CONSULAR_OFFICE,
            both("¿Qué oficina le corresponde?", "Which office serves you?"),
            choice_list="office",
            choice_filter="country = ${country} or country = 'any'",
        ),
        Question(
            "year",
            K.INTEGER,
            both("¿En qué año llegó?", "In which year did you arrive?"),
            constraint=". >= 1950 and . <= 2026",
            constraint_message=both("Escriba un año entre 1950 y 2026.", "Write a year from 1950 to 2026."),
        ),
        Question("arrival", K.DATE, both("¿Qué día?", "Which day?"), constraint=". <= today()"),
        Question(
            "services",
            K.MULTIPLE_CHOICE,
            both("¿Qué servicios usó?", "Which services did you use?"),
            choice_list="service",
            max_choices=2,
        ),
        Question(
            "ranking",
            K.RANKING,
            both("Ordene los servicios", "Rank the services"),
            relevant="count-selected(${services}) > 1",
            choice_list="service",
            choice_filter="selected(${services}, name)",
        ),
        Question(
            "satisfaction",
            K.MATRIX,
            both("¿Cómo valora…?", "How do you rate…?"),
            choice_list="satisfaction",
            rows=(
                MatrixRow("wait", both("La espera", "The wait"), required=True),
                MatrixRow("staff", both("El trato", "The staff")),
            ),
        ),
        Question("score", K.SCALE, both("Del 0 al 10", "From 0 to 10"), start=0, end=10, step=1),
        Question("cost", K.DECIMAL, both("¿Cuánto pagó?", "How much did you pay?"), start=0),
        Question("consent", K.ACKNOWLEDGE, both("Acepto", "I accept")),
        Question(
            "illness",
            K.SHORT_TEXT,
            both("¿Qué enfermedad?", "Which illness?"),
            relevant="${consent} = 'OK'",
            sensitive=True,
            max_length=20,
        ),
        Question("comment", K.LONG_TEXT, both("¿Algo más?", "Anything else?")),
    )
}
PROFILE = Section(
    "profile",
    tuple(QUESTIONS[name] for name in ("intro", "country", "consulate", "year", "arrival")),
    both("Perfil", "Profile"),
)
SERVICE = Section(
    "service",
    tuple(QUESTIONS[name] for name in ("services", "ranking", "satisfaction", "score", "cost")),
    both("Servicios", "Services"),
    relevant="${country} != ''",
)
END = Section(
    "end", tuple(QUESTIONS[name] for name in ("consent", "illness", "comment")), both("Final", "End")
)
DEFINITION = Definition(
    "sample",
    both("Cuestionario de ejemplo", "Sample questionnaire"),
    ("es", "en"),
    "es",
    (PROFILE, SERVICE, END),
    (COUNTRIES, OFFICES, SERVICES, SATISFACTION),
)
ANSWERS: Mapping[str, Any] = {
    "country": "IT",
    "consulate": "roma",
    "year": 1999,
    "arrival": "1999-03-31",
    "services": ["dni", "pass"],
    "ranking": ["pass", "dni"],
    "wait": "good",
    "staff": "bad",
    "score": 7,
    "cost": 12.5,
    "consent": "OK",
    "illness": "asma",
    "comment": "Gracias.\nTodo bien.",
}


def changed(name: str, /, **fields: Any) -> Definition:
    """The sample questionnaire with one question changed."""
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, **fields) if question.name == name else question
                for question in section.questions
            ),
        )
        for section in DEFINITION.sections
    )
    return replace(DEFINITION, sections=sections)


def alone(question: Question, *lists: ChoiceList) -> Definition:
    """A questionnaire of one question."""
    return Definition("alone", sections=(Section("only", (question,)),), choice_lists=lists)


RULES_IN_USE = (
    ("relevant", "${connection_to_peru} = 'born_pe' or ${connection_to_peru} = 'ret'"),
    ("relevant", "${sensitive_consent} = 'OK' and ${connection_to_peru} != 'ret'"),
    (
        "relevant",
        "${sensitive_consent} = 'OK' and (${remittance_frequency} = 'mon' or "
        "${remittance_frequency} = 'qtr' or ${remittance_frequency} = 'occ')",
    ),
    ("relevant", "count-selected(${services_used}) > 0 and not(selected(${services_used}, 'none'))"),
    (
        "relevant",
        "count-selected(${help_needed}) > 0 and not(selected(${help_needed}, 'none')) "
        "and not(selected(${help_needed}, 'pns'))",
    ),
    ("relevant", "${age_group} != '' and ${age_group} != 'u18'"),
    ("constraint", ". >= 1950 and . <= 2026"),
    ("constraint", "count-selected(.) <= 3 and not(selected(., 'none') and count-selected(.) > 1)"),
    ("constraint", "not((selected(., 'none') or selected(., 'pns')) and count-selected(.) > 1)"),
    ("choice_filter", "country = ${country_of_residence} or country = 'any'"),
    ("choice_filter", "selected(${priorities_five_years}, name)"),
)
"""The kinds of rules that our three questionnaires hold."""
