"""A filter changed part by part stays a filter, and says what it said but for the change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.filters import EVERYTHING, Condition, Filter, Group, Operator, conditions
from consultations.analysis.screens import editing
from consultations.analysis.screens.editing import NEW, Node

A, B, C = (Condition(name, Operator.IS, ("1",)) for name in "abc")
single = st.builds(Condition, st.sampled_from("abcdef"), st.just(Operator.IS), st.just(("1",)))
words = st.sampled_from(["and", "or"])
groups = st.builds(Group, words, st.lists(single, min_size=1, max_size=3).map(tuple))
trees = st.builds(Group, words, st.lists(single | groups, max_size=4).map(tuple))


def every(node: Node) -> list[Node]:
    return [node, *(found for child in node.children for found in every(child))]


def ways(tree: Filter) -> st.SearchStrategy[str]:
    return st.sampled_from([node.way for node in every(editing.outline(tree))])


def test_condition_joins_the_whole_or_a_group_or_a_new_one() -> None:
    one = editing.add(EVERYTHING, A)
    two = editing.add(one, B, into=NEW)

    assert one == Group("and", (A,))
    assert two == Group("and", (A, Group("or", (B,))))
    assert editing.add(two, C, into="1") == Group("and", (A, Group("or", (B, C))))
    assert editing.add(two, C, into="7.7") == Group("and", (A, Group("or", (B,)), C))


def test_group_that_is_left_empty_goes_with_its_last_condition() -> None:
    tree = Group("and", (A, Group("or", (B,))))

    assert editing.remove(tree, "1.0") == Group("and", (A,))
    assert editing.remove(tree, "") == EVERYTHING


def test_words_turn_round() -> None:
    tree = Group("and", (A, Group("or", (B, C))))

    assert editing.turn(tree, "") == Group("or", (A, Group("or", (B, C))))
    assert editing.turn(tree, "1") == Group("and", (A, Group("and", (B, C))))
    assert editing.turn(tree, "0") == tree


@given(trees, single, st.data())
def test_what_is_added_can_be_taken_out_again(tree: Group, condition: Condition, data: st.DataObject) -> None:
    into = data.draw(ways(tree) | st.just(NEW))

    more = editing.add(tree, condition, into=into)

    assert sorted(map(repr, conditions(more))) == sorted(map(repr, [*conditions(tree), condition]))
    fresh = [n.way for n in every(editing.outline(more)) if n.part == condition]
    assert tree in [editing.remove(more, way) for way in fresh]


@given(trees, st.data())
def test_turning_twice_changes_nothing(tree: Group, data: st.DataObject) -> None:
    way = data.draw(ways(tree))

    assert editing.turn(editing.turn(tree, way), way) == tree


@given(trees, st.text(alphabet="0123456789.x", max_size=6))
def test_unknown_way_breaks_nothing(tree: Group, way: str) -> None:
    assert isinstance(editing.remove(tree, way), Group)
    assert isinstance(editing.turn(tree, way), Group)
    assert len(list(conditions(editing.add(tree, A, into=way)))) == len(list(conditions(tree))) + 1
