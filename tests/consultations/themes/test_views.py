"""The screens of themes: who enters, what a blind coder must not see, and how a form survives."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import (
    Code,
    Coding,
    CodingSession,
    Consultation,
    DoubleCoding,
    Excerpt,
    Judgement,
    Passage,
    PassageTranslation,
    Quotation,
    Suggestion,
    Training,
)
from consultations.themes.collecting import collect
from consultations.themes.queueing import Wanted, share_out
from portal.models import AuditEntry, User
from tests.consultations.staff import PageForm, signed_in, staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.focus_groups import SessionFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("view_consultation", "code_answers")


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(answerable=True)


@pytest.fixture
def code(consultation: Consultation) -> Code:
    frame = CodeFrameFactory(coding=consultation)
    return CodeFactory(frame=frame, name="secret_code", label="Etiqueta secreta", definition="")


@pytest.fixture
def passage(consultation: Consultation, code: Code) -> Passage:
    return PassageFactory(consultation=consultation, text="Esperé meses. Nadie contesta.", quotable=True)


@pytest.fixture
def rosa() -> User:
    return staff(*RIGHTS)


@pytest.fixture
def coder(rosa: User) -> Client:
    return signed_in(rosa)


def text_url(passage: Passage) -> str:
    return reverse("themes_text", args=[passage.consultation_id, passage.pk])


def own(name: str, passage: Passage, *more: int) -> str:
    return reverse(name, args=[passage.consultation_id, *more])


def filled(client: Client, passage: Passage) -> dict[str, Any]:
    return PageForm(client.get(text_url(passage)).content.decode(), "coding").data


def test_every_screen_needs_the_permission(passage: Passage) -> None:
    names = [
        "themes",
        "themes_next",
        "themes_texts",
        "themes_doubles",
        "themes_quotations",
        "themes_suggestions",
    ]
    client = signed_in(staff("view_consultation", "view_single_responses", "export_responses"))

    found = {client.get(own(name, passage)).status_code for name in names}
    found.add(client.get(text_url(passage)).status_code)

    assert found == {302}
    assert not CodingSession.objects.exists()


def test_text_of_another_consultation_or_withdrawn_is_not_found(passage: Passage, coder: Client) -> None:
    other = PassageFactory()
    withdrawn = PassageFactory(consultation=passage.consultation)
    type(withdrawn.response).objects.filter(pk=withdrawn.response_id).update(status="withdrawn")

    for key in (other.pk, withdrawn.pk, 0):
        address = reverse("themes_text", args=[passage.consultation_id, key])
        assert coder.get(address, follow=True).status_code == 404


def test_sensitive_text_needs_one_more_permission(passage: Passage, coder: Client) -> None:
    Passage.objects.update(sensitive=True)

    assert coder.get(text_url(passage), follow=True).status_code == 404
    assert "Esperé meses" not in coder.get(own("themes_texts", passage)).content.decode()
    trusted = signed_in(staff(*RIGHTS, "view_sensitive_answers"))
    assert "Esperé meses" in trusted.get(text_url(passage)).content.decode()


def test_text_taken_back_while_it_lies_on_the_screen_is_said_and_the_next_one_comes(
    passage: Passage, code: Code, coder: Client
) -> None:
    url = text_url(passage)
    assert coder.get(url).status_code == 200
    Passage.objects.all().delete()

    answer = coder.post(url, {"code": [str(code.pk)], "base": "0", "action": "save"})

    assert answer.url.startswith(own("themes_next", passage))
    assert Judgement.objects.count() == 0


def test_next_leads_to_a_text_and_says_when_there_is_none(passage: Passage, coder: Client) -> None:
    assert coder.get(own("themes_next", passage)).url.startswith(text_url(passage))
    JudgementFactory(passage=passage)
    assert coder.get(own("themes_next", passage)).status_code == 200


def test_text_on_somebody_elses_screen_is_not_given_twice(passage: Passage, coder: Client) -> None:
    assert coder.get(own("themes_next", passage)).status_code == 302
    other = signed_in(staff(*RIGHTS))
    assert other.get(own("themes_next", passage)).status_code == 200
    second = PassageFactory(consultation=passage.consultation)
    assert other.get(own("themes_next", passage)).url.startswith(text_url(second))


def test_ticking_a_code_without_scripts_saves_it(
    passage: Passage, code: Code, coder: Client, rosa: User
) -> None:
    data = filled(coder, passage) | {"code": str(code.pk), "note": "mira", "action": "save"}

    answer = coder.post(text_url(passage), data)

    assert answer.url.startswith(own("themes_next", passage))
    judgement = Judgement.objects.get()
    assert (judgement.coder, judgement.note, judgement.counts) == (rosa, "mira", True)
    assert [c.code for c in judgement.codings.all()] == [code]


def test_marking_by_sentences_shows_the_mark_and_saves_nothing_yet(
    passage: Passage, code: Code, coder: Client
) -> None:
    data = filled(coder, passage) | {"note": "no se pierde", "action": "mark"}
    data |= {"from_sentence": "2", "to_sentence": "2", "span_code": str(code.pk)}

    page = coder.post(text_url(passage), data).content.decode()

    again = PageForm(page, "coding").data
    assert (again["span"], again["note"]) == (f"{code.pk}:14:29", "no se pierde")
    assert not Coding.objects.exists()
    coder.post(text_url(passage), again | {"action": f"unmark:{code.pk}:14:29"})
    coder.post(text_url(passage), again | {"action": "save"})
    assert list(Coding.objects.values_list("start", "end")) == [(14, 29)]


def test_conflict_keeps_what_was_typed(passage: Passage, code: Code, coder: Client, rosa: User) -> None:
    data = filled(coder, passage) | {"code": str(code.pk), "note": "mi nota", "action": "save"}
    JudgementFactory(passage=passage, coder=rosa, revision=1)

    page = coder.post(text_url(passage), data)

    again = PageForm(page.content.decode(), "coding").data
    assert (again["code"], again["note"], again["base"]) == ([str(code.pk)], "mi nota", "1")


def test_undo_brings_the_last_text_back_with_its_codes(passage: Passage, code: Code, coder: Client) -> None:
    coder.post(text_url(passage), filled(coder, passage) | {"code": str(code.pk), "action": "save"})

    answer = coder.post(own("themes_undo", passage))

    assert answer.url.startswith(text_url(passage))
    assert filled(coder, passage)["code"] == [str(code.pk)]
    assert not Judgement.objects.counting().exists()


def test_hostile_words_are_shown_as_words(consultation: Consultation, code: Code, coder: Client) -> None:
    passage = PassageFactory(consultation=consultation, text="<script>x</script> hola")
    JudgementFactory(passage=passage, spans=[(code, 0, 8)])

    assert "<script>x" not in coder.get(text_url(passage)).content.decode()


def test_opening_texts_is_recorded_once_a_session_with_every_key(
    passage: Passage, coder: Client, rosa: User
) -> None:
    second = PassageFactory(consultation=passage.consultation)
    for _n in range(2):
        coder.get(text_url(passage))
    coder.get(text_url(second))

    entry = AuditEntry.objects.get(verb="texts.opened")
    session = CodingSession.objects.get()
    assert (entry.by, entry.target_id) == (rosa, str(passage.consultation_id))
    assert (entry.details["session"], session.opened) == (str(session.pk), [passage.pk, second.pk])


def everything_shown(client: Client, passage: Passage, sample: DoubleCoding) -> str:
    """All that a coder can open while a double coding is under way."""
    pages = [
        client.get(text_url(passage)),
        client.get(own("themes_next", passage) + f"?sample={sample.pk}", follow=True),
        client.get(own("themes_texts", passage)),
        client.get(own("themes_double", passage, sample.pk)),
        client.get(
            reverse("themes_decide", args=[passage.consultation_id, sample.pk, passage.pk]), follow=True
        ),
        client.get(own("themes_quotations", passage)),
    ]
    near = PassageFactory(consultation=passage.consultation, text="parecido", similar=[passage.pk])
    pages.append(client.get(text_url(near)))
    return "".join(page.content.decode() for page in pages)


def test_blind_coder_sees_no_trace_of_the_first(
    passage: Passage, code: Code, rosa: User, coder: Client
) -> None:
    first = staff(*RIGHTS)
    JudgementFactory(passage=passage, coder=first, codes=[code], note="la nota del primero", doubtful=True)
    training = Training.objects.create(consultation=passage.consultation, number=1)
    Suggestion.objects.create(training=training, passage=passage, code=code, score=0.87, because=["meses"])
    sample = DoubleCoding.objects.create(
        consultation=passage.consultation, seed="x", second_coder=rosa, drawn_from=1
    )
    sample.passages.add(passage)
    Quotation.objects.create(passage=passage, code=code, start=0, end=5)
    seen_by_all = everything_shown(signed_in(first), passage, sample)
    assert "la nota del primero" in seen_by_all

    seen = everything_shown(coder, passage, sample)

    chip = f'chip ink--{code.colour}"'
    assert ("la nota del primero" in seen, "87 %" in seen, "codes__suggested" in seen) == (
        False,
        False,
        False,
    )
    assert chip not in seen
    assert " checked" not in seen
    sample.closed_at = sample.drawn_at
    sample.save()
    assert "la nota del primero" in coder.get(text_url(passage)).content.decode()


def test_blind_coder_gets_nothing_by_sending_forms(
    passage: Passage, code: Code, rosa: User, coder: Client
) -> None:
    """Forms that their screens do not offer, sent to the addresses all the same."""
    theirs = JudgementFactory(passage=passage, coder=staff(*RIGHTS), codes=[code])
    sample = DoubleCoding.objects.create(consultation=passage.consultation, seed="x", second_coder=rosa)
    sample.passages.add(passage)
    kept = Quotation.objects.create(passage=passage, code=code, start=0, end=28)
    decide = own("themes_decide", passage, sample.pk, passage.pk)
    bank = own("themes_quotation", passage, kept.pk)

    found = [
        coder.post(decide, {"code": code.pk, "base": 0}).status_code,
        coder.post(bank, {"action": "theme", "base": 0}).status_code,
        coder.post(own("themes_propose", passage, passage.pk), {"code": code.pk}, follow=True).status_code,
    ]
    undone = coder.post(own("themes_undo", passage), follow=True)
    learned = coder.get(own("themes_suggestions", passage))

    assert found == [404, 404, 404]
    assert undone.redirect_chain[-1][0].startswith(own("themes_next", passage))
    assert learned.context["coded"] == 0
    kept.refresh_from_db()
    theirs.refresh_from_db()
    assert (kept.code, kept.revision, theirs.counts, Judgement.objects.count()) == (code, 0, True, 1)


def test_translation_is_never_shown_without_saying_so(passage: Passage, coder: Client, rosa: User) -> None:
    address = reverse("themes_translate", args=[passage.consultation_id, passage.pk])
    coder.post(address, {"language": "it", "text": "Ho aspettato mesi.", "base": "0"})
    kept = PassageTranslation.objects.get()
    coder.post(address, {"check": str(kept.pk), "base": "1"})
    kept.refresh_from_db()
    assert (kept.translated_by, kept.state) == (rosa, "draft")

    other = signed_in(staff(*RIGHTS))
    other.post(address, {"check": str(kept.pk), "base": "1"})
    kept.refresh_from_db()
    assert kept.state == "checked"
    page = other.get(text_url(passage)).content.decode()
    assert "Ho aspettato mesi." in page
    assert str(rosa) in page


def test_quotation_goes_from_proposal_to_approval(passage: Passage, code: Code) -> None:
    manager = signed_in(staff(*RIGHTS, "approve_quotations"))
    propose = reverse("themes_propose", args=[passage.consultation_id, passage.pk])
    address = manager.post(propose, {"start": "0", "end": "13"}).url
    quotation = Quotation.objects.get()
    undecided = {"action": "redact", "base": "0"}
    manager.post(address, undecided)
    quotation.refresh_from_db()
    assert quotation.status == "proposed"

    decided = {"decision-0": "keep", "place-0": "0:6", "more": "meses"}
    manager.post(address, undecided | decided)
    manager.post(address, {"action": "approve", "base": "1"})

    quotation.refresh_from_db()
    assert (quotation.status, quotation.text) == ("approved", "Esperé […].")
    assert manager.get(own("themes_quotations", passage)).status_code == 200
    manager.post(address, {"action": "remove", "base": "2"})
    assert not Quotation.objects.exists()


def test_frame_is_written_in_the_admin(consultation: Consultation) -> None:
    manager = signed_in(staff(*RIGHTS, "change_codeframe", "view_codeframe"))
    made = manager.post(reverse("code_frames"), {"slug": "nuevo", "name_es": "Nuevo"})
    add = f"{made.url}codes/new/"
    assert manager.post(add, {"name": "Bad name", "colour": "plum"}).status_code == 200
    manager.post(add, {"name": "a_top", "label_es": "Arriba", "colour": "plum"})
    top = Code.objects.get()
    manager.post(add, {"name": "a_low", "label_es": "Abajo", "colour": "plum", "parent": str(top.pk)})
    low = Code.objects.get(name="a_low")
    manager.post(made.url, {"action": f"delete:{top.pk}"})
    choose = reverse("themes_frame", args=[consultation.pk])
    assert manager.post(choose, {"frame": str(top.frame_id)}).url == reverse("themes", args=[consultation.pk])

    page = manager.get(made.url).content.decode()
    assert "Abajo" in page
    assert (low.parent, Code.objects.count()) == (top, 2)
    assert manager.get(reverse("code_frame_export", args=[top.frame_id, "xlsx"])).content[:2] == b"PK"
    coder = signed_in(staff(*RIGHTS))
    assert coder.get(made.url).status_code == 302


def test_two_editors_of_one_code_do_not_overwrite_each_other_unseen(code: Code) -> None:
    manager = signed_in(staff(*RIGHTS, "change_codeframe", "view_codeframe"))
    url = reverse("code_edit", args=[code.frame_id, code.pk])
    loaded = {"name": code.name, "colour": "plum", "seen": manager.get(url).context["form"].now}
    manager.post(url, {**loaded, "label_es": "La primera"})

    second = manager.post(url, {**loaded, "label_es": "La segunda"})

    code.refresh_from_db()
    assert (second.status_code, code.label_es) == (200, "La primera")
    assert "La segunda" in second.text
    again = {**loaded, "label_es": "La segunda", "seen": second.context["form"]["seen"].value()}
    assert manager.post(url, again).status_code == 302
    code.refresh_from_db()
    assert code.label_es == "La segunda"


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("themes_texts", 24), ("themes", 29), ("themes_quotations", 13)]
)
def test_lists_take_the_same_queries_for_any_number(
    passage: Passage, code: Code, coder: Client, name: str, queries: int, number: int,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for _n in range(number):
        other = PassageFactory(consultation=passage.consultation, quotable=True)
        JudgementFactory(passage=other, codes=[code])
        Quotation.objects.create(passage=other, start=0, end=5)
    coder.get(own(name, passage))

    with django_assert_max_num_queries(queries):
        coder.get(own(name, passage))


def test_uncoded_texts_are_shared_out_in_turn(passage: Passage, coder: Client, rosa: User) -> None:
    other, stranger = staff(*RIGHTS), staff("view_consultation")
    PassageFactory.create_batch(2, consultation=passage.consultation)
    JudgementFactory(passage=PassageFactory(consultation=passage.consultation))
    chosen = {"coder": [str(rosa.pk), str(other.pk), str(stranger.pk)]}

    coder.post(own("themes", passage), chosen)
    coder.post(own("themes", passage), {})

    given = Passage.objects.filter(assigned_to__isnull=False).values_list("assigned_to", flat=True)
    assert sorted(given) == sorted([rosa.pk, other.pk, min(rosa.pk, other.pk)])
    assert AuditEntry.objects.get(verb="texts.shared_out").details == {"texts": 3, "coders": 2}
    mine = coder.get(own("themes_next", passage) + "?whose=mine").url
    assert Passage.objects.get(pk=int(mine.split("/texts/")[1].split("/")[0])).assigned_to == rosa


def test_sensitive_texts_are_shared_out_among_those_who_may_read_them(passage: Passage) -> None:
    """Given to others they would wait for ever: no queue offers them what they may not see."""
    Passage.objects.filter(pk=passage.pk).update(sensitive=True)
    plain = PassageFactory(consultation=passage.consultation)
    trusted, other = staff(*RIGHTS, "view_sensitive_answers"), staff(*RIGHTS)
    share = {"consultation": passage.consultation, "wanted": Wanted(), "by": trusted}

    assert share_out(**share, among=[other]) == 1
    assert Passage.objects.get(assigned_to=other) == plain
    assert share_out(**share, among=[other, trusted]) == 1
    assert Passage.objects.get(assigned_to=trusted) == passage


def test_texts_of_somebody_who_left_are_nobodys_again(passage: Passage, coder: Client, rosa: User) -> None:
    gone = staff(*RIGHTS)
    Passage.objects.filter(pk=passage.pk).update(assigned_to=gone)
    assert coder.get(own("themes_next", passage)).status_code == 200

    User.objects.filter(pk=gone.pk).update(is_active=False)

    assert text_url(passage) in coder.get(own("themes_next", passage)).url
    assert share_out(consultation=passage.consultation, wanted=Wanted(), among=[rosa], by=rosa) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_text_takes_the_same_queries_for_any_number_of_codes_and_coders(
    passage: Passage, code: Code, coder: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    for _n in range(number):
        CodeFactory(frame=code.frame)
        JudgementFactory(passage=passage, codes=[code], counts=_n == 0)
    coder.get(text_url(passage))

    with django_assert_max_num_queries(50):
        coder.get(text_url(passage))


def test_picking_texts_out_is_recorded_once_for_all_pages(
    passage: Passage, coder: Client, rosa: User
) -> None:
    address = own("themes_texts", passage)

    coder.get(address)
    coder.get(f"{address}?language=es&state=uncoded&theme=")
    coder.get(f"{address}?language=es&state=uncoded&theme=&p=1")

    entry = AuditEntry.objects.get(verb="texts.filtered")
    assert (entry.by, entry.target_id) == (rosa, str(passage.consultation_id))
    assert entry.details == {"language": "es", "state": "uncoded"}


def test_a_code_on_two_stretches_of_a_text_is_named_once(passage: Passage, code: Code, coder: Client) -> None:
    JudgementFactory(passage=passage, spans=[(code, 0, 9), (code, 18, 22)])

    listed = coder.get(reverse("themes_texts", args=[passage.consultation_id])).content.decode()

    assert listed.count('class="chip') == 1
    assert "· Español ·" in listed


def test_a_translation_that_somebody_else_kept_first_is_said_beside_it(
    passage: Passage, coder: Client
) -> None:
    address = reverse("themes_translate", args=[passage.consultation_id, passage.pk])
    before = coder.get(text_url(passage)).content.decode()
    signed_in(staff(*RIGHTS)).post(address, {"language": "it", "text": "Ho aspettato mesi.", "base": "0"})

    answer = coder.post(address, {"language": "it", "text": "Ho atteso mesi.", "base": "0"})

    beside = answer.content.decode().split('id="translations"')[1]
    assert f'{address}?#translations"' in before
    assert beside.index('role="alert"') < beside.index("Ho aspettato mesi.") < beside.index("Ho atteso mesi.")


def test_a_coder_reads_who_spoke_when_in_words(consultation: Consultation, coder: Client) -> None:
    session = SessionFactory(
        group__title="Familias",
        starts_at=datetime(2026, 11, 20, 17, 30, tzinfo=UTC),
        group__consultation=consultation,
    )
    said = Excerpt.objects.create(session=session, number=1, speaker=3, language="es", text="Yo esperé.")
    CodeFrameFactory(coding=consultation)
    collect(consultation)

    page = coder.get(text_url(Passage.objects.get(excerpt=said))).content.decode()

    assert re.search(r"Familias · viernes 20 de noviembre(?: de \d{4})?, 18:30", page)
    assert "Participante 3" in page
    assert "Europe/Rome" not in page


def test_a_code_that_was_moved_or_deleted_is_found_again_or_named(code: Code) -> None:
    manager = signed_in(staff(*RIGHTS, "change_codeframe", "view_codeframe"))
    other = CodeFactory(frame=code.frame, label="Sobra", definition="")
    address = reverse("code_frame", args=[code.frame_id])

    moved = manager.post(address, {"action": f"up:{other.pk}"})
    page = manager.get(address).content.decode()
    deleted = manager.post(address, {"action": f"delete:{other.pk}"}, follow=True)

    assert moved.url == f"{address}#code-{other.pk}"
    assert page.index(f'<tr id="code-{other.pk}"') < page.index(f'<tr id="code-{code.pk}"')
    assert ["Sobra" in str(message) for message in deleted.context["messages"]] == [True]
