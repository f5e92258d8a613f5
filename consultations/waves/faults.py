"""Why a cell cannot be taken, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, Promise | str] = {
    "no_such_option": gettext_lazy("stands for no option of the question"),
    "not_offered": gettext_lazy("stands for no option of the question"),
    "not_a_flag": gettext_lazy("says neither yes nor no"),
    "not_a_place": gettext_lazy("is no place in a ranking"),
    "no_such_language": gettext_lazy("is no language of the questionnaire"),
    "not_a_number": gettext_lazy("is no number"),
    "not_whole": gettext_lazy("is no whole number"),
    "too_small": gettext_lazy("is too small"),
    "too_large": gettext_lazy("is too large"),
    "not_on_step": gettext_lazy("is no step of the scale"),
    "not_a_date": gettext_lazy("is no day"),
    "too_long": gettext_lazy("is too long"),
    "repeated": gettext_lazy("names an option twice"),
    "exclusive": gettext_lazy("names an option that stands alone beside others"),
    "required": gettext_lazy("misses the text beside “other”"),
}


def in_words(column: str, code: str, value: str) -> str:
    """One fault as a sentence without its row. A long value is cut."""
    if code == "too_many_cells":
        return _("More cells than headings: look for a comma or a quotation mark within a text.")
    shown = value if len(value) <= 60 else f"{value[:59]}…"
    why = WORDS.get(code, _("cannot be taken"))
    return _("%(column)s: “%(value)s” %(why)s") % {"column": column, "value": shown, "why": why}


def alike(faults: Iterable[tuple[int, str, str, str]]) -> list[tuple[str, list[int]]]:
    """Faults of the same kind together, in the order of the file: what is wrong, and in which rows."""
    found: dict[str, list[int]] = {}
    for row, column, code, value in faults:
        found.setdefault(in_words(column, code, value), []).append(row)
    return list(found.items())
