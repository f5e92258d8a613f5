"""Filters in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..filters import Condition, Filter, Operator
from .labels import Labels

OPERATOR_LABELS: Mapping[Operator, Promise] = {
    Operator.IS: gettext_lazy("is"),
    Operator.ANY: gettext_lazy("is one of"),
    Operator.NOT: gettext_lazy("is none of"),
    Operator.RANGE: gettext_lazy("lies between"),
    Operator.CONTAINS: gettext_lazy("contains the word"),
    Operator.ANSWERED: gettext_lazy("was answered"),
    Operator.UNANSWERED: gettext_lazy("was not answered"),
}
LONGEST_TITLE = 70


def in_words(tree: Filter, labels: Labels) -> str:
    """The whole filter as one sentence without its full stop; blank for no filter."""
    if isinstance(tree, Condition):
        return condition_in_words(tree, labels)
    joint = f" {word_of(tree.word)} "
    inner = [in_words(part, labels) for part in tree.parts]
    many = len(tree.parts) > 1
    return joint.join(
        f"({words})" if many and not isinstance(part, Condition) and len(part.parts) > 1 else words
        for part, words in zip(tree.parts, inner, strict=True)
        if words
    )


def word_of(word: str) -> str:
    return _("and") if word == "and" else _("or")


def condition_in_words(condition: Condition, labels: Labels) -> str:
    field = Truncator(labels.field(condition.field)).chars(LONGEST_TITLE)
    return _SAYS[condition.operator](field, [_value(condition, value, labels) for value in condition.values])


def _value(condition: Condition, value: str, labels: Labels) -> str:
    if condition.operator is Operator.RANGE:
        return _day(value)
    return value if condition.operator is Operator.CONTAINS else labels.option(condition.field, value)


def _day(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT") if "-" in value[1:] else value
    except ValueError:
        return value


def _any(field: str, values: list[str]) -> str:
    return _("%(field)s: %(values)s") % {"field": field, "values": f" {_('or')} ".join(values)}


def _none(field: str, values: list[str]) -> str:
    return _("%(field)s: not %(values)s") % {"field": field, "values": f" {_('or')} ".join(values)}


def _range(field: str, values: list[str]) -> str:
    low, high = [*values, "", ""][:2]
    if low and high:
        return _("%(field)s: from %(low)s to %(high)s") % {"field": field, "low": low, "high": high}
    if low:
        return _("%(field)s: from %(low)s on") % {"field": field, "low": low}
    return _("%(field)s: up to %(high)s") % {"field": field, "high": high}


def _contains(field: str, values: list[str]) -> str:
    words = f" {_('or')} ".join(f"“{value}”" for value in values)
    return _("%(field)s: with the word %(words)s") % {"field": field, "words": words}


_SAYS: Mapping[Operator, Callable[[str, list[str]], str]] = {
    Operator.IS: _any,
    Operator.ANY: _any,
    Operator.NOT: _none,
    Operator.RANGE: _range,
    Operator.CONTAINS: _contains,
    Operator.ANSWERED: lambda field, _values: _("%(field)s: answered") % {"field": field},
    Operator.UNANSWERED: lambda field, _values: _("%(field)s: not answered") % {"field": field},
}
