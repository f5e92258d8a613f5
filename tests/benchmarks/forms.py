"""Fills in a form as somebody in a hurry does: the first option of everything, a year in every text."""

from __future__ import annotations

from html.parser import HTMLParser

ANSWER = "2001"


class _Form(HTMLParser):
    """The fields of the form that asks questions; other forms of the page are left alone."""

    def __init__(self) -> None:
        super().__init__()
        self.form: dict[str, list[str]] = {}
        self.found: dict[str, list[str]] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = {}
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.form[given["name"]] = [ANSWER]
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.select and given.get("value"):
            self.form.setdefault(self.select, [given["value"]])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form" and "page-base" in self.form:
            self.found = self.form

    def _input(self, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if not name or name == "website":  # The trap is for robots who fill in everything.
            return
        value = given.get("value", "")
        self.form.setdefault(name, [value if kind in ("hidden", "radio", "checkbox") else value or ANSWER])


def fields_of(html: str) -> dict[str, list[str]]:
    """What to send for the questions of a page, hidden fields included."""
    form = _Form()
    form.feed(html)
    return form.found
