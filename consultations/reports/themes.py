"""The themes of open answers and notes, with quotations that were approved and are allowed today."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..themes import quotations, tallies
from ..themes.protected import ShownTheme, protected_themes
from ..themes.quotations import UsableQuotation
from ..themes.tallies import Base
from . import words
from .blocks import Block, Heading, Paragraph, Quote, Table
from .printed import Printed

MOST_QUOTATIONS = 3


def blocks(look: Printed) -> Iterator[Block]:
    """Nothing where no text was coded yet. Themes belong to all texts, focus groups' among them: a report
    on some of the responses says so in their place.
    """
    consultation = look.consultation
    found = tallies.counts(consultation)
    if not any(theme.texts for theme in found):
        return
    yield Heading(_("What people wrote"))
    if look.rows is not None or look.scope:
        yield Paragraph(
            _("Themes are counted over all texts; a report on some of the responses leaves them out.")
        )
        return
    counted = [theme for theme in protected_themes(found, look.protection) if theme.texts != 0]
    yield Paragraph(_base(found[0].base))
    yield _table(counted)
    by_theme = quotations.by_theme(quotations.usable(consultation))
    for theme in counted:
        quotes = _different(by_theme.get(theme.code.pk, []))[:MOST_QUOTATIONS]
        if quotes:
            yield Heading(f"{theme.number} {theme.code}", 2)
            if theme.code.definition:
                yield Paragraph(theme.code.definition)
            yield from (_quote(quotation, look.language) for quotation in quotes)


def _different(quotes: list[UsableQuotation]) -> list[UsableQuotation]:
    """Two people may write the same words; who reads them twice learns nothing."""
    first: dict[str, UsableQuotation] = {}
    for quotation in quotes:
        first.setdefault(quotation.text, quotation)
    return list(first.values())


def _base(base: Base) -> str:
    said = ngettext(
        "%(texts)s text was read and given themes.", "%(texts)s texts were read and given themes.", base.texts
    ) % {"texts": words.count(base.texts)}
    if base.waiting:
        said += " " + _("%(count)s texts wait to be read.") % {"count": words.count(base.waiting)}
    if base.left_out:
        said += " " + ngettext(
            "%(number)s text of an open double coding is left out until that is closed.",
            "%(number)s texts of an open double coding are left out until that is closed.",
            base.left_out,
        ) % {"number": words.count(base.left_out)}
    return said + " " + _("A text may speak of several themes; a person counts once for each.")


def _table(counted: list[ShownTheme]) -> Table:
    rows = [
        [
            "\u2003" * theme.depth + f"{theme.number} {theme.code}",
            words.count(theme.texts),
            words.percent(theme.share),
        ]
        for theme in counted
    ]
    hides = any(words.HIDDEN in row for row in rows)
    return Table(
        _("Themes of the texts"),
        [_("Theme"), _("Texts"), _("Percent of texts")],
        rows,
        numbers=frozenset({1, 2}),
        widths=(5, 1, 2),
        note=_("* kept back, to protect people in small groups.") if hides else "",
    )


def _quote(quotation: UsableQuotation, language: str) -> Quote:
    """A translation only into the language of the report, and never without saying what it is."""
    is_foreign = quotation.language != language
    translated = quotation.translation if quotation.translation_language == language else ""
    state = (
        _("Translated and checked.") if quotation.translation_is_checked else _("Translation not checked.")
    )
    return Quote(
        quotation.text,
        quotation.language,
        source=_("Written in: %(language)s") % {"language": words.language_name(quotation.language)}
        if is_foreign
        else "",
        translation=translated,
        translation_note=state if translated else "",
    )
