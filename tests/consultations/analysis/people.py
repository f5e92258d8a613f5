"""Small questionnaires and random people who answer them, for figures that are checked by other means."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from consultations.analysis.frame import Frame
from consultations.instrument.definition import Definition, Question, QuestionKind, Section
from tests.factories.definitions import listed, question

from .frames import frame_from

K = QuestionKind
OPTIONS = {"a": "pqrs", "b": "xyz", "c": "uvw", "m": "jkl"}


def survey(**changes: Any) -> Definition:
    """Three questions with one answer (a, b, c), one with several (m), a number (n)."""
    kinds = {"a": K.SINGLE_CHOICE, "b": K.SINGLE_CHOICE, "c": K.SINGLE_CHOICE, "m": K.MULTIPLE_CHOICE}
    asked: list[Question] = [
        question(name, kind, choice_list=f"list_{name}", **changes.get(name, {}))
        for name, kind in kinds.items()
    ]
    asked.append(question("n", K.INTEGER))
    lists = tuple(listed(f"list_{name}", *options) for name, options in OPTIONS.items())
    return Definition(name="survey", sections=(Section("all", tuple(asked)),), choice_lists=lists)


@st.composite
def crowds(draw: st.DrawFn, *, smallest: int = 20, largest: int = 90) -> list[dict[str, Any]]:
    """People with rare options, rare combinations, and answers left out."""
    random = draw(st.randoms(use_true_random=False))
    size = draw(st.integers(smallest, largest))
    chances = {
        name: [draw(st.sampled_from((1, 1, 3, 10, 40))) for _option in options]
        for name, options in OPTIONS.items()
    }
    skips = {name: draw(st.sampled_from((0.0, 0.0, 0.03, 0.2))) for name in OPTIONS}

    def person() -> dict[str, Any]:
        answers: dict[str, Any] = {"n": random.randint(1940, 1999)}
        for name in "abc":
            if random.random() >= skips[name]:
                answers[name] = random.choices(OPTIONS[name], chances[name])[0]
        if random.random() >= skips["m"]:
            chosen = [o for o, w in zip(OPTIONS["m"], chances["m"], strict=True) if random.random() < w / 41]
            answers["m"] = chosen or [OPTIONS["m"][0]]
        return answers

    return [person() for _number in range(size)]


def frame_of_crowd(people: list[dict[str, Any]], **changes: Any) -> Frame:
    return frame_from(survey(**changes), people)
