"""Consultations among the results of the site's search."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.search import Found
from portal.words import unaccented

from ..models import Consultation
from .cards import card_of


def find_consultations(words: str) -> Iterator[Found]:
    """Public consultations whose title or summary, in the reader's language, has every word."""
    for card in map(card_of, Consultation.objects.public()):
        said = unaccented(f"{card.title} {card.summary}")
        if all(word in said for word in words.split()):
            yield Found(
                str(card.title), card.url, str(card.summary), f"{_('Consultation')}: {card.status_label}"
            )
