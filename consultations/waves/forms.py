from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..instrument.definition import Definition, text_in
from ..models import WaveImport
from .mapping import Plan, options, targets, unknown_words
from .tables import MAX_FILE_MB, Table

SAMPLES = 3
MOST_WORDS = 60
"""Words of one column that are asked about; a column with more is free text, not a list of options."""


class WaveForm(forms.ModelForm[WaveImport]):
    """A file with the answers of an earlier consultation, and where it comes from."""

    answers = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel (.xlsx) or SPSS (.sav), with one row a person and a line of headings."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.sav"}),
    )

    class Meta:
        model = WaveImport
        fields = ["answers", "title", "source", "collected_on"]
        widgets = {"collected_on": forms.DateInput(attrs={"type": "date"})}

    def clean_answers(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["answers"]
        if (file.size or 0) > MAX_FILE_MB * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE_MB})
        return file

    def clean_collected_on(self) -> Any:
        day = self.cleaned_data["collected_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("An earlier consultation was asked before today."))
        return day


@dataclass(frozen=True)
class Line:
    """One column of the file on the page: its field, and what stands in its first rows."""

    field: forms.BoundField
    samples: list[str]


class ColumnsForm(forms.Form):
    """What each column of the file is, and what each word stands for that no option knows."""

    def __init__(self, *args: Any, table: Table, definition: Definition, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.definition, self.plan = table, definition, plan
        self._targets = targets(definition, get_language() or "")
        self._words: list[tuple[str, str, str]] = []
        self._add_columns()
        self._add_words()

    def _add_columns(self) -> None:
        choices = [
            ("", _("Leave it out")),
            *((name, _said(name, t.label)) for name, t in self._targets.items()),
        ]
        for place, heading in enumerate(self.table.headings):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading.name,
                help_text=heading.label,
                required=False,
                choices=choices,
                initial=self.plan.columns.get(heading.name, ""),
            )

    def _add_words(self) -> None:
        for target, words in unknown_words(self.table, self.definition, self.plan).items():
            known = options(self.definition, self._targets[target])
            language = get_language() or ""
            default = self.definition.default_language
            choices = [("", "–"), *((c.name, text_in(c.label, language, default) or c.name) for c in known)]
            for word in words[:MOST_WORDS] if known else ():
                name = f"w{len(self._words)}"
                self._words.append((name, target, word))
                self.fields[name] = forms.ChoiceField(label=word, required=False, choices=choices)

    def lines(self) -> Iterator[Line]:
        for place, heading in enumerate(self.table.headings):
            filled = dict.fromkeys(cell for cell in self.table.column(heading.name)[:200] if cell)
            yield Line(self[f"c{place}"], list(filled)[:SAMPLES])

    def words(self) -> dict[str, list[forms.BoundField]]:
        """The fields for words, by the question that they are about."""
        found: dict[str, list[forms.BoundField]] = {}
        for name, target, _word in self._words:
            found.setdefault(_said(target, self._targets[target].label), []).append(self[name])
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = {f"c{place}": data.get(f"c{place}") for place in range(len(self.table.headings))}
        times = Counter(target for target in chosen.values() if target)
        for name, target in chosen.items():
            if target and times[target] > 1:
                self.add_error(name, _("Two columns cannot be the same thing."))
            elif target and self._is_said_twice(target, times):
                self.add_error(name, _("Take the question as a whole or option by option, not both."))
        if not any(self._targets[target].question for target in times):
            raise forms.ValidationError(_("Say of at least one column which question it answers."))
        return data

    def _is_said_twice(self, target: str, times: Counter[str]) -> bool:
        found = self._targets[target]
        return bool(found.column and found.question and found.column.option and times[found.question.name])

    def named(self) -> Plan:
        """What was said, beside what was said before of words that are no longer asked about."""
        columns = {
            heading.name: target
            for place, heading in enumerate(self.table.headings)
            if (target := self.cleaned_data[f"c{place}"])
        }
        values = {target: dict(own) for target, own in self.plan.values.items()}
        for name, target, word in self._words:
            if option := self.cleaned_data[name]:
                values.setdefault(target, {})[word] = option
        return Plan(columns, values)


def _said(name: str, label: str) -> str:
    return f"{name} – {label}" if label else name
