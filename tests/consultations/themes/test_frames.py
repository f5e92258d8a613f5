"""Changing a code frame never loses a coding."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.lifecycle import NotAllowed
from consultations.models import Code, CodeFrame, CodeFrameUse, Coding, DoubleCoding, Passage
from consultations.themes import frames
from consultations.themes.frame_uses import texts_by_code, used_codes
from consultations.themes.wording import codes_of
from portal.models import User
from tests.consultations.staff import signed_in, staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.portal import UserFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return UserFactory()


@pytest.fixture
def frame() -> CodeFrame:
    return CodeFrameFactory()


def names(frame: CodeFrame) -> list[str]:
    return [theme.code.name for theme in codes_of(frame).themes]


def test_new_code_comes_last_and_moves_among_its_siblings(frame: CodeFrame, by: User) -> None:
    for name in ("a", "b", "c"):
        frames.save(code=Code(frame=frame, name=name, label=name), by=by)
    c = Code.objects.get(name="c")

    frames.move(code=c, places=-1, by=by)
    assert names(frame) == ["a", "c", "b"]
    frames.move(code=c, places=-1, by=by)
    frames.move(code=c, places=-1, by=by)
    assert names(frame) == ["c", "a", "b"]


def test_used_code_cannot_be_deleted_but_retired(frame: CodeFrame, by: User) -> None:
    used, unused = CodeFactory(frame=frame), CodeFactory(frame=frame)
    JudgementFactory(codes=[used])

    with pytest.raises(NotAllowed):
        frames.delete(code=used, by=by)
    frames.delete(code=unused, by=by)
    frames.retire(code=used, by=by)

    assert (names(frame), codes_of(frame).in_use) == ([used.name], [])
    assert Coding.objects.count() == 1
    frames.restore(code=Code.objects.get(), by=by)
    assert len(codes_of(frame).in_use) == 1


def test_merging_keeps_every_coding_and_says_what_was_chosen(frame: CodeFrame, by: User) -> None:
    old, new = CodeFactory(frame=frame), CodeFactory(frame=frame)
    both = JudgementFactory(codes=[old, new], spans=[(old, 0, 4)])
    one = JudgementFactory(codes=[old])

    moved = frames.merge(code=old, into=new, by=by)

    assert moved == 2
    assert list(both.codings.values_list("code", "start", "given_as")) == [
        (new.pk, None, None),
        (new.pk, 0, old.pk),
    ]
    assert list(one.codings.values_list("code", "given_as")) == [(new.pk, old.pk)]
    old.refresh_from_db()
    assert (old.is_retired, old.merged_into) == (True, new)
    with pytest.raises(NotAllowed):
        frames.delete(code=old, by=by)


def test_merging_into_itself_elsewhere_or_with_something_below_is_refused(frame: CodeFrame, by: User) -> None:
    code, target = CodeFactory(frame=frame), CodeFactory(frame=frame)
    heading = CodeFactory(frame=frame)
    CodeFactory(frame=frame, parent=heading)

    for wrong, into in ((code, code), (code, CodeFactory()), (heading, target), (code, _retired(frame))):
        with pytest.raises(NotAllowed):
            frames.merge(code=wrong, into=into, by=by)


def _retired(frame: CodeFrame) -> Code:
    return CodeFactory(frame=frame, retired=True)


def test_tree_is_three_levels_deep_at_most_and_never_a_loop(frame: CodeFrame, by: User) -> None:
    top = CodeFactory(frame=frame)
    middle = CodeFactory(frame=frame, parent=top)
    leaf = CodeFactory(frame=frame, parent=middle)

    with pytest.raises(NotAllowed):
        frames.save(code=Code(frame=frame, parent=leaf, name="x", label="x"), by=by)
    top.parent = leaf
    with pytest.raises(NotAllowed):
        frames.save(code=top, by=by)


def test_identifier_of_a_used_code_stays(frame: CodeFrame, by: User) -> None:
    code = CodeFactory(frame=frame)
    JudgementFactory(codes=[code])
    code.name = "renamed"

    with pytest.raises(NotAllowed):
        frames.save(code=code, by=by)


def test_frame_can_be_exchanged_until_something_was_coded(by: User) -> None:
    first, second = CodeFrameFactory(), CodeFrameFactory()
    consultation = ConsultationFactory()
    frames.use(consultation=consultation, frame=first, questions=[], by=by)
    frames.use(consultation=consultation, frame=second, questions=["b", "a"], by=by)
    assert CodeFrameUse.objects.get().questions == ["a", "b"]

    JudgementFactory(passage__consultation=consultation, codes=[CodeFactory(frame=second)])

    with pytest.raises(NotAllowed):
        frames.use(consultation=consultation, frame=first, questions=[], by=by)


def test_keys_are_short_and_retired_codes_have_none(frame: CodeFrame) -> None:
    top = CodeFactory(frame=frame)
    CodeFactory(frame=frame, retired=True)
    last = CodeFactory(frame=frame)
    below = CodeFactory(frame=frame, parent=last)

    assert [(t.code, t.number, t.key) for t in codes_of(frame).in_use] == [
        (top, "1", "1"),
        (last, "2", "2"),
        (below, "2.1", "21"),
    ]


def test_numbers_of_a_frame_are_for_who_may_read_every_text() -> None:
    """Beside the protected themes of a consultation they would give away what is kept back there."""
    consultation = ConsultationFactory(answerable=True)
    frame = CodeFrameFactory(coding=consultation)
    rare, _unused = CodeFactory(frame=frame), CodeFactory(frame=frame)
    sensitive, _plain, compared = [
        JudgementFactory(passage__consultation=consultation, codes=[rare]).passage for _n in range(3)
    ]
    Passage.objects.filter(pk=sensitive.pk).update(sensitive=True)
    rights = ("view_consultation", "code_answers", "view_single_responses", "change_codeframe")
    analyst = staff(*rights, "view_sensitive_answers")
    double = DoubleCoding.objects.create(consultation=consultation, seed="x", second_coder=analyst)
    double.passages.add(compared)

    assert texts_by_code(frame, staff(*rights)) is None
    assert texts_by_code(frame, staff("change_codeframe")) is None
    assert texts_by_code(frame, analyst) == {rare.pk: 2}
    page = signed_in(staff(*rights)).get(reverse("code_frame", args=[frame.pk])).context["rows"]
    assert [(row["texts"], row["is_used"]) for row in page] == [(None, True), (None, False)]
    assert used_codes(frame) == {rare.pk}
