"""What editors can put on a page, and what the blocks refuse."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Drawing
from wagtail.blocks import StreamValue
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Site
from wagtail.rich_text import RichText

from portal.blocks.action import ActionBlock
from portal.blocks.media import PictureBlock, VideoBlock
from portal.blocks.table import TableBlock
from portal.models import ContentPage
from tests.factories.pages import ContentPageFactory

TABLE = {
    "columns": [{"type": "text", "heading": "País"}, {"type": "number", "heading": "Oficinas"}],
    "rows": [{"values": ["España", "5"]}, {"values": ["Italia", "6"]}],
}


@pytest.fixture
def image(db: Any) -> Image:
    content = BytesIO()
    Drawing.new("RGB", (60, 40)).save(content, "PNG")
    return Image.objects.create(title="Foto", file=ImageFile(content, name="foto.png"))


def _show(client: Client, *parts: tuple[str, Any]) -> str:
    raw = [{"type": kind, "value": value} for kind, value in parts]
    body = StreamValue(ContentPage._meta.get_field("body").stream_block, raw, is_lazy=True)
    page = ContentPageFactory(slug="bloques", body=body)
    return client.get(page.get_url()).text


def _picture(picture: Any, **fields: Any) -> dict[str, Any]:
    return {"image": picture, "alternative": "", "decorative": False, "caption": "", **fields}


def test_a_picture_has_an_alternative_text_or_is_decorative(image: Image) -> None:
    block = PictureBlock()

    with pytest.raises(ValidationError):
        block.clean(_picture(image))
    with pytest.raises(ValidationError):
        block.clean(_picture(image, alternative="Una mesa", decorative=True))
    assert block.clean(_picture(image, alternative="Una mesa"))["alternative"] == "Una mesa"
    assert block.clean(_picture(image, decorative=True))["decorative"] is True


# Wagtail leaves the temporary file of a resized picture to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pictures_say_their_text_and_decorations_nothing(client: Client, site: Site, image: Image) -> None:
    page = _show(
        client,
        ("picture", _picture(image.pk, alternative="Una mesa")),
        ("picture", _picture(image.pk, decorative=True)),
    )

    assert 'alt="Una mesa"' in page
    assert 'alt=""' in page


def test_a_video_is_a_link_and_nothing_of_it_is_fetched(client: Client, site: Site) -> None:
    video = {"title": "Qué es", "url": "https://www.youtube.com/watch?v=x", "minutes": 3, "captions": ""}

    page = _show(client, ("video", {**video, "transcript": ""}))

    assert 'href="https://www.youtube.com/watch?v=x" rel="noopener noreferrer external"' in page
    assert "<iframe" not in page
    assert 'src="https' not in page


def test_a_video_is_on_a_secure_address() -> None:
    with pytest.raises(ValidationError):
        VideoBlock().clean({"title": "Qué es", "url": "http://example.org/v", "transcript": RichText("")})


def test_a_call_to_action_leads_to_one_place(site: Site) -> None:
    action = {"text": "", "label": "Ir", "page": site.root_page, "url": "", "secondary": False}

    assert ActionBlock().clean(action)["label"] == "Ir"
    with pytest.raises(ValidationError):
        ActionBlock().clean({**action, "url": "https://example.org"})
    with pytest.raises(ValidationError):
        ActionBlock().clean({**action, "page": None})


def test_tables_have_headings_for_rows_and_columns(client: Client, site: Site) -> None:
    table = {"caption": "Oficinas", "cells": TABLE, "row_headings": True, "source": ""}

    page = _show(client, ("table", table))

    assert '<th scope="col" class="num">Oficinas</th>' in page
    assert '<th scope="row">España</th><td class="num">5</td>' in page
    assert 'role="region" tabindex="0" aria-label="Oficinas"' in page


def test_every_text_of_a_table_can_be_translated() -> None:
    block = TableBlock().child_blocks["cells"]
    table = block.to_python(TABLE)

    segments = block.get_translatable_segments(table)

    assert {segment.path: segment.string.data for segment in segments} == {
        "heading.0": "País",
        "heading.1": "Oficinas",
        "cell.0.0": "España",
        "cell.1.0": "Italia",
    }
    for segment in segments:
        segment.string.data = segment.string.data.upper()
    translated = block.restore_translated_segments(table, segments)
    assert block.get_prep_value(translated)["rows"][0]["values"][0] == "ESPAÑA"


def test_steps_accordions_quotes_documents_and_headings(client: Client, site: Site) -> None:
    document = Document.objects.create(title="Guía", file=ContentFile(b"%PDF-", name="guia.pdf"))

    page = _show(
        client,
        ("heading", {"text": "Cómo participar", "level": "2"}),
        ("steps", {"steps": [{"heading": "Uno", "text": "<p>Lea.</p>"}, {"heading": "Dos", "text": ""}]}),
        ("accordion", {"parts": [{"heading": "¿Por qué?", "text": "<p>Porque sí.</p>"}]}),
        ("quote", {"text": "Allin", "who": "Rosa", "language": "quy", "translated_by": ""}),
        ("documents", {"documents": [{"document": document.pk, "note": "Nueva"}]}),
    )

    assert '<h2 id="como-participar">Cómo participar</h2>' in page
    assert "<summary>¿Por qué?</summary>" in page
    assert '<blockquote class="quote" lang="quy">' in page
    assert f'<a href="{document.url}">Guía</a>' in page
    assert page.count('<b class="h3">') == 2
