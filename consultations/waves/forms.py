from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import Truncator, format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..instrument.definition import Definition, text_in
from ..models import WaveImport
from ..questionnaires.xlsform.workbook import MAX_FILE_MB as MAX_WORKBOOK_MB
from .light_select import LightChoiceField, Options
from .mapping import Plan, options, targets
from .outline import Outline, Shown
from .tables import MAX_FILE_MB


def _file_field() -> forms.FileField:
    return forms.FileField(
        label=_("File"),
        help_text=format_lazy(
            _(
                "CSV, Excel (.xlsx) or SPSS (.sav), with one row a person and a line of headings. At most"
                " {limit} MB; for Excel, {workbook} MB."
            ),
            limit=MAX_FILE_MB,
            workbook=MAX_WORKBOOK_MB,
        ),
        max_length=200,
        allow_empty_file=True,  # what is wrong with it is said with what to do about it
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.sav"}),
    )


class FileForm(forms.Form):
    """Another file in place of one that was sent."""

    answers = _file_field()


class WaveForm(forms.ModelForm[WaveImport]):
    """A file with the answers of an earlier consultation, and where it comes from."""

    answers = _file_field()

    class Meta:
        model = WaveImport
        fields = ["answers", "title", "source", "collected_on"]
        widgets = {"collected_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

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
    shown: Shown


class ColumnsForm(forms.Form):
    """What each column of the file is, and what each word stands for that no option knows."""

    def __init__(
        self, *args: Any, outline: Outline, definition: Definition, plan: Plan, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outline, self.definition, self.plan = outline, definition, plan
        self._targets = targets(definition, get_language() or "")
        self._words: list[tuple[str, str, str]] = []
        self._add_columns()
        self._add_words()

    def _add_columns(self) -> None:
        choices = [
            ("", str(_("Leave it out"))),
            *((name, _said(name, t.label)) for name, t in self._targets.items()),
        ]
        drawn = Options(choices)
        for place, shown in enumerate(self.outline.columns):
            self.fields[f"c{place}"] = LightChoiceField(
                drawn,
                label=shown.name,
                help_text=shown.label,
                required=False,
                initial=self.plan.columns.get(shown.name, ""),
            )

    def _add_words(self) -> None:
        for target, words in self.outline.words.items():
            choices = self._options(target)
            for word, meaning in words.items() if choices else ():
                name = f"w{len(self._words)}"
                self._words.append((name, target, word))
                self.fields[name] = forms.ChoiceField(
                    label=f"{word} = {meaning}" if meaning else word, required=False, choices=choices
                )

    def _options(self, target: str) -> list[tuple[str, str]]:
        """Nothing where there is nothing to choose from, or today's questionnaire asks no such thing."""
        known = options(self.definition, self._targets[target]) if target in self._targets else ()
        language, default = get_language() or "", self.definition.default_language
        said = [(c.name, text_in(c.label, language, default) or c.name) for c in known]
        return [("", str(_("Not said yet"))), *said] if said else []

    def lines(self) -> Iterator[Line]:
        for place, shown in enumerate(self.outline.columns):
            yield Line(self[f"c{place}"], shown)

    def words(self) -> dict[str, list[forms.BoundField]]:
        """The fields for words, by the question that they are about."""
        found: dict[str, list[forms.BoundField]] = {}
        for name, target, _word in self._words:
            found.setdefault(self._targets[target].label or target, []).append(self[name])
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = {f"c{place}": data.get(f"c{place}") for place in range(len(self.outline.columns))}
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
            shown.name: target
            for place, shown in enumerate(self.outline.columns)
            if (target := self.cleaned_data[f"c{place}"])
        }
        values = {target: dict(own) for target, own in self.plan.values.items()}
        for name, target, word in self._words:
            if option := self.cleaned_data[name]:
                values.setdefault(target, {})[word] = option
        return Plan(columns, values)


def _said(name: str, label: str) -> str:
    return f"{name} – {Truncator(label).chars(70)}" if label else name
