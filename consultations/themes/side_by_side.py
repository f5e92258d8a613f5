"""A text and what people wrote it to mean in other languages, as a screen lays them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..enums import TranslationState
from ..models import Passage, PassageTranslation


@dataclass(frozen=True)
class Typed:
    """What somebody sent that could not be kept: it stays on the page."""

    language: str
    text: str


@dataclass(frozen=True)
class Pair:
    """``typed`` are words of this reader that were not kept; the stored ones then stand beside them."""

    translation: PassageTranslation
    is_outdated: bool
    typed: str | None = None

    @property
    def words(self) -> str:
        return self.translation.text if self.typed is None else self.typed


def pairs_of(passage: Passage, typed: Typed | None) -> Iterator[Pair]:
    for translation in passage.translations.select_related("translated_by", "checked_by"):
        is_outdated = translation.state == TranslationState.OUTDATED or not passage.is_current
        yield Pair(translation, is_outdated, _not_kept(translation, typed))


def _not_kept(translation: PassageTranslation, typed: Typed | None) -> str | None:
    if typed is None or typed.language != translation.language or typed.text == translation.text:
        return None
    return typed.text
