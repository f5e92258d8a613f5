"""Registers what the admin shows of consultations, and nothing else."""

from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .analysis import admin_urls as analysis_urls
from .analysis.viewsets import OfficeStaffViewSet, ReferenceFigureViewSet
from .exports import admin_urls as exports_urls
from .focus_groups.staff import admin_urls as focus_groups_urls
from .focus_groups.staff.menu import SessionsMenuItem
from .focus_groups.staff.viewsets import FocusGroupViewSet
from .opendata import admin_urls as open_data_urls
from .planning import admin_urls as planning_urls
from .planning.viewsets import ConsultationViewSet
from .questionnaires import admin_urls as questionnaires_urls
from .questionnaires import authoring_urls
from .questionnaires.action_menu import offer_our_way_to_publish
from .questionnaires.viewsets import ChoiceListViewSet, QuestionnaireViewSet
from .responses import admin_urls as responses_urls
from .schedules import admin_urls as schedules_urls
from .themes import admin_urls as themes_urls
from .waves import admin_urls as waves_urls


class ConsultationsGroup(SnippetViewSetGroup):
    menu_label = _("Consultations")
    menu_icon = "openquote"
    menu_order = 150
    items = (ConsultationViewSet, QuestionnaireViewSet, FocusGroupViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), SessionsMenuItem()]


register_snippet(ConsultationsGroup)
register_snippet(ChoiceListViewSet)
register_snippet(ReferenceFigureViewSet)
register_snippet(OfficeStaffViewSet)

hooks.register("construct_snippet_action_menu", offer_our_way_to_publish)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    return [
        *planning_urls.urlpatterns,
        *questionnaires_urls.urlpatterns,
        *authoring_urls.urlpatterns,
        *responses_urls.urlpatterns,
        *analysis_urls.urlpatterns,
        *exports_urls.urlpatterns,
        *open_data_urls.urlpatterns,
        *focus_groups_urls.urlpatterns,
        *schedules_urls.urlpatterns,
        *waves_urls.urlpatterns,
        *themes_urls.urlpatterns,
    ]
