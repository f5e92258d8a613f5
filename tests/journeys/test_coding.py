"""Coders at their desk: by keyboard, without scripts, and a second one blind."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from consultations.enums import JudgementKind
from consultations.models import Code, Coding, Consultation, DoubleCoding, Judgement, Passage, Quotation
from portal.roles import Role
from tests.factories.consultations import ConsultationFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Esperé meses. El trato fue 😀 amable."


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(answerable=True)


@pytest.fixture
def codes(consultation: Consultation) -> list[Code]:
    frame = CodeFrameFactory(coding=consultation)
    services = CodeFactory(frame=frame, name="services", label="Servicios")
    below = {"frame": frame, "parent": services, "definition": "Lo que dicen de ello."}
    waiting = CodeFactory(name="waiting", label="Espera", **below)
    care = CodeFactory(name="care", label="Trato", colour="plum", **below)
    return [services, waiting, care]


def passages(consultation: Consultation, number: int) -> list[Passage]:
    return [PassageFactory(consultation=consultation, text=TEXT, quotable=True) for _number in range(number)]


def start(page: Page, consultation: Consultation, query: str = "") -> None:
    page.goto(f"{reverse('themes_next', args=[consultation.pk])}{query}")


def given() -> list[tuple[str, int | None, int | None]]:
    return list(Coding.objects.order_by("pk").values_list("code__name", "start", "end"))


def select(page: Page, words: str) -> None:
    """As with the mouse: the words in the text."""
    page.locator("[data-words]").evaluate(
        """(box, words) => {
            const text = box.firstChild, at = text.data.indexOf(words), range = document.createRange();
            range.setStart(text, at);
            range.setEnd(text, at + words.length);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
        }""",
        words,
    )


def test_a_coder_works_by_keyboard_alone(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    first, second, third = passages(consultation, 3)
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    start(page, consultation)
    axe(page, within="main")

    page.keyboard.press("k")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    axe(page, within="main")
    page.keyboard.press("k")
    for key in "11":
        page.keyboard.press(key)
    for key in "10":
        page.keyboard.press(key)
    page.keyboard.press("d")
    page.keyboard.press("n")
    page.keyboard.type("12 semanas, dice")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.wait_for_url(f"**/texts/{second.pk}/**")
    assert given() == [("services", None, None), ("waiting", None, None)]
    judgement = Judgement.objects.get(passage=first)
    assert (judgement.doubtful, judgement.note, judgement.counts) == (True, "12 semanas, dice", True)

    page.keyboard.press("l")
    page.wait_for_url(f"**/texts/{third.pk}/**")
    page.keyboard.press("u")
    page.wait_for_url(f"**/texts/{first.pk}/**")
    expect(page.locator(f"#code-{codes[1].pk}")).to_be_checked()
    page.keyboard.press("f")
    page.keyboard.type("trató")
    page.keyboard.press("Enter")
    expect(page.locator(f"#code-{codes[2].pk}")).to_be_checked()
    page.keyboard.press("s")
    page.wait_for_url(f"**/texts/{second.pk}/**")
    assert {name for name, _start, _end in given()} == {"services", "waiting", "care"}


def test_selected_words_carry_their_own_codes_counted_as_the_server_counts(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    (passage,) = passages(consultation, 1)
    page = signed_in(open_page(viewport=DESK, dark=True), member(Role.ANALYST))
    start(page, consultation)

    select(page, "El trato fue 😀 amable")
    page.keyboard.press("1")
    page.keyboard.press("2")
    select(page, "😀 amable.")
    page.locator(f"#code-{codes[1].pk}").click()
    expect(page.locator("[data-spans] li")).to_have_count(2)
    axe(page, within="main")
    with page.expect_navigation():
        page.keyboard.press("s")

    assert [(name, passage.text[start:end]) for name, start, end in given()] == [
        ("waiting", "😀 amable."),
        ("care", "El trato fue 😀 amable"),
    ]
    page.goto(reverse("themes_text", args=[consultation.pk, passage.pk]))
    assert page.locator("[data-words] mark").all_inner_texts() == ["El trato fue ", "😀 amable", "."]
    page.locator("[data-unmark]").first.click()
    expect(page.locator("[data-spans] li")).to_have_count(1)


def test_words_are_picked_though_the_browser_has_not_told_of_them_yet(
    open_page: Any, consultation: Consultation, codes: list[Code]
) -> None:
    passages(consultation, 1)
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    start(page, consultation)

    page.locator("[data-words]").evaluate(
        """box => {
            const text = box.firstChild, press = key => box.dispatchEvent(
                new KeyboardEvent("keydown", {key, bubbles: true}));
            document.getSelection().setBaseAndExtent(text, 0, text, 13);
            press("1");
            press("1");
        }"""
    )
    expect(page.locator("[data-spans] q")).to_have_text(["Esperé meses."])
    page.locator(f"#code-{codes[2].pk}").evaluate(
        """box => {
            const text = document.querySelector("[data-words]").firstChild;
            document.getSelection().setBaseAndExtent(text, 14, text, 22);
            box.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
            document.getSelection().removeAllRanges();
            box.click();
        }"""
    )
    expect(page.locator("[data-spans] q")).to_have_text(["Esperé meses.", "El trato"])


def test_keys_that_come_fast_give_the_code_before_they_save(
    open_page: Any, consultation: Consultation, codes: list[Code]
) -> None:
    CodeFactory(frame=codes[0].frame, parent=codes[1], name="deep", label="Sin tecla")
    passages(consultation, 1)
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    start(page, consultation)

    page.keyboard.press("0")
    page.keyboard.press("1")
    with page.expect_navigation():
        page.keyboard.press("s")

    assert given() == [("services", None, None)]


def test_words_selected_beyond_the_end_are_those_in_the_text(
    open_page: Any, consultation: Consultation, codes: list[Code]
) -> None:
    (passage,) = passages(consultation, 1)
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    start(page, consultation)

    page.evaluate(
        """() => {
            const range = document.createRange(), words = document.querySelector("[data-words]");
            range.setStart(words.firstChild, words.firstChild.data.indexOf("El trato"));
            range.setEnd(document.querySelector(".spans__title").firstChild, 3);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
        }"""
    )
    expect(page.locator("[data-selected]")).to_have_text("El trato fue 😀 amable.")
    page.locator(f"#code-{codes[2].pk}").click()
    expect(page.locator("[data-spans] li")).to_have_count(1)
    with page.expect_navigation():
        page.keyboard.press("s")

    assert [passage.text[start:end] for _name, start, end in given()] == ["El trato fue 😀 amable."]


def test_codes_that_are_not_saved_are_not_lost_unseen(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    passages(consultation, 1)
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    start(page, consultation)
    propose = page.locator("[data-quote] button")

    page.locator(f"#code-{codes[1].pk}").check()
    propose.click()
    expect(page.locator("[data-quote] [role=alert]")).to_be_visible()
    axe(page, within="main")
    assert not Quotation.objects.exists()
    with page.expect_navigation():
        propose.click()

    assert Quotation.objects.count() == 1


def test_a_browser_without_scripts_codes_sentences(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    passages(consultation, 1)
    page = signed_in(open_page(javascript=False), member(Role.CONSULTATION_MANAGER))
    start(page, consultation)

    page.locator("[data-by-sentence]").click()
    axe(page, within="main")
    page.locator("select[name=from_sentence]").select_option("2")
    page.locator("select[name=to_sentence]").select_option("2")
    page.locator("select[name=span_code]").select_option(str(codes[2].pk))
    page.locator("button[value=mark]").click()
    page.locator(f"#code-{codes[1].pk}").check()
    page.locator("button[value=save]").click()

    assert [(name, start) for name, start, _end in given()] == [("waiting", None), ("care", 14)]
    assert "texts" not in page.url


def test_a_second_coder_sees_nothing_until_the_sample_is_closed(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    coder, second = member(Role.ANALYST), member(Role.CONSULTATION_MANAGER)
    for passage in passages(consultation, 5):
        JudgementFactory(passage=passage, coder=coder, codes=[codes[1]])
    page = signed_in(open_page(viewport=DESK), coder)
    page.goto(reverse("themes_doubles", args=[consultation.pk]))
    axe(page, within="main")
    page.locator("select[name=second_coder]").select_option(str(second.pk))
    page.locator("input[name=number]").fill("5")
    page.locator("main form button.button").last.click()
    double = DoubleCoding.objects.get()

    other = signed_in(open_page(viewport=DESK), second)
    for number in range(5):
        start(other, consultation, f"?sample={double.pk}")
        assert other.locator("input[name=code]:checked").count() == 0
        other.keyboard.press("1")
        other.keyboard.press("1" if number else "2")
        with other.expect_navigation():
            other.keyboard.press("s")
    assert Judgement.objects.filter(kind=JudgementKind.BLIND).count() == 5

    page.goto(reverse("themes_double", args=[consultation.pk, double.pk]))
    axe(page, within="main")
    page.locator("main form button.button").click()
    page.wait_for_load_state("networkidle")
    axe(page, within="main")
    page.locator("main .staff-ways a.button").first.click()
    axe(page, within="main")
    page.locator(f"input[name=code][value='{codes[2].pk}']").check()
    page.locator("textarea[name=reason]").fill("Habla del trato.")
    page.locator("main form button.button").click()
    page.wait_for_load_state("networkidle")

    decided = Judgement.objects.get(kind=JudgementKind.DECISION)
    assert (decided.counts, decided.adjudication.reason) == (True, "Habla del trato.")


def test_a_quotation_loses_its_names_before_it_is_approved(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    passage = PassageFactory(
        consultation=consultation, text="Gracias a Rosa Quispe, de Bérgamo.", quotable=True
    )
    JudgementFactory(passage=passage, codes=[codes[2]])
    page = signed_in(open_page(viewport=PHONE), member(Role.ANALYST))
    page.goto(reverse("themes_text", args=[consultation.pk, passage.pk]))
    page.locator("[data-quote] button").click()
    page.wait_for_load_state("networkidle")
    axe(page, within="main")
    page.locator("button[value=redact]").click()
    page.wait_for_load_state("networkidle")
    axe(page, within="main")
    page.locator("button[value=approve]").click()
    page.wait_for_load_state("networkidle")

    quotation = Quotation.objects.get()
    assert (quotation.status, "Quispe" in quotation.text, "Bérgamo" in quotation.text) == (
        "approved",
        False,
        False,
    )


def test_what_is_decided_about_a_name_is_in_sight_on_a_phone(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    passage = PassageFactory(consultation=consultation, text="Gracias a Rosa Quispe.", quotable=True)
    page = signed_in(open_page(viewport=PHONE), member(Role.CONSULTATION_MANAGER))
    page.goto(reverse("themes_text", args=[consultation.pk, passage.pk]))
    with page.expect_navigation():
        page.locator("[data-quote] button").click()

    overflow = page.locator(".staff-scroll").first.evaluate(
        "region => region.scrollWidth - region.clientWidth"
    )
    assert page.locator(".decide__two label").count() >= 2
    assert overflow == 0
    axe(page, within="main")


def test_lists_and_frames_have_no_barrier(
    open_page: Any, axe: Any, consultation: Consultation, codes: list[Code]
) -> None:
    passages(consultation, 2)
    JudgementFactory(passage=passages(consultation, 1)[0], codes=[codes[1]])
    page = signed_in(open_page(viewport=PHONE), member(Role.ANALYST))
    own = [
        reverse(name, args=[consultation.pk])
        for name in ("themes", "themes_texts", "themes_suggestions", "themes_quotations", "themes_frame")
    ]
    frame = codes[0].frame_id
    frames = [
        reverse("code_frames"),
        reverse("code_frame", args=[frame]),
        reverse("code_add", args=[frame]),
        reverse("code_edit", args=[frame, codes[1].pk]),
    ]
    for address in [*own, *frames]:
        page.goto(address)
        axe(page, within="main")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (address, wide) == (address, 0)
