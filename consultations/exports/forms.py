from __future__ import annotations

from typing import Any, cast
from urllib.parse import parse_qsl
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.models import User

from .. import rules
from ..analysis import filters, snapshot
from ..analysis.guard import printed_mask
from ..analysis.scope import frame_visible_to
from ..analysis.screens import choices
from ..analysis.screens.saved import views_visible_to
from ..analysis.selecting import mask
from ..enums import ExportContent
from ..models import Consultation, ExportJob, SavedView, WeightingScheme
from .contents import DOCUMENTS
from .formats import WRITERS


class ExportForm(forms.ModelForm[ExportJob]):
    """How somebody wants the answers, and what for."""

    purpose = forms.CharField(
        label=_("What will you use it for?"),
        help_text=_("One sentence. It is kept with the record of this export."),
        min_length=5,
        max_length=300,
    )

    # The key of the job that this form makes: sent twice, it makes one.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = ExportJob
        fields = ["format", "values", "language", "sensitive", "filter", "weighting", "with_codes", "purpose"]
        widgets = {
            "format": forms.RadioSelect,
            "values": forms.RadioSelect,
            "filter": forms.TextInput,
        }
        labels = {"filter": _("Only responses with")}
        help_texts = {
            "values": _("Labels are for reading, codes for statistics programs. The codebook has both."),
            "language": _("Of the labels, the titles and the codebook’s explanations."),
            "sensitive": _("Without them, their columns are left out."),
            "weighting": _("As a column of its own; the answers stay as they are."),
            "with_codes": _("A column a theme: whether a text of the response speaks of it."),
            "filter": _("The filter of the analysis, as it stands in the address. Blank: every response."),
        }

    def __init__(self, *args: Any, consultation: Consultation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.consultation = consultation
        offer(self.fields["format"], [(kind.value, kind.label) for kind in WRITERS])
        offer(self.fields["language"], languages_of(consultation))
        schemes = WeightingScheme.objects.filter(consultation=consultation)
        weighting = cast("forms.ModelChoiceField[WeightingScheme]", self.fields["weighting"])
        weighting.queryset, weighting.empty_label = schemes, _("No weights")
        if rules.may_read_sensitive_answers(user):
            self.initial.setdefault("sensitive", True)
        else:
            del self.fields["sensitive"]

    def clean_filter(self) -> str:
        """Checked against the questionnaire where its answers were read before; the worker checks again."""
        written: str = self.cleaned_data["filter"]
        try:
            tree = filters.from_query(written)
            frame = snapshot.available(self.instance.consultation) if written else None
            if frame is not None:
                mask(frame, tree)
        except filters.FilterError as error:
            raise forms.ValidationError(str(error)) from error
        return written.strip()


class DocumentForm(forms.ModelForm[ExportJob]):
    """Which document, about which responses, in which language, and what for."""

    document = forms.ChoiceField(label=_("Document"), widget=forms.RadioSelect)
    view = forms.ModelChoiceField(
        SavedView.objects.none(),
        label=_("Saved view"),
        help_text=_("Its filter and its weights are taken. Your own views and those shared with your unit."),
        required=False,
        empty_label=_("None: every response"),
    )
    purpose = forms.CharField(
        label=_("What will you use it for?"),
        help_text=_("One sentence. It is kept with the record of this export."),
        min_length=5,
        max_length=300,
    )

    # The key of the job that this form makes: sent twice, it makes one.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = ExportJob
        fields = ["language", "filter", "weighting", "purpose"]
        widgets = {"filter": forms.TextInput}
        labels = {"filter": _("Only responses with")}
        help_texts = {
            "filter": _("The filter of the analysis, as it stands in the address. Blank: every response."),
            "weighting": _("Weighted percentages stand beside the others, and never in their place."),
        }

    field_order = ["document", "view", "filter", "weighting", "language", "purpose"]

    def __init__(self, *args: Any, consultation: Consultation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.instance.consultation = consultation
        offer(self.fields["document"], [(key, str(label)) for key, (label, _what) in DOCUMENTS.items()])
        self.initial.setdefault("document", next(iter(DOCUMENTS)))
        offer(self.fields["language"], languages_of(consultation))
        view = cast("forms.ModelChoiceField[SavedView]", self.fields["view"])
        view.queryset = views_visible_to(user, consultation)
        weighting = cast("forms.ModelChoiceField[WeightingScheme]", self.fields["weighting"])
        weighting.queryset = WeightingScheme.objects.filter(consultation=consultation)
        weighting.empty_label = _("No weights")

    def clean(self) -> dict[str, Any] | None:
        _label, what = DOCUMENTS.get(self.cleaned_data.get("document", ""), ("", None))
        if what:
            self.instance.content, self.instance.format = what
        self._take_from_view()
        self._check_selection()
        return self.cleaned_data

    def _take_from_view(self) -> None:
        """Its filter and its weights, where the person wrote none beside it."""
        view: SavedView | None = self.cleaned_data.get("view")
        if view is None:
            return
        if self.cleaned_data.get("filter") or self.cleaned_data.get("weighting"):
            self.add_error("view", _("Choose a saved view, or write a filter and choose weights: not both."))
            return
        try:
            chosen = choices.from_query(dict(parse_qsl(view.query)))
        except filters.FilterError as error:
            self.add_error("view", str(error))
            return
        schemes = WeightingScheme.objects.filter(
            consultation=self.instance.consultation, pk=chosen.scheme or 0
        )
        self.cleaned_data["filter"] = filters.to_query(chosen.tree)
        self.cleaned_data["weighting"] = schemes.first()

    def _check_selection(self) -> None:
        """Said at once where it can be known at once; the worker checks again."""
        written, consultation = self.cleaned_data.get("filter", ""), self.instance.consultation
        if not (written or self.cleaned_data.get("weighting")):
            return
        if self.instance.content == ExportContent.CODEBOOK:
            self.add_error(None, _("A codebook is about every response: choose no view, filter or weights."))
        elif written and not self.errors:
            try:
                tree, frame = filters.from_query(written), frame_visible_to(self.user, consultation)
                if frame is not None:
                    printed_mask(self.user, consultation, frame, tree)
            except filters.FilterError as error:
                self.add_error("view" if self.cleaned_data.get("view") else "filter", str(error))


def offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Fewer choices than the model knows."""
    cast(forms.ChoiceField, field).choices = choices


def languages_of(consultation: Consultation) -> list[tuple[str, str]]:
    """Those that people were asked in and the portal speaks."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in consultation.languages]
