"""Random questionnaires, as Hypothesis strategies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)
from consultations.questionnaires.xlsform.columns import fields_of, in_normal_form

LANGUAGES = ("es", "en", "it", "pt", "quy")
# What spreadsheets like to take for something else.
AWKWARD = (
    "=1+1",
    "#N/A",
    "TRUE",
    "007",
    "1e5",
    "2026-01-01",
    "-",
    "'",
    '"',
    "a\nb",
    "ñandú 😀",
    "_x0041_",
    "<b>",
)
RULES = (
    "${a} = 'x'",
    "selected(., 'none') and count-selected(.) > 1",
    ". >= 1950",
    "name != ''",
    "today() > .",
)
KINDS_WITH_LIST = frozenset(kind for kind in QuestionKind if "choice_list" in fields_of(kind))
RESERVED_COLUMN = re.compile(
    r"(list_name|name|label|exclusive|media|image|audio|video|geometry|caption|value|list)", re.IGNORECASE
)

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), max_codepoint=0x1FFFF), min_size=1, max_size=20
)
lines = (
    st.one_of(words, st.sampled_from(AWKWARD)).map(str.strip).filter(lambda text: text and "${" not in text)
)
texts = st.dictionaries(st.sampled_from(LANGUAGES), lines, max_size=3)
rules = st.one_of(st.just(""), st.sampled_from(RULES))
prefixes = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)
choice_prefixes = st.from_regex(r"[A-Za-z0-9_.-]{1,8}", fullmatch=True)
columns = prefixes.filter(lambda name: not RESERVED_COLUMN.fullmatch(name))
# As the database keeps them: four digits after the point at most, whole ones as ``int``.
numbers = st.integers(-1000, 1000) | st.integers(-10_000_000, 10_000_000).filter(lambda n: n % 10_000).map(
    lambda n: n / 10_000
)
counts = st.none() | st.integers(1, 100)


@st.composite
def choice_lists(draw: st.DrawFn, name: str) -> ChoiceList:
    """A list with one option at least."""
    prefixes_ = draw(st.lists(choice_prefixes, min_size=1, max_size=4))
    choices = tuple(
        Choice(
            name=f"{prefix}{number}",
            label=draw(texts),
            exclusive=draw(st.booleans()),
            attributes=draw(st.dictionaries(columns, lines, max_size=2)),
        )
        for number, prefix in enumerate(prefixes_)
    )
    return ChoiceList(name, choices)


@st.composite
def questions(draw: st.DrawFn, name: str, lists: list[str], kinds: list[QuestionKind]) -> Question:
    """A question of any kind, with only what its kind has a use for."""
    kind = draw(st.sampled_from(kinds))
    fields: dict[str, Any] = {
        "start": draw(numbers),
        "end": draw(numbers),
        "step": draw(st.integers(1, 10)),
    }
    if kind is not QuestionKind.SCALE:
        fields = {field: draw(st.none() | st.just(value)) for field, value in fields.items()}
    question = Question(
        name=name,
        kind=kind,
        choice_list=draw(st.sampled_from(lists)),
        rows=tuple(
            MatrixRow(f"{name}_{row}", draw(texts), draw(st.booleans()))
            for row in range(draw(st.integers(1, 3)))
        ),
        **{field: draw(st.booleans()) for field in ("required", "sensitive", "or_other")},
        **{field: draw(rules) for field in ("relevant", "constraint", "choice_filter")},
        **{field: draw(counts) for field in ("min_choices", "max_choices", "max_length")},
        appearance=draw(st.sampled_from(("", "minimal", "likert", "minimal autocomplete"))),
        **{field: draw(texts) for field in ("label", "hint", "required_message", "constraint_message")},
        **{field: draw(texts) for field in ("low_label", "high_label")},
        **fields,
    )
    return in_normal_form(question)


@st.composite
def sections(
    draw: st.DrawFn, name: str, names: list[str], lists: list[str], kinds: list[QuestionKind]
) -> Section:
    is_group = draw(st.booleans())
    return Section(
        name=name,
        questions=tuple(draw(questions(name, lists, kinds)) for name in names),
        label=draw(texts) if is_group else {},
        relevant=draw(rules) if is_group else "",
        is_group=is_group,
    )


@st.composite
def definitions(draw: st.DrawFn, kinds: list[QuestionKind] | None = None) -> Definition:
    """A questionnaire whose names are unique; its rules need not make sense."""
    lists = [
        f"{prefix}_{number}" for number, prefix in enumerate(draw(st.lists(prefixes, min_size=1, max_size=3)))
    ]
    laid_out: list[Section] = []
    number = 0
    for place in range(draw(st.integers(1, 4))):
        names = []
        for prefix in draw(st.lists(prefixes, min_size=1, max_size=3)):
            number += 1
            names.append(f"{prefix}{number}q")
        name = f"{draw(prefixes)}_{place}s"
        laid_out.append(draw(sections(name, names, lists, kinds or list(QuestionKind))))
    if draw(st.booleans()):
        laid_out = _as_read(laid_out)
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
    default = draw(st.sampled_from(languages))
    return Definition(
        name=draw(st.from_regex(r"[a-z0-9_-]{1,20}", fullmatch=True)),
        title={**draw(texts), default: draw(lines)},
        languages=languages,
        default_language=default,
        sections=tuple(laid_out),
        choice_lists=tuple(draw(choice_lists(name)) for name in lists),
    )


def _as_read(laid_out: list[Section]) -> list[Section]:
    """Sections outside any group named as workbooks name them."""
    outside = [section.name for section in laid_out if not section.is_group]
    return [
        replace(section, name=f"outside_{outside.index(section.name) + 1}")
        if not section.is_group
        else section
        for section in laid_out
    ]
