"""Members of staff in the browser, signed in."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from playwright.sync_api import Page

from portal.models import User
from portal.roles import Role, make_groups
from tests.factories.portal import UserFactory


def member(role: Role) -> User:
    _roles()
    user: User = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def _roles() -> None:
    """Journeys empty the database behind them, and one permission comes from a migration alone."""
    translation = ContentType.objects.get(app_label="wagtail_localize", model="translation")
    Permission.objects.get_or_create(
        content_type=translation,
        codename="submit_translation",
        defaults={"name": "Can submit translations"},
    )
    make_groups()


def signed_in(page: Page, user: User) -> Page:
    """As after a sign-in with both factors; the door itself has its own journey."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.goto("/healthz")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
    return page
