from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from portal.clocks import LIMA, long_date, place_name, two_clocks, zone_named
from portal.templatetags.numbers import number, percent

CLOSES = datetime(2099, 12, 14, 4, 59, tzinfo=UTC)


def test_reader_comes_first_and_lima_says_that_its_date_differs() -> None:
    with override("es"):
        rome, lima = two_clocks(CLOSES, ZoneInfo("Europe/Rome"))

    assert (rome.place, rome.text, rome.yours) == ("Roma", "lunes 14 de diciembre de 2099, 05:59", True)
    assert (lima.place, lima.text, lima.yours) == ("Lima", "domingo 13 de diciembre de 2099, 23:59", False)
    assert lima.note
    assert (rome.iso, lima.iso) == ("2099-12-14T05:59+01:00", "2099-12-13T23:59-05:00")


def test_lima_alone_for_readers_there_and_for_readers_whose_clock_is_not_known() -> None:
    assert [moment.yours for moment in two_clocks(CLOSES, LIMA)] == [True]
    assert [moment.yours for moment in two_clocks(CLOSES, None)] == [False]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("es", "1 de setiembre de 2026"),
        ("en", "1 September 2026"),
        ("it", "1 settembre 2026"),
        ("pt", "1 de setembro de 2026"),
        ("quy", "1 de setiembre de 2026"),
    ],
)
def test_dates_are_written_as_each_language_does(language: str, written: str) -> None:
    with override(language):
        assert long_date(datetime(2026, 9, 1, tzinfo=UTC).date()) == written


def test_summer_time_ends_between_two_moments() -> None:
    before = two_clocks(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ZoneInfo("Europe/Madrid"))[0]
    after = two_clocks(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ZoneInfo("Europe/Madrid"))[0]

    assert before.when.strftime("%H:%M %z") == "02:30 +0200"
    assert after.when.strftime("%H:%M %z") == "02:30 +0100"


@pytest.mark.parametrize(
    "name", ["", "Marte/Olimpo", "../../etc/passwd", "America/../Lima", "x" * 5000, "localtime", "America/"]
)
def test_a_cookie_that_is_no_zone_is_ignored(name: str) -> None:
    assert zone_named(name) is None


def test_places_are_named_in_the_readers_language() -> None:
    with override("es"):
        assert place_name(ZoneInfo("America/New_York")) == "Nueva York"
        assert place_name(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires"


def test_numbers_as_each_language_writes_them() -> None:
    with override("es"):
        assert (number(4812), number(1234567.5, 1), percent(30.2, 1)) == (
            "4\u202f812",
            "1\u202f234\u202f567,5",
            "30,2\u202f%",
        )
    with override("en"):
        assert (number(4812), percent(30.2, 1)) == ("4,812", "30.2%")
