"""The form through which a workbook comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .xlsform.columns import FORM_ID
from .xlsform.workbook import MAX_FILE_MB


class WorkbookForm(forms.Form):
    workbook = forms.FileField(
        label=_("Workbook"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    slug = forms.CharField(
        label=_("Identifier"),
        help_text=_("Leave it empty to use the form_id that the workbook gives."),
        required=False,
        max_length=80,
    )
    replace = forms.BooleanField(
        label=_("Replace the questionnaire that has this identifier"),
        help_text=_("Published versions stay as they are; the draft in the making is replaced."),
        required=False,
    )

    def __init__(self, *args: Any, may_replace: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Filled in here, in the reader's language: a lazy text with a number in it would not stay lazy.
        help_text = gettext("An XLSForm workbook (.xlsx), %(limit)s MB at most.") % {"limit": MAX_FILE_MB}
        self.fields["workbook"].help_text = help_text
        if not may_replace:
            del self.fields["replace"]

    def clean_workbook(self) -> UploadedFile:
        workbook: UploadedFile = self.cleaned_data["workbook"]
        if (workbook.size or 0) > MAX_FILE_MB * 1024 * 1024:
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE_MB})
        return workbook

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip()
        if slug and not FORM_ID.fullmatch(slug):
            raise ValidationError(_("Use letters, digits, hyphens and underscores."))
        return slug
