from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page

from .link import Link, in_every_language, leads_somewhere


@register_setting(icon="list-ul", order=110)
class Footer(BaseGenericSetting, ClusterableModel):
    """Who stands behind the portal, and columns of links, at the foot of every page."""

    tagline = models.CharField(_("line under the name"), max_length=80, blank=True)
    about = models.TextField(_("who is behind this portal"), blank=True)
    help_page = models.ForeignKey(
        Page,
        verbose_name=_("page for emergencies"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Named with its lead beside the consular offices of each country, in the reader's language."
        ),
    )

    panels = [
        in_every_language("tagline", _("Line under the name, in the header")),
        in_every_language("about", _("Who is behind this portal")),
        FieldPanel("help_page"),
        InlinePanel("columns", label=_("Column"), heading=_("Columns"), max_num=3),
    ]

    class Meta:
        verbose_name = _("header and footer")

    def __str__(self) -> str:
        return str(_("header and footer"))


class FooterColumn(Orderable, ClusterableModel):
    footer = ParentalKey(Footer, related_name="columns")
    heading = models.CharField(_("heading"), max_length=60)

    panels = [
        in_every_language("heading", _("Heading")),
        InlinePanel("links", label=_("Link"), heading=_("Links")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("footer column")
        verbose_name_plural = _("footer columns")

    def __str__(self) -> str:
        return self.heading


class FooterLink(Link):
    column = ParentalKey(FooterColumn, related_name="links")

    class Meta(Link.Meta):
        verbose_name = _("footer link")
        verbose_name_plural = _("footer links")
        constraints = [leads_somewhere("footer_link")]
