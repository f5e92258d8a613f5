"""Being forgotten: what says who somebody is goes at once and for good; that there was a sign-up stays."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.models import User

from ..enums import RegistrationStatus as S
from ..models import Contact, Registration
from . import seats, signup


@transaction.atomic
def erase(*, registration: Registration, by: User | None = None) -> None:
    """Forget a person who asks for it: contact, answers about themselves, and the hash of the address.

    A place that they held becomes free first and is offered on. Twice is once.
    """
    seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.erased_at is not None:
        return
    if registration.status not in S.over:
        signup.withdraw(registration=registration, by=by, reason="erased")
    Contact.objects.filter(registration=registration).delete()
    registration.availability.clear()
    registration.refresh_from_db()
    registration.screening, registration.address_digest = {}, ""
    registration.erased_at = timezone.now()
    registration.save(update_fields=["screening", "address_digest", "erased_at"])
    audit.record("registration.erased", target=registration, by=by)
