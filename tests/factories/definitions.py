"""A small questionnaire with something of everything that a journey meets."""

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


def text(es: str, en: str = "") -> dict[str, str]:
    return {"es": es, "en": en or f"{es} (en)"}


def listed(name: str, *choices: str, exclusive: str = "") -> ChoiceList:
    return ChoiceList(
        name,
        tuple(
            Choice(choice, text(choice.capitalize()), exclusive=choice == exclusive)
            for choice in (*choices, *([exclusive] if exclusive else []))
        ),
    )


def question(name: str, kind: QuestionKind, **fields: Any) -> Question:
    return Question(name=name, kind=kind, label=fields.pop("label", text(f"¿{name}?")), **fields)


def journey_definition() -> Definition:
    """Notes around three pages: profile (with a follow-up), services (conditional, ranked), sensitive."""
    profile = Section(
        name="profile",
        label=text("Perfil", "Profile"),
        questions=(
            question("connection", K.SINGLE_CHOICE, choice_list="connection", required=True),
            question("year", K.INTEGER, relevant="${connection} = 'born'", constraint=". >= 1950"),
            question("languages", K.MULTIPLE_CHOICE, choice_list="languages"),
        ),
    )
    services = Section(
        name="services",
        label=text("Servicios", "Services"),
        relevant="${connection} != 'returned'",
        questions=(
            question("used", K.MULTIPLE_CHOICE, choice_list="services"),
            question(
                "rating",
                K.MATRIX,
                choice_list="rating",
                rows=(MatrixRow("rating_wait", text("Espera")), MatrixRow("rating_care", text("Trato"))),
            ),
            question("channels", K.RANKING, choice_list="channels", max_choices=2),
            question("comment", K.LONG_TEXT, max_length=20),
        ),
    )
    closer = Section(
        name="closer",
        label=text("Sobre usted", "About you"),
        questions=(
            question("agrees", K.ACKNOWLEDGE, label=text("Acepto", "I agree")),
            question(
                "people", K.SINGLE_CHOICE, choice_list="people", sensitive=True, relevant="${agrees} = 'OK'"
            ),
            question("income", K.SINGLE_CHOICE, choice_list="people", sensitive=True),
            question("score", K.SCALE, start=0, end=10, step=1),
        ),
    )
    return Definition(
        name="journey",
        title=text("Cuestionario"),
        languages=("es", "en"),
        sections=(
            Section("before", (question("intro", K.NOTE, label=text("Bienvenida")),), is_group=False),
            profile,
            services,
            closer,
            Section("after", (question("thanks", K.NOTE, label=text("Gracias")),), is_group=False),
        ),
        choice_lists=(
            listed("connection", "born", "family", "returned"),
            listed("languages", "spanish", "quechua", exclusive="none"),
            listed("services", "passport", "registry", exclusive="none"),
            listed("rating", "bad", "good"),
            listed("channels", "web", "phone", "desk"),
            listed("people", "quechua", "aymara"),
        ),
    )
