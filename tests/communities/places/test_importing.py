"""Offices and districts from CSV files: everything or nothing, again and again."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from communities.models import ConsularDistrict, ConsularOffice
from communities.places.importing import import_offices
from communities.places.reading import ImportRefusedError
from portal.models import AuditEntry
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory

pytestmark = pytest.mark.django_db

HEADINGS = "kind,name_es,name_en,name_it,city,country_iso2,timezone,lat,lon,source"
MILAN = (
    "consulate_general,Consulado General del Perú en Milán,Consulate General of Peru in Milan,"
    "Consolato Generale del Perù a Milano,Milan,IT,Europe/Rome,45.46,9.19,verified"
)
TURIN = MILAN.replace("Milán", "Turín").replace("Milano", "Torino").replace("Milan", "Turin")
DISTRICT_HEADINGS = "city,country_iso2,district,source_url"

Written = Callable[..., Path]


@pytest.fixture
def csv(tmp_path: Path) -> Written:
    def write(*lines: str, name: str = "offices.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


def problems_of(offices: Path, districts: Path | None = None) -> list[str]:
    with pytest.raises(ImportRefusedError) as refused:
        import_offices(offices=offices, districts=districts, by=None)
    return [str(problem) for problem in refused.value.problems]


def test_office_is_created_with_its_names_in_each_language(csv: Written) -> None:
    report = import_offices(offices=csv(HEADINGS, MILAN), by=None)

    office = ConsularOffice.objects.get()
    assert report.created == ["milan"]
    assert (office.slug, office.choice_name, office.country_id, office.kind) == (
        "milan",
        "milan",
        "IT",
        "consulate_general",
    )
    assert (office.city_es, office.city_en, office.city_it, office.city_pt) == (
        "Milán",
        "Milan",
        "Milano",
        None,
    )
    assert (office.latitude, office.longitude, office.is_verified) == (
        Decimal("45.46000"),
        Decimal("9.19000"),
        True,
    )


def test_importing_twice_changes_nothing(csv: Written) -> None:
    offices = csv(HEADINGS, MILAN)
    districts = csv(DISTRICT_HEADINGS, "Milan,IT,Lombardia; Veneto,https://example.org", name="d.csv")
    import_offices(offices=offices, districts=districts, by=None)

    report = import_offices(offices=offices, districts=districts, by=None)

    assert (report.created, report.changed, report.unchanged) == ([], {}, ["milan"])
    assert (report.parts_added, report.parts_removed) == (0, 0)
    assert ConsularDistrict.objects.count() == 2


def test_changed_row_changes_the_office(csv: Written) -> None:
    import_offices(offices=csv(HEADINGS, MILAN), by=None)

    report = import_offices(offices=csv(HEADINGS, MILAN.replace("45.46", "45.47")), by=None)

    assert report.changed == {"milan": ["latitude"]}
    assert ConsularOffice.objects.get().latitude == Decimal("45.47000")


def test_empty_cell_erases_nothing(csv: Written) -> None:
    import_offices(offices=csv(HEADINGS, MILAN), by=None)

    import_offices(offices=csv(HEADINGS, MILAN.replace(",45.46,9.19,", ",,,")), by=None)

    assert ConsularOffice.objects.get().latitude == Decimal("45.46000")


def test_what_was_edited_by_hand_stays_and_is_told(csv: Written) -> None:
    offices = csv(HEADINGS, MILAN)
    import_offices(offices=offices, by=None)
    ConsularOffice.objects.update(city_es="Milán de Lombardía", status="suspended")

    report = import_offices(offices=csv(HEADINGS, MILAN.replace("Milán,", "Milán y Monza,")), by=None)

    office = ConsularOffice.objects.get()
    assert report.kept == {"milan": ["city_es"]}
    assert report.changed == {"milan": ["name_es"]}
    assert (office.city_es, office.status) == ("Milán de Lombardía", "suspended")


def test_overwriting_lets_the_file_win(csv: Written) -> None:
    offices = csv(HEADINGS, MILAN)
    import_offices(offices=offices, by=None)
    ConsularOffice.objects.update(city_es="Milán de Lombardía")

    report = import_offices(offices=offices, overwrite=True, by=None)

    assert report.changed == {"milan": ["city_es"]}
    assert ConsularOffice.objects.get().city_es == "Milán"


def test_office_that_staff_made_is_found_by_its_city(csv: Written) -> None:
    ConsularOfficeFactory(slug="sede-milan", city_es="Milán", city_en="Milan", name_it="")

    report = import_offices(offices=csv(HEADINGS, MILAN), by=None)

    office = ConsularOffice.objects.get()
    assert (report.created, office.slug) == ([], "sede-milan")
    assert office.name_it == "Consolato Generale del Perù a Milano"


def test_cities_of_the_same_name_get_different_addresses(csv: Written) -> None:
    spain = MILAN.replace("Milan,IT", "Valencia,ES").replace("Europe/Rome", "Europe/Madrid")
    venezuela = MILAN.replace("Milan,IT", "Valencia,VE").replace("Europe/Rome", "America/Caracas")
    offices = csv(HEADINGS, spain, venezuela)

    report = import_offices(offices=offices, by=None)
    again = import_offices(offices=offices, by=None)

    assert report.created == ["valencia", "valencia-ve"]
    assert again.unchanged == ["valencia", "valencia-ve"]


def test_consulate_called_honorary_is_one(csv: Written) -> None:
    row = MILAN.replace("consulate_general", "consulate").replace("Consulado General", "Consulado Honorario")

    import_offices(offices=csv(HEADINGS, row), by=None)

    assert ConsularOffice.objects.get().kind == "honorary"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (MILAN.replace("consulate_general", "embassy"), "column kind: “embassy” is not known"),
        (MILAN.replace("Europe/Rome", "Europe/Milan"), "column timezone: Europe/Milan is not a time zone"),
        (MILAN.replace(",IT,", ",XX,"), "column country_iso2: “XX” is not a country"),
        (MILAN.replace("45.46", "95.46"), "column lat: Ensure this value is less than or equal to 90"),
        (MILAN.replace("45.46", "north"), "column lat: “north” is not a coordinate in degrees"),
        (MILAN.replace("45.46", "NaN"), "column lat: “NaN” is not a coordinate in degrees"),
        (MILAN.replace("45.46", ""), "column lat: Latitude and longitude are filled together"),
        (MILAN.replace("verified", "maybe"), "column source: “maybe” is not known"),
        (MILAN.replace(",Milan,IT", ",,IT"), "column city: This cell is empty"),
        (MILAN.replace("Perú en Milán", "Perú" * 60), "column name_es: Ensure this value has at most 200"),
        (MILAN + ",surplus", "It has 11 cells, and the headings are 10"),
        (TURIN, "column city: The same office as in row 2"),
    ],
)
def test_bad_row_is_told_by_number_and_nothing_is_written(csv: Written, row: str, problem: str) -> None:
    rows = (TURIN, row) if row == TURIN else (MILAN.replace("Milan", "Rome"), row)

    found = problems_of(csv(HEADINGS, *rows))

    assert len(found) == 1
    assert found[0].startswith("offices.csv, row 3")
    assert problem in found[0]
    assert not ConsularOffice.objects.exists()


def test_every_problem_of_both_files_is_told_at_once(csv: Written) -> None:
    offices = csv(HEADINGS, MILAN.replace("Europe/Rome", "nowhere"), "", TURIN.replace(",IT,", ",XX,"))
    districts = csv(DISTRICT_HEADINGS, "Ravenna,IT,Romagna,", name="districts.csv")

    found = problems_of(offices, districts)

    assert [problem.partition(":")[0] for problem in found] == [
        "offices.csv, row 2, column timezone",
        "offices.csv, row 4, column country_iso2",
        "districts.csv, row 2, column city",
    ]


def test_byte_order_mark_and_semicolons_are_taken(csv: Written) -> None:
    lines = [line.replace(",", ";").replace("45.46", "45,46") for line in (HEADINGS, MILAN)]

    import_offices(offices=csv(*lines, encoding="utf-8-sig"), by=None)

    assert ConsularOffice.objects.get().latitude == Decimal("45.46000")


def test_another_encoding_is_refused_with_the_row(csv: Written) -> None:
    assert problems_of(csv(HEADINGS, MILAN, encoding="latin-1")) == [
        "offices.csv, row 2: The text is not UTF-8. Save the file as “CSV UTF-8”."
    ]


def test_missing_and_doubled_columns_are_told(csv: Written) -> None:
    assert problems_of(csv("kind,kind,name_es,city,country_iso2")) == [
        "offices.csv, row 1, column timezone: This column is missing.",
        "offices.csv, row 1, column kind: Two columns have this heading.",
    ]


def test_missing_file_and_empty_file_are_told(csv: Written, tmp_path: Path) -> None:
    assert "No such file" in problems_of(tmp_path / "nowhere.csv")[0]
    assert len(problems_of(csv(""))) == 5


def test_district_added_by_hand_stays_and_one_gone_from_the_file_goes(csv: Written) -> None:
    offices = csv(HEADINGS, MILAN)
    first = csv(DISTRICT_HEADINGS, "Milan,IT,Lombardia; Venecia,https://example.org", name="1.csv")
    second = csv(DISTRICT_HEADINGS, "Milan,IT,Lombardia; Veneto,https://example.org/2", name="2.csv")
    import_offices(offices=offices, districts=first, by=None)
    ConsularDistrictFactory(office=ConsularOffice.objects.get(), region="Trentino")

    report = import_offices(offices=offices, districts=second, by=None)

    assert (report.parts_added, report.parts_removed) == (1, 1)
    assert dict(ConsularDistrict.objects.values_list("region", "source")) == {
        "Lombardia": "https://example.org/2",
        "Trentino": "",
        "Veneto": "https://example.org/2",
    }


def test_import_is_written_in_the_audit_trail(csv: Written) -> None:
    import_offices(offices=csv(HEADINGS, MILAN), by=None)

    entry = AuditEntry.objects.get(verb="offices.imported")
    assert entry.details == {"created": 1, "changed": 0, "parts": 0}
