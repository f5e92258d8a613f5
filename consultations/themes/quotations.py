"""The quotation bank: a sentence is proposed, names and places are taken out, somebody approves it.

What may be used is decided anew each time: a quotation whose author no longer allows it is gone at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from .. import rules
from ..analysis.words import stop_words
from ..enums import QuotationStatus, TranslationState
from ..lifecycle import NotAllowed
from ..models import Code, Consultation, Passage, Quotation
from . import gazetteer, redaction
from .holding import frame_held
from .permission import may_be_quoted, quotable
from .quotation_themes import theme_over
from .redaction import Redaction
from .spans import within
from .tallies import counted, standing
from .visibility import in_open_sample

# Enough texts to know the ordinary words of a consultation.
KNOWN_TEXTS = 2_000


class Changed(Exception):  # noqa: N818  (a state of affairs, shown as a page)
    """Somebody else saved the quotation meanwhile."""


@dataclass(frozen=True)
class UsableQuotation:
    """What reports and pages may print. ``translation_is_checked`` must be said beside a translation."""

    key: int
    text: str
    language: str
    code: Code | None
    source: str
    translation: str
    translation_language: str
    translation_is_checked: bool


def usable(consultation: Consultation, *, code: Code | None = None) -> list[UsableQuotation]:
    """Approved quotations whose authors allow it today, by theme. The original is not in them.

    Those of an open double coding wait: their theme tells what the first coder found.
    """
    approved = Quotation.objects.approved().filter(passage__in=counted(consultation))
    rows = approved.select_related("code", "passage__response", "passage__excerpt", "passage__note").order_by(
        "code__sort_order", "pk"
    )
    found = list(rows.filter(code=code) if code else rows)
    allowed = quotable(quotation.passage for quotation in found)
    return [_usable(quotation) for quotation in found if quotation.passage_id in allowed]


@transaction.atomic
def propose(*, passage: Passage, start: int, end: int, code: Code | None, by: User) -> Quotation:
    """Put a stretch of a text into the bank, under its theme where there is one alone.

    Proposed twice, it is there once. Raises ``NotAllowed``.
    """
    frame_held(passage.consultation)
    passage = _locked_passage(passage)
    span = within(start, end, passage.text)
    if span is None:
        raise NotAllowed(_("Mark some words first."))
    if code is None or in_open_sample(passage):
        code = theme_over(passage, span)
    quotation, made = Quotation.objects.get_or_create(
        passage=passage, start=span.start, end=span.end, defaults={"code": code, "proposed_by": by}
    )
    if made:
        audit.record("quotation.proposed", target=quotation, by=by)
    return quotation


@transaction.atomic
def redact(*, quotation: Quotation, redactions: Sequence[Redaction], base: int, by: User) -> Quotation:
    """Decide about every proposal: the words for publication are made from the original, never typed.

    An approval that stood before is gone. Raises ``NotAllowed`` and ``Changed``.
    """
    locked = _locked(quotation, base)
    text = redaction.redacted(original_of(locked), redactions).strip()
    if not text:
        raise NotAllowed(_("Nothing would be left of the quotation."))
    if text != locked.text and locked.translation:
        # It may name what was taken out just now.
        locked.translation_state = TranslationState.OUTDATED
    locked.text = text
    locked.redactions = [asdict(item) for item in sorted(redactions, key=lambda item: item.start)]
    locked.status, locked.redacted_by, locked.approved_by = QuotationStatus.REDACTED, by, None
    _save(locked)
    audit.record("quotation.redacted", target=locked, by=by, replaced=sum(not r.kept for r in redactions))
    return locked


@transaction.atomic
def translate(*, quotation: Quotation, language: str, text: str, checked: bool, base: int, by: User) -> None:
    """Write what the redacted words mean in another language. Whoever writes it cannot have checked it.

    An approval that stood before is gone: it was for other words. Raises ``NotAllowed`` and ``Changed``.
    """
    locked = _locked(quotation, base)
    if locked.status == QuotationStatus.PROPOSED:
        raise NotAllowed(_("Remove names and places first."))
    if language == locked.passage.language:
        raise NotAllowed(_("The text is in this language already."))
    stood = locked.translation_state != TranslationState.OUTDATED
    same = stood and (locked.translation, locked.translation_language) == (text.strip(), language)
    locked.translation, locked.translation_language = text.strip(), language if text.strip() else ""
    if not same:
        locked.translated_by = by if text.strip() else None
        locked.status, locked.approved_by = QuotationStatus.REDACTED, None
    may_check = checked and locked.translated_by_id != by.pk
    locked.translation_state = _state(text, checked=may_check or (same and _is_checked(locked)))
    _save(locked)
    audit.record("quotation.translated", target=locked, by=by, language=language)


@transaction.atomic
def put_under(*, quotation: Quotation, code: Code | None, base: int, by: User) -> None:
    """Say under which theme it stands in reports and pages; without one it is in none of them.

    Raises ``NotAllowed`` and ``Changed``.
    """
    frame_held(quotation.passage.consultation)
    locked = _locked(quotation, base)
    if in_open_sample(locked.passage):
        raise NotAllowed(
            _("This text is being coded a second time: its theme is chosen once that is closed.")
        )
    if code is not None and Code.objects.in_use().filter(pk=code.pk).first() is None:
        raise NotAllowed(_("One of these codes is no longer in use. Load the page again."))
    locked.code = code
    _save(locked)
    audit.record("quotation.theme_chosen", target=locked, by=by, code=code.name if code else "")


@transaction.atomic
def approve(*, quotation: Quotation, base: int, by: User) -> None:
    """Say that the redacted words may be published. Raises ``NotAllowed`` and ``Changed``."""
    if not rules.may_approve_quotations(by):
        raise NotAllowed(_("You may not approve quotations."))
    locked = _locked(quotation, base)
    if locked.status == QuotationStatus.PROPOSED:
        raise NotAllowed(_("Remove names and places first."))
    locked.status, locked.approved_by = QuotationStatus.APPROVED, by
    _save(locked)
    audit.record("quotation.approved", target=locked, by=by)


@transaction.atomic
def remove(*, quotation: Quotation, by: User) -> None:
    """Take it out of the bank. The text that it comes from stays."""
    audit.record("quotation.removed", target=quotation, by=by)
    quotation.delete()


def _locked_passage(passage: Passage) -> Passage:
    rows = Passage.objects.with_texts().select_related("consultation").select_for_update(of=("self",))
    locked = rows.filter(pk=passage.pk).first()
    if locked is None or not may_be_quoted(locked):
        raise NotAllowed(_("Whoever wrote this did not agree to be quoted."))
    return locked


def sweep(consultation: Consultation) -> int:
    """Delete what its author no longer allows to be quoted. Returns how many went."""
    listed = Quotation.objects.filter(passage__consultation=consultation)
    passages = Passage.objects.with_texts().filter(quotations__in=listed).distinct()
    gone = listed.exclude(passage__in=quotable(passages))
    return gone.delete()[0]


def original_of(quotation: Quotation) -> str:
    return quotation.passage.text[quotation.start : quotation.end]


def decisions(quotation: Quotation, ordinary: Iterable[str]) -> list[Redaction]:
    """What to decide: the proposals of the rules, with what was decided before in their place."""
    before = [Redaction(**item) for item in quotation.redactions]
    new = redaction.proposals(original_of(quotation), ordinary=frozenset(ordinary), places=gazetteer.places())
    free = [
        item for item in new if not any(item.start < other.end and other.start < item.end for other in before)
    ]
    return sorted([*before, *free], key=lambda item: item.start)


def ordinary_words(consultation: Consultation) -> set[str]:
    """Words that people write small: stop words, and what stands small in the consultation's texts."""
    words = set(stop_words())
    for passage in standing(consultation).with_texts()[:KNOWN_TEXTS]:
        words.update(word for word in re.findall(r"[^\W\d_]+", passage.text) if word.islower())
    return words


def is_approvable(quotation: Quotation) -> bool:
    return quotation.status == QuotationStatus.REDACTED


def _locked(quotation: Quotation, base: int) -> Quotation:
    locked = (
        Quotation.objects.select_for_update(of=("self",))
        .select_related("passage__response", "passage__note", "passage__excerpt")
        .get(pk=quotation.pk)
    )
    if locked.revision != base:
        raise Changed
    if not may_be_quoted(locked.passage):
        raise NotAllowed(_("Whoever wrote this did not agree to be quoted."))
    return locked


def _save(quotation: Quotation) -> None:
    quotation.revision += 1
    quotation.save()


def _is_checked(quotation: Quotation) -> bool:
    return quotation.translation_state == TranslationState.CHECKED


def _state(text: str, *, checked: bool) -> str:
    if not text.strip():
        return ""
    return TranslationState.CHECKED if checked else TranslationState.DRAFT


def _usable(quotation: Quotation) -> UsableQuotation:
    """A translation of words that were changed afterwards is not passed on."""
    stands = quotation.translation_state != TranslationState.OUTDATED
    return UsableQuotation(
        key=quotation.pk,
        text=quotation.text,
        language=quotation.passage.language,
        code=quotation.code,
        source=quotation.passage.source,
        translation=quotation.translation if stands else "",
        translation_language=quotation.translation_language if stands else "",
        translation_is_checked=_is_checked(quotation),
    )


def by_theme(quotations: Iterable[UsableQuotation]) -> Mapping[int, list[UsableQuotation]]:
    """Grouped by the key of their theme; those without one are left out."""
    grouped: dict[int, list[UsableQuotation]] = {}
    for quotation in quotations:
        if quotation.code is not None:
            grouped.setdefault(quotation.code.pk, []).append(quotation)
    return grouped
