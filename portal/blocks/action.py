"""The one thing that a page asks its reader to do."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class ActionValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The page (its translation is chosen when the page around it is translated), or the address."""
        return str(self["page"].url if self["page"] else self["url"])


class ActionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), required=False)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or an address"), required=False)
    secondary = blocks.BooleanBlock(
        label=_("Quieter"), required=False, help_text=_("For the second button of a page.")
    )

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "blocks/action.html"
        value_class = ActionValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            error = ValidationError(_("Choose a page or write an address, one of the two."))
            raise StructBlockValidationError(block_errors={"page": error})
        return value
