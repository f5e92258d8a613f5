"""Players of other sites that a reader may open inside a page, and what a browser must be allowed for that.

A host that is not in ``PLAYERS`` has no player here: its videos stay links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from wagtail.blocks import StreamValue

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_PATH = re.compile(r"/(?:video/|channels/[^/]+/)?(?P<number>\d{5,12})(?:/(?P<key>[0-9a-f]{6,16}))?/?")
_SECONDS = re.compile(r"(\d{1,5})s?")


@dataclass(frozen=True)
class Player:
    """``origin`` is the only site that a page with this player may frame."""

    origin: str
    path: str

    @property
    def url(self) -> str:
        return self.origin + self.path

    @property
    def host(self) -> str:
        return self.origin.removeprefix("https://").removeprefix("www.")


def _youtube(address: str) -> Player | None:
    """Without cookies before it plays, and with no videos of others after it."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    folder, _slash, name = parts.path.strip("/").rpartition("/")
    found = query.get("v", [""])[0] if name == "watch" else name
    if folder not in {"", "embed", "shorts", "live"} or not _YOUTUBE_ID.fullmatch(found):
        return None
    start = _SECONDS.fullmatch(query.get("t", query.get("start", [""]))[0])
    options = {"autoplay": "1", "rel": "0", **({"start": start[1]} if start else {})}
    return Player("https://www.youtube-nocookie.com", f"/embed/{found}?{urlencode(options)}")


def _vimeo(address: str) -> Player | None:
    """With ``dnt``, Vimeo says, nothing is kept about who watches."""
    parts = urlsplit(address)
    found = _VIMEO_PATH.fullmatch(parts.path)
    if not found:
        return None
    key = found["key"] or parse_qs(parts.query).get("h", [""])[0]
    options = {"dnt": "1", "autoplay": "1", **({"h": key} if key else {})}
    return Player("https://player.vimeo.com", f"/video/{found['number']}?{urlencode(options)}")


PLAYERS: dict[str, Callable[[str], Player | None]] = {
    "youtube.com": _youtube,
    "m.youtube.com": _youtube,
    "youtu.be": _youtube,
    "youtube-nocookie.com": _youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
}


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def player_for(address: str) -> Player | None:
    """The player that shows the video at this address, or nothing when it can only be a link."""
    find = PLAYERS.get(host_of(address))
    return find(address) if find else None


def framed_origins(body: StreamValue | None) -> list[str]:
    """The sites that a page with this body may frame: those of its videos, and no others."""
    return sorted({player.origin for player in _players(body or ())})


def _players(body: Iterable[Any]) -> Iterator[Player]:
    videos = (block.value for block in body if block.block_type == "video")
    yield from (video.player for video in videos if video.player)
