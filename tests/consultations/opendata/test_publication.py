"""From the press of a button to a public address, and back."""

from __future__ import annotations

import errno
import hashlib
import json
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from consultations import tasks
from consultations.analysis import snapshot
from consultations.enums import Licence, PublicFileStatus
from consultations.lifecycle import NotAllowed
from consultations.models import Consultation, PublicFile
from consultations.models.public_file import private_storage
from consultations.opendata import publication
from portal.models import AuditEntry, User
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.open_data import PublicFileFactory
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    consultation: Consultation = ConsultationFactory(closed=True, slug="necesidades", title="Necesidades")
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    for _person in range(12):
        ResponseFactory(consultation=consultation, version=version, sent=True, answers=ANSWERS)
    return consultation


@pytest.fixture
def publisher() -> User:
    return staff("publish_open_data", "view_consultation")


def made(consultation: Consultation, by: User) -> PublicFile:
    file = publication.request(
        consultation=consultation, quasi=["country"], k=10, licence=Licence.CC_BY_4, by=by
    )
    tasks.make_open_data(file.pk)
    file.refresh_from_db()
    return file


def test_data_set_that_no_worker_made_can_be_asked_for_again(
    consultation: Consultation, publisher: User
) -> None:
    lost = PublicFileFactory(consultation=consultation, status=PublicFileStatus.QUEUED, number=1)
    PublicFile.objects.update(made_at=timezone.now() - publication.LOST)
    young = PublicFileFactory(consultation=consultation, status=PublicFileStatus.QUEUED, number=2)

    tasks.expire_exports()

    lost.refresh_from_db()
    young.refresh_from_db()
    assert (lost.status, young.status) == (PublicFileStatus.FAILED, PublicFileStatus.QUEUED)
    assert lost.message != ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (ValueError("broken"), "in the log"),
    ],
    ids=["full", "broken"],
)
def test_data_set_that_failed_says_why_and_leaves_nothing(
    consultation: Consultation,
    publisher: User,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
) -> None:
    """The data were stored already when their dictionary failed."""

    def fails(*_given: Any) -> None:
        raise error

    UserProfile.objects.create(user=publisher, preferred_language="en")
    monkeypatch.setattr(publication, "dictionary", fails)

    file = made(consultation, publisher)

    assert file.status == PublicFileStatus.FAILED
    assert words in file.message
    assert private_storage().listdir(publication.FOLDER) == ([], [])


def test_data_set_that_failed_leaves_the_files_of_others(
    consultation: Consultation, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its consultation took the address that another one had, and with it the names of files."""
    theirs = made(consultation, publisher)
    Consultation.objects.filter(pk=consultation.pk).update(slug="otra")
    heir = ConsultationFactory(closed=True, slug="necesidades")

    lost = PublicFileFactory(consultation=heir, status=PublicFileStatus.QUEUED, number=theirs.number)
    PublicFile.objects.filter(pk=lost.pk).update(made_at=timezone.now() - publication.LOST)
    publication.give_up_lost()

    assert PublicFile.objects.get(pk=lost.pk).status == PublicFileStatus.FAILED
    assert private_storage().exists(theirs.data.name)
    assert private_storage().exists(theirs.dictionary.name)


def test_data_set_that_another_worker_made_meanwhile_stays(
    consultation: Consultation, publisher: User
) -> None:
    first = made(consultation, publisher)
    late = PublicFile.objects.get(pk=first.pk)
    late.status = PublicFileStatus.QUEUED

    publication.make(late)

    first.refresh_from_db()
    assert first.status == PublicFileStatus.READY
    assert sorted(private_storage().listdir(publication.FOLDER)[1]) == sorted(
        name.rpartition("/")[2] for name in (first.data.name, first.dictionary.name)
    )


def test_publishing_twice_is_once(consultation: Consultation, publisher: User) -> None:
    file = made(consultation, publisher)

    for _press in range(2):
        publication.publish(file=file, by=publisher)

    assert AuditEntry.objects.filter(verb="open_data.published").count() == 1


@pytest.mark.parametrize("part", ["dictionary", "data", "nonsense"])
def test_what_is_not_there_cannot_be_looked_at(
    consultation: Consultation, publisher: User, part: str
) -> None:
    file = PublicFileFactory(consultation=consultation, status=PublicFileStatus.FAILED)
    url = reverse("open_data_preview", args=[file.pk, part])

    assert signed_in(publisher).get(url, follow=True).status_code == 404


def test_a_worker_writes_data_and_dictionary(consultation: Consultation, publisher: User) -> None:
    file = made(consultation, publisher)

    with private_storage().open(file.data.name) as stored:
        content = stored.read()
    table = pl.read_csv(BytesIO(content), infer_schema=False)
    assert file.status == PublicFileStatus.READY
    assert (table.height, file.report["rows"], file.report["smallest_set"]) == (12, 12, 12)
    assert table["country"].unique().to_list() == ["IT"]
    assert hashlib.sha256(content).hexdigest() == file.checksum
    assert len(content) == file.report["bytes"]["data"]


def test_making_it_twice_is_once(consultation: Consultation, publisher: User) -> None:
    file = made(consultation, publisher)

    tasks.make_open_data(file.pk)

    assert PublicFile.objects.get().checksum == file.checksum
    assert len(private_storage().listdir("open-data")[1]) == 2


def test_an_open_consultation_has_no_data_set(publisher: User) -> None:
    consultation = ConsultationFactory(open=True)

    with pytest.raises(NotAllowed):
        publication.request(consultation=consultation, quasi=[], k=10, licence=Licence.CC_BY_4, by=publisher)


def test_nobody_can_ask_for_less_protection_than_the_consultation(
    consultation: Consultation, publisher: User
) -> None:
    file = publication.request(
        consultation=consultation, quasi=["country"], k=3, licence=Licence.CC_BY_4, by=publisher
    )

    assert file.k == consultation.minimum_cell


def test_a_new_edition_takes_the_place_of_the_old_one(consultation: Consultation, publisher: User) -> None:
    first, second = made(consultation, publisher), made(consultation, publisher)

    publication.publish(file=first, by=publisher)
    publication.publish(file=second, by=publisher)
    publication.publish(file=second, by=publisher)

    assert list(PublicFile.objects.order_by("number").values_list("number", "status")) == [
        (1, "withdrawn"),
        (2, "published"),
    ]
    assert AuditEntry.objects.filter(verb="open_data.published").count() == 2


def test_an_empty_file_is_not_published(publisher: User) -> None:
    file = PublicFileFactory(ready=True, report={"rows": 0})

    with pytest.raises(NotAllowed):
        publication.publish(file=file, by=publisher)


# --- As everyone sees it ------------------------------------------------------------------------------------


@pytest.fixture
def published(consultation: Consultation, publisher: User, tree: None) -> PublicFile:
    file = made(consultation, publisher)
    publication.publish(file=file, by=publisher)
    return file


@pytest.mark.parametrize(
    "address",
    [
        "/es/datos-abiertos/",
        "/en/open-data/necesidades/",
        "/it/dati-aperti/",
        "/pt/dados-abertos/necesidades/",
    ],
)
def test_its_pages_are_there_in_every_language(client: Client, published: PublicFile, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 200
    assert "Necesidades" in page.content.decode()


def test_anyone_fetches_the_files(client: Client, published: PublicFile) -> None:
    data = client.get("/es/datos-abiertos/necesidades/1/data.csv")
    words = client.get("/es/datos-abiertos/necesidades/1/dictionary.csv")

    assert hashlib.sha256(data.getvalue()).hexdigest() == published.checksum
    assert data["Content-Disposition"] == 'attachment; filename="necesidades-1.csv"'
    assert b"country" in words.getvalue()


@pytest.mark.parametrize("part", ["", "1/data.csv", "1/dictionary.csv", "1/dcat.jsonld"])
def test_what_is_taken_back_is_gone(
    client: Client, published: PublicFile, publisher: User, part: str
) -> None:
    publication.withdraw(file=published, by=publisher)

    assert client.get(f"/es/datos-abiertos/necesidades/{part}").status_code == 404


@pytest.mark.parametrize("status", ["queued", "failed", "ready"])
def test_what_was_never_published_is_nowhere(client: Client, tree: None, status: str) -> None:
    file = PublicFileFactory(status=status, data=ContentFile(b"secret", "x.csv"))

    assert client.get(f"/es/datos-abiertos/{file.consultation.slug}/1/data.csv").status_code == 404
    assert file.consultation.slug not in client.get("/es/datos-abiertos/").content.decode()


def test_catalogues_read_what_it_is(client: Client, published: PublicFile) -> None:
    found = json.loads(client.get("/en/open-data/necesidades/1/dcat.jsonld").content)

    home = "http://testserver/es/datos-abiertos/necesidades/"
    assert found["@id"] == home
    assert found["dct:title"][0] == {"@language": "es", "@value": "Necesidades"}
    data, _dictionary = found["dcat:distribution"]
    assert data["dcat:downloadURL"] == {"@id": f"{home}1/data.csv"}
    assert data["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert data["spdx:checksum"]["spdx:checksumValue"]["@value"] == published.checksum


def test_the_catalogue_lists_every_data_set(client: Client, published: PublicFile) -> None:
    found = json.loads(client.get("/es/datos-abiertos/catalog.jsonld").content)

    assert found["@type"] == "dcat:Catalog"
    assert [item["dct:identifier"] for item in found["dcat:dataset"]] == ["necesidades-1"]


def test_the_list_needs_as_many_queries_for_three_as_for_one(client: Client, tree: None) -> None:
    def queries() -> int:
        client.get("/es/datos-abiertos/")  # the menu is read anew after a change
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/es/datos-abiertos/").status_code == 200
        return len(asked)

    PublicFileFactory(published=True)
    for_one = queries()
    PublicFileFactory.create_batch(2, published=True)

    assert queries() == for_one


# --- In the admin -------------------------------------------------------------------------------------------


def test_staff_make_look_and_publish(consultation: Consultation, publisher: User) -> None:
    snapshot.refresh(consultation)
    desk = signed_in(publisher)
    form = {"quasi_identifiers": ["country", "response.language"], "k": "10", "licence": "cc-by-4.0"}

    answer = desk.post(reverse("open_data_list", args=[consultation.pk]), form)
    file = PublicFile.objects.get()
    tasks.make_open_data(file.pk)
    page = desk.get(answer.url)
    desk.post(answer.url, {"verb": "publish"})

    file.refresh_from_db()
    assert file.report["quasi_identifiers"] == ["country", "response.language"]
    assert "city, used_other" in page.content.decode()
    assert file.status == PublicFileStatus.PUBLISHED
    assert b"country" in desk.get(reverse("open_data_preview", args=[file.pk, "data"])).getvalue()


@pytest.mark.parametrize(
    "changes",
    [{"k": "5"}, {"k": "x"}, {"licence": "mine"}, {"quasi_identifiers": ["city"]}, {"quasi_identifiers": []}],
)
def test_a_wrong_wish_is_told_and_kept(
    consultation: Consultation, publisher: User, changes: dict[str, Any]
) -> None:
    snapshot.refresh(consultation)
    form = {"quasi_identifiers": ["nps"], "k": "10", "licence": "cc-by-4.0"} | changes

    page = signed_in(publisher).post(reverse("open_data_list", args=[consultation.pk]), form)

    assert page.status_code == 200
    assert "error-message" in page.content.decode()
    assert not PublicFile.objects.exists()


def test_two_presses_make_one_data_set(consultation: Consultation, publisher: User) -> None:
    wish = {"quasi": ["country"], "k": 10, "licence": Licence.CC_BY_4, "by": publisher}

    first, again = (publication.request(consultation=consultation, **wish) for _press in range(2))
    other = publication.request(consultation=consultation, **{**wish, "k": 20})

    assert (first, other.number) == (again, 2)


def test_while_a_consultation_is_open_its_page_says_why_there_is_no_form(publisher: User) -> None:
    consultation = ConsultationFactory(open=True)
    address = reverse("open_data_list", args=[consultation.pk])
    form = {"quasi_identifiers": ["response.language"], "k": "10", "licence": "cc-by-4.0"}

    page, sent = signed_in(publisher).get(address), signed_in(publisher).post(address, form)

    assert (page.context["can_be_made"], page.context["form"]) == (False, None)
    assert b'name="k"' not in page.content
    assert (sent.status_code, PublicFile.objects.exists()) == (200, False)


@pytest.mark.parametrize("rows", [0, 12])
def test_what_cannot_be_published_says_what_to_do(
    consultation: Consultation, publisher: User, rows: int
) -> None:
    file = PublicFileFactory(ready=True, consultation=consultation, report={"rows": rows, "responses": 12})

    page = signed_in(publisher).get(reverse("open_data_detail", args=[file.pk])).content.decode()

    assert ('value="publish"' in page) is bool(rows)
    assert ("help-critical" in page) is not bool(rows)


def test_other_units_do_not_find_it(consultation: Consultation) -> None:
    file = PublicFileFactory(ready=True, consultation=consultation)
    elsewhere = signed_in(staff_of(UnitFactory(code="SSN"), "publish_open_data", "view_consultation"))

    for address in (
        reverse("open_data_list", args=[consultation.pk]),
        reverse("open_data_detail", args=[file.pk]),
        reverse("open_data_preview", args=[file.pk, "data"]),
    ):
        assert elsewhere.get(address).status_code == 404


def test_only_publishers_enter(consultation: Consultation) -> None:
    file = PublicFileFactory(ready=True, consultation=consultation)
    others = signed_in(staff("export_responses", "view_consultation"))

    for address in (
        reverse("open_data_list", args=[consultation.pk]),
        reverse("open_data_detail", args=[file.pk]),
        reverse("open_data_preview", args=[file.pk, "data"]),
    ):
        assert others.get(address).status_code in (302, 404)
    assert others.post(reverse("open_data_detail", args=[file.pk]), {"verb": "publish"}).status_code == 302
    file.refresh_from_db()
    assert file.status == PublicFileStatus.READY
