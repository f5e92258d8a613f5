"""Files sent so that a broken download goes on where it stopped (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_BLOCK = 64 * 1024


@dataclass(frozen=True)
class Part:
    """Bytes from ``first`` to ``last``, both included, counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class NotThere(Exception):  # noqa: N818  (a state of affairs that has its own answer, not a fault)
    """The wanted bytes lie beyond the end of the file."""


def resumable(
    request: HttpRequest, content: BinaryIO, *, size: int, filename: str, content_type: str, etag: str
) -> HttpResponseBase:
    """The whole file, or the part that the browser still lacks. ``etag`` names content that never changes.

    Several ranges at once and ranges that cannot be read get the whole file, as the standard allows; a part
    of another file than the one that was begun (``If-Range``) as well.
    """
    try:
        part = wanted(request, size=size, etag=etag)
    except NotThere:
        content.close()
        return _said(HttpResponse(status=416), etag, {"Content-Range": f"bytes */{size}"})
    if part is None:
        whole = FileResponse(content, as_attachment=True, filename=filename, content_type=content_type)
        return _said(whole, etag, {"Content-Length": str(size)})
    content.seek(part.first)
    answer = FileResponse(_Piece(content, part.length), as_attachment=True, filename=filename, status=206)
    headers = {
        "Content-Range": f"bytes {part.first}-{part.last}/{size}",
        "Content-Length": str(part.length),
        "Content-Type": content_type,
    }
    return _said(answer, etag, headers)


def wanted(request: HttpRequest, *, size: int, etag: str) -> Part | None:
    """The part that was asked for; ``None`` for the whole. Raises ``NotThere``."""
    found = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condition = request.headers.get("If-Range", "")
    if request.method != "GET" or not found or not any(found.groups()):
        return None
    if condition and condition.strip() != f'"{etag}"':
        return None
    return _part(*found.groups(), size=size)


def _part(first: str, last: str, *, size: int) -> Part | None:
    """``first-last``, ``first-`` to the end, or ``-count`` from the end."""
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if first and last and int(last) < int(first):
        return None
    if start >= size or (not first and int(last) == 0):
        raise NotThere
    return Part(start, end)


def _said(answer: HttpResponseBase, etag: str, headers: dict[str, str]) -> HttpResponseBase:
    answer["ETag"] = f'"{etag}"'
    answer["Accept-Ranges"] = "bytes"
    for name, value in headers.items():
        answer[name] = value
    return answer


class _Piece:
    """So many bytes of an open file, a block at a time."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self.file, self.left = file, length
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0:
            block = self.file.read(min(_BLOCK, self.left))
            if not block:
                return
            self.left -= len(block)
            yield block
