from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.themes.redaction import PLACE, PLAIN, Redaction, known_places, proposals, redacted

PLACES = known_places(["Milán", "Bérgamo", "Perú", "Rhône", " "])
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
        ("rosa (at) correo.example", [("email", "rosa (at) correo.example")]),
        ("mire mipagina.com/rosa", [("link", "mipagina.com/rosa")]),
        ("nací el 3 de mayo de 1961", [("date", "3 de mayo de 1961")]),
        ("fui el 03/05/2026", [("date", "03/05/2026")]),
        ("tengo 64 años", [("age", "tengo 64 años")]),
        ("tiene 12 semanas esperando", []),
        ("vivo en la calle mayor 5", [("address", "calle mayor 5")]),
        ("allí Rosa Calle Mayor 5", [("name", "Rosa"), ("address", "Calle Mayor 5")]),
        ("vivo en milan, cerca de BÉRGAMO", [("place", "milan"), ("name", "BÉRGAMO")]),
        ("el consulado de san  josé", []),
        ("esperé 3 horas y pagué 20 euros", []),
    ],
)  # fmt: skip
def test_rules_find_what_may_tell_who_it_is(text: str, found: list[tuple[str, str]]) -> None:
    assert [
        (r.kind, text[r.start : r.end]) for r in proposals(text, ordinary=ORDINARY, places=PLACES)
    ] == found


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


@given(
    st.sampled_from(["milan", "Milán", "MILÁN", "Bergamo", "bérgamo", "rhone", "RHÔNE"]),
    st.text(alphabet="abcñé ,.1", max_size=20),
    st.text(alphabet="abcñé ,.1", max_size=20),
)
def test_known_place_is_asked_about_however_it_is_written(place: str, before: str, after: str) -> None:
    text = f"{before} {place} {after}"
    at = len(before) + 1

    found = proposals(text, places=PLACES)

    assert any(item.start <= at and at + len(place) <= item.end for item in found)


@given(st.text(max_size=120))
def test_places_lie_where_the_words_lie(text: str) -> None:
    """Signs whose small form is longer, or that carry accents, must not shift what is taken out."""
    whole = f"{text} Milán {text}"

    found = [r for r in proposals(whole.lower(), places=PLACES) if r.kind == PLACE]

    assert all(
        whole.lower()[r.start : r.end] in {"milán", "perú", "milan", "bérgamo", "bergamo"} for r in found
    )


@given(
    st.lists(
        st.sampled_from(
            ["Rosa", "Quispe", "Milán", "5", "calle", "Calle", "de", "a@b.pe", "tengo", "64", "años"]
        ),
        min_size=1,
        max_size=9,
    )
)
def test_no_capital_inside_a_sentence_goes_unasked(words: list[str]) -> None:
    text = "y " + " ".join(words)

    found = proposals(text, places=PLACES)

    covered = {at for item in found for at in range(item.start, item.end)}
    bare = [at for at, sign in enumerate(text) if sign.isupper() and at not in covered]
    assert bare == []
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_words_of_everybody_are_no_places() -> None:
    assert known_places(["Perú", *PLAIN, "Ica"]) is None
