"""The form of a focus group with its target composition, its exclusion rules and its guide."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ...enums import GroupStatus
from ...models import ExclusionRule, FocusGroup, GuideTopic, QuestionnaireVersion, Quota
from ...planning.periods import PeriodForm, ZonedDateTimeField
from ...questionnaires.fields import LanguagesField
from ..visibility import units_open_to
from .fields import OptionsField, RemindersField
from .group_checks import check_quota, check_rule, live_forms

# What people were told when they signed up does not change under them.
FIXED_WHEN_OPEN = ("selection", "names_kept")
FIXED_WHEN_ANSWERED = ("screening",)


class FocusGroupForm(PeriodForm):
    languages = LanguagesField(
        label=_("Languages"), help_text=_("In which languages people are invited to sign up.")
    )
    opens_at = ZonedDateTimeField(
        label=_("Sign-up opens"),
        required=False,
        help_text=_("In the time zone of the group. Empty means as soon as you open the call."),
    )
    closes_at = ZonedDateTimeField(
        label=_("Sign-up closes"),
        required=False,
        help_text=_("In the time zone of the group. It closes by itself at that moment."),
    )
    reminders = RemindersField(
        label=_("Reminders"),
        required=False,
        help_text=_("How long before the session: d for days, h for hours, min for minutes."),
    )

    class Meta(WagtailAdminModelForm.Meta):
        model = FocusGroup
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            for name in ("languages", "reminders"):
                self.initial.setdefault(name, getattr(self.instance, name))
        self.fields["unit"].queryset = units_open_to(self.for_user)
        if self.instance.status != GroupStatus.DRAFT:
            self._fix(FIXED_WHEN_OPEN)
        if self._is_answered():
            self._fix(FIXED_WHEN_ANSWERED)

    def _is_answered(self) -> bool:
        return bool(self.instance.pk) and self.instance.registrations.exists()

    def _fix(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._keep_the_promise(cleaned)
        return cleaned

    def _keep_the_promise(self, cleaned: dict[str, Any]) -> None:
        """Contact data may be deleted sooner than people were told, never later."""
        days, promised = cleaned.get("retention_days"), self.initial.get("retention_days")
        if days and promised and days > promised and self._is_answered():
            self.add_error(
                "retention_days",
                _("People signed up under the promise of %(days)s days. It can only become shorter.")
                % {"days": promised},
            )

    def is_valid(self) -> bool:
        """Rows are looked at together with the questionnaire that they speak of."""
        good = super().is_valid()
        if not hasattr(self, "cleaned_data"):
            return bool(good)
        version = self._version()
        questions = {q.name: q for q in version.definition.questions()} if version else None
        for form in self._rows("quotas"):
            check_quota(form, version)
        for form in self._rows("exclusion_rules"):
            check_rule(form, questions)
        self._keep_topics_with_notes()
        rows = [form for name in self.formsets for form in self.formsets[name].forms]
        return bool(good) and not self.errors and not any(row.errors for row in rows)

    def _version(self) -> QuestionnaireVersion | None:
        asked = self.cleaned_data.get("screening")
        versions = QuestionnaireVersion.objects.filter(questionnaire=asked)
        return versions.order_by("-number").first() if asked else None

    def _rows(self, name: str) -> list[Any]:
        return live_forms(self.formsets[name]) if name in self.formsets else []

    def _keep_topics_with_notes(self) -> None:
        formset = self.formsets.get("topics")
        for form in formset.deleted_forms if formset is not None else ():
            if form.instance.pk and form.instance.notes.exists():
                words = {"topic": form.instance.title}
                self.add_error(None, _("“%(topic)s” stays in the guide: there are notes on it.") % words)


class QuotaForm(WagtailAdminModelForm):
    options = OptionsField(
        label=_("Answers"),
        required=False,
        help_text=_(
            "Codes, one a line: people with any of them are counted together. Empty: each by itself."
        ),
    )

    class Meta:
        model = Quota
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        # Its own column says so, and so does the check of the whole form: not twice.
        self._validate_constraints = False
        return cleaned


class ExclusionRuleForm(WagtailAdminModelForm):
    class Meta:
        model = ExclusionRule
        fields: list[str] = []


class TopicForm(WagtailAdminModelForm):
    class Meta:
        model = GuideTopic
        fields: list[str] = []
