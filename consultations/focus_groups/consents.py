"""Consents: each purpose by itself, to the very words that stood there, as easy to take back as to give."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from portal import audit

from ..enums import ConsentPurpose
from ..lifecycle import NotAllowed
from ..models import Consent, ConsentVersion, FocusGroup, Registration
from . import seats

REQUIRED = frozenset({ConsentPurpose.TAKE_PART})


def texts_of(group: FocusGroup, purpose: ConsentPurpose) -> dict[str, str]:
    """What the group says for a purpose today, by language; only languages that say something."""
    field = f"consent_{purpose.value}"
    said = {code: getattr(group, build_localized_fieldname(field, code)) or "" for code in group.languages}
    return {code: text.strip() for code, text in said.items() if text.strip()}


@transaction.atomic
def freeze(group: FocusGroup) -> list[ConsentVersion]:
    """Make a new version of each text that changed since people were last asked. Returns the new ones."""
    seats.lock(group.pk)
    in_force = current(group)
    made = []
    for purpose in ConsentPurpose:
        texts = texts_of(group, purpose)
        before = in_force.get(purpose)
        if texts and (before is None or before.digest != _digest(texts)):
            number = before.number + 1 if before else 1
            made.append(
                ConsentVersion.objects.create(
                    group=group, purpose=purpose, number=number, texts=texts, digest=_digest(texts)
                )
            )
    return made


def current(group: FocusGroup) -> dict[ConsentPurpose, ConsentVersion]:
    """The version in force of each purpose that is asked."""
    rows = ConsentVersion.objects.filter(group=group).order_by("number")
    return {ConsentPurpose(row.purpose): row for row in rows}


def asked(group: FocusGroup) -> list[tuple[ConsentPurpose, ConsentVersion]]:
    """What is asked, in the order in which it is asked."""
    found = current(group)
    return [(purpose, found[purpose]) for purpose in ConsentPurpose if purpose in found]


def in_words(version: ConsentVersion, language: str) -> tuple[str, str]:
    """The text and the language it is in: the reader's, else the first there is."""
    if language in version.texts:
        return version.texts[language], language
    return next((text, code) for code, text in version.texts.items())


@transaction.atomic
def give(*, registration: Registration, purpose: ConsentPurpose) -> None:
    """Agree to the words in force. Who agrees to them already changes nothing."""
    version = current(registration.group).get(purpose)
    if version is None:
        raise NotAllowed(_("This permission is not asked for."))
    standing = registration.consents.filter(withdrawn_at__isnull=True, version__purpose=purpose)
    if standing.filter(version=version).exists():
        return
    now = timezone.now()
    standing.update(withdrawn_at=now)
    Consent.objects.create(
        registration=registration,
        version=version,
        language=in_words(version, registration.language)[1],
        given_at=now,
    )
    audit.record("consent.given", target=registration, by=None, purpose=purpose.value, version=version.number)


@transaction.atomic
def withdraw(*, registration: Registration, purpose: ConsentPurpose) -> None:
    """Take a permission back. Taking part without the required one is cancelling: ``signup.withdraw``."""
    standing = registration.consents.filter(withdrawn_at__isnull=True, version__purpose=purpose)
    if standing.update(withdrawn_at=timezone.now()):
        audit.record("consent.withdrawn", target=registration, by=None, purpose=purpose.value)


def give_all(registration: Registration, given: Mapping[ConsentPurpose, bool]) -> None:
    for purpose, agrees in given.items():
        if agrees:
            give(registration=registration, purpose=purpose)


def state(registration: Registration) -> dict[ConsentPurpose, bool]:
    """Of each purpose that is asked, whether the person agrees today."""
    standing = set(
        registration.consents.filter(withdrawn_at__isnull=True).values_list("version__purpose", flat=True)
    )
    return {purpose: purpose.value in standing for purpose in current(registration.group)}


def _digest(texts: Mapping[str, str]) -> str:
    canonical = json.dumps(texts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
