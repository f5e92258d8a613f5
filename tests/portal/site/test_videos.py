"""Videos of other sites: which can be played in the page, and what the policy allows on which page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamValue
from wagtail.models import Site

from portal.blocks.players import Player, player_for
from portal.models import ContentPage
from tests.factories.pages import ContentPageFactory

YOUTUBE, VIMEO = "https://www.youtube-nocookie.com", "https://player.vimeo.com"
TUBE = Player(YOUTUBE, "/embed/abcDEF_12-3?autoplay=1&rel=0")
PLAYED = {
    "https://www.youtube.com/watch?v=abcDEF_12-3&list=x": TUBE,
    "https://m.youtube.com/watch?v=abcDEF_12-3": TUBE,
    "https://youtu.be/abcDEF_12-3?si=follow-me": TUBE,
    "https://www.youtube.com/embed/abcDEF_12-3": TUBE,
    "https://www.youtube.com/shorts/abcDEF_12-3": TUBE,
    "https://youtu.be/abcDEF_12-3?t=90s": Player(YOUTUBE, "/embed/abcDEF_12-3?autoplay=1&rel=0&start=90"),
    "https://vimeo.com/76979871": Player(VIMEO, "/video/76979871?dnt=1&autoplay=1"),
    "https://vimeo.com/channels/peru/76979871": Player(VIMEO, "/video/76979871?dnt=1&autoplay=1"),
    "https://vimeo.com/76979871/1a2b3c4d": Player(VIMEO, "/video/76979871?dnt=1&autoplay=1&h=1a2b3c4d"),
}
ONLY_LINKS = [
    "https://www.youtube.com/",
    "https://www.youtube.com/@cancilleria",
    "https://www.youtube.com/watch?v=short",
    "https://youtube.com.evil.example/watch?v=abcDEF_12-3",
    "https://vimeo.com/about",
    "https://www.facebook.com/watch?v=123",
    "https://video.example/a.mp4",
]


@pytest.mark.parametrize(("address", "player"), PLAYED.items())
def test_known_addresses_have_a_player(address: str, player: Player) -> None:
    assert player_for(address) == player


@pytest.mark.parametrize("address", ONLY_LINKS)
def test_other_addresses_stay_links(address: str) -> None:
    assert player_for(address) is None


@given(
    st.text(max_size=60), st.sampled_from(["www.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com"])
)
def test_whatever_is_typed_a_player_is_at_its_own_site(rest: str, host: str) -> None:
    player = player_for(f"https://{host}/{rest}")

    assert player is None or player.url.startswith((f"{YOUTUBE}/embed/", f"{VIMEO}/video/"))


def _page(*addresses: str, slug: str = "videos") -> str:
    empty = {"minutes": None, "captions": "", "transcript": ""}
    raw = [{"type": "video", "value": {"title": "Qué es", "url": url, **empty}} for url in addresses]
    body = StreamValue(ContentPage._meta.get_field("body").stream_block, raw, is_lazy=True)
    return str(ContentPageFactory(slug=slug, body=body).get_url())


def _policy(response: Any) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {name: rest[0] if rest else "" for name, *rest in parts}


def test_a_page_may_frame_the_site_of_its_video_and_no_other(client: Client, site: Site) -> None:
    first, both = _page("https://youtu.be/abcDEF_12-3"), _page(*PLAYED, slug="todos")

    assert _policy(client.get(first))["frame-src"] == YOUTUBE
    assert _policy(client.get(both))["frame-src"] == f"{VIMEO} {YOUTUBE}"


def test_nothing_else_is_loosened(client: Client, site: Site) -> None:
    plain = _policy(client.get(_page(slug="sin-video")))
    with_video = _policy(client.get(_page("https://youtu.be/abcDEF_12-3")))

    assert "frame-src" not in plain
    assert {**plain, "frame-src": YOUTUBE} == with_video
    assert "frame-src" not in _policy(client.get(_page("https://video.example/a", slug="enlace")))


def test_a_page_from_the_cache_has_the_same_policy(client: Client, site: Site) -> None:
    page = _page("https://youtu.be/abcDEF_12-3")
    first = client.get(page)

    again = client.get(page)

    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_the_link_is_there_without_scripts_and_the_button_only_with_them(client: Client, site: Site) -> None:
    shown = client.get(_page("https://youtu.be/abcDEF_12-3")).text

    assert 'data-leave href="https://youtu.be/abcDEF_12-3" rel="noopener noreferrer external"' in shown
    assert "data-play hidden" in shown
    assert "<iframe" not in shown
    assert 'src="https' not in shown
