"""Before any view of a member's: which group, and whose registration is this device here for."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from portal.models import User

from ..answering import access as answering
from ..enums import GroupStatus
from ..models import FocusGroup, Registration
from . import addresses, links


def public_group(slug: str) -> FocusGroup:
    """A group that anyone may see. Raises ``Http404``."""
    return _found(slug, frozenset(GroupStatus.public))


def known_group(slug: str) -> FocusGroup:
    """Also one that was called off: whoever signed up may still look at it. Raises ``Http404``."""
    return _found(slug, GroupStatus.public | {GroupStatus.CANCELLED.value})


def _found(slug: str, statuses: frozenset[str]) -> FocusGroup:
    groups = FocusGroup.objects.select_related("unit", "consultation").filter(status__in=statuses)
    found = groups.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def private(response: HttpResponse) -> HttpResponse:
    """Nothing about a person stays in a cache, and no other site learns where they come from.

    Not ``no-referrer``: browsers would then send forms without their origin, and we could not know our own.
    """
    return answering.private(response)


def verified_addresses(request: HttpRequest) -> list[str]:
    """The addresses that the person who is signed in has proved to be theirs, the main one first."""
    if not request.user.is_authenticated:
        return []
    found = EmailAddress.objects.filter(user=request.user, verified=True).order_by("-primary", "pk")
    return list(found.values_list("email", flat=True))


def account_of(request: HttpRequest) -> tuple[User | None, str]:
    """The person signed in with a verified address, and that address; nobody otherwise."""
    verified = verified_addresses(request)
    if not verified or not isinstance(request.user, User):
        return None, ""
    return request.user, verified[0]


def registration_of(request: HttpRequest, group: FocusGroup) -> Registration | None:
    """Opened by a link from a mail on this device, or belonging to the account that is signed in."""
    kept = links.kept(request, group)
    if kept is not None:
        return kept
    if not request.user.is_authenticated:
        return None
    digests = [addresses.digest_in(group, email) for email in verified_addresses(request)]
    own = Q(contact__user=request.user) | Q(address_digest__in=digests)
    found = group.registrations.filter(own, contact__isnull=False)
    return found.select_related("group__unit", "contact", "rule").first()
