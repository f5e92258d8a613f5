"""What a table does not mean, in sentences for people who read one for the first time."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .crosstabs import CrossTab, Table
from .inference import Association

# Cohen's marks for Cramér's V where the smaller side has two categories (Statistical Power Analysis, 1988).
WEAK, STRONG = 0.1, 0.3


def caveats(table: CrossTab) -> list[str]:
    """The sentences that stand under a table, in the active language."""
    found = [
        _(
            "Whoever wanted to took part; nobody was drawn by lot. The table tells of the"
            " people who answered, and intervals and the test are those of a sample drawn by"
            " lot: read them as a measure of size, not as proof about all Peruvians abroad."
        ),
        _("That two things go together does not mean that one is the cause of the other."),
    ]
    if table.rows.overlaps or table.columns.overlaps:
        found.append(
            _(
                "People could choose several options, so that percentages go beyond 100"
                " together and there is no test of independence."
            )
        )
    if table.is_weighted:
        found.append(
            _(
                "Weights make the sample look like the population in the chosen features"
                " only. In what else sets apart those who took part, they change nothing."
            )
        )
    if table.is_protected:
        found.append(
            _(
                "To protect people, numbers about few of them are hidden, with others that"
                " would give them away, and all numbers are rounded. Rounded numbers may not"
                " add up."
            )
        )
    return found


def in_words(table: Table) -> str:
    """The test of a table in a sentence; blank where there is none."""
    return sentence(table.test) if table.test else ""


def sentence(test: Association) -> str:
    """How strong the relation is, and whether the test can be trusted."""
    numbers = {
        "v": number_format(round(test.cramers_v, 2), 2),
        "p": _("less than %(p)s") % {"p": number_format(0.001, 3)}
        if test.p < 0.001
        else number_format(round(test.p, 3), 3),
        "share": number_format(round(100 * test.few_expected), 0),
    }
    strength = _strength(test) % numbers
    if not test.is_doubtful:
        return strength
    doubt = _(
        "But %(share)s %% of the cells would hold fewer than five people if there were no"
        " relation: the test is not reliable here. Put categories together, or read the counts alone."
    )
    return f"{strength} {doubt % numbers}"


def _strength(test: Association) -> str:
    if test.p >= 0.05:
        return _("No relation is to be seen beyond what chance brings about (Cramér’s V %(v)s, p %(p)s).")
    if test.cramers_v < WEAK:
        return _("There is a very weak relation (Cramér’s V %(v)s, p %(p)s).")
    if test.cramers_v < STRONG:
        return _("There is a weak to moderate relation (Cramér’s V %(v)s, p %(p)s).")
    return _("There is a strong relation (Cramér’s V %(v)s, p %(p)s).")
