"""Panels of the authoring screens: every language of a text together, and long forms that stay readable.

Wagtail draws each field with several nested templates. A questionnaire of thirty questions in five languages
has well over a thousand fields, so these panels draw a field with one small template each.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.forms import BoundField, Media, Script, Widget
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.admin.panels.group import PanelGroup

from ..models import ChoiceList, Questionnaire
from .fields import language_choices
from .kind_fields import fields_by_kind
from .widgets import draw

_SCRIPT: Any = Script("consultations/admin/authoring.js", type="module")


class TranslatedFieldPanel(PanelGroup):
    """The columns that a translated field has, one a language, each marked with its language."""

    heading: str
    help_text: str

    def __init__(self, field_name: str, widget: type[Widget] | Widget | None = None, **kwargs: Any) -> None:
        kwargs.pop("children", None)
        super().__init__(**kwargs)
        self.field_name = field_name
        self.widget = widget

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs = super().clone_kwargs()
        return {**kwargs, "field_name": self.field_name, "widget": self.widget}

    @property
    def clean_name(self) -> str:
        return self.field_name

    def on_model_bound(self) -> None:
        field = self.model._meta.get_field(self.field_name)
        self.heading = self.heading or capfirst(field.verbose_name)
        self.help_text = self.help_text or field.help_text
        self.children = [self._column(code) for code, _name in settings.LANGUAGES]
        super().on_model_bound()

    def _column(self, code: str) -> FieldPanel:
        name = build_localized_fieldname(self.field_name, code)
        return FieldPanel(name, widget=self.widget, disable_comments=True)

    class BoundPanel(PanelGroup.BoundPanel):
        template_name = "consultations/admin/panels/translated_field.html"

        @cached_property
        def texts(self) -> list[dict[str, Any]]:
            return [
                _text_in(code, child.bound_field)
                for (code, _name), child in zip(settings.LANGUAGES, self.children, strict=True)
                if child.bound_field is not None
            ]


def _text_in(code: str, field: BoundField) -> dict[str, Any]:
    """One language of a text, ready to draw. The browser's spelling follows ``lang``."""
    return {
        "code": code,
        "language": get_language_info(code)["name_local"].capitalize(),
        "id": field.id_for_label,
        "error": field.errors[0] if field.errors else "",
        "widget": draw(field, lang=code),
    }


class CompactFieldPanel(FieldPanel):
    """One plain field, drawn with a single template."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "consultations/admin/panels/compact_field.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            field = self.bound_field
            return {
                "id": field.auto_id,
                "error": field.errors[0] if field.errors else "",
                "widget": draw(field),
                "help": self.help_text,
            }


class CompactGroup(PanelGroup):
    """Fields in a row, or (``classname="stacked"``) one below the other. With a heading it is a fieldset."""

    class BoundPanel(PanelGroup.BoundPanel):
        template_name = "consultations/admin/panels/compact_group.html"


class FoldedInlinePanel(InlinePanel):
    """Child rows as folded panels that carry their own name and label, so that forty fit on a screen or two.

    ``title_fields`` are the names of the child's fields that make up the heading; ``child_form`` the class
    of the child's form, where the plain one will not do.
    """

    def __init__(
        self,
        *args: Any,
        title_fields: tuple[str, ...] = ("name", "label"),
        level: int = 2,
        child_form: type[WagtailAdminModelForm] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.title_fields = title_fields
        self.level = level
        self.child_form = child_form

    @property
    def clean_name(self) -> str:
        # Not made from the heading, which is another one in each language.
        return str(self.relation_name)

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs = super().clone_kwargs()
        return {
            **kwargs,
            "heading": self.heading,
            "title_fields": self.title_fields,
            "level": self.level,
            "child_form": self.child_form,
        }

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        if self.child_form is not None:
            child = self.child_edit_handler.get_form_options()
            options["formsets"][self.relation_name]["form"] = get_form_for_model(
                self.db_field.related_model,
                form_class=self.child_form,
                defer_required_on_fields=child.get("defer_required_on_fields", []),
            )
        return options

    @cached_property
    def child_edit_handler(self) -> Panel:
        handler = CompactGroup(self.panel_definitions, classname="stacked")
        return handler.bind_to_model(self.db_field.related_model)

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "consultations/admin/panels/folded_inline.html"

        def child_title(self, instance: Any) -> str:
            words = (str(getattr(instance, name) or "") for name in self.panel.title_fields)
            return " · ".join(word for word in words if word)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            rows = [{"panel": child, "title": self.child_title(child.instance)} for child in self.children]
            return {**context, "rows": rows, "level": self.panel.level}


class AuthoringToolsPanel(Panel):
    """The language switch and the table that says which fields a kind of question uses.

    Without scripts it stays hidden: then every language and every field is shown.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/panels/authoring_tools.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            source, other = _two_languages(self.instance)
            return {
                **context,
                "languages": language_choices(),
                "source": source,
                "other": other,
                "kinds": fields_by_kind(),
            }

        @property
        def media(self) -> Media:
            return Media(
                css={"all": ["consultations/admin/authoring.css"]},
                js=[_SCRIPT],
            )


def _two_languages(instance: Any) -> tuple[str, str]:
    """The language that texts are written in and the next one switched on, where the record has them."""
    source = getattr(instance, "default_language", "") or settings.LANGUAGE_CODE
    others = [code for code in getattr(instance, "languages", None) or [] if code != source]
    return source, others[0] if others else ""


class ChoiceListsPanel(Panel):
    """The lists of options that this questionnaire's questions may use, each a link to its own form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/panels/choice_lists.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "questionnaire": self.instance, "choice_lists": _lists_of(self.instance)}


def _lists_of(questionnaire: Questionnaire) -> list[ChoiceList]:
    """Its lists with the number of their options, in one query; none for a questionnaire not saved yet."""
    lists = ChoiceList.objects.filter(questionnaire=questionnaire.pk)
    return list(lists.annotate(size=Count("choices"))) if questionnaire.pk else []
