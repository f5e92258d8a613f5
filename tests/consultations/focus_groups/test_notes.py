"""Notes: nobody's words are written over, quotations keep their identity, some must not be quoted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultations.enums import SessionStatus
from consultations.focus_groups import guide, notes
from consultations.focus_groups.notes import Conflict, Quotation, Written
from consultations.lifecycle import NotAllowed
from consultations.models import Excerpt, FocusGroupSession, GuideTopic
from tests.factories.focus_groups import RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db

HEARD = Written(
    "es", summary="Las citas tardan.", agreement="large", surprises="", follow_ups="Preguntar a SSN"
)


@pytest.fixture
def session() -> FocusGroupSession:
    made: FocusGroupSession = SessionFactory(past=True, capacity=3)
    for title, minutes in (("Bienvenida", 10), ("Servicios", 20)):
        GuideTopic.objects.create(group=made.group, title=title, minutes=minutes, sort_order=minutes)
    return made


def topic_of(session: FocusGroupSession) -> GuideTopic:
    found = GuideTopic.objects.filter(group=session.group).last()
    assert found
    return found


def test_second_writer_is_told_and_nothing_is_written(session: FocusGroupSession) -> None:
    topic, user = topic_of(session), UserFactory()
    notes.save(session=session, topic=topic, written=HEARD, quotations=[], revision=0, by=user)

    with pytest.raises(Conflict) as caught:
        notes.save(
            session=session,
            topic=topic,
            written=Written("es", "Otra cosa"),
            quotations=[],
            revision=0,
            by=user,
        )

    assert (caught.value.note.summary, caught.value.note.revision) == ("Las citas tardan.", 1)
    assert session.notes.get().summary == "Las citas tardan."


def test_quotations_are_changed_in_place_and_deleted_when_they_are_gone(session: FocusGroupSession) -> None:
    topic, user = topic_of(session), UserFactory()
    said = [
        Quotation("Esperé un año", "es", 2),
        Quotation("Nos trataron bien", "es", 1, "They were kind", "en"),
    ]
    notes.save(session=session, topic=topic, written=HEARD, quotations=said, revision=0, by=user)
    first, second = Excerpt.objects.order_by("number")
    assert (second.translated_by, second.translation_language) == (user, "en")

    again = [Quotation("Esperé casi un año", "es", 2, key=first.pk)]
    notes.save(session=session, topic=topic, written=HEARD, quotations=again, revision=1, by=user)

    kept = Excerpt.objects.get()
    assert (kept.pk, kept.text, kept.session, kept.is_quotation) == (
        first.pk,
        "Esperé casi un año",
        session,
        True,
    )


def test_key_of_a_foreign_quotation_changes_nothing_there(session: FocusGroupSession) -> None:
    foreign = Excerpt.objects.create(session=SessionFactory(), number=1, language="es", text="Ajeno")

    notes.save(
        session=session,
        topic=topic_of(session),
        written=HEARD,
        quotations=[Quotation("Propio", "es", key=foreign.pk)],
        revision=0,
        by=UserFactory(),
    )

    foreign.refresh_from_db()
    assert foreign.text == "Ajeno"
    assert sorted(Excerpt.objects.values_list("text", flat=True)) == ["Ajeno", "Propio"]


def test_cancelled_session_takes_no_notes(session: FocusGroupSession) -> None:
    FocusGroupSession.objects.filter(pk=session.pk).update(status=SessionStatus.CANCELLED)

    with pytest.raises(NotAllowed):
        notes.save(
            session=session,
            topic=topic_of(session),
            written=HEARD,
            quotations=[],
            revision=0,
            by=UserFactory(),
        )


def test_who_did_not_agree_is_not_to_be_quoted(session: FocusGroupSession) -> None:
    RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part", "quoting"])
    RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part"])

    assert notes.not_to_be_quoted(session) == {2}


def test_running_sheet_counts_minutes_and_says_the_hour(session: FocusGroupSession) -> None:
    session.duration = 25
    sheet = guide.running_sheet(session)

    start = session.starts_at.astimezone(session.zone)
    assert [(item.topic.title, item.begins, item.ends) for item in sheet] == [
        ("Bienvenida", 0, 10),
        ("Servicios", 10, 30),
    ]
    assert [item.clock - start for item in sheet] == [timedelta(0), timedelta(minutes=10)]
    assert guide.surplus(session, sheet) == 5
