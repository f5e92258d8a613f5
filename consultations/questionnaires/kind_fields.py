"""Which fields of the question form each kind of question uses; the form hides the others."""

from __future__ import annotations

from ..instrument.definition import QuestionKind
from ..instrument.kinds import KINDS

ANY_KIND = ("name", "kind", "label", "hint", "relevant")
# What a question that takes an answer has; a note takes none.
ANSWERED = ("required", "required_message", "sensitive")


def fields_by_kind() -> dict[str, list[str]]:
    """Kind → names of the fields it uses. ``""`` is a question whose kind is not chosen yet."""
    return {"": ["name", "kind", "label"], **{kind.value: _fields(kind) for kind in KINDS}}


def _fields(kind: QuestionKind) -> list[str]:
    uses = KINDS[kind].uses
    answered = () if kind is QuestionKind.NOTE else ANSWERED
    message = ("constraint_message",) if "constraint" in uses else ()
    return [*ANY_KIND, *answered, *message, *sorted(uses)]
