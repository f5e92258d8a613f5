"""Random expressions, questionnaires and answers for properties that must hold of all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
)
from consultations.instrument.tree import (
    BINDING,
    CHAINED,
    FUNCTIONS,
    Answer,
    Apply,
    Attribute,
    Expression,
    Literal,
    This,
)

NAMES = ("a", "b", "colour", "score", "born", "likes")
OPTIONS = ("red", "green", "blue", "1", "other")
PATTERNS = (
    "[0-9]{2,4}",
    "a|b|red",
    "(re|gre+)(d|n)?",
    "^.+@.+\\.[a-z]{2,}$",
    "[^aeiou]*",
    "\\w+( \\w+)*",
    "(a?b?){0,5}",
    "",
    "\\d+-\\S*",
    "[A-Za-zÁÉÍÓÚÑáéíóúñ ]+",
    "(x+x+)+y",
    "\\.|\\[|[\\]^-]+",
)
TEXTS = (
    *("", "red green", " 12 ", "-3.5", ".5", "1.", "-0", "1e3", "true", "NaN", "Infinity"),
    *("2026-02-28", "2026-02-30", "0000-01-01", "9999-12-31", "1999-1-1"),
    *("ñandú", "𝒳y", "a\u00a0b", "x" * 28),
)

numbers = st.one_of(
    st.integers(0, 12).map(float),
    st.sampled_from([0.0, 0.5, 1e-7, 1e15, 123456789012345680000.0, 1e21, 1.5e300, 0.1, 2.345, 1e-10]),
    st.floats(0, 1e6),
)
plain_text = st.text(st.characters(exclude_characters="'\"", exclude_categories=["Cs"]), max_size=6)
texts = st.one_of(st.sampled_from([*TEXTS, *OPTIONS]), plain_text)
leaves: st.SearchStrategy[Expression] = st.one_of(
    numbers.map(Literal),
    texts.map(Literal),
    st.sampled_from(NAMES).map(Answer),
    st.just(This()),
    st.sampled_from(("name", "country", "missing")).map(Attribute),
)


def _operations(inside: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.tuples(st.sampled_from(sorted(BINDING)), inside, inside).map(lambda t: Apply(t[0], t[1:])),
        st.tuples(st.sampled_from(sorted(CHAINED)), st.lists(inside, min_size=2, max_size=4)).map(
            lambda t: Apply(t[0], tuple(t[1]))
        ),
        inside.map(lambda operand: Apply("neg", (operand,))),
        st.sampled_from(sorted(FUNCTIONS)).flatmap(lambda name: _call(name, inside)),
    )


def _call(name: str, inside: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    if name == "regex":
        pattern = st.sampled_from(PATTERNS).map(Literal)
        return st.tuples(inside, pattern).map(lambda operands: Apply("regex", operands))
    signature = FUNCTIONS[name]
    most = signature.least + 2 if signature.most is None else signature.most
    operands = st.lists(inside, min_size=signature.least, max_size=most)
    return operands.map(lambda found: Apply(name, tuple(found)))


expressions: st.SearchStrategy[Expression] = st.recursive(leaves, _operations, max_leaves=12)

answer_values: st.SearchStrategy[Any] = st.one_of(
    texts,
    numbers,
    st.integers(-100, 3000),
    st.floats(-1e4, 1e4),
    st.booleans(),
    st.lists(st.sampled_from(OPTIONS), unique=True, max_size=4),
)
answer_documents = st.dictionaries(st.sampled_from(NAMES), answer_values)

# --- Whole questionnaires: rules over any name, so that fixed points are reached the long way ----

KINDS = (
    QuestionKind.SINGLE_CHOICE,
    QuestionKind.MULTIPLE_CHOICE,
    QuestionKind.RANKING,
    QuestionKind.INTEGER,
    QuestionKind.SHORT_TEXT,
    QuestionKind.DATE,
)
_rules = st.one_of(
    st.just(""),
    st.sampled_from(
        [f"${{{name}}} {sign} '{value}'" for name in NAMES for sign in ("=", "!=") for value in ("red", "")]
        + [f"count-selected(${{{name}}}) > 1" for name in NAMES]
        + [f"${{{name}}} > 5 or selected(${{b}}, 'blue')" for name in NAMES]
    ),
)
_filters = st.sampled_from(
    ["", "selected(${likes}, name)", "country = ${a} or country = 'any'", "name != ${colour}", "false()"]
)
CHOICES = ChoiceList(
    "options",
    tuple(
        Choice(name, {"es": name}, exclusive=name == "blue", attributes={"country": country})
        for name, country in zip(OPTIONS, ("red", "any", "green", "red", "any"), strict=True)
    ),
)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    questions = [_question(draw, name) for name in NAMES]
    cut = draw(st.integers(1, len(NAMES) - 1))
    return Definition(
        "generated",
        sections=(
            Section("first", tuple(questions[:cut]), relevant=draw(_rules)),
            Section("second", tuple(questions[cut:]), relevant=draw(_rules)),
        ),
        choice_lists=(CHOICES,),
    )


def _question(draw: st.DrawFn, name: str) -> Question:
    kind = draw(st.sampled_from(KINDS))
    listed = kind in KINDS[:3]
    return Question(
        name,
        kind,
        relevant=draw(_rules),
        required=draw(st.booleans()),
        choice_list="options" if listed else "",
        choice_filter=draw(_filters) if listed else "",
        or_other=kind in KINDS[:2] and draw(st.booleans()),
    )


_many = st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1, max_size=4)
_SHAPES: dict[QuestionKind, st.SearchStrategy[Any]] = {
    QuestionKind.SINGLE_CHOICE: st.sampled_from(OPTIONS),
    QuestionKind.MULTIPLE_CHOICE: _many,
    QuestionKind.RANKING: _many,
    QuestionKind.INTEGER: st.integers(-9, 9),
    QuestionKind.SHORT_TEXT: st.sampled_from(["red", "green", "6"]),
    QuestionKind.DATE: st.dates().map(str).filter(lambda text: text[0] != "0"),
}


@st.composite
def answered(draw: st.DrawFn) -> tuple[Definition, dict[str, Any]]:
    """A questionnaire with answers of the right shape to any of its questions, hidden ones too."""
    definition = draw(definitions())
    answers: dict[str, Any] = {}
    for question in definition.questions():
        if draw(st.booleans()):
            answers[question.name] = draw(_SHAPES[question.kind])
        if question.or_other and draw(st.booleans()):
            answers[question.other_name] = "something else"
    return definition, answers
