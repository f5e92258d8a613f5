"""Two at the same moment, for real: on PostgreSQL they take turns by row locks.

One of the two holds its transaction open until the other has had time to run into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections, transaction

from consultations.answering import submission
from consultations.lifecycle import NotAllowed
from consultations.models import (
    Code,
    CodeFrame,
    CodeFrameUse,
    Coding,
    Judgement,
    Passage,
    Quotation,
    Suggestion,
)
from consultations.themes import adjudication, coding, double_coding, frames, quotations, suggestions
from consultations.themes.coding import Conflict, Gone, Mark
from consultations.themes.queueing import Wanted, take_next
from portal.models import User
from tests.consultations.staff import staff
from tests.consultations.themes.test_collecting import part_of
from tests.factories.consultations import ConsultationFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL (DATABASE_URL)"),
]

LONG_ENOUGH = 0.6


@pytest.fixture
def passage() -> Passage:
    return PassageFactory(consultation=ConsultationFactory(answerable=True), quotable=True)


@pytest.fixture
def code(passage: Passage) -> Code:
    return CodeFactory(frame=CodeFrameFactory(coding=passage.consultation))


@pytest.fixture
def other(code: Code) -> Code:
    return CodeFactory(frame=code.frame)


@pytest.fixture
def rosa() -> User:
    return staff("code_answers")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def outcome(call: Callable[[], Any]) -> Any:
    """What it returned, or the error that it ended with."""
    try:
        return call()
    except Exception as error:
        return error
    finally:
        connections.close_all()


def one_before_the_other(
    pool: ThreadPoolExecutor, first: Callable[[], Any], second: Callable[[], Any]
) -> tuple[Any, Any]:
    """``second`` begins while the transaction of ``first`` is still open."""
    inside, go_on = Event(), Event()

    def holding() -> Any:
        with transaction.atomic():
            try:
                return first()
            finally:
                inside.set()
                go_on.wait(LONG_ENOUGH)

    one: Future[Any] = pool.submit(outcome, holding)
    assert inside.wait(20)
    two: Future[Any] = pool.submit(outcome, second)
    return one.result(), two.result()


def saving(passage: Passage, by: User, *codes: Code) -> Callable[[], Any]:
    marks = [Mark(code.pk) for code in codes]
    return lambda: coding.save(passage=Passage.objects.get(pk=passage.pk), marks=marks, by=by, base=0)


def given() -> list[tuple[int, int]]:
    return sorted(Coding.objects.values_list("judgement__passage", "code"))


def nothing_left(passage: Passage) -> bool:
    return not any(model.objects.exists() for model in (Passage, Judgement, Coding, Quotation, Suggestion))


def test_many_coders_of_one_text_keep_their_own_and_one_counts(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code
) -> None:
    coders = [staff("code_answers") for _n in range(6)]
    saves = [pool.submit(outcome, saving(passage, coder, code, other)) for coder in coders]

    assert all(isinstance(each.result(), Judgement) for each in saves)

    assert Judgement.objects.counting().count() == 1
    assert given() == sorted([(passage.pk, code.pk), (passage.pk, other.pk)] * 6)


def test_one_coder_in_many_windows_saves_once(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    saves = [pool.submit(outcome, saving(passage, rosa, each)) for each in (code, other) * 3]
    found = [each.result() for each in saves]

    assert sum(isinstance(each, Conflict) for each in found) == 3
    assert len(given()) == 1


def test_the_queue_gives_each_text_to_one_coder_alone(
    pool: ThreadPoolExecutor, passage: Passage, code: Code
) -> None:
    texts = [passage, *PassageFactory.create_batch(5, consultation=passage.consultation)]
    coders = [staff("code_answers") for _n in texts]
    takes = [
        pool.submit(
            outcome, lambda by=by: take_next(consultation=passage.consultation, wanted=Wanted(), by=by)
        )
        for by in coders
    ]

    keys = [each.result().pk for each in takes if each.result()]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {text.pk for text in texts}


def test_author_takes_back_what_is_being_coded(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, rosa: User
) -> None:
    saved, withdrawn = one_before_the_other(
        pool, saving(passage, rosa, code), lambda: submission.withdraw(part=part_of(passage.response))
    )

    assert (isinstance(saved, Judgement), withdrawn) == (True, None)
    assert nothing_left(passage)


def test_coder_learns_that_the_author_was_first(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, rosa: User
) -> None:
    stale = Passage.objects.get(pk=passage.pk)
    withdrawn, saved = one_before_the_other(
        pool,
        lambda: submission.withdraw(part=part_of(passage.response)),
        lambda: coding.save(passage=stale, marks=[Mark(code.pk)], by=rosa, base=0),
    )

    assert (withdrawn, type(saved)) == (None, Gone)
    assert nothing_left(passage)


def test_author_takes_back_what_is_being_quoted(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, rosa: User
) -> None:
    quoted, withdrawn = one_before_the_other(
        pool,
        lambda: quotations.propose(passage=passage, start=0, end=10, code=code, by=rosa),
        lambda: submission.withdraw(part=part_of(passage.response)),
    )

    assert (isinstance(quoted, Quotation), withdrawn) == (True, None)
    assert nothing_left(passage)


def test_training_goes_on_without_the_answer_that_was_taken_back(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, rosa: User
) -> None:
    consultation = passage.consultation
    for n in range(40):
        about = "La cita tarda semanas" if n % 2 else "El trato fue amable"
        text = PassageFactory(consultation=consultation, text=f"{about} {n}")
        JudgementFactory(passage=text, codes=[code] if n % 2 else [])
    Passage.objects.filter(pk=passage.pk).update(language="es")
    rest = PassageFactory(consultation=consultation, text="La cita tarda semanas enteras")
    training = suggestions.ask(consultation=consultation, by=rosa)

    withdrawn, trained = one_before_the_other(
        pool,
        lambda: submission.withdraw(part=part_of(passage.response)),
        lambda: suggestions.run(training.pk),
    )

    training.refresh_from_db()
    assert (withdrawn, trained, training.status) == (None, None, "done")
    assert set(Suggestion.objects.values_list("passage", flat=True)) == {rest.pk}


def test_code_that_is_being_given_moves_with_the_merge(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    saved, moved = one_before_the_other(
        pool, saving(passage, rosa, code), lambda: frames.merge(code=code, into=other, by=rosa)
    )

    assert (isinstance(saved, Judgement), moved) == (True, 1)
    assert given() == [(passage.pk, other.pk)]


def test_merged_code_is_given_to_nobody_any_more(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    moved, saved = one_before_the_other(
        pool, lambda: frames.merge(code=code, into=other, by=rosa), saving(passage, rosa, code)
    )

    assert (moved, type(saved)) == (0, NotAllowed)
    assert given() == []


def test_code_that_is_being_given_is_not_deleted(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    saved, deleted = one_before_the_other(
        pool, saving(passage, rosa, code), lambda: frames.delete(code=code, by=rosa)
    )

    assert (isinstance(saved, Judgement), type(deleted)) == (True, NotAllowed)
    assert given() == [(passage.pk, code.pk)]


def test_deleted_code_is_refused_and_the_judgement_is_not_half_saved(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    _deleted, saved = one_before_the_other(
        pool, lambda: frames.delete(code=code, by=rosa), saving(passage, rosa, code, other)
    )

    assert (type(saved), Judgement.objects.count(), given()) == (NotAllowed, 0, [])


def test_frame_is_not_exchanged_under_a_coder(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, rosa: User
) -> None:
    another: CodeFrame = CodeFrameFactory()
    saved, exchanged = one_before_the_other(
        pool,
        saving(passage, rosa, code),
        lambda: frames.use(consultation=passage.consultation, frame=another, questions=[], by=rosa),
    )

    assert (isinstance(saved, Judgement), type(exchanged)) == (True, NotAllowed)
    assert CodeFrameUse.objects.get().frame == code.frame


def test_codes_of_an_exchanged_frame_are_refused(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, rosa: User
) -> None:
    another: CodeFrame = CodeFrameFactory()
    _exchanged, saved = one_before_the_other(
        pool,
        lambda: frames.use(consultation=passage.consultation, frame=another, questions=[], by=rosa),
        saving(passage, rosa, code),
    )

    assert (type(saved), given()) == (NotAllowed, [])


def test_editing_a_code_does_not_bring_back_what_was_merged(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    edited = Code.objects.get(pk=code.pk)
    edited.label = "Otro nombre"
    _moved, saved = one_before_the_other(
        pool,
        lambda: frames.merge(code=code, into=other, by=rosa),
        lambda: frames.save(code=edited, by=rosa),
    )

    code.refresh_from_db()
    assert isinstance(saved, Code)
    assert (code.label, code.is_retired, code.merged_into) == ("Otro nombre", True, other)


def test_two_codes_are_not_merged_into_each_other(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    JudgementFactory(passage=passage, codes=[code])
    one, two = one_before_the_other(
        pool,
        lambda: frames.merge(code=code, into=other, by=rosa),
        lambda: frames.merge(code=other, into=code, by=rosa),
    )

    assert (one, type(two)) == (1, NotAllowed)
    assert given() == [(passage.pk, other.pk)]


def test_two_who_decide_at_once_do_not_overwrite_each_other(
    pool: ThreadPoolExecutor, passage: Passage, code: Code, other: Code, rosa: User
) -> None:
    second = staff("code_answers")
    for text in [passage, *PassageFactory.create_batch(4, consultation=passage.consultation)]:
        JudgementFactory(passage=text, coder=rosa, codes=[code])
    double = double_coding.draw(
        consultation=passage.consultation, second_coder=second, seed="1", share=1.0, by=rosa
    )
    coding.save(passage=passage, marks=[Mark(other.pk)], by=second, base=0)
    double_coding.close(double=double, by=rosa)

    def deciding(by: User, chosen: Code) -> Callable[[], Any]:
        return lambda: adjudication.decide(
            double=double, passage=passage, codes={chosen.pk}, reason="", base=0, by=by
        )

    one, two = one_before_the_other(pool, deciding(rosa, code), deciding(second, other))

    assert (isinstance(one, Judgement), type(two)) == (True, Conflict)
    decision = adjudication.decision_on(passage)
    assert decision is not None
    assert double_coding.codes_in(decision) == {code.pk}
