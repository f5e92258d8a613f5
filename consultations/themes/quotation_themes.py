"""Under which theme a quotation stands: proposed from what was coded, chosen by a person."""

from __future__ import annotations

from ..models import Code, Coding, DoubleCoding, Passage, Quotation
from .spans import Span
from .visibility import in_open_sample


def theme_over(passage: Passage, span: Span) -> Code | None:
    """The theme that counts for these words, where there is one alone.

    Nothing while the text is coded a second time: a theme beside a quotation would tell the second coder what
    the first one found.
    """
    if in_open_sample(passage):
        return None
    given = Coding.objects.filter(judgement__passage=passage, judgement__counts=True, code__retired_at=None)
    over = {coding.code for coding in given.select_related("code") if _touches(coding, span)}
    return over.pop() if len(over) == 1 else None


def give_waiting(double: DoubleCoding) -> None:
    """Once a double coding is closed: themes for the quotations that were proposed while it was open."""
    waiting = Quotation.objects.filter(passage__double_codings=double, code=None)
    for quotation in waiting.select_related("passage"):
        quotation.code = theme_over(quotation.passage, Span(quotation.start, quotation.end))
        quotation.save(update_fields=["code"])


def _touches(coding: Coding, span: Span) -> bool:
    if coding.start is None or coding.end is None:
        return True
    return coding.start < span.end and span.start < coding.end
