"""Human translations of single texts: who wrote them, and whether somebody else checked them.

Translations of an answer go with its words (``answering.traces``). Notes are corrected by staff: what was
translated before is out of date until somebody looks at it again.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import TranslationState
from ..lifecycle import NotAllowed
from ..models import Passage, PassageTranslation
from .coding import Gone


class Changed(Exception):  # noqa: N818  (a state of affairs, shown as a page)
    """Somebody else saved the translation meanwhile, or the words that it is of were changed."""


@transaction.atomic
def save(
    *, passage: Passage, language: str, text: str, base: int, by: User, digest: str = ""
) -> PassageTranslation:
    """Keep a translation as a draft of whoever wrote it; a check that stood before is gone.

    ``base`` and ``digest`` say which translation and which words were on the screen. Raises ``NotAllowed``,
    ``Changed``, and ``Gone`` where the author took the words back.
    """
    locked = _locked(passage, digest)
    if language == locked.language:
        raise NotAllowed(_("The text is in this language already."))
    found = PassageTranslation.objects.filter(passage=locked, language=language).first()
    translation = found or PassageTranslation(passage=locked, language=language)
    if translation.revision != base:
        raise Changed
    if found and found.text == text.strip() and found.state != TranslationState.OUTDATED:
        return found
    translation.text, translation.state = text.strip(), TranslationState.DRAFT
    translation.translated_by, translation.checked_by = by, None
    translation.revision += 1
    translation.save()
    audit.record("text.translated", target=locked, by=by, language=language)
    return translation


@transaction.atomic
def check(*, translation: PassageTranslation, base: int, by: User) -> None:
    """Say that it is right. Whoever wrote it cannot check it. Raises as ``save`` does."""
    passage = _locked(translation.passage, "")
    locked = PassageTranslation.objects.select_for_update(of=("self",)).filter(pk=translation.pk).first()
    if locked is None or locked.revision != base:
        raise Changed
    if locked.translated_by_id == by.pk:
        raise NotAllowed(_("Somebody else has to check what you translated."))
    locked.state, locked.checked_by = TranslationState.CHECKED, by
    locked.revision += 1
    locked.save()
    audit.record("text.translation_checked", target=passage, by=by, language=locked.language)


def outdate(passage: Passage) -> None:
    """The words are others now. Windows that are open learn of it when they save."""
    passage.translations.update(state=TranslationState.OUTDATED, checked_by=None, revision=F("revision") + 1)


def _locked(passage: Passage, digest: str) -> Passage:
    rows = Passage.objects.with_texts().select_for_update(of=("self",))
    found = rows.filter(pk=passage.pk).first()
    if found is None or not found.is_current or not found.stands:
        raise Gone
    if digest and digest != found.digest:
        raise Changed
    return found
