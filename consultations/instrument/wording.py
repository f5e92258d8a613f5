"""Rules put into words with the questions' own labels, for the codebook and for authors."""

from __future__ import annotations

from dataclasses import dataclass

from consultations.instrument.definition import Choice, Definition, Question, text_in
from consultations.instrument.phrases import PHRASES, Phrases
from consultations.instrument.tree import (
    Answer,
    Apply,
    Attribute,
    Expression,
    Literal,
    This,
    number_source,
)

LONGEST_LABEL = 70
_LOGICAL = frozenset({"and", "or"})
_SUMS = frozenset({"+", "-", "*", "div", "mod"})


def in_words(
    expression: Expression, definition: Definition, language: str, *, about: Question | None = None
) -> str:
    """A readable phrase: ``“Age?” is “18 to 24” and at least one option was chosen in “Services”``.

    ``about`` is the question whose rule it is: it gives the options meant by ``.`` and by filters. Languages
    es, en, it and pt; any other is answered in Spanish.
    """
    return _Writer(definition, language, about).phrase(expression)


@dataclass(frozen=True, slots=True)
class _Writer:
    definition: Definition
    language: str
    about: Question | None

    @property
    def _phrases(self) -> Phrases:
        return PHRASES.get(self.language, PHRASES["es"])

    def phrase(self, expression: Expression) -> str:
        match expression:
            case Literal(str(text)):
                return self._quoted(text)
            case Literal(value):
                return number_source(float(value))
            case Answer(name):
                return self._quoted(self._label(name))
            case This():
                return self._phrases["this"]
            case Attribute(name):
                return self._phrases["choice" if name == "name" else "column"].format(name)
            case Apply(operator, operands):
                return self._operation(operator, operands)

    def _operation(self, operator: str, operands: tuple[Expression, ...]) -> str:
        special = self._special(operator, operands)
        if special:
            return special
        if operator in _LOGICAL or operator in _SUMS:
            return self._phrases[operator].join(self._inside(operator, part) for part in operands)
        if operator == "neg":
            return f"−{self._inside('*', operands[0])}"
        words = self._with_options(operands)
        pattern = self._phrases[operator]
        return pattern.format(*words, list=", ".join(words))

    def _inside(self, operator: str, part: Expression) -> str:
        """Brackets wherever another connective or sum stands inside one."""
        mixed = isinstance(part, Apply) and part.operator in _LOGICAL | _SUMS and part.operator != operator
        return f"({self.phrase(part)})" if mixed else self.phrase(part)

    def _special(self, operator: str, operands: tuple[Expression, ...]) -> str:
        """The turns that read badly when written out part by part."""
        match operator, operands:
            case "=" | "!=", (asked, Literal("")):
                return self._phrases["blank" if operator == "=" else "answered"].format(self.phrase(asked))
            case "=" | "!=", (Answer() as asked, Literal("OK")):
                return self._phrases["accepted" if operator == "=" else "refused"].format(self.phrase(asked))
            case ">", (Apply("count-selected", (chosen,)), Literal(0.0)):
                return self._phrases["any"].format(self.phrase(chosen))
            case "not", (Apply("selected", pair),):
                return self._phrases["not selected"].format(*self._with_options(pair))
        return ""

    def _with_options(self, operands: tuple[Expression, ...]) -> list[str]:
        """Operands in words; beside a choice question, a literal is read as that question's option."""
        asked = next((part for part in operands if isinstance(part, Answer | This)), None)
        return [self._option(asked, part) for part in operands]

    def _option(self, asked: Expression | None, part: Expression) -> str:
        question = self._question(asked)
        if question is None or not isinstance(part, Literal):
            return self.phrase(part)
        choice = next((c for c in self._choices(question) if c.name == part.value), None)
        label = text_in(choice.label, self.language, self.definition.default_language) if choice else ""
        return self._quoted(label) if label else self.phrase(part)

    def _choices(self, question: Question) -> tuple[Choice, ...]:
        return self.definition.choices_of(question)

    def _question(self, expression: Expression | None) -> Question | None:
        if isinstance(expression, This):
            return self.about
        return self.definition.asking(expression.name) if isinstance(expression, Answer) else None

    def _label(self, name: str) -> str:
        question = self.definition.asking(name)
        if question is None:
            return name
        row = next((row for row in question.rows if row.name == name), None)
        label = text_in((row or question).label, self.language, self.definition.default_language)
        return _shortened(label) or name

    def _quoted(self, text: str) -> str:
        return self._phrases["quotes"].format(text)


def _shortened(label: str) -> str:
    line = " ".join(label.split())
    if len(line) <= LONGEST_LABEL:
        return line
    return line[: LONGEST_LABEL - 1].rsplit(" ", 1)[0] + "…"
