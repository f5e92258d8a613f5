import pytest

from consultations.answering import codes


def test_a_code_has_sixteen_signs_of_an_alphabet_without_look_alikes() -> None:
    code = codes.new_code()

    assert len(code) == 16
    assert set(code) <= set(codes.ALPHABET)
    assert not set("ILOU") & set(codes.ALPHABET)
    assert len(codes.ALPHABET) == 32


def test_codes_do_not_repeat() -> None:
    assert len({codes.new_code() for _ in range(1000)}) == 1000


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert codes.grouped("K7QF2MXD94TRHB6W") == "K7QF-2MXD-94TR-HB6W"


@pytest.mark.parametrize(
    "typed",
    [
        "K7QF2MXD94TRHB6W",
        "k7qf-2mxd-94tr-hb6w",
        "  K7QF 2MXD 94TR HB6W \n",
        "K7QF–2MXD—94TR‑HB6W",  # dashes that a word processor puts in
        "Ｋ７ＱＦ２ＭＸＤ９４ＴＲＨＢ６Ｗ",
    ],
)
def test_what_people_type_is_read_as_the_code(typed: str) -> None:
    assert codes.normalised(typed) == "K7QF2MXD94TRHB6W"


def test_look_alikes_are_read_as_what_was_meant() -> None:
    assert codes.normalised("oOiI lLuU 0000 1111") == "001111VV00001111"


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-2MXD-94TR-HB6W-1", "¿K7QF2MXD94TRHB6ñ", "A" * 100_000])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    assert codes.normalised(typed) is None


def test_the_digest_needs_the_key(settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's own type
    settings.PARTICIPATION_CODE_KEY = "one"
    first = codes.digest("K7QF2MXD94TRHB6W")
    settings.PARTICIPATION_CODE_KEY = "two"

    assert len(first) == 64
    assert codes.digest("K7QF2MXD94TRHB6W") != first
    assert "K7QF" not in first
