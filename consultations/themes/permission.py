"""Whether the person whose words these are allows that they are quoted, today."""

from __future__ import annotations

from collections.abc import Iterable

from ..answering import consents
from ..enums import ConsentPurpose, ResponseStatus, TextSource
from ..models import Consent, Passage


def may_be_quoted(passage: Passage) -> bool:
    return passage.pk in quotable([passage])


def quotable(passages: Iterable[Passage]) -> set[int]:
    """The keys of those whose author agreed and did not take it back. Call it with ``with_texts``.

    A note sums up what several people said, so nobody can allow to quote it.
    """
    listed = list(passages)
    seats = _seats_that_allow(
        passage for passage in listed if passage.source == TextSource.EXCERPT and passage.excerpt is not None
    )
    return {passage.pk for passage in listed if _answer_allows(passage) or _seat(passage) in seats}


def _answer_allows(passage: Passage) -> bool:
    response = passage.response
    if response is None or response.status != ResponseStatus.SUBMITTED:
        return False
    return consents.QUOTES in consents.purposes(response.consents)


def _seat(passage: Passage) -> tuple[int, int | None] | None:
    """Session and number of the seat. Words of nobody known, or of the moderator, have none."""
    excerpt = passage.excerpt
    if excerpt is None or excerpt.is_moderator or not excerpt.is_quotation or excerpt.speaker is None:
        return None
    return excerpt.session_id, excerpt.speaker


def _seats_that_allow(passages: Iterable[Passage]) -> set[tuple[int, int | None] | None]:
    sessions = {seat[0] for passage in passages if (seat := _seat(passage))}
    if not sessions:
        return set()
    standing = Consent.objects.filter(
        version__purpose=ConsentPurpose.QUOTING,
        withdrawn_at__isnull=True,
        registration__seat__session__in=sessions,
    )
    return set(standing.values_list("registration__seat__session", "registration__seat__number"))
