"""A person with a browser and no scripts, who looks for a group, signs up and reads their mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.models import FocusGroup, Registration

HIDDEN = re.compile(r'<input type="hidden" name="(page-[a-z]+)" value="([^"]*)"')
LINK = re.compile(r"https?://[^/\s]+(/en/my-place/[^\s#]+)")
CONSENT = {"consent-take_part": "1"}


@dataclass
class Member:
    group: FocusGroup
    client: Client = field(default_factory=Client)
    language: str = "en"

    def url(self, name: str, *args: Any) -> str:
        with translation.override(self.language):
            return reverse(f"focus_groups:{name}", args=[self.group.slug, *args])

    def look(self, name: str = "group") -> str:
        return self.client.get(self.url(name)).content.decode()

    def filled(self, **sent: Any) -> dict[str, Any]:
        """The form as it is now, filled in; ``**sent`` changes what is written, ``None`` leaves it away."""
        controls = {name: unescape(value) for name, value in HIDDEN.findall(self.look("sign_up"))}
        data = {
            "name": "Rosa del Ande",
            "email": "rosa@example.org",
            "timezone": "Europe/Rome",
            "language": "en",
            "sessions": [str(session.pk) for session in self.group.sessions.all()],
            **CONSENT,
            **controls,
        }
        data |= {name.replace("__", "-"): value for name, value in sent.items()}
        return {name: value for name, value in data.items() if value is not None}

    def sign_up(self, **sent: Any) -> Any:
        return self.client.post(self.url("sign_up"), self.filled(**sent))

    def do(self, action: str, **sent: Any) -> Any:
        return self.client.post(self.url("place"), {"do": action, **sent})

    def link(self) -> str:
        """The address in the newest mail."""
        found = LINK.search(str(outbox.outbox[-1].body))
        assert found, outbox.outbox[-1].body
        return found.group(1)

    def open_link(self) -> Any:
        return self.client.get(self.link(), follow=True)

    @property
    def registration(self) -> Registration:
        return self.group.registrations.get(contact__email="rosa@example.org")
