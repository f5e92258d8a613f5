"""Double coding: drawn by lot, blind, measured against other implementations, decided."""

from __future__ import annotations

import math

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from consultations.lifecycle import NotAllowed
from consultations.models import Code, Consultation, DoubleCoding, Judgement, Passage
from consultations.themes import adjudication, coding, double_coding, reliability
from consultations.themes.coding import Mark
from consultations.themes.queueing import Wanted, take_next, take_next_blind
from consultations.themes.visibility import judgements_visible_to
from portal.models import User
from tests.consultations.staff import staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(open=True)


@pytest.fixture
def codes(consultation: Consultation) -> list[Code]:
    frame = CodeFrameFactory(coding=consultation)
    return CodeFactory.create_batch(2, frame=frame)


@pytest.fixture
def first() -> User:
    return staff("code_answers")


@pytest.fixture
def second() -> User:
    return staff("code_answers")


def coded(consultation: Consultation, coder: User, *given: Code) -> Passage:
    passage: Passage = PassageFactory(consultation=consultation)
    JudgementFactory(passage=passage, coder=coder, codes=given)
    return passage


def drawn(consultation: Consultation, second: User, **fields: object) -> DoubleCoding:
    fields = {"seed": "2026", "share": 1.0} | fields
    return double_coding.draw(consultation=consultation, second_coder=second, by=second, **fields)


def test_same_seed_draws_the_same_texts(consultation: Consultation, first: User, second: User) -> None:
    for _n in range(40):
        coded(consultation, first)
    own = coded(consultation, second)

    sample = drawn(consultation, second, share=0.2)
    keys = set(sample.passages.values_list("pk", flat=True))
    sample.delete()

    assert (len(keys), sample.drawn_from) == (8, 40)
    assert own.pk not in keys
    assert keys == set(drawn(consultation, second, share=0.2).passages.values_list("pk", flat=True))


def test_too_few_texts_and_people_without_the_right_are_refused(
    consultation: Consultation, first: User, second: User
) -> None:
    coded(consultation, first)

    with pytest.raises(NotAllowed):
        drawn(consultation, second, number=1)
    for _n in range(5):
        coded(consultation, first)
    with pytest.raises(NotAllowed):
        drawn(consultation, staff("view_consultation"))


def test_while_it_is_open_nobody_learns_what_the_other_found(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    passages = [coded(consultation, first, codes[0]) for _n in range(5)]
    elsewhere = JudgementFactory(passage__consultation=consultation, coder=first)
    sample = drawn(consultation, second, number=5)
    chosen = sample.passages.first()
    mine = coding.save(passage=chosen, marks=[Mark(codes[1].pk)], by=second, base=0)
    for passage in passages:
        assert Judgement.objects.filter(passage=passage).exists()

    in_sample = sample.passages.values("pk")
    assert list(judgements_visible_to(second).filter(passage__in=in_sample)) == [mine]
    assert mine not in judgements_visible_to(first)
    assert set(judgements_visible_to(first).filter(passage__in=in_sample)) == set(
        Judgement.objects.filter(coder=first, passage__in=in_sample)
    )
    third = judgements_visible_to(staff("code_answers"))
    assert list(third.filter(passage__in=in_sample)) == []
    assert elsewhere in third or elsewhere.passage in sample.passages.all()

    double_coding.close(double=sample, by=second)
    assert mine in judgements_visible_to(first)


def test_second_judgement_does_not_count_and_the_queue_knows_it(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    for _n in range(5):
        coded(consultation, first, codes[0])
    sample = drawn(consultation, second)

    found = []
    while (passage := take_next_blind(double=sample, by=second)) is not None:
        coding.save(passage=passage, marks=[Mark(codes[1].pk)], by=second, base=0)
        found.append(passage)

    assert len(found) == 5
    assert set(Judgement.objects.counting().values_list("coder", flat=True)) == {first.pk}
    assert take_next_blind(double=sample, by=first) is None
    assert take_next(consultation=consultation, wanted=Wanted(), by=second) is None


def test_report_equals_other_implementations(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    one = [1, 1, 0, 1, 0, 0, 1, 1, 0, 0]
    two = [1, 0, 0, 1, 0, 1, 1, 1, 0, 0]
    for a, b in zip(one, two, strict=True):
        passage = coded(consultation, first, *([codes[0]] if a else []))
        JudgementFactory(passage=passage, coder=second, blind=True, codes=[codes[0]] if b else [])
    sample = DoubleCoding.objects.create(consultation=consultation, seed="x", second_coder=second)
    sample.passages.set(Passage.objects.all())

    report = reliability.report(sample)

    found = report.codes[0]
    assert (report.texts, report.same, found.first, found.second, found.both) == (10, 8, 5, 5, 4)
    assert found.percent == pytest.approx(80)
    assert found.kappa == pytest.approx(cohen_kappa_score(one, two))
    assert found.alpha == pytest.approx(krippendorff.alpha([one, two], level_of_measurement="nominal"))
    assert found.low < found.kappa < found.high
    assert report.alpha == pytest.approx(found.alpha)
    assert reliability.report(sample) == report


def test_code_on_which_nothing_can_be_told_says_so(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    for _n in range(3):
        passage = coded(consultation, first, codes[0])
        JudgementFactory(passage=passage, coder=second, blind=True, codes=[codes[0]])
    sample = DoubleCoding.objects.create(consultation=consultation, seed="x", second_coder=second)
    sample.passages.set(Passage.objects.all())

    found = reliability.report(sample).codes[0]

    assert math.isnan(found.kappa)
    assert math.isnan(found.low)
    assert found.verdict == "unknown"


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_bounds_lie_around_values_that_kappa_can_take(pairs: list[tuple[bool, bool]]) -> None:
    one, two = zip(*pairs, strict=True)

    low, high = reliability.kappa_bounds(one, two, seed="any")

    assert math.isnan(low) or -1 <= low <= high <= 1 + 1e-9


def test_decision_counts_keeps_its_places_and_leaves_both_codings(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    passage = PassageFactory(consultation=consultation)
    one = JudgementFactory(passage=passage, coder=first, spans=[(codes[0], 0, 9)])
    two = JudgementFactory(passage=passage, coder=second, blind=True, codes=[codes[1]])
    sample = DoubleCoding.objects.create(consultation=consultation, seed="x", second_coder=second)
    sample.passages.add(passage)
    decide = {"double": sample, "passage": passage, "by": first, "reason": " clear ", "base": 0}
    with pytest.raises(NotAllowed):
        adjudication.decide(codes=[codes[0].pk], **decide)
    double_coding.close(double=sample, by=first)
    sample.refresh_from_db()
    assert double_coding.differing(sample) == [passage]

    decision = adjudication.decide(codes=[codes[0].pk], **decide)

    assert list(Judgement.objects.counting()) == [decision]
    assert list(decision.codings.values_list("code", "start", "end")) == [(codes[0].pk, 0, 9)]
    assert (one.codings.count(), two.codings.count(), decision.adjudication.reason) == (1, 1, "clear")
    assert double_coding.differing(sample) == []
    with pytest.raises(NotAllowed):
        adjudication.decide(codes=[CodeFactory(frame=codes[0].frame).pk], **decide | {"base": 1})
    with pytest.raises(coding.Conflict):
        adjudication.decide(codes=[codes[1].pk], **decide)
    assert adjudication.decide(codes=[codes[0].pk], **decide) == decision


def test_compared_judgements_stay_as_they_were(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    """Whoever saw the other coding could else raise an agreement that never was."""
    for _n in range(5):
        coded(consultation, first, codes[0])
    sample = drawn(consultation, second)
    passage = sample.passages.first()
    assert passage is not None
    coding.save(passage=passage, marks=[Mark(codes[0].pk)], by=first, base=0)
    coding.save(passage=passage, marks=[Mark(codes[1].pk)], by=second, base=0)
    double_coding.close(double=sample, by=first)
    before = reliability.report(sample)

    for coder in (first, second):
        own = Judgement.objects.get(passage=passage, coder=coder)
        with pytest.raises(NotAllowed):
            coding.reopen(judgement=own, by=coder)
    with pytest.raises(NotAllowed):
        coding.save(passage=passage, marks=[Mark(codes[1].pk)], by=first, base=1)

    assert coding.last_of(consultation, second) is None
    assert reliability.report(sample) == before


def test_text_that_nobody_judged_a_second_time_can_still_be_changed(
    consultation: Consultation, codes: list[Code], first: User, second: User
) -> None:
    for _n in range(5):
        coded(consultation, first, codes[0])
    sample = drawn(consultation, second)
    double_coding.close(double=sample, by=first)
    passage = sample.passages.first()
    assert passage is not None

    saved = coding.save(passage=passage, marks=[Mark(codes[1].pk)], by=first, base=0)

    assert list(saved.codings.values_list("code", flat=True)) == [codes[1].pk]
