"""Exhibits of agreement: ordered scales as bars around their middle."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from ...instrument.definition import Question
from ..charts import shapes
from ..charts.shapes import Part, Spec
from ..figures import Line, Tally, steps
from .exhibits import Exhibit, Heading, Row, Shape, Stack, Unit, Value
from .saying import Saying
from .writing import percent


def agreement(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    yield scales(tally, saying)


def scales(tally: Tally, saying: Saying) -> Exhibit:
    """Ordered scales, one bar a row, around their middle."""
    lines = tally.lines
    options = lines[0].options if lines else ()
    names = {option.name: saying.labels.option(option.name, option.name, option.label) for option in options}
    levels = [names[option.name] for option in steps(options)]
    stacks = tuple(_stack(tally.question, line, levels, saying) for line in lines)
    percents = [Heading(level, Unit.PERCENT) for level in names.values()]
    headings = [Heading(_("Statement"), Unit.TEXT), Heading(_("People")), *percents]
    headings += [Heading(_("Mean"), Unit.NUMBER)]
    if saying.weighted:
        headings += [Heading(_("%(level)s, weighted") % {"level": h.text}, h.unit) for h in percents]
    rows = tuple(_agreement_row(tally.question, line, saying) for line in lines)
    return Exhibit(
        key=tally.question.name,
        title=saying.labels.title(tally.question),
        headings=tuple(headings),
        rows=rows,
        shape=Shape.SCALE,
        base=saying.base_of(tally.bases),
        says=_strongest(stacks),
        notes=(
            _("Percentages are of those who answered the statement. The mean counts the steps from 1 on."),
            *_beside_the_scale(names, levels),
        ),
        stacks=stacks,
        draw=_drawing(stacks),
    )


def _drawing(stacks: tuple[Stack, ...]) -> Callable[[], Spec] | None:
    """Nothing where nobody answered any of them, or all are hidden: such a picture has no size."""
    shown = [(stack.label, stack.parts) for stack in stacks if stack.parts]
    return (lambda: shapes.diverging(shown)) if shown else None


def _beside_the_scale(names: dict[str, str], levels: list[str]) -> Iterator[str]:
    others = [name for name in names.values() if name not in levels]
    if others:
        yield _(
            "“%(others)s” is no step of the scale: it counts in the percentages, not in bars and means."
        ) % {"others": "”, “".join(others)}


def _line_label(question: Question, line: Line, saying: Saying) -> str:
    row = next((row for row in question.rows if row.name == line.name), None)
    return (saying.labels.say(row.label) if row else saying.labels.say(line.label)) or line.name


def _stack(question: Question, line: Line, levels: list[str], saying: Saying) -> Stack:
    """Without parts where one of them is kept back: its length would show it."""
    shares = [option.of_answered for option in steps(line.options)]
    label = _line_label(question, line, saying)
    if any(share is None for share in shares):
        return Stack(label, (), is_hidden=True)
    if not line.bases.answered:
        return Stack(label, ())
    parts = (Part(level, (share or 0) / 100) for level, share in zip(levels, shares, strict=True))
    return Stack(label, tuple(parts))


def _agreement_row(question: Question, line: Line, saying: Saying) -> Row:
    if line.bases.answered == 0:
        return Row(_line_label(question, line, saying), (0, *[math.nan] * (_width(line, saying) - 1)))
    values: list[Value] = [line.bases.answered, *(option.of_answered for option in line.options)]
    kept_back = any(option.count is None for option in line.options)
    values.append(line.likert.mean if line.likert else None if kept_back else math.nan)
    if saying.weighted:
        values += [option.of_weight for option in line.options]
    return Row(_line_label(question, line, saying), tuple(values))


def _width(line: Line, saying: Saying) -> int:
    """How many values a row has: people, percentages, the mean, weighted percentages."""
    return 2 + len(line.options) * (2 if saying.weighted else 1)


def _strongest(stacks: tuple[Stack, ...]) -> str:
    """The statement with the largest upper half; nothing where a hidden one may be larger."""
    if any(stack.is_hidden for stack in stacks):
        return ""
    upper = [(sum(p.share for p in s.parts[(len(s.parts) + 1) // 2 :]), s) for s in stacks if s.parts]
    if not upper:
        return ""
    share, stack = max(upper, key=lambda item: item[0])
    levels = " / ".join(part.label for part in stack.parts[(len(stack.parts) + 1) // 2 :])
    return _("Most often “%(levels)s”: %(statement)s (%(share)s).") % {
        "levels": levels,
        "statement": stack.label,
        "share": percent(100 * share),
    }
