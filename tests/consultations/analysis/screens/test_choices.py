"""What is chosen on a screen goes into its address and comes back the same."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.analysis.filters import FilterError
from consultations.analysis.screens import choices, crossing
from consultations.analysis.screens.choices import Base, Choices
from consultations.analysis.screens.crossing import Crossing, Shown

from ..test_filters import trees

chosen = st.builds(
    Choices,
    tree=trees,
    scheme=st.none() | st.integers(1, 10**8),
    base=st.sampled_from(Base),
    language=st.sampled_from(["", "es", "en", "quy"]),
)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(chosen)
def test_choices_survive_their_address(given: Choices) -> None:
    query = given.query()

    if len(query) <= choices.LONGEST:
        assert choices.from_query(QueryDict(query).dict()) == given


@given(names, names, st.sampled_from(Shown), st.booleans())
def test_crossing_survives_its_address(rows: str, columns: str, shown: Shown, intervals: bool) -> None:
    own = {"rows": rows, "columns": columns, "show": shown.value, "ci": "1" if intervals else ""}

    found = crossing.from_query(dict(parse_qsl(Choices().query(**own))))

    assert found == Crossing(rows, columns, "", shown, intervals)


@given(st.dictionaries(st.sampled_from(["f", "w", "base", "lang"]), st.text(max_size=40)))
def test_any_address_is_read_or_refused_in_words(given: dict[str, str]) -> None:
    with suppress(FilterError):
        assert isinstance(choices.from_query(given), Choices)


def test_endless_filter_is_refused() -> None:
    with pytest.raises(FilterError):
        choices.from_query({"f": "a:is:" + "x" * choices.LONGEST})
