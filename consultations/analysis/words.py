"""What texts are made of: their length, their languages, and the terms that many of them share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from .selecting import plain, plain_column

STOP_WORDS = Path(__file__).parent / "stop_words.json"
SHORTEST = 3
MOST_TERMS = 50


@dataclass(frozen=True)
class Term:
    """A word and how many texts hold it; ``form`` is how it is written most often."""

    form: str
    texts: int


@dataclass(frozen=True)
class Texts:
    """Lengths are in characters; ``languages`` are those that people read the page in, not detected.

    What is ``None`` is kept back to protect people.
    """

    count: int | None
    mean_length: float | None
    median_length: float | None
    longest: int | None
    mean_words: float | None
    languages: dict[str, int | None]
    terms: tuple[Term, ...]


def describe(texts: pl.Series, languages: pl.Series) -> Texts:
    """``texts`` without the missing; beside each the language of its response."""
    lengths = texts.str.len_chars()
    words = texts.str.extract_all(r"[\p{L}\p{N}]+").list.len()
    return Texts(
        count=len(texts),
        mean_length=_number(lengths.mean()),
        median_length=_number(lengths.median()),
        longest=int(_number(lengths.max())),
        mean_words=_number(words.mean()),
        languages=dict(languages.value_counts(sort=True).iter_rows()),
        terms=frequent_terms(texts),
    )


def frequent_terms(texts: pl.Series, *, most: int = MOST_TERMS) -> tuple[Term, ...]:
    """Words by the number of texts that hold them, without stop words and numbers.

    Case and accents make no other word.
    """
    spelled = texts.rename("form").str.to_lowercase().str.extract_all(r"\p{L}+")
    words = pl.DataFrame({"text": range(len(texts)), "form": spelled}).explode("form").drop_nulls()
    written = words.group_by("form").agg(times=pl.len())
    # What a form is without accents is worked out once for each: few forms make most of all words.
    forms = written.filter(pl.col("form").str.len_chars() >= SHORTEST)
    forms = forms.with_columns(key=plain_column(pl.col("form")))
    forms = forms.filter(~pl.col("key").is_in(sorted(stop_words())))
    common = (
        forms.sort(["times", "form"], descending=[True, False]).group_by("key").agg(pl.col("form").first())
    )
    holders = words.join(forms.select("form", "key"), on="form").select("text", "key").unique()
    counted = holders.group_by("key").agg(texts=pl.len()).join(common, on="key")
    top = counted.sort(["texts", "key"], descending=[True, False]).head(most)
    return tuple(Term(form, count) for form, count in top.select("form", "texts").iter_rows())


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing by themselves, in the languages of the portal, without accents."""
    lists: dict[str, str] = json.loads(STOP_WORDS.read_text(encoding="utf-8"))
    return frozenset(plain(word) for words in lists.values() for word in words.split())


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
