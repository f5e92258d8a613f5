"""What staff see of focus groups among the records of the admin."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from ...enums import GroupStatus, RegistrationStatus
from ...models import FocusGroup
from ...questionnaires.panels import (
    AuthoringToolsPanel,
    CompactFieldPanel,
    CompactGroup,
    FoldedInlinePanel,
    TranslatedFieldPanel,
)
from ...questionnaires.viewsets import SLUG_HELP
from ..visibility import groups_visible_to
from .group_forms import ExclusionRuleForm, FocusGroupForm, QuotaForm, TopicForm
from .group_views import (
    FocusGroupCreateView,
    FocusGroupDeleteView,
    FocusGroupEditView,
    FocusGroupHistoryView,
    FocusGroupIndexView,
    FocusGroupUsageView,
)
from .panels import ScreeningPanel
from .policy import FocusGroupPolicy

Field = CompactFieldPanel
TEXTS = ("title", "segment", "purpose", "eligibility", "privacy_notice")
CONSENTS = ("consent_take_part", "consent_recording", "consent_quoting", "consent_contact_later")

CALL = [
    MultiFieldPanel(
        [
            FieldPanel("slug", help_text=SLUG_HELP),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("consultation")]),
            FieldPanel("languages"),
            FieldPanel("names_kept"),
        ],
        heading=_("The call"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("timezone"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("answer_by"),
        ],
        heading=_("Calendar"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("selection"),
            FieldRowPanel([FieldPanel("offer_hours"), FieldPanel("pause_months")]),
            FieldPanel("reminders"),
            FieldPanel("reached"),
        ],
        heading=_("Places"),
    ),
    MultiFieldPanel(
        [FieldPanel("countries", widget=CheckboxSelectMultiple, classname="countries")],
        heading=_("Countries"),
        classname="collapsed",
    ),
]

SCREENING = [
    FieldPanel("screening"),
    ScreeningPanel(),
    FoldedInlinePanel(
        "quotas",
        [CompactGroup([Field("question"), Field("minimum"), Field("maximum")]), Field("options")],
        heading=_("Target composition of each session"),
        label=_("quota"),
        title_fields=("question", "minimum", "maximum"),
        child_form=QuotaForm,
    ),
    FoldedInlinePanel(
        "exclusion_rules",
        [Field("excluded_when"), TranslatedFieldPanel("reason")],
        heading=_("Who cannot take part"),
        label=_("rule"),
        title_fields=("excluded_when",),
        child_form=ExclusionRuleForm,
    ),
]


class FocusGroupViewSet(SnippetViewSet):
    model = FocusGroup
    icon = "group"
    menu_label = _("Focus groups")
    copy_view_enabled = False
    index_view_class = FocusGroupIndexView
    add_view_class = FocusGroupCreateView
    edit_view_class = FocusGroupEditView
    delete_view_class = FocusGroupDeleteView
    history_view_class = FocusGroupHistoryView
    usage_view_class = FocusGroupUsageView
    list_display = [
        "__str__",
        StatusTagColumn(
            "status",
            label=_("Stage"),
            accessor="get_status_display",
            primary=lambda item: item.status == GroupStatus.OPEN,
        ),
        Column("unit", label=_("Unit"), accessor="unit.code"),
        Column("selection", label=_("Selection"), accessor="get_selection_display"),
        Column("people", label=_("Sign-ups"), accessor="people"),
        Column("seated", label=_("With a place"), accessor="seated"),
    ]
    list_filter = ["status", "selection", "unit", "consultation"]
    search_fields = ["title", "slug"]
    search_backend_name = None
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [AuthoringToolsPanel(), *(TranslatedFieldPanel(name) for name in TEXTS)], heading=_("Texts")
            ),
            ObjectList(CALL, heading=_("Call")),
            ObjectList(SCREENING, heading=_("Screening")),
            ObjectList(
                [*(TranslatedFieldPanel(name) for name in CONSENTS), FieldPanel("retention_days")],
                heading=_("Consents"),
            ),
            ObjectList(
                [
                    FoldedInlinePanel(
                        "topics",
                        [TranslatedFieldPanel("title"), Field("minutes"), TranslatedFieldPanel("prompts")],
                        heading=_("Moderator’s guide"),
                        label=_("topic"),
                        title_fields=("title", "minutes"),
                        child_form=TopicForm,
                    )
                ],
                heading=_("Guide"),
            ),
        ],
        base_form_class=FocusGroupForm,
    )

    @cached_property
    def permission_policy(self) -> FocusGroupPolicy:
        return FocusGroupPolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet[FocusGroup]:
        confirmed = Q(registrations__position__isnull=False)
        seated = Q(registrations__status__in=RegistrationStatus.seated)
        return groups_visible_to(request.user).annotate(
            people=Count("registrations", filter=confirmed, distinct=True),
            seated=Count("registrations", filter=seated, distinct=True),
        )
