"""Members of staff at their screens: signed in with some permissions, sending forms back as drawn."""

from __future__ import annotations

from html.parser import HTMLParser

from django.contrib.auth.models import Permission
from django.test import Client

from portal.models import Unit, User
from tests.factories.portal import UserFactory


def staff(*permissions: str) -> User:
    """Somebody of no unit, who works with the consultations of all of them."""
    user: User = UserFactory(is_staff=True)
    codenames = ["access_admin", "see_every_unit", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def staff_of(unit: Unit | None, *permissions: str) -> User:
    """Somebody who sees what concerns their own unit."""
    user: User = UserFactory(is_staff=True, unit=unit)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def administrator() -> Client:
    return signed_in(UserFactory(superuser=True))


class PageForm(HTMLParser):
    """What a browser would send of one form, untouched. Templates for rows to come are no part of it."""

    def __init__(self, page: str, form_id: str = "w-editor-form") -> None:
        super().__init__()
        self.form_id, self.inside, self.templates = form_id, False, 0
        self.data: dict[str, str | list[str]] = {}
        self.select, self.chosen, self.textarea = "", "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form" and found.get("id") == self.form_id:
            self.inside = True
        if tag == "template":
            self.templates += 1
        if not self.inside or self.templates:
            return
        name = found.get("name") or ""
        if tag == "input" and name:
            self._input(name, found)
        if tag == "textarea":
            self.textarea, self.data[name] = name, ""
        if tag == "select":
            self.select, self.chosen = name, ""
        if tag == "option" and self.select and (not self.chosen or "selected" in found):
            self.chosen = self.data[self.select] = found.get("value") or ""

    def _input(self, name: str, found: dict[str, str | None]) -> None:
        if found.get("type") in ("checkbox", "radio"):
            if "checked" in found:
                values = self.data.setdefault(name, [])
                assert isinstance(values, list)
                values.append(found.get("value") or "on")
        elif found.get("type") != "submit":
            self.data[name] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        if tag == "form":
            self.inside = False
        if tag in ("select", "textarea"):
            self.select = self.textarea = ""

    def handle_data(self, text: str) -> None:
        if self.textarea and not self.templates:
            # A browser drops the first line break of a text box.
            self.data[self.textarea] = f"{self.data[self.textarea]}{text}".removeprefix("\n")
