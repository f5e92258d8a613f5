"""What staff see of questionnaires and their lists of options in the admin."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet
from django.forms import TextInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import ChoiceList, Questionnaire
from .admin_views import (
    ChoiceListCreateView,
    ChoiceListEditView,
    ChoiceListIndexView,
    QuestionnaireCreateView,
    QuestionnaireEditView,
    QuestionnaireIndexView,
)
from .forms import ChoiceForm, ChoiceListForm, QuestionForm, QuestionnaireForm
from .panels import (
    AuthoringToolsPanel,
    ChoiceListsPanel,
    CompactFieldPanel,
    CompactGroup,
    FoldedInlinePanel,
    TranslatedFieldPanel,
)

SLUG_HELP = _("Stands in addresses and files. Left empty, it is made from the title.")
Field = CompactFieldPanel
Texts = TranslatedFieldPanel

# A name is needed even by a draft: rules and answers are kept under it.
NAME = Field("name", required_on_save=True)

ROW_PANELS = [CompactGroup([NAME, Field("required")]), Texts("label")]

QUESTION_PANELS = [
    CompactGroup([NAME, Field("kind", required_on_save=True), Field("required"), Field("sensitive")]),
    Texts("label"),
    Texts("hint"),
    CompactGroup([Field("choice_list", widget=TextInput(attrs={"list": "choice-lists"})), Field("or_other")]),
    Field("choice_filter"),
    CompactGroup([Field("min_choices"), Field("max_choices")]),
    CompactGroup([Field("start"), Field("end"), Field("step")]),
    Texts("low_label"),
    Texts("high_label"),
    Field("max_length"),
    FoldedInlinePanel("rows", ROW_PANELS, heading=_("Rows"), label=_("row"), level=5),
    Field("relevant"),
    Field("constraint"),
    Texts("constraint_message"),
    Texts("required_message"),
    Field("appearance"),
]

SECTION_PANELS = [
    CompactGroup([NAME, Field("is_group")]),
    Texts("label"),
    Field("relevant"),
    FoldedInlinePanel(
        "questions",
        QUESTION_PANELS,
        heading=_("Questions"),
        label=_("question"),
        level=4,
        child_form=QuestionForm,
    ),
]


class QuestionnaireViewSet(SnippetViewSet):
    model = Questionnaire
    icon = "form"
    menu_label = _("Questionnaires")
    copy_view_enabled = False
    index_view_class = QuestionnaireIndexView
    add_view_class = QuestionnaireCreateView
    edit_view_class = QuestionnaireEditView
    list_display = [
        "__str__",
        "slug",
        Column("languages", label=_("Languages"), accessor=lambda item: ", ".join(item.languages)),
        Column("newest_version", label=_("Version"), accessor="newest_version"),
    ]
    search_fields = ["title", "slug"]
    search_backend_name = None
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    AuthoringToolsPanel(),
                    # First of all: nothing is saved without it, not even in passing.
                    TranslatedFieldPanel("title"),
                    FoldedInlinePanel(
                        "sections", SECTION_PANELS, heading=_("Sections"), label=_("section"), level=3
                    ),
                ],
                heading=_("Questions"),
            ),
            ObjectList([ChoiceListsPanel(heading=_("Lists of options"))], heading=_("Options")),
            ObjectList(
                [
                    FieldPanel("slug", help_text=SLUG_HELP),
                    MultiFieldPanel(
                        [FieldPanel("default_language"), FieldPanel("languages")], heading=_("Languages")
                    ),
                ],
                heading=_("Settings"),
            ),
        ],
        base_form_class=QuestionnaireForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Questionnaire]:
        latest = Questionnaire.objects.select_related("latest_revision")
        return latest.annotate(newest_version=Max("versions__number"))


class ChoiceListViewSet(SnippetViewSet):
    """Reached from the questionnaire that owns the list, so it has no place in the menu."""

    model = ChoiceList
    icon = "list-ul"
    menu_item_is_registered = True
    copy_view_enabled = False
    index_view_class = ChoiceListIndexView
    add_view_class = ChoiceListCreateView
    edit_view_class = ChoiceListEditView
    list_display = ["__str__", "questionnaire", Column("size", label=_("Options"), accessor="size")]
    list_filter = ["questionnaire"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            AuthoringToolsPanel(),
            MultiFieldPanel(
                [FieldPanel("questionnaire", heading=_("Questionnaire")), FieldPanel("name")],
                heading=_("List"),
            ),
            FoldedInlinePanel(
                "choices",
                [
                    CompactGroup([NAME, Field("exclusive"), Field("attributes")]),
                    Texts("label"),
                ],
                heading=_("Options"),
                label=_("option"),
                child_form=ChoiceForm,
            ),
        ],
        base_form_class=ChoiceListForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChoiceList]:
        return ChoiceList.objects.select_related("questionnaire").annotate(size=Count("choices"))
