from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .link import Link, leads_somewhere


@register_setting(icon="list-ul", order=100)
class Menu(BaseGenericSetting, ClusterableModel):
    """The main menu, the same for all languages: each entry leads to the page in the reader's."""

    panels = [InlinePanel("items", label=_("Entry"), heading=_("Entries"))]

    class Meta:
        verbose_name = _("main menu")

    def __str__(self) -> str:
        return str(_("main menu"))


class MenuItem(Link):
    menu = ParentalKey(Menu, related_name="items")

    class Meta(Link.Meta):
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        constraints = [leads_somewhere("menu_item")]
