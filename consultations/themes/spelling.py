"""Words as people write them: what a machine compares without accents gets them back before it is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from ..analysis.selecting import plain

_WORD = re.compile(r"[^\W\d_]+")


def spellings(texts: Iterable[str]) -> Mapping[str, str]:
    """For each word without accents and capitals the form in which the texts write it most often."""
    counted: dict[str, Counter[str]] = {}
    for text in texts:
        for word in _WORD.findall(text.lower()):
            counted.setdefault(plain(word), Counter())[word] += 1
    return {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in counted.items()}


def as_written(words: Iterable[str], known: Mapping[str, str]) -> list[str]:
    return [known.get(word, word) for word in words]
