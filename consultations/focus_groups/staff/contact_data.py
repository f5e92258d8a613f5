"""When contact data will be deleted, group by group: nobody is surprised when they are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy

from portal.admin_pages import AdminPage

from ... import rules
from ...models import Contact, FocusGroup
from .. import retention, signup
from ..visibility import groups_visible_to

# From so many days on it is a warning.
SOON = 30


@dataclass(frozen=True)
class Kept:
    """How many people's contact data a group keeps, and until when."""

    group: FocusGroup
    contacts: int
    until: date | None

    @property
    def days(self) -> int | None:
        return (self.until - signup.today_in(self.group)).days if self.until else None

    @property
    def is_soon(self) -> bool:
        return self.days is not None and self.days <= SOON


def kept_in(group: FocusGroup) -> Kept:
    contacts = Contact.objects.filter(registration__group=group).count()
    return Kept(group, contacts, retention.told_day(group))


class ContactDataView(AdminPage):
    """The soonest first; groups without a session have no date yet and come last."""

    template_name = "consultations/admin/focus_groups/contact_data.html"
    page_title = gettext_lazy("Contact data")
    header_icon = "user"

    def may_enter(self) -> bool:
        return rules.may_manage_focus_groups(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = groups_visible_to(self.request.user).prefetch_related("sessions")
        counted = groups.annotate(contacts=Count("registrations__contact")).filter(contacts__gt=0)
        rows = [Kept(group, group.contacts, retention.told_day(group)) for group in counted]
        rows.sort(key=lambda row: (row.until is None, row.until or date.max, row.group.slug))
        return super().get_context_data(**kwargs, rows=rows)
