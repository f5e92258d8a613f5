import pytest

from communities.places.district_rows import Part, parse, parts_of, regions_in
from communities.places.reading import Row

CODES = {"belgium": "BE", "luxembourg": "LU", "georgia": "GE"}


@pytest.mark.parametrize(
    ("district", "regions"),
    [
        ("Utah", ["Utah"]),
        ("Illinois; Wisconsin; Michigan (2016)", ["Illinois", "Wisconsin", "Michigan"]),
        ("Galicia; Asturias (honorary, 2015)", ["Galicia", "Asturias"]),
        ("Regiones de Antofagasta y de Atacama", ["Antofagasta", "Atacama"]),
        ("Cantons of Geneva; Vaud; Valais", ["Geneva", "Vaud", "Valais"]),
        ("Castilla y León; Islas Canarias", ["Castilla y León", "Islas Canarias"]),
        (" ; Lazio;; ", ["Lazio"]),
    ],
)
def test_regions_in_a_list(district: str, regions: list[str]) -> None:
    assert regions_in(district) == regions


def test_list_that_names_the_own_country_is_one_of_countries() -> None:
    assert parts_of(["Belgium", "Luxembourg"], "BE", CODES) == (Part("BE", ""), Part("LU", ""))


def test_state_called_like_a_country_is_a_state() -> None:
    assert parts_of(["Georgia", "Florida", "Georgia"], "US", CODES) == (
        Part("US", "Georgia"),
        Part("US", "Florida"),
    )


def test_what_stands_in_brackets_goes_to_the_source() -> None:
    cells = {
        "city": "Madrid",
        "country_iso2": "es",
        "district": "Madrid (2020)",
        "source_url": "https://a.example",
    }

    row, problems = parse(Row("d.csv", 2, cells), codes_by_name=CODES)

    assert problems == []
    assert (row.office, row.source) == (("ES", "madrid"), "https://a.example; 2020")


def test_district_without_separators_is_told() -> None:
    cells = {"city": "Madrid", "country_iso2": "ES", "district": "x" * 101}

    _row, problems = parse(Row("d.csv", 7, cells), codes_by_name=CODES)

    assert [str(problem) for problem in problems] == [
        "d.csv, row 7, column district: A region is too long. Set regions off by semicolons."
    ]
