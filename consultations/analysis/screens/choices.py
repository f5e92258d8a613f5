"""What stands in the address of every screen: the filter, the weights, the base, the language of labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from .. import filters
from ..filters import EVERYTHING, Filter, FilterError

FILTER, WEIGHTS, BASE, LANGUAGE = "f", "w", "base", "lang"
SHARED = (FILTER, WEIGHTS, BASE, LANGUAGE)
# An address that is longer than this is refused by some servers on its way.
LONGEST = 6000


class Base(StrEnum):
    ANSWERED = "answered"
    ASKED = "asked"


@dataclass(frozen=True)
class Choices:
    """``scheme`` is the key of a weighting; blank ``language`` means the reader's."""

    tree: Filter = EVERYTHING
    scheme: int | None = None
    base: Base = Base.ANSWERED
    language: str = ""

    def query(self, **others: str) -> str:
        """The choices as they stand behind the question mark; what is usual is left out."""
        shared = {
            FILTER: filters.to_query(self.tree),
            WEIGHTS: str(self.scheme or ""),
            BASE: "" if self.base is Base.ANSWERED else self.base,
            LANGUAGE: self.language,
        }
        return urlencode({name: value for name, value in (shared | others).items() if value})

    def pairs(self, **others: str) -> list[tuple[str, str]]:
        """The same for the hidden inputs of a form."""
        return parse_qsl(self.query(**others))

    def without_filter(self) -> Choices:
        return replace(self, tree=EVERYTHING)


def from_query(given: Mapping[str, Any]) -> Choices:
    """The inverse of ``Choices.query``. Raises :class:`FilterError` for a filter that cannot be read.

    Anything else that is not known is left out: a view stays open when its weighting was deleted.
    """
    if len(str(given.get(FILTER, ""))) > LONGEST:
        raise FilterError(_("The filter is too long for an address. Take some conditions out."))
    scheme = str(given.get(WEIGHTS, ""))
    base = str(given.get(BASE, ""))
    return Choices(
        tree=filters.from_query(str(given.get(FILTER, ""))),
        scheme=int(scheme) if scheme.isascii() and scheme.isdigit() and len(scheme) < 10 else None,
        base=Base(base) if base in set(Base) else Base.ANSWERED,
        language=str(given.get(LANGUAGE, ""))[:10],
    )
