"""This consultation beside the one that it follows: questions of the same name, option by option."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ...instrument.definition import QuestionKind
from ...models import Consultation
from ..charts import comparing
from ..figures import Line, Tally
from ..scope import consultations_visible_to
from .choices import LANGUAGE
from .exhibits import Exhibit, Heading, Row, Shape, Unit, Value
from .look import Look, look_at
from .options import LONGEST_LIST
from .saying import share

COMPARED = (
    QuestionKind.SINGLE_CHOICE,
    QuestionKind.MULTIPLE_CHOICE,
    QuestionKind.MATRIX,
    QuestionKind.COUNTRY,
    QuestionKind.SCALE,
)


def earlier_look(look: Look) -> Look | None:
    """The same eyes on the earlier wave, without filter and weights; ``None`` where it cannot be read yet."""
    earlier = earlier_consultation(look)
    return look_at(earlier, look.user, {LANGUAGE: look.choices.language}) if earlier is not None else None


def earlier_consultation(look: Look) -> Consultation | None:
    """The one that this one follows, where it is this person's business."""
    key = look.consultation.previous_wave_id
    return consultations_visible_to(look.user).filter(pk=key).first() if key is not None else None


def comparison(look: Look) -> list[Exhibit]:
    """One table a question that both waves have; unweighted, and without the filter."""
    before = earlier_look(look)
    return beside(look, before) if before else []


def beside(look: Look, before: Look) -> list[Exhibit]:
    """One table a question that both have, as far as both looks may see."""
    now = look.unfiltered()
    names = {variable.column.question for variable in before.frame.variables}
    shared = [q for q in now.frame.definition.questions() if q.name in names and q.kind in COMPARED]
    return [made for q in shared if (made := _compared(now.tally(q.name), before.tally(q.name), now, before))]


def _compared(now: Tally, before: Tally, look: Look, earlier: Look) -> Exhibit | None:
    if now.question.kind is not before.question.kind or not (now.bases.answered and before.bases.answered):
        return None  # Another kind of question; or nobody answered, or how many did is hidden.
    lines = {line.name: line for line in before.lines}
    rows: list[Row] = []
    for line in now.lines:
        then = {option.name: option for option in lines[line.name].options} if line.name in lines else {}
        prefix = f"{_statement(now, line, look)}: " if len(now.lines) > 1 else ""
        for option in line.options:
            if option.name in then:
                label = look.labels.option(now.question.name, option.name, option.label)
                values = (then[option.name].of_answered, option.of_answered)
                rows.append(Row(prefix + label, (*values, _change(*values))))
    rows = _listed(rows) if len(now.lines) == 1 else rows
    if all(row.values[-1] is None for row in rows):
        return None
    return Exhibit(
        key=f"wave.{now.question.name}",
        title=look.labels.title(now.question),
        headings=(
            Heading(_("Option"), Unit.TEXT),
            Heading(str(earlier.consultation), Unit.PERCENT),
            Heading(str(look.consultation), Unit.PERCENT),
            Heading(_("Points of change"), Unit.NUMBER),
        ),
        rows=tuple(rows),
        shape=Shape.PAIRS,
        is_of_everybody=True,
        base=_("%% of those who answered: %(before)s then, %(now)s now.")
        % {
            "before": earlier.saying.number(before.bases.answered),
            "now": look.saying.number(now.bases.answered),
        },
        bar=0,
        second=1,
        draw=lambda: comparing.dumbbells(
            [(row.label, share(row.values[0]), share(row.values[1])) for row in rows],
            names=(str(earlier.consultation), str(look.consultation)),
        ),
    )


def _listed(rows: list[Row]) -> list[Row]:
    """A long list, such as one of countries, without what nobody chose in either wave."""
    if len(rows) <= LONGEST_LIST:
        return rows
    return [row for row in rows if row.values[:2] != (0.0, 0.0)]


def _statement(tally: Tally, line: Line, look: Look) -> str:
    """A row of a matrix in its own words: the label of its column has the question before them."""
    row = next((row for row in tally.question.rows if row.name == line.name), None)
    return look.labels.say(row.label if row else line.label) or line.name


def _change(then: float | None, now: float | None) -> Value:
    return None if then is None or now is None else now - then
