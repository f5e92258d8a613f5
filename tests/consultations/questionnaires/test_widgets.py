"""Fields drawn directly look to a browser as if their templates had drawn them."""

from html.parser import HTMLParser

import pytest
from django import forms

from consultations.questionnaires.fields import AttributesField
from consultations.questionnaires.kind_fields import fields_by_kind
from consultations.questionnaires.widgets import draw


class Example(forms.Form):
    line = forms.CharField(max_length=20, help_text="Hint")
    lines = forms.CharField(widget=forms.Textarea)
    number = forms.DecimalField(required=False)
    flag = forms.BooleanField(required=False)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())


VALUES = {"line": 'a "b" <c>', "lines": "\n<x>\n&amp;", "number": "2.5", "flag": "on", "choice": "b"}


@pytest.mark.parametrize("name", list(VALUES))
@pytest.mark.parametrize("values", [VALUES, {}], ids=["filled", "empty"])
def test_drawn_field_equals_its_template(name: str, values: dict[str, str]) -> None:
    field = Example(values)[name]
    attrs = {"lang": "es"} | ({"rows": 2} if name == "lines" else {})

    drawn = Elements(draw(field, lang="es")).found

    assert drawn == Elements(field.as_widget(attrs=attrs)).found


def test_attributes_are_lines_and_come_back_the_same() -> None:
    field = AttributesField(required=False)
    attributes = {"country": "ES", "regions": "Madrid; Castilla = León"}

    assert field.clean(field.prepare_value(attributes)) == attributes
    assert field.clean("") == {}


@pytest.mark.parametrize("line", ["country", "= ES"])
def test_line_that_is_no_attribute_is_refused(line: str) -> None:
    with pytest.raises(forms.ValidationError):
        AttributesField().clean(line)


@pytest.mark.parametrize("line", ["name = x", "exclusive = yes", "país = ES", "two words = x", "image = x"])
def test_column_that_no_workbook_could_carry_is_refused(line: str) -> None:
    with pytest.raises(forms.ValidationError):
        AttributesField().clean(line)


def test_note_has_no_fields_for_answers() -> None:
    used = fields_by_kind()

    assert "required" not in used["note"]
    assert {"rows", "choice_list"} <= set(used["matrix"])
    assert {"low_label", "high_label", "constraint_message"} <= set(used["scale"])
