"""Things in a row: accordions, steps, documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .text import PARAGRAPH_FEATURES


class AccordionItemBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Question or heading"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES)


class AccordionBlock(blocks.StructBlock):
    parts = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        template = "blocks/accordion.html"


class StepBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Step"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)


class DocumentsBlock(blocks.StructBlock):
    documents = blocks.ListBlock(DocumentBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "blocks/documents.html"
