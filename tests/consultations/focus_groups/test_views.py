"""The public pages: what they list, on whose clock, at what cost, and what they keep to themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from communities.models import Country
from consultations.enums import GroupStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import draw_documents, draws, links, spoken, stages
from consultations.models import FocusGroup
from tests.consultations.focus_groups.member import Member
from tests.factories.consultations import ConsultationFactory
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db

LIST = "/en/focus-groups/"


def listed(client: Client, **query: str) -> str:
    return client.get(LIST, query).content.decode()


def titles(page: str, groups: list[FocusGroup]) -> list[bool]:
    return [f"/{group.slug}/" in page for group in groups]


def country(code: str) -> Country:
    return Country.objects.get_or_create(code=code, defaults={"name": code})[0]


def test_list_shows_what_anyone_may_see(client: Client) -> None:
    groups = [FocusGroupFactory(status=status) for status in GroupStatus]
    for group in groups:
        SessionFactory(group=group)

    assert titles(listed(client), groups) == [status in GroupStatus.public for status in GroupStatus]
    answers = [client.get(f"{LIST}{group.slug}/").status_code for group in groups]
    assert answers == [200 if status in GroupStatus.public else 404 for status in GroupStatus]


def test_list_can_be_narrowed_by_country_and_language(client: Client) -> None:
    here, there, everywhere = (FocusGroupFactory(open=True) for _group in range(3))
    here.countries.add(country("IT"))
    there.countries.add(country("JP"))
    for group, language in ((here, "es"), (there, "ja"), (everywhere, "es")):
        SessionFactory(group=group, language=language)
    groups = [here, there, everywhere]

    assert titles(listed(client), groups) == [True, True, True]
    assert titles(listed(client, country="IT"), groups) == [True, False, True]
    assert titles(listed(client, language="ja"), groups) == [False, True, False]
    assert titles(listed(client, country="XX", language="<script>"), groups) == [True, True, True]
    client.cookies["country"] = "JP"
    assert titles(listed(client), groups) == [False, True, True]
    assert titles(listed(client, country=""), groups) == [True, True, True]


def test_readers_clock_leads_then_the_sessions_then_limas(client: Client) -> None:
    starts_at = datetime(2031, 1, 18, 16, 0, tzinfo=ZoneInfo("Europe/Rome"))
    SessionFactory(starts_at=starts_at, place="Milan")
    client.cookies["timezone"] = "Asia/Tokyo"

    page = listed(client)

    places = [page.index(text) for text in ("T00:00+09:00", "T16:00+01:00", "T10:00-05:00")]
    assert places == sorted(places)
    assert 'class="yours"><time datetime="2031-01-19T00:00+09:00"' in page
    assert page.count("previous day") == 2
    assert "T11:00-04:00" in listed(client, zone="America/Santiago") or "T12:00-03:00" in listed(
        client, zone="America/Santiago"
    )


def test_places_are_told_in_words(client: Client) -> None:
    free = SessionFactory(capacity=3)
    RegistrationFactory(group=free.group, seated_in=free)
    full = SessionFactory(capacity=1)
    RegistrationFactory(group=full.group, seated_in=full)
    RegistrationFactory(group=full.group)
    SessionFactory(group=FocusGroupFactory(open=True, drawn=True), capacity=8)
    SessionFactory(group=FocusGroupFactory(closed=True))
    SessionFactory(group=FocusGroupFactory(open=True, names_kept=False))
    SessionFactory(group=FocusGroupFactory(open=True, opens_at=timezone.now() + timedelta(days=3)))

    page = listed(client)

    for words in (
        "2 places free of 3",
        "Waiting list",
        "1 person before you",
        "8 places, by lot",
        "Sign-up closed",
        "By invitation",
        "Sign-up opens soon",
    ):
        assert words in page, words


def test_sessions_that_began_or_were_called_off_are_gone(client: Client) -> None:
    group = FocusGroupFactory(open=True)
    SessionFactory(group=group, past=True)
    stages.cancel_session(session=SessionFactory(group=group), by=None)

    assert "No session is planned" in client.get(f"{LIST}{group.slug}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many_there_are(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    for _row in range(rows):
        session = SessionFactory()
        session.group.countries.add(country("IT"))
        RegistrationFactory(group=session.group)
    listed(client)

    with django_assert_max_num_queries(11):
        listed(client, country="IT")


def test_full_group_shows_another_one(client: Client) -> None:
    full, other = SessionFactory(capacity=1), SessionFactory()
    RegistrationFactory(group=full.group, seated_in=full)

    assert f"{LIST}{other.group.slug}/" in client.get(f"{LIST}{full.group.slug}/").content.decode()
    assert f"{LIST}{full.group.slug}/" not in client.get(f"{LIST}{other.group.slug}/").content.decode()


def test_neither_link_nor_address_nor_person_is_on_public_pages(client: Client) -> None:
    session = SessionFactory(online=True, address="Via Segreta 1", link_hours=1000)
    RegistrationFactory(
        group=session.group,
        seated_in=session,
        contact__name="Rosa Secreta",
        contact__email="rosa@example.org",
    )

    pages = [
        client.get(address).content.decode()
        for address in (LIST, f"{LIST}{session.group.slug}/", f"{LIST}{session.group.slug}/sign-up/")
    ]

    for secret in ("meet.example.org", "Via Segreta", "Rosa Secreta", "rosa@example.org"):
        assert not any(secret in page for page in pages), secret


def test_draw_is_published_once_people_were_told_and_can_be_repeated(client: Client) -> None:
    group = FocusGroupFactory(open=True, drawn=True)
    session = SessionFactory(group=group, capacity=2)
    people = [
        RegistrationFactory(group=group, received=True, contact__email=f"p{n}@example.org") for n in range(4)
    ]
    draw = draws.propose(group=group, by=None)
    address = f"{LIST}{group.slug}/draw/{draw.pk}.json"
    assert client.get(address).status_code == 404

    draws.send(draw=draw, by=None)

    answer = client.get(address)
    document = answer.json()
    again = draw_documents.repeat(document)
    assert {str(key): list(names) for key, names in again.chosen.items()} == document["result"]
    assert len(document["result"][str(session.pk)]) == 2
    for person in people:
        assert str(person.pk) not in answer.content.decode()
        assert person.contact.email not in answer.content.decode()
    group.refresh_from_db()
    page = client.get(f"{LIST}{group.slug}/").content.decode()
    assert group.seed in page
    assert address in page


@pytest.mark.parametrize("word", ["grupos-focales", "focus-group", "grupos-focais"])
def test_word_of_another_language_leads_to_the_right_address(client: Client, word: str) -> None:
    assert client.get(f"/en/{word}/?country=IT")["Location"] == f"{LIST}?country=IT"
    assert client.get(f"/en/{word}/some-group/")["Location"] == f"{LIST}some-group/"


def test_signed_link_opens_and_says_nothing(client: Client) -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group, unconfirmed=True, language="en")
    path = links.url_for(registration).removeprefix("http://localhost:8000")

    answer = client.get(path)

    assert answer["Location"] == Member(session.group).url("place")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    registration.refresh_from_db()
    assert registration.status == S.UNCONFIRMED
    page = client.get(answer["Location"])
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("broken", ["x", "0" * 32 + ":1abcde:" + "x" * 43, "%00"])
def test_forged_link_opens_nothing(client: Client, broken: str) -> None:
    assert client.get(f"/en/my-place/{broken}/").status_code in (404, 410)


def test_old_link_offers_a_new_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    registration = RegistrationFactory(language="en")
    path = links.url_for(registration).removeprefix("http://localhost:8000")
    monkeypatch.setattr(links, "LASTS", -1)

    answer = client.get(path)

    assert answer.status_code == 410
    assert Member(registration.group).url("new_link") in answer.content.decode()


def test_cookie_of_one_group_opens_no_other(client: Client) -> None:
    mine, other = RegistrationFactory(language="en"), RegistrationFactory()
    client.get(links.url_for(mine).removeprefix("http://localhost:8000"))

    assert client.get(Member(mine.group).url("place")).status_code == 200
    for name in ("place", "my_data"):
        answer = client.get(Member(other.group).url(name))
        assert answer["Location"] == Member(other.group).url("new_link")


def test_unknown_action_and_get_change_nothing(client: Client) -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group, seated_in=session, language="en")
    client.get(links.url_for(registration).removeprefix("http://localhost:8000"))
    member = Member(session.group, client)

    client.get(member.url("place"), {"do": "cancel"})
    page = member.do("explode").content.decode()

    registration.refresh_from_db()
    assert registration.status == S.CONFIRMED
    assert 'role="alert"' in page


def account(email: str, *, verified: bool = True) -> Any:
    user = UserFactory(email=email)
    user.emailaddress_set.create(email=email, verified=verified, primary=True)
    return user


def test_person_with_an_account_signs_up_at_once(client: Client) -> None:
    session = SessionFactory()
    client.force_login(account("rosa@example.org"))
    member = Member(session.group, client)
    assert 'name="email"' not in member.look("sign_up")

    answer = member.sign_up(email="somebody@example.org")

    assert answer["Location"] == member.url("place")
    assert member.registration.status == S.OFFERED
    assert 'value="accept"' in member.look("place")
    assert member.url("place") in client.get("/en/my-groups/").content.decode()
    assert member.client.get(member.url("sign_up"))["Location"] == member.url("place")


def test_address_that_is_not_proved_opens_nothing(client: Client) -> None:
    registration = RegistrationFactory(contact__email="rosa@example.org")
    client.force_login(account("rosa@example.org", verified=False))
    member = Member(registration.group, client)

    assert member.client.get(member.url("place"))["Location"] == member.url("new_link")
    assert member.url("place") not in client.get("/en/my-groups/").content.decode()
    assert 'name="email"' in Member(SessionFactory().group, client).look("sign_up")


def test_person_with_an_account_is_told_of_a_place_at_the_same_time(client: Client) -> None:
    held, wanted = SessionFactory(), SessionFactory()
    wanted.starts_at = held.starts_at
    wanted.save()
    RegistrationFactory(group=held.group, seated_in=held, contact__email="rosa@example.org")
    client.force_login(account("rosa@example.org"))

    page = Member(wanted.group, client).sign_up().content.decode()

    assert 'href="#sessions-1"' in page
    assert held.group.title in page


@pytest.mark.parametrize("rows", [1, 3])
def test_my_groups_cost_the_same(client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
    for _row in range(rows):
        RegistrationFactory(contact__email="rosa@example.org")
    client.force_login(account("rosa@example.org"))
    client.get("/en/my-groups/")

    with django_assert_max_num_queries(10):
        page = client.get("/en/my-groups/").content.decode()
    assert page.count("/my-place/") == rows


def test_groups_are_shown_beside_their_consultation_and_country(rf: RequestFactory) -> None:
    consultation = ConsultationFactory()
    own = SessionFactory(group=FocusGroupFactory(open=True, consultation=consultation))
    SessionFactory(group=own.group)
    abroad = SessionFactory(group=FocusGroupFactory(open=True))
    abroad.group.countries.add(country("JP"))
    SessionFactory(group=FocusGroupFactory(closed=True))

    def shown(**context: Any) -> list[str]:
        template = Template(
            "{% load focus_groups %}{% focus_group_sessions country consultation as cards %}"
            "{% for card in cards %}{{ card.group.slug }} {% endfor %}"
        )
        return template.render(Context({"request": rf.get("/"), "country": "", **context})).split()

    with translation.override("en"):
        assert sorted(shown()) == sorted([own.group.slug, abroad.group.slug])
        assert shown(country="IT") == [own.group.slug]
        assert shown(consultation=consultation) == [own.group.slug]


def test_public_pages_may_be_kept_and_a_group_that_is_called_off_is_gone_at_once(client: Client) -> None:
    session = SessionFactory()
    address = f"{LIST}{session.group.slug}/"
    assert client.get(address).status_code == 200

    stages.cancel(group=session.group, by=None)

    assert client.get(address).status_code == 404


def test_what_staff_wrote_in_spanish_says_so_on_pages_in_other_languages(client: Client) -> None:
    session = SessionFactory(group__open=True, accessibility="Sin escalones")

    english, spanish = (
        client.get(f"/{address}/{session.group.slug}/").text
        for address in ("en/focus-groups", "es/grupos-focales")
    )

    assert '<span lang="es">Sin escalones</span> (' in english
    assert ": Sin escalones</p>" in spanish


def test_both_kinds_of_quechua_have_a_name() -> None:
    with translation.override("es"):
        assert [spoken.language_name(code) for code in ("quz", "quy", "ja")] == [
            "quechua collao",
            "quechua chanka",
            "japonés",
        ]


@pytest.mark.parametrize("part", ["home_focus_groups", "focus_groups"])
@pytest.mark.parametrize("zone", ["", "Asia/Tokyo"])
def test_groups_on_other_pages_leave_the_clock_of_strangers_to_the_script(
    rf: RequestFactory, part: str, zone: str
) -> None:
    SessionFactory(group__open=True)
    request = rf.get("/", headers={"Cookie": f"timezone={zone}"} if zone else {})

    page = Template(f"{{% include 'components/{part}.html' %}}").render(
        Context({"request": request, "country": ""})
    )

    assert ("data-clocks=" in page, "data-zone=" in page) == (not zone, not zone)
