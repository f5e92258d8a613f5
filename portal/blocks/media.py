"""Pictures and videos."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from .players import Player, host_of, player_for


class PictureBlock(blocks.StructBlock):
    """A picture says in words what it shows, or that it shows nothing that matters."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=250,
        help_text=_("What somebody who cannot see the picture needs to know."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("It says nothing that the text does not say.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["alternative"].strip()) == bool(value["decorative"]):
            error = ValidationError(_("Write the alternative text, or mark the picture as decorative."))
            raise StructBlockValidationError(block_errors={"alternative": error})
        return value


class VideoValue(blocks.StructValue):
    @property
    def host(self) -> str:
        return host_of(self["url"])

    @property
    def player(self) -> Player | None:
        return player_for(self["url"])


class VideoBlock(blocks.StructBlock):
    """A video elsewhere: a link, and where its player is known a button that opens it in the page.

    Nothing is asked of that site before the reader chooses one of the two.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    url = blocks.URLBlock(label=_("Address of the video"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=600)
    captions = blocks.CharBlock(
        label=_("Captions and sign language"),
        required=False,
        max_length=150,
        help_text=_("For instance: captions in Spanish, Peruvian Sign Language."),
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), required=False, features=["bold", "italic", "ol", "ul", "link"]
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        value_class = VideoValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if urlsplit(value["url"]).scheme != "https":
            error = ValidationError(_("The address has to begin with https://"))
            raise StructBlockValidationError(block_errors={"url": error})
        return value
