"""Words: headings, paragraphs, quotes."""

from __future__ import annotations

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PARAGRAPH_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        """So that a part of a page has an address."""
        return slugify(str(self["text"]))


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Heading")), ("3", _("Smaller heading"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        value_class = HeadingValue


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=150)
    language = blocks.CharBlock(
        label=_("Language of the quote"),
        required=False,
        max_length=10,
        help_text=_("Only if it is not the page's: a code like quy, en or pt."),
    )
    translated_by = blocks.CharBlock(label=_("Translated by"), required=False, max_length=100)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
