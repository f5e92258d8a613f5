"""``manage.py import_offices``, with the files of the demonstration."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import communities
from communities.models import ConsularDistrict, ConsularOffice

pytestmark = pytest.mark.django_db

DEMO = Path(communities.__file__).parent / "demo"
OFFICES, DISTRICTS = DEMO / "consular_offices.csv", DEMO / "consular_districts.csv"


def imported(*arguments: str) -> str:
    out = StringIO()
    call_command("import_offices", str(OFFICES), "--districts", str(DISTRICTS), *arguments, stdout=out)
    return out.getvalue().strip()


def test_demonstration_files_import_whole() -> None:
    said = imported()

    assert said == ("Offices: 116 new, 0 changed, 0 as they were. Parts of districts: 45 added, 0 removed.")
    assert ConsularOffice.objects.filter(is_verified=True).count() == 61
    assert not ConsularOffice.objects.filter(name_it=None).exists()
    assert not ConsularOffice.objects.filter(city_pt=None).exists()
    assert ConsularDistrict.objects.filter(region="").count() == 2


def test_dry_run_writes_nothing() -> None:
    assert "This was a trial" in imported("--dry-run")
    assert not ConsularOffice.objects.exists()


def test_bad_file_ends_with_status_one_and_each_problem(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("kind,name_es,city,country_iso2,timezone\nembassy,Embajada,Lima,PE,America/Lima\n")
    err = StringIO()

    with pytest.raises(CommandError, match="Nothing was imported: 1 problem") as refused:
        call_command("import_offices", str(bad), stderr=err)

    assert refused.value.returncode == 1
    assert err.getvalue().startswith("bad.csv, row 2, column kind: “embassy” is not known.")
