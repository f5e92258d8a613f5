"""Members of staff in the browser, signed in."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page

from portal.models import User
from portal.roles import Role
from tests.factories.portal import UserFactory


def member(role: Role) -> User:
    user: User = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(page: Page, user: User) -> Page:
    """As after a sign-in with both factors; the door itself has its own journey."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.goto("/healthz")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
    return page
