from typing import cast

from django.apps import AppConfig
from django.core.cache import BaseCache, caches
from django.db.models.signals import post_migrate
from django.utils.connection import ConnectionProxy
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PortalConfig(AppConfig):
    default = True  # There are two in this file.
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from .accounts import checks, second_factor  # noqa: F401  (register themselves)
        from .first_records import make_first_records
        from .forked import let_go_after_fork
        from .site_changes import watch_the_site

        post_migrate.connect(make_first_records, dispatch_uid="portal.first_records")
        _count_sign_ins_across_processes()
        watch_the_site()
        let_go_after_fork()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users, shown and edited with our fields."""

    user_viewset = "portal.viewsets.PersonViewSet"


def _count_sign_ins_across_processes() -> None:
    """allauth counts in the default cache, which is a process's own without Redis; limits need a shared one.

    So does the memory of the app's codes that were used: none is good twice. It offers no setting for it, so
    its modules are told here.
    """
    from allauth.core.internal import ratelimit
    from allauth.mfa.totp.internal import auth as codes_of_the_app

    shared = cast(BaseCache, ConnectionProxy(caches, "limits"))
    ratelimit.cache = shared
    codes_of_the_app.cache = shared
