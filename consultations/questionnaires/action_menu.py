"""The buttons below a questionnaire's form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem

from .. import rules
from ..models import Questionnaire


class PublishVersionMenuItem(ActionMenuItem):
    """Leads to the page that checks the questionnaire and freezes it."""

    name = "action-publish-version"
    label = _("Publish questionnaire…")
    icon_name = "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and rules.may_publish_questionnaires(context["request"].user)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("questionnaire_publish", args=[parent_context["instance"].pk])


def offer_our_way_to_publish(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """A questionnaire is published as a frozen version, never by Wagtail's plain button."""
    if context["model"] is not Questionnaire:
        return
    closed = (PublishMenuItem, UnpublishMenuItem)
    menu_items[:] = [item for item in menu_items if not isinstance(item, closed)]
    item = PublishVersionMenuItem(order=30)
    if item.is_shown(context):
        menu_items.append(item)
