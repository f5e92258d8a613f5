"""Why a file cannot be taken, in words that are chosen when somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Promise] = {
    "kind": _("Send a file that ends in .csv, .xlsx or .sav."),
    "not_its_kind": _("The file is not what its ending “%(ending)s” says. Save it anew in that format."),
    "large": _("The file is larger than %(limit)s MB."),
    "swells": _("The workbook is damaged or too large. Save it as CSV and send that."),
    "damaged": _("The file cannot be read. Save it again and send the new copy."),
    "empty": _("The file has no line of headings with rows below it."),
    "too_many": _("The file is too large: %(rows)s rows and %(columns)s columns at most."),
    "too_many_cells": _("The file is too large: %(cells)s cells at most. Leave out some columns."),
    "repeated": _("Several columns are called “%(name)s”."),
    "alphabet": _("The file is not written in a known alphabet. Save it as CSV in UTF-8."),
    "gone": _("The file could not be read again. Send it once more."),
    "not_stored": _(
        "The answers could not be stored, and nothing of them was. Try again; if it happens again, the"
        " administrators find the reason in the log."
    ),
}


class Unreadable(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """The file cannot be taken. ``str`` says why in the active language, ``to_json`` in none."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def __str__(self) -> str:
        return str(WORDS[self.code]) % self.values

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "values": self.values}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        return cls(document["code"], **document["values"])
