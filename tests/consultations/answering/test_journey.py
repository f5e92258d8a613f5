"""The participant's way, from the first page to the receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from consultations.enums import ResponseStatus
from consultations.models import ParticipationCode, Response
from tests.consultations.answering.conftest import Person


def test_start_stores_nothing_and_leads_to_the_first_page(person: Person) -> None:
    response = person.start()

    assert response.status_code == 302
    assert response["Location"] == person.url("page", 1)
    assert not Response.objects.exists()
    assert not ParticipationCode.objects.exists()


def test_the_code_is_a_signed_cookie_that_scripts_cannot_read(person: Person) -> None:
    cookie = person.start().cookies[f"participation-{person.consultation.pk}"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value.count(":") == 2


def test_notes_join_the_page_beside_them(person: Person) -> None:
    person.start()

    assert "Bienvenida" in person.look(1)
    assert "¿connection?" in person.look(1)
    assert "Gracias" in person.look(3)


def test_the_first_save_creates_the_response_with_days_only(person: Person) -> None:
    person.start()

    answer = person.post(1, connection="family", languages=["spanish"])

    assert answer["Location"] == person.url("page", 2)
    response = person.response
    assert response.answers == {"connection": "family", "languages": ["spanish"]}
    assert response.sections == ["before", "profile"]
    assert response.status == ResponseStatus.DRAFT
    assert response.language == "es"


def test_a_question_that_an_answer_brings_up_is_shown_before_going_on(person: Person) -> None:
    person.start()

    shown_again = person.post(1, connection="born")
    page = shown_again.content.decode()
    onward = person.post(1, page=page, connection="born", year="1999")

    assert shown_again.status_code == 200
    assert 'id="more"' in page
    assert onward["Location"] == person.url("page", 2)
    assert person.response.answers == {"connection": "born", "year": 1999}


def test_an_error_keeps_what_was_typed_and_saves_the_rest(person: Person) -> None:
    person.start()
    page = person.post(1, connection="born").content.decode()

    answer = person.post(1, page=page, connection="born", year="1920", languages=["quechua"])
    html = answer.content.decode()

    assert answer.status_code == 200
    assert 'value="1920"' in html
    assert 'href="#q-year-input"' in html
    assert "<title>Error" in html
    assert person.response.answers == {"connection": "born", "languages": ["quechua"]}


def test_a_required_question_holds_back_those_who_go_on_but_not_those_who_leave(person: Person) -> None:
    person.start()

    onward = person.post(1, languages=["spanish"])
    leaving = person.post(1, languages=["spanish"], page_go="leave")

    assert onward.status_code == 200
    assert leaving["Location"] == person.url("code")


def test_back_and_forth_keeps_what_stands_on_the_page(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    back = person.post(2, used=["passport"], page_go="back")

    assert back["Location"] == person.url("page", 1)
    assert person.response.answers == {"connection": "family", "used": ["passport"]}
    assert "checked" in person.look(2)


def test_a_page_that_logic_hides_is_skipped_and_its_answers_go(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.post(2, used=["passport"])

    onward = person.post(1, connection="returned")

    assert onward["Location"] == person.url("page", 3)
    assert person.response.answers == {"connection": "returned"}
    assert person.client.get(person.url("page", 2)).status_code == 302


def test_a_double_click_saves_once(person: Person) -> None:
    person.start()
    page = person.look(1)

    person.post(1, page=page, connection="family")
    again = person.post(1, page=page, connection="family")

    assert again["Location"] == person.url("page", 2)
    assert Response.objects.count() == 1


def test_another_window_is_not_overwritten_unseen(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    first, second = person.look(2), person.look(2)
    person.post(2, page=first, comment="Uno")

    answer = person.post(2, page=second, comment="Dos")
    html = answer.content.decode()
    person.post(2, page=html, comment="Dos")

    assert answer.status_code == 200
    assert "Uno" in html
    assert "Dos</textarea>" in html
    assert person.response.answers["comment"] == "Dos"


def test_two_windows_on_different_pages_do_not_disturb_each_other(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    first, second = person.look(1), person.look(2)

    person.post(2, page=second, used=["passport"])
    answer = person.post(1, page=first, connection="family", languages=["spanish"])

    assert answer.status_code == 302
    assert person.response.answers == {
        "connection": "family",
        "languages": ["spanish"],
        "used": ["passport"],
    }


def test_a_ranking_is_made_with_buttons(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    page = person.post(2, page_move="channels:desk:in").content.decode()
    page = person.post(2, page=page, channels=["desk"], page_move="channels:web:in").content.decode()
    page = person.post(2, page=page, channels=["desk", "web"], page_move="channels:web:up").content.decode()
    person.post(2, page=page, channels=["web", "desk"])

    assert person.response.answers == {"connection": "family", "channels": ["web", "desk"]}


def test_a_ranking_can_be_skipped(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    assert person.post(2)["Location"] == person.url("page", 3)


def test_changing_the_language_saves_the_page_and_shows_it_again(person: Person) -> None:
    person.start()
    page = person.look(1)
    english = Person(person.consultation, person.client, "en")

    answer = english.post(1, page=page, connection="family", page_go="stay")

    assert answer["Location"] == english.url("page", 1)
    assert 'value="family" id="q-connection-2" checked' in english.look(1)
    assert "Profile" in english.look(1)


def test_changing_the_language_with_an_error_keeps_what_was_typed(person: Person) -> None:
    person.start()
    page = person.post(1, connection="born").content.decode()
    english = Person(person.consultation, person.client, "en")

    answer = english.post(1, page=page, connection="born", year="x", page_go="stay")

    assert answer.status_code == 200
    assert 'lang="en"' in answer.content.decode()
    assert 'value="x"' in answer.content.decode()


def test_changing_the_language_before_sending_keeps_what_was_ticked(person: Person) -> None:
    person.start()
    person.post(1, connection="family", languages=["spanish"])
    person.post(2, comment="Todo bien")

    before = person.review()
    again = person.send(page_go="stay", page_agree_quotes="1")
    without = person.client.post(person.url("review"), {"page-go": "stay", "page-agree-quotes": "1"})

    assert 'form="permissions" class="link" formaction="/en/' in before
    assert again.status_code == without.status_code == 200
    assert _ticked(again) == {"page-agree-use", "page-agree-quotes"}
    assert _ticked(without) == {"page-agree-quotes"}
    assert 'class="error' not in without.content.decode()
    assert person.response.submitted_on is None


def test_a_permission_taken_back_stays_so_in_another_language(person: Person) -> None:
    person.start()
    person.post(1, connection="family", languages=["spanish"])
    person.send(page_agree_quotes="1")

    again = person.send(page_go="stay")

    assert _ticked(again) == {"page-agree-use"}


def _ticked(answer: Any) -> set[str]:
    return set(re.findall(r'name="(page-agree-[a-z]+)"[^>]* checked', answer.content.decode()))


def test_sending_needs_the_permission_and_counts_once(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    refused = person.client.post(person.url("review"), {"page-base": "x"})
    sent = person.send()
    again = person.send()

    assert refused.status_code == 200
    assert 'href="#agree-use"' in refused.content.decode()
    assert sent["Location"] == again["Location"] == person.url("receipt")
    response = Response.objects.get()
    assert response.status == ResponseStatus.SUBMITTED
    assert [consent["purpose"] for consent in response.consents] == ["use"]


def test_sending_says_what_is_missing(person: Person) -> None:
    person.start()
    person.post(1, languages=["spanish"], page_go="leave")

    answer = person.send()

    assert answer.status_code == 200
    assert f"{person.url('page', 1)}?review#q-connection" in answer.content.decode()


def test_the_code_opens_the_answers_on_another_device(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    other = Person(person.consultation, Client(), "en")

    answer = other.client.post(other.url("resume"), {"page-code": person.code.lower().replace("-", " ")})

    assert answer["Location"] == other.url("page", 2)
    assert "checked" in other.look(1)


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-2MXD-94TR-HB6W"])
def test_a_wrong_code_is_refused_with_a_reason(person: Person, typed: str) -> None:
    answer = person.client.post(person.url("resume"), {"page-code": typed})

    assert answer.status_code == 200
    assert 'id="code-error"' in answer.content.decode()


def test_a_page_sent_after_the_device_lost_the_code_is_not_lost(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    code, page = person.code, person.look(2)
    person.client.cookies.clear()

    asked = person.post(2, page=page, used=["passport"])
    html = asked.content.decode()
    carried = person.client.post(
        person.url("page", 2),
        {**_hidden(html), "used": ["passport"], "page-code": code},
    )

    assert 'name="used" value="passport"' in html
    assert carried["Location"] == person.url("page", 3)
    assert person.response.answers == {"connection": "family", "used": ["passport"]}


def _hidden(html: str) -> dict[str, Any]:
    from tests.consultations.answering.conftest import HIDDEN

    return dict(HIDDEN.findall(html))


def test_what_was_sent_counts_until_the_changes_are_sent(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.send()

    person.post(1, connection="returned")
    before = Response.objects.get()
    person.send()
    after = Response.objects.get()

    assert before.answers == {"connection": "family"}
    assert before.changes is not None
    assert after.answers == {"connection": "returned"}
    assert after.changes is None
    assert before.submitted_on == after.submitted_on


def test_withdrawing_erases_the_answers_for_good(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.send()
    code = person.code

    answer = person.client.post(person.url("withdraw"))
    again = person.client.post(person.url("resume"), {"page-code": code})

    response = Response.objects.get()
    assert answer.status_code == again.status_code == 200
    assert response.status == ResponseStatus.WITHDRAWN
    assert (response.answers, response.consents, response.submitted_on) == ({}, [], None)


def test_after_closing_nothing_is_taken_and_the_page_says_so(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    page = person.look(1)
    type(person.consultation).objects.update(status="closed")

    answer = person.post(1, page=page, connection="returned")

    assert answer.status_code == 403
    assert Response.objects.get().answers == {"connection": "family"}


def test_the_journey_stays_out_of_caches_and_search(person: Person) -> None:
    person.start()

    answer = person.client.get(person.url("page", 1))

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_no_code_stands_in_an_address(person: Person) -> None:
    person.start()
    code = person.code

    for url in (person.url("page", 1), person.url("review"), person.url("receipt"), person.url("code")):
        assert code not in url
        assert code.replace("-", "") not in url


def test_robots_that_fill_the_trap_get_nowhere(person: Person) -> None:
    answer = person.client.post(person.url("start"), {"website": "http://spam.example"})

    assert answer["Location"] == person.url("landing")
    assert not answer.cookies


def test_the_copy_of_the_answers_does_not_hold_the_code(person: Person) -> None:
    person.start()
    person.post(1, connection="family", languages=["spanish"])
    person.send()
    code = person.code

    for kind in ("html", "txt"):
        answer = person.client.get(person.url("copy", kind))
        assert "attachment" in answer["Content-Disposition"]
        assert "Family" in answer.content.decode()
        assert code not in answer.content.decode()


@pytest.mark.parametrize("way", ["leave", "stay", "auto"])
def test_who_leaves_a_page_half_way_comes_back_to_it(person: Person, way: str) -> None:
    person.start()
    person.post(1, connection="family")

    person.post(2, comment="Hola", page_go=way)

    assert person.start()["Location"] == person.url("page", 2)


def test_who_was_held_back_by_an_error_comes_back_to_it(person: Person) -> None:
    person.start()

    person.post(1, languages=["es"])

    assert person.start()["Location"] == person.url("page", 1)


def test_who_went_on_comes_back_to_the_page_that_follows(person: Person) -> None:
    person.start()
    person.post(1, connection="family", page_go="leave")

    person.post(1, connection="family")

    assert person.start()["Location"] == person.url("page", 2)
    assert Response.objects.get().left_in == ""


def test_a_page_left_half_way_is_found_although_another_one_was_gone_over(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.post(2, comment="Hola", page_go="back")

    person.post(1, connection="family")

    assert person.start()["Location"] == person.url("page", 2)


def test_saving_what_was_sent_as_it_was_is_no_change(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.send()

    person.post(1, connection="family")

    assert Response.objects.get().changes is None
    assert person.start()["Location"] == person.url("receipt")


def test_a_window_that_emptied_a_page_is_named_to_the_other_one(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.post(2, comment="Hola")
    page = person.look(2)
    person.post(2, comment="")

    answer = person.post(2, page=page, comment="Otra cosa")

    assert 'id="conflict-title"' in answer.content.decode()


def test_a_page_of_a_number_without_end_is_nowhere(person: Person) -> None:
    person.start()

    answer = person.post(1, connection="family", page_go="to-" + "9" * 5000)

    assert answer["Location"] == person.url("page", 2)


def test_who_refuses_cookies_is_told_why_it_does_not_begin(person: Person) -> None:
    page = person.start()["Location"]
    person.client.cookies.clear()

    asked = person.client.get(page, headers={"referer": "http://testserver/es/consultas/"}, follow=True)
    other = person.client.get(page, follow=True)

    assert "notice warn" in asked.content.decode()
    assert "notice warn" not in other.content.decode()


def test_the_missing_permission_is_named_beside_its_box(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    html = person.client.post(person.url("review")).content.decode()

    assert 'id="agree-use" required aria-invalid="true" aria-describedby="agree-use-error"' in html
    assert 'id="agree-use-error"' not in person.review()


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-2MXD-94TR-HB6W"])
def test_a_wrong_code_beside_carried_answers_is_explained_at_its_field(person: Person, typed: str) -> None:
    person.start()
    page = person.look(1)
    person.client.cookies.clear()

    html = person.post(1, page=page, connection="family", page_code=typed).content.decode()

    assert 'href="#code-input"' in html
    assert 'id="code-error"' in html
    assert 'name="connection" value="family"' in html
