"""From the list of sessions to a confirmed place and back, as plain requests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from consultations.answering import limits
from consultations.enums import ConsentPurpose
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import consents
from consultations.focus_groups.alternatives import for_registration
from consultations.models import Contact, ExclusionRule, Registration
from tests.consultations.focus_groups.member import Member
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    group = FocusGroupFactory(open=True, screened=True, languages=["es", "en"], title_en="Families in Milan")
    SessionFactory(group=group, capacity=1)
    return Member(group)


@pytest.fixture
def mails(django_capture_on_commit_callbacks: Any) -> Any:
    """``with mails(): …``: what is queued there is written at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def signed_up(member: Member, mails: Any, **sent: Any) -> Member:
    with mails():
        answer = member.sign_up(**sent)
    assert answer.status_code == 302, answer.content.decode()
    with mails():
        member.open_link()
        member.do("confirm")
    return member


def test_from_the_list_to_a_place_and_back(member: Member, mails: Any) -> None:
    assert member.url("group") in member.client.get("/en/focus-groups/").content.decode()
    assert member.url("sign_up") in member.look()

    with mails():
        answer = member.sign_up(gender="f", city="Milán")
    assert answer["Location"] == member.url("sent")
    assert member.registration.status == S.UNCONFIRMED

    page = member.open_link().content.decode()
    assert member.registration.status == S.UNCONFIRMED, "looking changes nothing"
    assert 'value="confirm"' in page

    with mails():
        member.do("confirm")
    assert member.registration.status == S.OFFERED
    assert 'value="accept"' in member.open_link().content.decode()

    with mails():
        member.do("accept")
    assert member.registration.status == S.CONFIRMED
    assert [message.subject for message in outbox.outbox][-1].startswith("You have a place")

    with mails():
        member.do("cancel")
    assert member.registration.status == S.CANCELLED
    assert member.registration.screening == {"gender": "f", "city": "Milán"}


def test_pressing_twice_is_pressing_once(member: Member, mails: Any) -> None:
    signed_up(member, mails)
    for action in ("accept", "accept", "cancel", "cancel"):
        with mails():
            assert member.do(action).status_code == 302

    assert member.registration.status == S.CANCELLED
    assert member.registration.offers.count() == 1
    assert len(outbox.outbox) == 4


def test_nothing_that_was_filled_in_is_lost_on_an_error(member: Member) -> None:
    answer = member.sign_up(
        **{
            "gender": "m",
            "city": "Paterson <b>",
            "email": "rosa@",
            "needs": "Subtítulos",
            "consent-quoting": "1",
            "consent-take_part": None,
            "timezone": "Mars/Olympus",
        }
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Registration.objects.exists()
    for kept in ("Rosa del Ande", "rosa@", "Subtítulos", "Paterson &lt;b&gt;"):
        assert kept in page
    assert re.search(r'value="m" id="q-gender-2" checked', page)
    assert re.search(r'id="consent-quoting" checked', page)
    assert re.search(r'id="sessions-1" checked', page)
    links = re.findall(r'<li><a href="#([^"]+)">', page.split('role="alert"')[1].split("</ul>")[0])
    assert links == ["email", "timezone", "consent-take_part"]
    assert all(f'id="{link}"' in page for link in links)


@pytest.mark.parametrize(
    ("sent", "anchor"),
    [
        ({"sessions": None}, "sessions-1"),
        ({"sessions": ["999999"]}, "sessions-1"),
        ({"sessions": ["x"]}, "sessions-1"),
        ({"name": "x" * 121}, "name"),
        ({"needs": "x" * 1001}, "needs"),
        ({"language": "xx"}, "language"),
        ({"timezone": ""}, "timezone"),
        ({"email": "x" * 250 + "@example.org"}, "email"),
    ],
)
def test_what_is_wrong_is_said_and_linked(member: Member, sent: dict[str, Any], anchor: str) -> None:
    page = member.sign_up(**sent).content.decode()

    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}"' in page
    assert not Registration.objects.exists()


def test_session_that_has_begun_cannot_be_chosen(member: Member) -> None:
    past = SessionFactory(group=member.group, past=True)

    page = member.sign_up(sessions=[str(past.pk)]).content.decode()

    assert 'href="#sessions-1"' in page
    assert f'value="{past.pk}"' not in page


def test_known_and_unknown_addresses_are_told_the_same(member: Member, mails: Any) -> None:
    signed_up(member, mails)

    with mails():
        again = Member(member.group).sign_up(name="Somebody else")
    first = Member(member.group).sign_up(email="nueva@example.org")

    assert again["Location"] == first["Location"]
    assert Contact.objects.get(email="rosa@example.org").name == "Rosa del Ande"
    assert outbox.outbox[-1].to == ["rosa@example.org"]


def test_robot_that_fills_in_every_field_is_thanked_and_not_stored(member: Member) -> None:
    answer = member.sign_up(website="https://example.org")

    assert answer["Location"] == member.url("sent")
    assert not Registration.objects.exists()


def test_too_many_sign_ups_from_one_connection_are_refused(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.RATES, "sign-up", "2/h")

    answers = [member.sign_up(email="rosa@").status_code for _time in range(3)]

    assert answers == [200, 200, 429]


def test_excluded_person_reads_the_reason(member: Member, mails: Any) -> None:
    ExclusionRule.objects.create(
        group=member.group,
        excluded_when="selected(${cases}, 'staff')",
        reason_es="x",
        reason_en="Works there.",
    )

    signed_up(member, mails, cases=["staff"])

    assert member.registration.status == S.NOT_ELIGIBLE
    assert "Works there." in member.open_link().content.decode()


def test_waiting_person_reads_an_honest_place(member: Member, mails: Any) -> None:
    RegistrationFactory(group=member.group, seated_in=member.group.sessions.get(), position=1)
    RegistrationFactory(group=member.group, position=2)
    member.group.last_position = 2
    member.group.save()

    signed_up(member, mails, gender="f")

    assert member.registration.status == S.WAITING
    assert "number 2" in member.open_link().content.decode()


def test_each_permission_is_seen_and_taken_back_by_itself(member: Member, mails: Any) -> None:
    signed_up(member, mails, **{"consent-quoting": "1"})
    take_part, quoting = ConsentPurpose.TAKE_PART, ConsentPurpose.QUOTING
    assert consents.state(member.registration) == {take_part: True, quoting: True}

    member.do("withdraw", purpose="quoting")
    assert consents.state(member.registration) == {take_part: True, quoting: False}
    assert member.registration.status == S.OFFERED

    member.do("withdraw", purpose="take_part")
    assert consents.state(member.registration) == {take_part: False, quoting: False}
    assert member.registration.status == S.CANCELLED


def test_language_and_clock_of_the_mails_can_be_changed(member: Member, mails: Any) -> None:
    signed_up(member, mails)

    answer = member.do("language", language="es", timezone="Asia/Tokyo")

    assert answer["Location"] == f"/es/grupos-focales/{member.group.slug}/mi-lugar/?done=language"
    assert (member.registration.language, member.registration.contact.timezone) == ("es", "Asia/Tokyo")
    with mails():
        member.do("accept")
    assert '<html lang="es"' in str(outbox.outbox[-1].alternatives[0][0])


def test_sessions_can_be_chosen_anew_while_waiting(member: Member, mails: Any) -> None:
    full = member.group.sessions.get()
    RegistrationFactory(group=member.group, seated_in=full)
    signed_up(member, mails, sessions=[str(full.pk)])
    assert member.registration.status == S.WAITING
    other = SessionFactory(group=member.group)

    member.do("sessions", sessions=[str(other.pk)])

    assert member.registration.status == S.OFFERED
    assert member.registration.seat.session == other


def test_session_that_overlaps_with_a_place_elsewhere_is_refused(member: Member, mails: Any) -> None:
    full = member.group.sessions.get()
    RegistrationFactory(group=member.group, seated_in=full)
    signed_up(member, mails)
    elsewhere = SessionFactory(starts_at=full.starts_at)
    RegistrationFactory(group=elsewhere.group, seated_in=elsewhere, contact__email="rosa@example.org")

    page = member.do("sessions", sessions=[str(full.pk)]).content.decode()

    assert 'role="alert"' in page
    assert elsewhere.group.title in page


def test_own_data_can_be_taken_along(member: Member, mails: Any) -> None:
    signed_up(member, mails, gender="f", needs="Subtitles")

    data = member.client.get(member.url("my_data")).json()

    assert data["email"] == "rosa@example.org"
    assert data["needs"] == "Subtitles"
    assert data["answers"] == [{"question": "Gender?", "answer": ["Woman"]}]
    assert [given["purpose"] for given in data["permissions"]] == ["Taking part"]
    assert [mail["about"] for mail in data["mails"]] == ["confirm", "offered"]


def test_person_can_be_forgotten_and_the_place_goes_on(member: Member, mails: Any) -> None:
    signed_up(member, mails, gender="f")
    next_one = RegistrationFactory(group=member.group, position=9)
    mine = Registration.objects.exclude(pk=next_one.pk).get()
    link = member.link()

    with mails():
        page = member.do("erase")

    mine.refresh_from_db()
    next_one.refresh_from_db()
    assert page.status_code == 200
    assert (mine.status, mine.screening, mine.address_digest) == (S.CANCELLED, {}, "")
    assert not Contact.objects.filter(email="rosa@example.org").exists()
    assert next_one.status == S.OFFERED
    assert member.client.get(link).status_code == 410
    assert "rosa@example.org" not in [address for message in outbox.outbox[2:] for address in message.to]


def test_new_link_is_sent_to_its_owner_and_the_visitor_learns_nothing(member: Member, mails: Any) -> None:
    signed_up(member, mails)
    stranger = Client()
    count = len(outbox.outbox)

    with mails():
        known = stranger.post(member.url("new_link"), {"email": "Rosa@example.org"})
        unknown = stranger.post(member.url("new_link"), {"email": "nadie@example.org"})

    assert _without_token(known) == _without_token(unknown)
    assert [message.to for message in outbox.outbox[count:]] == [["rosa@example.org"]]


def _without_token(answer: Any) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", answer.content.decode())


def test_group_that_keeps_no_names_says_how_people_are_invited() -> None:
    group = FocusGroupFactory(open=True, names_kept=False)
    member = Member(group)

    assert member.url("sign_up") not in member.look()
    assert member.client.get(member.url("sign_up")).status_code == 403
    assert member.client.post(member.url("sign_up"), {}).status_code == 403


def test_the_session_that_somebody_gave_back_is_not_named_as_another_one(member: Member, mails: Any) -> None:
    signed_up(member, mails)
    other = SessionFactory(group=member.group)
    with mails():
        member.do("accept")
        member.do("cancel")

    offered = for_registration(member.registration, None, None)

    assert [card.session for card in offered] == [other]
