"""Notes beside the running sheet: saved, found again, both shown when two people wrote at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.focus_groups import notes
from consultations.focus_groups.notes import Quotation, Written
from consultations.models import Excerpt, FocusGroupSession, GuideTopic, TopicNote
from portal.models import User
from tests.consultations.staff import signed_in, staff
from tests.factories.focus_groups import RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator() -> User:
    return staff("facilitate_focus_groups")


@pytest.fixture
def client(facilitator: User) -> Client:
    return signed_in(facilitator)


@pytest.fixture
def topic(facilitator: User) -> GuideTopic:
    session = SessionFactory(past=True, capacity=3, facilitator=facilitator)
    GuideTopic.objects.create(group=session.group, title="Bienvenida", minutes=10, sort_order=1)
    return GuideTopic.objects.create(group=session.group, title="Servicios", minutes=20, sort_order=2)


def session_of(topic: GuideTopic) -> FocusGroupSession:
    return topic.group.sessions.get()


def url_of(topic: GuideTopic) -> str:
    return reverse("session_note", args=[session_of(topic).pk, topic.pk])


def typed(*said: dict[str, str], **changes: str) -> dict[str, str]:
    """The form as a browser sends it, with two empty rows after what was said."""
    note = {"revision": "0", "language": "es", "summary": "Las citas tardan.", "agreement": "large"}
    rows = [*said, {"language": "es"}, {"language": "es"}]
    cells = {f"said-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    counts = {"said-TOTAL_FORMS": str(len(rows)), "said-INITIAL_FORMS": "0"}
    return note | cells | counts | changes


ONE = {"text": "Esperé un año", "language": "es", "speaker": "2"}


def test_note_is_stored_with_what_was_said(client: Client, facilitator: User, topic: GuideTopic) -> None:
    said = ONE | {"translation": "I waited for a year", "translation_language": "en"}

    client.post(url_of(topic), typed(said, surprises="Nadie usa la web"))

    note = TopicNote.objects.get()
    assert (note.summary, note.agreement, note.surprises) == (
        "Las citas tardan.",
        "large",
        "Nadie usa la web",
    )
    assert (note.written_by, note.revision) == (facilitator, 1)
    excerpt = Excerpt.objects.get()
    assert (excerpt.note, excerpt.speaker, excerpt.translation) == (note, 2, "I waited for a year")


def test_page_shows_it_again_with_room_for_more(client: Client, topic: GuideTopic) -> None:
    client.post(url_of(topic), typed(ONE))

    page = client.get(url_of(topic))

    assert [form.initial.get("text") for form in page.context["said"].forms] == ["Esperé un año", None, None]
    assert page.context["form"].initial["revision"] == 1
    assert page.context["written"] == {topic.pk}


def test_saved_twice_is_one_quotation(client: Client, topic: GuideTopic) -> None:
    client.post(url_of(topic), typed(ONE))
    key = str(Excerpt.objects.get().pk)

    client.post(url_of(topic), typed(ONE | {"key": key}, revision="1"))
    client.post(url_of(topic), typed({"key": key, "language": "es", "text": ""}, revision="2"))

    assert not Excerpt.objects.exists()
    assert TopicNote.objects.get().revision == 3


def test_two_who_write_at_once_lose_nothing(client: Client, topic: GuideTopic) -> None:
    colleague = UserFactory()
    notes.save(
        session=session_of(topic),
        topic=topic,
        written=Written("es", "Lo de mi colega"),
        quotations=[Quotation("Frase del colega", "es", 1)],
        revision=0,
        by=colleague,
    )

    page = client.post(url_of(topic), typed(ONE))

    text = page.content.decode()
    assert page.context["theirs"].summary == "Lo de mi colega"
    assert "Las citas tardan." in text
    assert TopicNote.objects.get().summary == "Lo de mi colega"
    rows = page.context["said"].data
    assert rows["revision"] == "1"
    client.post(url_of(topic), rows)
    assert TopicNote.objects.get().summary == "Las citas tardan."
    assert sorted(Excerpt.objects.values_list("text", flat=True)) == ["Esperé un año", "Frase del colega"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"text": "x", "language": "español"}, "language"),
        ({"text": "x", "language": "es", "speaker": "9"}, "speaker"),
        ({"text": "x", "language": "es", "translation": "y"}, "translation_language"),
        ({"text": "", "language": "es", "translation": "y", "translation_language": "en"}, "text"),
    ],
)
def test_bad_quotation_is_said_at_its_field_and_nothing_is_lost(
    client: Client, topic: GuideTopic, row: dict[str, str], field: str
) -> None:
    page = client.post(url_of(topic), typed(row, follow_ups="Llamar a SSN"))

    assert list(page.context["said"].forms[0].errors) == [field]
    assert "Llamar a SSN" in page.content.decode()
    assert not TopicNote.objects.exists()


def test_words_of_somebody_who_did_not_agree_are_refused(client: Client, topic: GuideTopic) -> None:
    session = session_of(topic)
    RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part", "quoting"])
    RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part"])

    page = client.post(url_of(topic), typed(ONE))
    assert list(page.context["said"].forms[0].errors) == ["speaker"]
    client.post(url_of(topic), typed(ONE | {"speaker": "1"}))

    assert Excerpt.objects.get().speaker == 1


def test_notes_begin_at_the_first_topic_without_one(client: Client, topic: GuideTopic) -> None:
    session = session_of(topic)
    url = reverse("session_notes", args=[session.pk])
    first = topic.group.topics.first()
    assert first
    assert client.get(url)["Location"] == url_of(first)

    client.post(url_of(first), typed())

    assert client.get(url)["Location"] == url_of(topic)


def test_topic_of_another_guide_is_not_found(client: Client, topic: GuideTopic) -> None:
    other = GuideTopic.objects.create(group=SessionFactory().group, title="Ajeno")

    response: Any = client.get(reverse("session_note", args=[session_of(topic).pk, other.pk]))

    assert response.status_code == 404


def test_group_without_a_guide_says_what_to_do(client: Client, facilitator: User) -> None:
    session = SessionFactory(facilitator=facilitator)

    assert client.get(reverse("session_notes", args=[session.pk])).status_code == 200
