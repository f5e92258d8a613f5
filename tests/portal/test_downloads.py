"""A download that broke off goes on where it stopped, and never mixes two files."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.downloads import resumable

CONTENT = bytes(range(256)) * 800


def fetch(content: bytes = CONTENT, *, method: str = "GET", **headers: str) -> HttpResponseBase:
    request = RequestFactory().generic(method, "/", headers=headers)
    return resumable(
        request,
        io.BytesIO(content),
        size=len(content),
        filename="respuestas.csv",
        content_type="text/csv",
        etag="a1",
    )


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_whole_file_says_that_it_can_be_resumed() -> None:
    answer = fetch()

    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert {name: answer[name] for name in ("Accept-Ranges", "ETag", "Content-Length", "Content-Type")} == {
        "Accept-Ranges": "bytes",
        "ETag": '"a1"',
        "Content-Length": str(len(CONTENT)),
        "Content-Type": "text/csv",
    }
    assert answer["Content-Disposition"] == 'attachment; filename="respuestas.csv"'


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=100000-", 100_000, len(CONTENT) - 1),
        ("bytes=-5", len(CONTENT) - 5, len(CONTENT) - 1),
        ("bytes=10-99999999", 10, len(CONTENT) - 1),
        ("bytes=-99999999", 0, len(CONTENT) - 1),
    ],
)
def test_rest_of_the_file_is_sent(wanted: str, first: int, last: int) -> None:
    answer = fetch(Range=wanted)

    assert (answer.status_code, body(answer)) == (206, CONTENT[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer["Content-Type"] == "text/csv"


@pytest.mark.parametrize("wanted", ["bytes=204800-", "bytes=999999-1000000", "bytes=-0"])
def test_beyond_the_end_is_refused(wanted: str) -> None:
    answer = fetch(Range=wanted)

    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "bytes=9-2", "bytes=-", "lines=1-2", "bytes=a-b"])
def test_what_cannot_be_read_gets_the_whole(wanted: str) -> None:
    answer = fetch(Range=wanted)

    assert (answer.status_code, body(answer)) == (200, CONTENT)


@pytest.mark.parametrize(
    ("condition", "status"), [('"a1"', 206), ('"other"', 200), ("Wed, 21 Oct 2015 07:28:00 GMT", 200)]
)
def test_part_of_another_file_is_never_sent(condition: str, status: int) -> None:
    assert fetch(**{"Range": "bytes=5-", "If-Range": condition}).status_code == status


def test_question_about_the_file_gets_no_part() -> None:
    assert fetch(method="HEAD", Range="bytes=5-").status_code == 200


@given(content=st.binary(min_size=1, max_size=300), cut=st.integers(0, 299))
def test_two_parts_are_the_whole(content: bytes, cut: int) -> None:
    cut %= len(content)
    parts = [fetch(content, Range=f"bytes=0-{cut}"), fetch(content, Range=f"bytes={cut + 1}-")]

    assert b"".join(body(part) for part in parts) == content


def test_empty_file_is_sent_whole() -> None:
    answer = fetch(b"")

    assert (answer.status_code, body(answer), answer["Content-Length"]) == (200, b"", "0")
