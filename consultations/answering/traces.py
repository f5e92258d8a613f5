"""What others made of an answer goes when its author takes the answer, or a permission, back."""

from __future__ import annotations

from ..models import Passage, Quotation, Response
from . import consents


def follow(response: Response) -> None:
    """Delete the codings, translations and quotations of words that no longer stand in the response.

    Call it whenever sent answers or their consents were changed, in the same transaction. Whoever codes one
    of these texts at this moment finishes first, and what they made goes, too.
    """
    passages = list(Passage.objects.select_for_update().filter(response=response).order_by("pk"))
    for passage in passages:
        passage.response = response
    gone = [passage.pk for passage in passages if not passage.is_current]
    if gone:
        Passage.objects.filter(pk__in=gone).delete()
    if len(gone) < len(passages) and consents.QUOTES not in consents.purposes(response.consents):
        Quotation.objects.filter(passage__response=response).delete()
