"""Human translations of single texts: who wrote them, and whether somebody else checked them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import TranslationState
from ..lifecycle import NotAllowed
from ..models import Passage, PassageTranslation


class Changed(Exception):  # noqa: N818  (a state of affairs, shown as a page)
    """Somebody else saved the translation meanwhile."""


@transaction.atomic
def save(*, passage: Passage, language: str, text: str, base: int, by: User) -> PassageTranslation:
    """Keep a translation as a draft of whoever wrote it; a check that stood before is gone.

    Raises ``NotAllowed`` and ``Changed``.
    """
    if language == passage.language:
        raise NotAllowed(_("The text is in this language already."))
    Passage.objects.select_for_update().get(pk=passage.pk)
    found = PassageTranslation.objects.filter(passage=passage, language=language).first()
    translation = found or PassageTranslation(passage=passage, language=language)
    if translation.revision != base:
        raise Changed
    if found and found.text == text.strip():
        return found
    translation.text, translation.state = text.strip(), TranslationState.DRAFT
    translation.translated_by, translation.checked_by = by, None
    translation.revision += 1
    translation.save()
    audit.record("text.translated", target=passage, by=by, language=language)
    return translation


@transaction.atomic
def check(*, translation: PassageTranslation, by: User) -> None:
    """Say that it is right. Whoever wrote it cannot check it. Raises ``NotAllowed``."""
    locked = PassageTranslation.objects.select_for_update(of=("self",)).get(pk=translation.pk)
    if locked.translated_by_id == by.pk:
        raise NotAllowed(_("Somebody else has to check what you translated."))
    locked.state, locked.checked_by = TranslationState.CHECKED, by
    locked.save()
    audit.record("text.translation_checked", target=locked.passage, by=by, language=locked.language)
