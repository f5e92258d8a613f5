"""Visitors who open pages and answer the questionnaire, all at once, over real connections."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import count
from typing import Any
from urllib.parse import urlencode

from .forms import fields_of
from .machine import StepError

AT_ONCE = 8
# A token that a browser may have: what counts is that form and cookie say the same.
CSRF = "a" * 32
_addresses = count(1)


@dataclass
class Visitor:
    """One person: an address, a connection, cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = field(default_factory=lambda: "10.{}.{}.{}".format(*_bytes(next(_addresses))))

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, body: str) -> tuple[int, str, str]:
        return self._ask("POST", path, body)

    def rest(self) -> None:
        """Hang up: the server does not wait long for somebody who says nothing. Asking again calls again."""
        self.connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-Forwarded-For": self.address,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.coded_value for name, morsel in SimpleCookie(line).items()})
        return answer.status, answer.headers.get("Location", ""), page


def _bytes(number: int) -> tuple[int, int, int]:
    return number >> 16 & 255, number >> 8 & 255, number & 255


@dataclass(frozen=True)
class Recorded:
    """What one person sent on the way through the questionnaire, to be sent again by many."""

    start: str
    saves: list[tuple[str, str]]
    sending: tuple[str, str]
    cookies: dict[str, str]


def record(port: int, start: str) -> Recorded:
    """Go through the questionnaire once. Answers are the same for everybody, so what is sent is too."""
    visitor = Visitor(port)
    status, url, page = visitor.post(start, "")
    saves: list[tuple[str, str]] = []
    for _page in range(60):
        if status == 302:
            page_url = url
            _status, _url, page = visitor.get(page_url)
        fields = fields_of(page)
        if not fields:
            raise StepError(f"{page_url}: nothing to fill in, status {status}")
        body = urlencode(fields, doseq=True)
        if "page-agree-use" in fields:
            token = {"csrftoken": visitor.cookies["csrftoken"]} if "csrftoken" in visitor.cookies else {}
            return Recorded(start, saves, (page_url, body), token)
        saves.append((page_url, body))
        status, url, page = visitor.post(page_url, body)
    raise StepError("The questionnaire does not end.")


def begin(port: int, recorded: Recorded) -> Visitor:
    visitor = Visitor(port, dict(recorded.cookies))
    expect(visitor.post(recorded.start, ""), 302)
    visitor.rest()
    return visitor


def answer(visitor: Visitor, recorded: Recorded) -> int:
    """Save every page; how many saves that was. A page that is shown again (200) was saved too."""
    for path, body in recorded.saves:
        expect(visitor.post(path, body), 200, 302)
    visitor.rest()
    return len(recorded.saves)


def send(visitor: Visitor, recorded: Recorded) -> int:
    expect(visitor.post(*recorded.sending), 302)
    visitor.rest()
    return 1


def sign_up(port: int, path: str, session: str, number: int) -> int:
    """Ask for a place in a focus group that asks nothing else, with an address of one's own."""
    filled = {
        "name": "Rosa",
        "email": f"persona{number}@example.org",
        "timezone": "Europe/Madrid",
        "language": "es",
        "sessions": session,
        "consent-take_part": "1",
    }
    expect(send_form(Visitor(port), path, filled), 302)
    return 1


def confirm(port: int, place: str, link: str) -> int:
    """Open the link of the mail, and press the button of the page that it leads to."""
    visitor = Visitor(port)
    expect(visitor.get(link), 302)
    expect(send_form(visitor, place, {"do": "confirm"}), 302)
    return 1


def send_form(visitor: Visitor, path: str, filled: dict[str, str]) -> tuple[int, str, str]:
    """With the token that goes with the cookie."""
    visitor.cookies["csrftoken"] = CSRF
    answer = visitor.post(path, urlencode(filled | {"csrfmiddlewaretoken": CSRF}))
    visitor.rest()
    return answer


def expect(answer: tuple[int, str, str], *statuses: int) -> None:
    if answer[0] not in statuses:
        raise StepError(f"Answered {answer[0]}: {answer[2][:200]}")


def rate(work: Callable[[Any], int], people: Sequence[Any]) -> float:
    """Things done a second, with ``AT_ONCE`` people at it at the same time."""
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        begun = time.perf_counter()
        done = sum(crowd.map(work, people))
        return done / (time.perf_counter() - begun)


def open_page(port: int, path: str, *, kept: bool) -> Callable[[int], int]:
    """Open a page some times over one connection. Pages with an unknown parameter are never kept."""

    def work(times: int) -> int:
        visitor = Visitor(port)
        for number in range(times):
            expect(visitor.get(path if kept else f"{path}?n={number}"), 200)
        return times

    return work
