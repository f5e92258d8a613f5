"""Giving codes: everyone in their own judgement, one of which counts."""

from __future__ import annotations

import pytest

from consultations.enums import CodingOrigin
from consultations.lifecycle import NotAllowed
from consultations.models import Code, Coding, Judgement, Passage, Suggestion, Training
from consultations.themes import coding
from consultations.themes.coding import Conflict, Gone, Mark
from consultations.themes.spans import Span
from portal.models import AuditEntry, User
from tests.consultations.staff import staff
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage() -> Passage:
    return PassageFactory(text="Esperé meses. Nadie contesta.")


@pytest.fixture
def code(passage: Passage) -> Code:
    return CodeFactory(frame=CodeFrameFactory(coding=passage.consultation))


@pytest.fixture
def other(code: Code) -> Code:
    return CodeFactory(frame=code.frame)


@pytest.fixture
def rosa() -> User:
    return staff("code_answers")


def given(judgement: Judgement) -> list[tuple[int, int | None, int | None]]:
    return list(judgement.codings.values_list("code", "start", "end").order_by("code", "start"))


def test_codes_lie_on_the_whole_and_on_overlapping_stretches(
    passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    marks = [
        Mark(code.pk),
        Mark(code.pk, Span(0, 13)),
        Mark(other.pk, Span(7, 20)),
        Mark(other.pk, Span(18, 99)),
    ]

    judgement = coding.save(passage=passage, marks=marks, by=rosa, base=0, note=" mira ", doubtful=True)

    assert sorted(given(judgement), key=str) == sorted(
        [(code.pk, None, None), (code.pk, 0, 13), (other.pk, 7, 29)], key=str
    )
    assert (judgement.note, judgement.doubtful, Judgement.objects.get().counts) == ("mira", True, True)


def test_saved_twice_it_is_there_once(passage: Passage, code: Code, rosa: User) -> None:
    for _n in range(2):
        coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)

    assert (Judgement.objects.count(), Coding.objects.count()) == (1, 1)


def test_another_window_of_the_same_coder_overwrites_nothing(
    passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)

    with pytest.raises(Conflict):
        coding.save(passage=passage, marks=[Mark(other.pk)], by=rosa, base=0)

    assert [c.code for c in Coding.objects.all()] == [code]


def test_two_coders_of_one_text_keep_their_own_and_the_first_counts(
    passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    first = coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)
    second = coding.save(passage=passage, marks=[Mark(other.pk)], by=staff("code_answers"), base=0)

    assert (given(first), given(second)) == ([(code.pk, None, None)], [(other.pk, None, None)])
    assert list(Judgement.objects.counting()) == [first]


def test_undone_judgement_keeps_its_codes_and_the_next_counts(
    passage: Passage, code: Code, rosa: User
) -> None:
    first = coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)
    second = coding.save(passage=passage, marks=[], by=staff("code_answers"), base=0)

    coding.reopen(judgement=coding.last_of(passage.consultation, rosa), by=rosa)

    first.refresh_from_db()
    assert (first.done_at, given(first)) == (None, [(code.pk, None, None)])
    assert list(Judgement.objects.counting()) == [second]
    assert AuditEntry.objects.filter(verb="coding.undone", by=rosa).exists()


def test_nobody_undoes_what_somebody_else_did(passage: Passage, code: Code, rosa: User) -> None:
    judgement = coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)

    with pytest.raises(NotAllowed):
        coding.reopen(judgement=judgement, by=staff("code_answers"))


def test_suggestion_counts_as_confirmed_once_a_person_gives_it(
    passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    training = Training.objects.create(consultation=passage.consultation, number=1)
    for suggested in (code, other):
        Suggestion.objects.create(training=training, passage=passage, code=suggested, score=0.9)

    coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)

    assert list(Coding.objects.values_list("code", "origin")) == [(code.pk, CodingOrigin.CONFIRMED)]


def test_code_of_another_frame_or_retired_is_refused(passage: Passage, code: Code, rosa: User) -> None:
    retired = CodeFactory(frame=code.frame, retired=True)
    below = CodeFactory(frame=code.frame, parent=retired)

    for foreign in (CodeFactory(), retired, below):
        with pytest.raises(NotAllowed):
            coding.save(passage=passage, marks=[Mark(foreign.pk)], by=rosa, base=0)


def test_retired_code_that_a_judgement_had_may_stay(passage: Passage, rosa: User, code: Code) -> None:
    retired = CodeFactory(frame=code.frame, retired=True)
    judgement = JudgementFactory(passage=passage, coder=rosa, codes=[retired])

    coding.save(passage=passage, marks=[Mark(retired.pk), Mark(code.pk)], by=rosa, base=0)

    assert len(given(judgement)) == 2


def test_words_that_were_taken_back_cannot_be_coded(passage: Passage, code: Code, rosa: User) -> None:
    passage.response.answers = {"comment": "otra cosa"}
    passage.response.save()

    with pytest.raises(Gone):
        coding.save(passage=passage, marks=[Mark(code.pk)], by=rosa, base=0)
