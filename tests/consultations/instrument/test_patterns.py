from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.instrument.pattern_reader import PatternError
from consultations.instrument.patterns import automaton

from .generated import PATTERNS

_atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\W", r"\.", "[a-c1-3]"])
_patterns = st.recursive(
    _atoms,
    lambda inside: st.one_of(
        st.lists(inside, min_size=1, max_size=3).map("".join),
        st.tuples(inside, inside).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inside, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=5,
)


@given(_patterns, st.lists(st.text("ab1.x\n", max_size=8), min_size=5, max_size=5))
def test_patterns_mean_what_python_means_by_them(pattern: str, texts: list[str]) -> None:
    expected = [re.fullmatch(pattern, text, re.ASCII) is not None for text in texts]

    assert [automaton(pattern).matches(text) for text in texts] == expected


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("text", ["", "red", "12", "ab", "ana@x.pe", "José Ñ", "xxy", "]^-", "12-", "a b c"])
def test_patterns_of_authors_mean_what_python_means_by_them(pattern: str, text: str) -> None:
    expected = re.fullmatch(pattern, text, re.ASCII) is not None

    assert automaton(pattern).matches(text) == expected


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(a", "unclosed"),
        ("[a", "unclosed"),
        ("a\\", "unclosed"),
        ("a)", "unopened"),
        ("*a", "nothing_to_repeat"),
        ("a**", "unsupported"),
        ("a+?", "unsupported"),
        ("a{2", "bad_repeat"),
        ("a{3,2}", "bad_repeat"),
        ("a{x}", "bad_repeat"),
        ("(?=a)", "unsupported"),
        ("(?P<n>a)", "unsupported"),
        ("(a)\\1", "bad_escape"),
        ("\\p{L}", "bad_escape"),
        ("\\bword", "bad_escape"),
        ("a$b", "unsupported"),
        ("a^b", "unsupported"),
        ("[z-a]", "bad_class"),
        ("[]", "bad_class"),
        ("[[:alpha:]]", "bad_class"),
        ("[a-\\d]", "bad_class"),
        ("a{999}", "too_large"),
        ("((((){999}){999}){999}){999}", "too_large"),
        ("(" * 50 + ")" * 50, "too_large"),
    ],
)
def test_what_is_not_taken_is_refused_when_it_is_read(pattern: str, code: str) -> None:
    with pytest.raises(PatternError) as caught:
        automaton(pattern)

    assert caught.value.code == code


def test_a_pattern_that_hangs_other_engines_answers_at_once() -> None:
    started = time.perf_counter()

    assert not automaton("(x+x+)+y").matches("x" * 5000)
    assert time.perf_counter() - started < 1
