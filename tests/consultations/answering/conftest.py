"""A person with a browser and no scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from consultations.answering import codes
from consultations.models import Consultation, ParticipationCode, Response
from tests.factories.consultations import ConsultationFactory

HIDDEN = re.compile(r'<input type="hidden" name="(page-[a-z]+)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    caches["limits"].clear()


@pytest.fixture
def consultation(db: None) -> Consultation:
    return ConsultationFactory(answerable=True, slug="necesidades", title_en="What does it need?")


@dataclass
class Person:
    """Opens pages, fills in what is asked and presses buttons, as a form without scripts does."""

    consultation: Consultation
    client: Client = field(default_factory=Client)
    language: str = "es"

    def url(self, name: str, *args: Any) -> str:
        from django.utils import translation

        with translation.override(self.language):
            return reverse(f"answering:{name}", args=[self.consultation.slug, *args])

    def start(self) -> Any:
        return self.client.post(self.url("start"))

    def look(self, number: int) -> str:
        return self.client.get(self.url("page", number)).content.decode()

    def post(self, number: int, *, page: str | None = None, **sent: Any) -> Any:
        """Send a page as it was last seen (``page``), or as it is now."""
        controls = dict(HIDDEN.findall(page if page is not None else self.look(number)))
        data = {name: unescape(value) for name, value in controls.items()}
        return self.client.post(self.url("page", number), {**data, **_named(sent)})

    def review(self) -> str:
        return self.client.get(self.url("review")).content.decode()

    def send(self, **sent: Any) -> Any:
        controls = dict(HIDDEN.findall(self.review()))
        data = {"page-base": controls.get("page-base", ""), "page-agree-use": "1"}
        return self.client.post(self.url("review"), {**data, **_named(sent)})

    @property
    def code(self) -> str:
        """As it is written on the page with the code."""
        html = self.client.get(self.url("code")).content.decode()
        found = re.search(r'class="code"[^>]*>([^<]+)<', html)
        assert found, html
        return found.group(1)

    @property
    def response(self) -> Response:
        code = codes.normalised(self.code)
        assert code
        return ParticipationCode.objects.get(digest=codes.digest(code)).response


def _named(sent: dict[str, Any]) -> dict[str, Any]:
    """``page_go`` in Python is ``page-go`` in the form."""
    return {name.replace("page_", "page-").replace("agree_", "agree-"): value for name, value in sent.items()}


@pytest.fixture
def person(consultation: Consultation) -> Person:
    return Person(consultation)
