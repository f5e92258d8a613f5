"""Weightings of a consultation: kept, changed, deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ...models import WeightingScheme
from .look import Look
from .margins import Matching, Reference, candidates, category_label, from_margin, matching_of, suggested


class NameTaken(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """The consultation has a weighting of that name already."""


@transaction.atomic
def save(*, scheme: WeightingScheme, by: User) -> WeightingScheme:
    """Keep a new or a changed weighting. Raises :class:`NameTaken`."""
    verb = "weighting.changed" if scheme.pk else "weighting.made"
    try:
        with transaction.atomic():
            scheme.save()
    except IntegrityError as error:
        raise NameTaken(_("There is a weighting of that name already. Choose another name.")) from error
    margins = [[margin["column"], margin["reference"]] for margin in scheme.margins]
    audit.record(verb, target=scheme, by=by, margins=margins)
    return scheme


@transaction.atomic
def delete(*, scheme: WeightingScheme, by: User) -> None:
    audit.record("weighting.deleted", target=scheme, by=by)
    scheme.delete()


class WeightingForm(forms.ModelForm[WeightingScheme]):
    """Name and bounds; for each reference the question that goes with it, and how their categories match."""

    class Meta:
        model = WeightingScheme
        fields = ["name", "lowest", "highest"]

    def __init__(self, *args: Any, look: Look, found: Sequence[Reference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look, self.found = look, found
        self.fields["lowest"].help_text = _("In multiples of the mean weight. No response weighs less.")
        self.fields["highest"].help_text = _("No response weighs more: one person must not decide a result.")
        for field in ("lowest", "highest"):
            self.fields[field].localize = False
        questions = [
            ("", _("not used")),
            *((name, look.labels.field(name)[:90]) for name in candidates(look)),
        ]
        for reference in found:
            self.fields[f"field_{reference.variable}"] = forms.ChoiceField(
                label=_("Question beside “%(reference)s”") % {"reference": reference.variable},
                choices=questions,
                required=False,
            )
        for matching in self._start():
            self.initial[f"field_{matching.reference.variable}"] = matching.axis.field
        self.matchings = list(self._matchings())
        for matching in self.matchings:
            self._ask_for_matches(matching)

    def _start(self) -> list[Matching]:
        if not self.instance.pk:
            return suggested(self.look, self.found)
        made = (from_margin(self.look, margin, self.found) for margin in self.instance.margins)
        return [matching for matching in made if matching is not None]

    def _matchings(self) -> Iterator[Matching]:
        """As chosen in the form that was sent; else as kept, else as they suggest themselves."""
        kept = {m.reference.variable: m for m in self._start()}
        for reference in self.found:
            name = f"field_{reference.variable}"
            field = self.data.get(name, "") if self.is_bound else self.initial.get(name, "")
            if field and field in dict(self.fields[name].choices):  # type: ignore[attr-defined]  # a field of choices
                before = kept.get(reference.variable)
                same = before is not None and before.axis.field == field
                yield before if before and same else matching_of(self.look, reference, field)

    def _ask_for_matches(self, matching: Matching) -> None:
        choices = [
            ("", _("left out")),
            *((c, category_label(matching, c, self.look)) for c in matching.reference.categories),
        ]
        for name, label, category in rows_of(matching, self.look):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial[name] = category

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("lowest"), cleaned.get("highest")
        if low is not None and not 0 <= low <= 1:
            self.add_error("lowest", _("It has to lie between 0 and 1."))
        if high is not None and high < 1:
            self.add_error("highest", _("It has to be at least 1."))
        if low is not None and low == high == Decimal(1):
            self.add_error("highest", _("Both bounds are 1: no response could weigh more than another."))
        if not self.matchings:
            self.add_error(None, _("Choose a question for one reference at least."))
        return cleaned

    def scheme(self) -> WeightingScheme:
        """As filled in, not saved."""
        scheme = self.save(commit=False)
        scheme.consultation = self.look.consultation
        scheme.margins = [self._margin(matching) for matching in self.matchings]
        return scheme

    def _margin(self, matching: Matching) -> dict[str, Any]:
        """A category whose match was not asked for yet, since the question is new, goes where it fits."""
        match = {
            category.name: self.data.get(name, matching.match.get(category.name, ""))
            for category, (name, _label, _match) in zip(
                matching.axis.categories, rows_of(matching, self.look), strict=True
            )
        }
        return Matching(matching.reference, matching.axis, match).margin


def rows_of(matching: Matching, look: Look) -> list[tuple[str, str, str]]:
    """For each category of the answers: the name of its input, its label, what it matches so far."""
    prefix = f"match_{matching.reference.variable}_{matching.axis.field}"
    return [
        (
            f"{prefix}_{place}",
            look.labels.option(matching.axis.field, category.name, category.label),
            matching.match.get(category.name, ""),
        )
        for place, category in enumerate(matching.axis.categories)
    ]
