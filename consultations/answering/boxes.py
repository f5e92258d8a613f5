"""One question as a template needs it: its words, its options, what was sent, what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ..instrument.definition import OTHER, Choice, Question, QuestionKind
from ..instrument.kinds import MAX_LENGTH, OTHER_LENGTH, Raw
from .fields import FIELD_TYPES, FieldType, Sent
from .scales import points
from .words import Said, Voice

# From here on a list of radio buttons is longer than a screen.
LONG_LIST = 15
WIDE_MATRIX = 5


@dataclass(frozen=True)
class Option:
    name: str
    label: Said
    id: str
    chosen: bool = False
    exclusive: bool = False
    # Withheld by a filter that other answers of the same page may still change.
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a matrix with its cells."""

    name: str
    label: Said
    id: str
    options: tuple[Option, ...]
    error: Said | None = None


@dataclass(frozen=True)
class Box:
    """A question on the page. ``sent`` holds what is in its controls, valid or not."""

    question: Question
    voice: Voice
    sent: Sent
    choices: tuple[Choice, ...] = ()
    withheld: Collection[str] = frozenset()
    errors: dict[str, Said] = field(default_factory=dict)
    hidden: bool = False
    is_new: bool = False
    proposed: bool = False

    @property
    def name(self) -> str:
        return self.question.name

    @property
    def id(self) -> str:
        return f"q-{self.question.name}"

    @property
    def type(self) -> FieldType:
        return FIELD_TYPES[self.question.kind]

    @property
    def label(self) -> Said:
        return self.voice.say(self.question.label)

    @property
    def hint(self) -> Said:
        return self.voice.say(self.question.hint)

    @property
    def error(self) -> Said | None:
        """What is wrong with the question itself (rows and the text beside "other" have their own)."""
        return self.errors.get(self.name) or next(iter(self.errors.values()), None)

    @property
    def other_error(self) -> Said | None:
        return self.errors.get(self.question.other_name)

    @property
    def described_by(self) -> str:
        parts = {"hint": self.hint, "proposal": self.proposed, "error": self.errors}
        return " ".join(f"{self.id}-{part}" for part, is_there in parts.items() if is_there)

    @property
    def value(self) -> str:
        raw = self.sent.get(self.name, "")
        return raw if isinstance(raw, str) else next(iter(raw), "")

    @property
    def other_value(self) -> str:
        return str(self.sent.get(self.question.other_name, ""))

    @property
    def other_name(self) -> str:
        return self.question.other_name if self.question.or_other else ""

    @property
    def other_limit(self) -> int:
        return OTHER_LENGTH

    @property
    def limit(self) -> int | None:
        """Characters that the text may have; said aloud only where it can matter."""
        return self.question.max_length or MAX_LENGTH.get(self.question.kind)

    @property
    def date_parts(self) -> list[tuple[str, str]]:
        year, month, day = ([*self.value.split("-", 2), "", ""])[:3]
        return [("day", day.lstrip("0")), ("month", month.lstrip("0")), ("year", year)]

    @property
    def is_select(self) -> bool:
        words = self.question.appearance.split()
        return len(self.options) > LONG_LIST or ("minimal" in words and len(self.options) > 2)

    @property
    def is_searchable(self) -> bool:
        return len(self.options) > LONG_LIST

    @property
    def options(self) -> tuple[Option, ...]:
        chosen = _listed(self.sent.get(self.name, ""))
        options = tuple(self._option(number, choice, chosen) for number, choice in enumerate(self.choices, 1))
        return tuple(in_alphabet(options, self.choices, self.voice)) if len(options) > LONG_LIST else options

    @property
    def ordinary(self) -> list[Option]:
        return [option for option in self.options if not option.exclusive]

    @property
    def exclusive(self) -> list[Option]:
        """Those that leave no room for others ("none of these"), after the word "or"."""
        return [option for option in self.options if option.exclusive]

    @property
    def ranked(self) -> list[Option]:
        by_name = {option.name: option for option in self.options if not option.hidden}
        return [
            by_name[name] for name in dict.fromkeys(_listed(self.sent.get(self.name, ""))) if name in by_name
        ]

    @property
    def unranked(self) -> list[Option]:
        ranked = {option.name for option in self.ranked}
        return [option for option in self.options if option.name not in ranked]

    @property
    def places_left(self) -> int:
        """How many more options may be put in order."""
        there_are = sum(not option.hidden for option in self.options)
        most = self.question.max_choices or there_are
        return max(min(most, there_are) - len(self.ranked), 0)

    @property
    def next_place(self) -> int:
        return len(self.ranked) + 1

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(number, name) for number, name in enumerate(self.question.answer_names, 1))

    @property
    def is_wide(self) -> bool:
        """A matrix with so many columns that it needs more room than running text."""
        return len(self.choices) > WIDE_MATRIX

    @property
    def points(self) -> list[Option] | None:
        """The points of a scale that is short enough to be shown as such."""
        values = points(self.question)
        if not values:
            return None
        return [
            Option(text, Said(text), f"{self.id}-{number}", chosen=self.value == text)
            for number, text in enumerate(values, 1)
        ]

    @property
    def low(self) -> Said:
        return self.voice.say(self.question.low_label)

    @property
    def high(self) -> Said:
        return self.voice.say(self.question.high_label)

    @property
    def first_control(self) -> str:
        """The id that a link in the error summary goes to."""
        if self.errors and self.other_error and self.name not in self.errors:
            return f"{self.id}-other"
        if self.question.kind is QuestionKind.DATE:
            return f"{self.id}-day"
        if self.question.kind is QuestionKind.MATRIX:
            return next((f"{row.id}-1" for row in self.rows if row.error), f"{self.id}-1-1")
        if self.question.kind is QuestionKind.RANKING:
            return self.id
        listed = not self.is_select and (self.options or (self.points or []))
        return f"{self.id}-1" if listed else f"{self.id}-input"

    def _option(self, number: int, choice: Choice, chosen: Collection[str]) -> Option:
        return Option(
            name=choice.name,
            label=self.voice.say(choice.label) or Said(choice.name),
            id=f"{self.id}-{number}",
            chosen=choice.name in chosen,
            exclusive=choice.exclusive,
            hidden=choice.name in self.withheld,
        )

    def _row(self, number: int, name: str) -> Row:
        row = next(row for row in self.question.rows if row.name == name)
        sent = _listed(self.sent.get(name, ""))
        options = tuple(
            Option(choice.name, self.voice.say(choice.label), f"{self.id}-{number}-{at}", choice.name in sent)
            for at, choice in enumerate(self.choices, 1)
        )
        return Row(name, self.voice.say(row.label), f"{self.id}-{number}", options, self.errors.get(name))


def _listed(raw: Raw) -> list[str]:
    return [raw] if isinstance(raw, str) else list(raw)


def in_alphabet(options: Iterable[Option], choices: Iterable[Choice], voice: Voice) -> list[Option]:
    """A long list that its authors wrote in alphabetical order stays so in every language.

    "Other" keeps its place at the end. Lists with an order of their own are left alone.
    """
    listed = list(options)
    own = [_letters(c.label.get(voice.fallback, "")) for c in choices if c.name != OTHER and not c.exclusive]
    if own != sorted(own):
        return listed
    return sorted(listed, key=lambda o: (o.name == OTHER or o.exclusive, _letters(o.label.text)))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
