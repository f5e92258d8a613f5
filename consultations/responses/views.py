"""What staff see of the responses to a consultation: figures, the list, one at a time."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from portal import audit
from portal.admin_pages import AdminPage
from portal.models import User

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..enums import Channel
from ..models import Consultation, Response
from ..planning.views import crumbs_to
from .filters import ResponseFilterSet
from .overview import overview_of, without_parts
from .reading import Reader
from .visibility import responses_visible_to

# What the list can be narrowed by (``filters.py``), as it stands in its address.
FILTERED = ("submitted_on_from", "submitted_on_to", "language", "channel")


class OverviewView(AdminPage):
    """How a collection is going, in figures."""

    template_name = "consultations/admin/responses/overview.html"
    page_title = gettext_lazy("Responses")
    header_icon = "group"

    def may_enter(self) -> bool:
        return rules.may_see_consultations(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.request.user), pk=self.kwargs["pk"])

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.consultation.current_version
        definition = version.definition if version else None
        overview = overview_of(self.consultation, definition, language=get_language() or "")
        if not rules.may_read_single_responses(self.request.user):
            overview = without_parts(overview)
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            version=version,
            overview=overview,
            may_read=rules.may_read_single_responses(self.request.user),
            may_export=rules.may_export_responses(self.request.user),
        )


class ResponseListView(BaseListingView):
    """Sent responses, the newest first. No answer is shown or fetched here."""

    model = Response
    page_title = gettext_lazy("Single responses")
    header_icon = "list-ul"
    paginate_by = 50
    filterset_class = ResponseFilterSet
    default_ordering = ("-submitted_on", "pk")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.may_read_single_responses(request.user):
            raise PermissionDenied
        page: HttpResponse = super().dispatch(request, *args, **kwargs)
        return page

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.request.user), pk=self.kwargs["pk"])

    @transaction.atomic
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who looks through single responses, and through which, stays in the audit trail."""
        named = {name: request.GET.getlist(name) for name in FILTERED if any(request.GET.getlist(name))}
        page: HttpResponse = super().get(request, *args, **kwargs)
        verb = "responses.filtered" if named else "responses.listed"
        audit.record(verb, target=self.consultation, by=cast(User, request.user), **named)
        return page

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("short_id", label=_("Response"), accessor=_short_id, get_url=self._url_of),
            Column("submitted_on", label=_("Sent on"), accessor=_day, sort_key="submitted_on"),
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            Column("version", label=_("Version"), accessor="version_number"),
            StatusTagColumn("channel", label=_("Channel"), accessor="get_channel_display", primary=_is_real),
        ]

    def _url_of(self, response: Response) -> str:
        return reverse("response_detail", args=[self.consultation.pk, response.pk])

    def get_base_queryset(self) -> QuerySet[Response]:
        responses = responses_visible_to(self.request.user).filter(consultation=self.consultation)
        return responses.annotate(version_number=F("version__number")).defer("answers", "consents", "changes")

    def get_index_url(self) -> str:
        return reverse("responses_list", args=[self.consultation.pk])

    def get_index_results_url(self) -> str:
        return reverse("responses_list_results", args=[self.consultation.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": label} for url, label in way_to_responses(self.consultation)]
        here = {"url": "", "label": self.get_page_title(), "sublabel": ""}
        return [*self.breadcrumbs_items, *above, here]


class ResponseView(AdminPage):
    """One response in words. That somebody opened it stays in the audit trail."""

    template_name = "consultations/admin/responses/detail.html"
    header_icon = "form"

    def may_enter(self) -> bool:
        return rules.may_read_single_responses(self.request.user)

    @cached_property
    def response(self) -> Response:
        visible = responses_visible_to(self.request.user).select_related("consultation", "version")
        keys = {"consultation": self.kwargs["pk"], "pk": self.kwargs["key"]}
        return get_object_or_404(visible, **keys)

    def get_page_title(self) -> str:
        return _("Response %s") % _short_id(self.response)

    def crumbs(self) -> list[tuple[str, str]]:
        consultation = self.response.consultation
        own_list = reverse("responses_list", args=[consultation.pk])
        return [*way_to_responses(consultation), (own_list, _("Single responses"))]

    @transaction.atomic
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        audit.record("response.opened", target=self.response, by=self.person)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sensitive = rules.may_read_sensitive_answers(self.request.user)
        reader = Reader(self.response.version.definition, get_language() or "", sensitive=sensitive)
        return super().get_context_data(
            **kwargs,
            response=self.response,
            sections=reader.read(self.response),
            simulated=not _is_real(self.response),
        )


def way_to_responses(consultation: Consultation) -> list[tuple[str, str]]:
    """The way from the list of consultations to the figures of one."""
    overview = reverse("responses_overview", args=[consultation.pk])
    return [*crumbs_to(consultation), (overview, _("Responses"))]


def _short_id(response: Response) -> str:
    """Enough of the random id to tell responses apart on a screen."""
    return str(response.pk)[:8]


def _day(response: Response) -> str:
    return date_format(response.submitted_on, "SHORT_DATE_FORMAT") if response.submitted_on else ""


def _is_real(response: Response) -> bool:
    return response.channel != Channel.SIMULATED
