"""What was found in themes, as files: no more than the page shows."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation
from portal.models import AuditEntry
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.portal import UnitFactory

from .test_theme_page import READS, answered, codes, consultation

__all__ = ["answered", "codes", "consultation"]

pytestmark = pytest.mark.django_db


def fetch(client: Client, consultation: Consultation, kind: str) -> Any:
    return client.get(reverse(f"themes_{kind}", args=[consultation.pk]), headers={"accept-language": "en"})


def numbers(response: Any) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Theme", "People", "Of those who were coded"]
    return [row[1:] for row in rows[1:]]


def test_reader_of_texts_gets_every_number(answered: Consultation) -> None:
    client = signed_in(staff(*READS))

    assert [people for people, _share in numbers(fetch(client, answered, "csv"))] == ["35", "35", "26", "2"]
    assert fetch(client, answered, "svg").content.startswith(b"<svg")
    assert fetch(client, answered, "png").content.startswith(b"\x89PNG")
    assert AuditEntry.objects.filter(verb="chart.downloaded").count() == 3


def test_unit_gets_nothing_of_few(answered: Consultation) -> None:
    client = signed_in(staff_of(answered.unit, "view_consultation"))

    found = numbers(fetch(client, answered, "csv"))

    assert found[-1] == ["*", "*"]
    assert "2" not in {people for people, _share in found}
    assert ">2<" not in fetch(client, answered, "svg").content.decode()


def test_another_unit_gets_no_file(answered: Consultation) -> None:
    client = signed_in(staff_of(UnitFactory(code="SSN"), "view_consultation"))

    assert fetch(client, answered, "csv").status_code == 404


def test_without_themes_there_is_no_file(consultation: Consultation) -> None:
    assert fetch(signed_in(staff(*READS)), consultation, "csv").status_code == 404
