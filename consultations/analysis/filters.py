"""Which responses somebody looks at: conditions on answers and context, joined by and/or.

In an address a filter reads ``and(country:is:ES,or(age:range:18~2C30…))``: names and values are escaped with
``~`` where addresses escape with ``%``, so that they are not escaped twice. As JSON: ``{"and": [{"field":
"country", "is": ["ES"]}, …]}``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _

MOST_CONDITIONS = 40
DEEPEST = 4


class Operator(StrEnum):
    IS = "is"
    ANY = "any"
    NOT = "not"
    RANGE = "range"
    CONTAINS = "contains"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


WITHOUT_VALUES = frozenset({Operator.ANSWERED, Operator.UNANSWERED})


class FilterError(ValueError):
    """A filter that cannot be read or does not fit the questionnaire; says why to a person."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``field`` is a question, a column of the frame, or a field about the response.

    ``is`` and ``any``: has this answer, or one of these (several choices: chose it; ranking: put it first).
    ``not``: was answered, and with none of these. ``range``: from the first value to the second, both
    included, either blank. ``contains``: a text with this word, whatever its case and accents.
    """

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """``word`` is ``and`` or ``or``. An empty group lets everything through."""

    word: str
    parts: tuple[Filter, ...] = ()


Filter = Condition | Group
EVERYTHING = Group("and")


def conditions(tree: Filter) -> Iterator[Condition]:
    """All conditions of a filter, in order."""
    if isinstance(tree, Condition):
        yield tree
    else:
        for part in tree.parts:
            yield from conditions(part)


def to_query(tree: Filter) -> str:
    """The filter as it stands in an address; blank when it lets everything through."""
    if isinstance(tree, Condition):
        values = "|".join(map(_escaped, tree.values))
        return ":".join([_escaped(tree.field), tree.operator, *([values] if tree.values else [])])
    return f"{tree.word}({','.join(map(to_query, tree.parts))})" if tree.parts else ""


def from_query(text: str) -> Filter:
    """The inverse of :func:`to_query`. Raises :class:`FilterError`."""
    if not text.strip():
        return EVERYTHING
    tree, rest = _read(text.strip(), 0)
    if rest:
        raise FilterError(_("The filter ends too early, before “%(rest)s”.") % {"rest": rest[:40]})
    return _checked(tree)


def to_json(tree: Filter) -> dict[str, Any]:
    """Plain lists and texts, for saved views."""
    if isinstance(tree, Condition):
        return {"field": tree.field, tree.operator.value: list(tree.values)}
    return {tree.word: [to_json(part) for part in tree.parts]}


def from_json(document: Any) -> Filter:
    """The inverse of :func:`to_json`. Raises :class:`FilterError`."""
    return _checked(_from_json(document))


def digest(tree: Filter) -> str:
    """SHA-256 (hex): the same for filters that say the same in another order."""
    return hashlib.sha256(_canonical(tree).encode()).hexdigest()


def _canonical(tree: Filter) -> str:
    if isinstance(tree, Condition):
        ordered = tree.operator is Operator.RANGE
        return to_query(
            Condition(tree.field, tree.operator, tree.values if ordered else _sorted(tree.values))
        )
    parts = sorted({_canonical(part) for part in tree.parts})
    return parts[0] if len(parts) == 1 else f"{tree.word}({','.join(parts)})"


def _sorted(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _escaped(text: str) -> str:
    return quote(text, safe="").replace("~", "%7E").replace("%", "~")


def _unescaped(text: str) -> str:
    try:
        return unquote(text.replace("%", "%25").replace("~", "%"), errors="strict")
    except UnicodeDecodeError as error:
        raise FilterError(_("The filter cannot be read.")) from error


def _read(text: str, depth: int) -> tuple[Filter, str]:
    """One filter from the start of a text, and what is left."""
    if depth > DEEPEST:
        raise FilterError(_("The filter is nested too deeply."))
    for word in ("and", "or"):
        if text.startswith(f"{word}("):
            return _read_group(word, text[len(word) + 1 :], depth)
    end = next((place for place, sign in enumerate(text) if sign in ",)"), len(text))
    return _condition(text[:end]), text[end:]


def _read_group(word: str, text: str, depth: int) -> tuple[Filter, str]:
    parts: list[Filter] = []
    while True:
        part, text = _read(text, depth + 1)
        parts.append(part)
        if not text.startswith(","):
            break
        text = text[1:]
    if not text.startswith(")"):
        raise FilterError(_("A bracket of the filter is not closed."))
    return Group(word, tuple(parts)), text[1:]


def _condition(text: str) -> Condition:
    field, operator, values = [*text.split(":", 2), "", ""][:3]
    given = tuple(map(_unescaped, values.split("|"))) if values else ()
    return Condition(_unescaped(field), _operator(operator), given)


def _operator(word: str) -> Operator:
    if word not in list(Operator):
        raise FilterError(_("“%(word)s” is no way to compare.") % {"word": word})
    return Operator(word)


def _from_json(document: Any, depth: int = 0) -> Filter:
    if not isinstance(document, Mapping) or depth > DEEPEST + 1:
        raise FilterError(_("The filter cannot be read."))
    for word in ("and", "or"):
        parts = document.get(word)
        if isinstance(parts, list):
            return Group(word, tuple(_from_json(part, depth + 1) for part in parts))
    words = [key for key in document if key != "field"]
    values = document[words[0]] if len(words) == 1 else None
    if not isinstance(values, list) or not isinstance(document.get("field"), str):
        raise FilterError(_("The filter cannot be read."))
    return Condition(document["field"], _operator(words[0]), tuple(map(str, values)))


def _checked(tree: Filter) -> Filter:
    if sum(1 for _one in conditions(tree)) > MOST_CONDITIONS:
        raise FilterError(_("A filter takes at most %(count)s conditions.") % {"count": MOST_CONDITIONS})
    for condition in conditions(tree):
        if bool(condition.values) == (condition.operator in WITHOUT_VALUES):
            message = _("“%(field)s” is compared with too many values or none.")
            raise FilterError(message % {"field": condition.field})
    return tree
