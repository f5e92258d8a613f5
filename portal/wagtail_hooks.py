from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from .accounts.addresses import follow_address
from .accounts.desk_views import LostFactorsView
from .accounts.lost_factors import may_forget_factors
from .accounts.welcome import welcome
from .models import User
from .viewsets import AuditTrailView, UnitViewSet


def register_units() -> UnitViewSet:
    return UnitViewSet("units")


def register_audit_trail() -> list[URLPattern]:
    return [
        path("reports/audit/", AuditTrailView.as_view(), name="audit_trail"),
        path("reports/audit/results/", AuditTrailView.as_view(results_only=True), name="audit_trail_results"),
    ]


class AuditTrailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("portal.view_auditentry")


def register_audit_trail_menu_item() -> MenuItem:
    return AuditTrailMenuItem(_("Audit trail"), reverse("audit_trail"), icon_name="history", order=1200)


def register_audit_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="portal", codename="view_auditentry")


def register_lost_factors() -> list[URLPattern]:
    return [path("users/<int:pk>/second-factor/", LostFactorsView.as_view(), name="lost_factors")]


def register_lost_factors_button(user: User, request_user: User) -> Iterator[Button]:
    if may_forget_factors(of=user, by=request_user):
        url = reverse("lost_factors", args=[user.pk])
        yield Button(_("Remove the second factors"), url, icon_name="lock-open", priority=40)


def style_without_scripts() -> SafeString:
    """A page of the admin can be read and pressed where no script runs, on a telephone too."""
    sheet = static("portal/css/admin-without-scripts.css")
    return format_html('<noscript><link rel="stylesheet" href="{}"></noscript>', sheet)


def after_create_user(request: HttpRequest, user: User) -> None:
    welcome(user)


def after_edit_user(request: HttpRequest, user: User) -> None:
    follow_address(user=user, by=cast(User, request.user))


hooks.register("register_admin_viewset", register_units)
hooks.register("register_admin_urls", register_audit_trail)
hooks.register("register_reports_menu_item", register_audit_trail_menu_item)
hooks.register("register_permissions", register_audit_permission)
hooks.register("register_admin_urls", register_lost_factors)
hooks.register("register_user_listing_buttons", register_lost_factors_button)
hooks.register("insert_global_admin_css", style_without_scripts)
hooks.register("after_create_user", after_create_user)
hooks.register("after_edit_user", after_edit_user)
