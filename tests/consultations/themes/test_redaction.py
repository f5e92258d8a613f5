from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.themes.redaction import Redaction, proposals, redacted

ORDINARY = {"mi", "escríbame", "conseguir", "la", "me", "vivo", "el"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Escríbame a rosa.quispe@correo.example por favor", [("email", "rosa.quispe@correo.example")]),
        ("Mi número es +39 333 123 4567.", [("phone", "+39 333 123 4567")]),
        ("con DNI 45678912 no pude", [("document", "45678912")]),
        ("mi pasaporte es XA123456", [("document", "XA123456")]),
        ("me atendió Rosa Quispe en el consulado", [("name", "Rosa Quispe")]),
        ("la señora María de la Cruz, de Bérgamo", [("name", "María de la Cruz"), ("name", "Bérgamo")]),
        ("en https://a.example/rosa o @rosaq", [("link", "https://a.example/rosa"), ("link", "@rosaq")]),
        ("Rosa me atendió.", [("name", "Rosa")]),
        ("Conseguir una cita toma semanas. La página falla.", []),
        ("Vivo en el Perú y tengo DNI.", []),
        ("esperé 3 horas y pagué 20 euros", []),
    ],
)  # fmt: skip
def test_rules_find_what_may_tell_who_it_is(text: str, found: list[tuple[str, str]]) -> None:
    assert [(r.kind, text[r.start : r.end]) for r in proposals(text, ordinary=ORDINARY)] == found


def test_confirmed_redactions_are_replaced_and_kept_ones_stay() -> None:
    text = "Fui con Rosa a Milán."

    result = redacted(text, [Redaction(8, 12, "name"), Redaction(15, 20, "name", kept=True)])

    assert result == "Fui con […] a Milán."


@given(st.text(alphabet=st.sampled_from("aR1@. +-\nñÁ5"), max_size=80))
def test_proposals_never_overlap_and_nothing_else_is_touched(text: str) -> None:
    found = proposals(text)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert redacted(text, [Redaction(r.start, r.end, r.kind, kept=True) for r in found]) == text


def test_overlapping_redactions_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\("):
        redacted("Rosa Quispe", [Redaction(0, 6, "name"), Redaction(5, 11, "name")])
