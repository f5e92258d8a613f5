"""Transcripts on the screen: stored turn by turn, refused with the reason, never with somebody's name."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations.models import Excerpt, FocusGroupSession, Transcript
from portal.models import AuditEntry, User
from tests.consultations.staff import signed_in, staff
from tests.factories.focus_groups import RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db

SAID = "Moderadora: ¿Cuánto esperaron?\n\nParticipante 2: Un año entero.\n"


@pytest.fixture
def facilitator() -> User:
    return staff("facilitate_focus_groups")


@pytest.fixture
def client(facilitator: User) -> Client:
    return signed_in(facilitator)


@pytest.fixture
def session(facilitator: User) -> FocusGroupSession:
    made: FocusGroupSession = SessionFactory(past=True, capacity=3, facilitator=facilitator)
    return made


def upload(
    client: Client, session: FocusGroupSession, text: str, name: str = "sesion.txt", **data: str
) -> object:
    url = reverse("session_transcripts", args=[session.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, text.encode()), "language": "es"} | data)


def test_transcript_becomes_turns(client: Client, facilitator: User, session: FocusGroupSession) -> None:
    upload(client, session, SAID)

    transcript = Transcript.objects.get()
    turns = list(transcript.excerpts.order_by("number").values_list("is_moderator", "speaker", "text"))
    assert turns == [(True, None, "¿Cuánto esperaron?"), (False, 2, "Un año entero.")]
    page = client.get(reverse("session_transcript", args=[session.pk, transcript.pk]))
    assert (page.context["total"], transcript.uploaded_by) == (2, facilitator)
    assert AuditEntry.objects.filter(verb="transcript.stored", by=facilitator).exists()


def test_same_file_twice_is_one_transcript(client: Client, session: FocusGroupSession) -> None:
    upload(client, session, SAID)
    upload(client, session, SAID)

    assert (Transcript.objects.count(), Excerpt.objects.count()) == (1, 2)


def test_names_are_shown_with_their_line_and_nothing_is_stored(
    client: Client, session: FocusGroupSession
) -> None:
    RegistrationFactory(group=session.group, seated_in=session, contact__name="Rosaura")
    text = SAID + "\nParticipante 1: Como dijo Rosaura, tarda.\n"

    page = upload(client, session, text)

    assert [item.word for item in page.context["found"]] == ["Rosaura"]  # type: ignore[attr-defined]  # a response
    assert not Transcript.objects.exists()
    upload(client, session, text, names_checked="on")
    assert Transcript.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [("", "vacio.txt"), ("x", "foto.png"), ("Participante 9: Hola.", "sesion.txt"), ("abc", "sesion.vtt")],
)
def test_file_that_cannot_be_read_is_refused_with_the_reason(
    client: Client, session: FocusGroupSession, text: str, name: str
) -> None:
    page = upload(client, session, text, name)

    assert page.context["form"].errors["file"]  # type: ignore[attr-defined]  # a response
    assert not Transcript.objects.exists()


def test_transcript_is_taken_away_with_its_turns(client: Client, session: FocusGroupSession) -> None:
    upload(client, session, SAID)
    url = reverse("session_transcript", args=[session.pk, Transcript.objects.get().pk])

    client.post(url)

    assert not Excerpt.objects.exists()
    assert client.get(url).status_code == 404


def test_transcript_of_another_session_is_not_found(client: Client, session: FocusGroupSession) -> None:
    upload(client, session, SAID)
    other = SessionFactory(past=True, facilitator=session.facilitator)
    key = Transcript.objects.get().pk

    assert client.get(reverse("session_transcript", args=[other.pk, key])).status_code == 404
    assert client.post(reverse("session_transcript", args=[other.pk, key])).status_code == 404
    stranger = signed_in(staff("facilitate_focus_groups"))
    assert stranger.get(reverse("session_transcripts", args=[session.pk])).status_code == 404
