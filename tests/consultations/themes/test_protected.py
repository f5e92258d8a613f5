"""No small number of a tree of themes can be had from those that are shown, over any tree and any coding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.protection import Protection
from consultations.digest.figures import _themes
from consultations.models import Consultation
from consultations.themes import counts
from consultations.themes.protected import Measure, hidden_themes, protected_themes
from consultations.themes.tree import Tree
from tests.factories.consultations import ConsultationFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

MINIMUM = 5
PROTECTION = Protection(MINIMUM)


@st.composite
def codings(draw: st.DrawFn) -> tuple[Tree[int], list[tuple[int, frozenset[int]]]]:
    """A tree of up to three levels, and texts: who wrote each, and its codes. Many alike, as texts are."""
    rows: list[tuple[int, int | None]] = []
    depths: dict[int | None, int] = {None: -1}
    for key in range(draw(st.integers(1, 9))):
        above = draw(st.sampled_from([k for k, depth in depths.items() if depth < 2]))
        rows.append((key, above))
        depths[key] = depths[above] + 1
    kinds = draw(
        st.lists(
            st.tuples(
                st.integers(1, 30), st.booleans(), st.sets(st.sampled_from(range(len(rows))), max_size=3)
            ),
            min_size=1,
            max_size=8,
        )
    )
    texts = list[tuple[int, frozenset[int]]]()
    for times, is_one_person, codes in kinds:
        first = len(texts)
        texts += [(first if is_one_person else first + n, frozenset(codes)) for n in range(times)]
    return Tree(rows), texts


def measures(tree: Tree[int], texts: list[tuple[int, frozenset[int]]]) -> list[Measure]:
    found: dict[int, list[int]] = {
        key: [n for n, (_who, codes) in enumerate(texts) if codes & {key, *tree.descendants(key)}]
        for key in tree.order
    }
    people = {key: len({texts[n][0] for n in numbers}) for key, numbers in found.items()}
    of_texts = {key: len(numbers) for key, numbers in found.items()}
    return [Measure(len(texts), of_texts), Measure(len({who for who, _codes in texts}), people)]


@given(codings())
def test_no_small_number_is_shown_or_left_over_by_subtraction(found: tuple) -> None:  # type: ignore[type-arg]
    tree, texts = found
    both = measures(tree, texts)
    hidden = hidden_themes(tree, both, PROTECTION)

    for measure in both:
        for key in set(tree.order) - hidden:
            wholes = [measure.whole, *(measure.counts[above] for above in tree.ancestors(key))]
            told = [measure.counts[key], *(whole - measure.counts[key] for whole in wholes)]
            assert [number for number in told if 0 < number < MINIMUM] == []


@given(codings())
def test_hidden_number_may_be_anything_up_to_the_minimum(found: tuple) -> None:  # type: ignore[type-arg]
    """Against whoever knows the tree, that each text has one theme, and which headings carry none themselves:
    then what lies below adds up, the strongest that anybody can reason with."""
    tree, several = found
    texts = [(number, frozenset(sorted(codes)[:1])) for number, (_who, codes) in enumerate(several)]
    measure = measures(tree, texts)[0]
    hidden = hidden_themes(tree, [measure], PROTECTION)

    if 0 < measure.whole < MINIMUM:
        assert hidden == set(tree.order)
        return
    least, most = bounds(tree, measure, hidden, {code for _number, codes in texts for code in codes})
    small = {key for key in hidden if 0 < measure.counts[key] < MINIMUM}
    assert {key: (least[key], most[key]) for key in small if most[key] - least[key] < MINIMUM} == {}


Bounds = dict[int | None, int]


def bounds(tree: Tree[int], measure: Measure, hidden: frozenset[int], own: set[int]) -> tuple[Bounds, Bounds]:
    """What each theme may hold, from all that is shown; ``None`` is the whole."""
    least: Bounds = {key: 0 if key in hidden else measure.counts[key] for key in tree.order}
    most: Bounds = {key: measure.whole if key in hidden else measure.counts[key] for key in tree.order}
    least[None] = most[None] = measure.whole
    before: tuple[Bounds, Bounds] | None = None
    while before != (least, most):
        before = (dict(least), dict(most))
        for above in (None, *tree.order):
            below = tree.below.get(above, [])
            adds_up = above is not None and above not in own
            if below:
                _narrow(above, below, least, most, adds_up=adds_up)
    return least, most


def _narrow(above: int | None, below: list[int], least: Bounds, most: Bounds, *, adds_up: bool) -> None:
    least[above] = max(least[above], sum(least[key] for key in below))
    if adds_up:
        most[above] = min(most[above], sum(most[key] for key in below))
    for key in below:
        others = [other for other in below if other != key]
        most[key] = min(most[key], most[above] - sum(least[other] for other in others))
        if adds_up:
            least[key] = max(least[key], least[above] - sum(most[other] for other in others))


def test_small_theme_takes_a_sister_and_what_is_below_her_along() -> None:
    tree = Tree([(3, None), (31, 3), (32, 3), (33, 3), (321, 32), (4, None)])
    texts = Measure(120, {3: 67, 31: 4, 32: 63, 33: 0, 321: 40, 4: 60})

    assert hidden_themes(tree, [texts], PROTECTION) == {31, 32, 321}


def test_theme_of_many_texts_by_few_people_is_hidden_in_both() -> None:
    tree = Tree([(1, None), (2, None), (3, None)])
    texts = Measure(90, {1: 30, 2: 20, 3: 40})
    people = Measure(60, {1: 3, 2: 20, 3: 40})

    assert hidden_themes(tree, [texts, people], PROTECTION) == {1, 2}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    tree = Tree([(1, None), (11, 1), (12, 1)])

    assert hidden_themes(tree, [Measure(90, {1: 60, 11: 30, 12: 30})], PROTECTION) == frozenset()


@pytest.fixture
def consultation() -> Consultation:
    """12 texts speak of waiting, 2 of cost, both below services; 10 of something else."""
    consultation: Consultation = ConsultationFactory(answerable=True, minimum_cell=MINIMUM)
    frame = CodeFrameFactory(coding=consultation)
    services = CodeFactory(frame=frame, name="services")
    waiting = CodeFactory(frame=frame, name="waiting", parent=services)
    cost = CodeFactory(frame=frame, name="cost", parent=services)
    other = CodeFactory(frame=frame, name="other")
    for code, times in ((waiting, 12), (cost, 2), (other, 10)):
        for _n in range(times):
            passage = PassageFactory(
                consultation=consultation, response__version=consultation.current_version
            )
            JudgementFactory(passage=passage, codes=[code])
    return consultation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("applies", "shown"),
    [
        (True, [("services", 14), ("waiting", None), ("cost", None), ("other", 10)]),
        (False, [("services", 14), ("waiting", 12), ("cost", 2), ("other", 10)]),
    ],
)
def test_themes_of_a_consultation(consultation: Consultation, applies: bool, shown: object) -> None:
    found = protected_themes(counts(consultation), Protection(MINIMUM, applies))

    assert [(theme.code.name, theme.texts) for theme in found] == shown
    assert [(theme.code.name, theme.people) for theme in found] == shown


@pytest.mark.django_db
def test_digest_names_no_theme_that_is_kept_back(consultation: Consultation) -> None:
    few = CodeFactory(frame=consultation.code_frame_use.frame, name="few")
    passage = PassageFactory(consultation=consultation, response__version=consultation.current_version)
    JudgementFactory(passage=passage, codes=[few])

    assert _themes(consultation, PROTECTION) == [("Services", 14)]
