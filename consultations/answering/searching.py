"""Consultations among the results of the site's search."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.search import Found
from portal.words import unaccented

from ..models import Consultation
from . import addresses
from .cards import card_of


def find_consultations(words: str) -> Iterator[Found]:
    """Public consultations whose title or summary, in the reader's language, has every word."""
    index = addresses.index_page()
    for card in (card_of(consultation, index=index) for consultation in Consultation.objects.public()):
        said = unaccented(f"{card.title} {card.summary}")
        if all(word in said for word in words.split()):
            yield Found(
                str(card.title), card.url, str(card.summary), f"{_('Consultation')}: {card.status_label}"
            )
