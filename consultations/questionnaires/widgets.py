"""Drawing of form widgets, a thousand to a page."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, Textarea
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

PLAIN_INPUTS = frozenset(f"django/forms/widgets/{name}.html" for name in ("text", "number", "checkbox"))


def draw(field: BoundField, **attrs: Any) -> SafeString:
    """The widget of a field as HTML.

    Plain text boxes are written directly: through their templates they take most of the time that a page with
    thirty questions in five languages needs. The result is the same.
    """
    widget = field.field.widget
    if isinstance(widget, Textarea):
        # Two lines; the admin's script lets a text grow as it is written.
        name, value, own = _parts(field, {**attrs, "rows": 2})
        return format_html('<textarea name="{}"{}>\n{}</textarea>', name, flatatt(own), value)
    if widget.template_name in PLAIN_INPUTS:
        name, value, own = _parts(field, attrs)
        own = {**own, "value": value or None}
        return format_html('<input type="{}" name="{}"{}>', widget.input_type, name, flatatt(own))
    return SafeString(field.as_widget(attrs=attrs))


def _parts(field: BoundField, attrs: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    widget = field.field.widget
    wanted = field.build_widget_attrs({**attrs, "id": field.auto_id}, widget)
    drawn = widget.get_context(field.html_name, field.value(), wanted)["widget"]
    return drawn["name"], drawn["value"] or "", drawn["attrs"]
