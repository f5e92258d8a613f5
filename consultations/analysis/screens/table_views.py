"""The screens of tables: two questions against each other, and the sample beside the population."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ... import rules
from ...enums import AnalysisScreen
from .. import axes
from . import crossing, sampling
from .crosstab_table import layout
from .fields import FieldGroup, field_groups
from .look import Look
from .pages import AnalysisPage


class CrossTabScreen(AnalysisPage):
    """Any two questions, or three."""

    screen = AnalysisScreen.CROSS_TAB
    template_name = "consultations/admin/analysis/crosstab.html"
    own_choices = crossing.OWN

    def content(self, look: Look) -> dict[str, Any]:
        chosen = crossing.from_query(self.own_query)
        found = {
            "crossing": chosen,
            "variables": variables(look),
            "shown_choices": [(shown.value, label) for shown, label in crossing.SHOWN_LABELS.items()],
            "asks": [
                (crossing.ROWS, _("Rows"), chosen.rows, True),
                (crossing.COLUMNS, _("Columns"), chosen.columns, True),
                (crossing.LAYERS, _("Layers"), chosen.layers, False),
            ],
            # The form asks anew for what is this screen's own; the rest goes along.
            "asked_along": [pair for pair in look.choices.pairs() if pair[0] not in crossing.OWN],
        }
        if chosen.is_complete:
            found["table"] = layout(look, chosen, crossing.cross(look, chosen))
        return found


def variables(look: Look) -> list[FieldGroup]:
    """What may stand at a side of a table, in the groups of the filter."""
    fit = {name for name, _label in axes.fields(look.frame)}
    groups = (
        FieldGroup(group.label, tuple(field for field in group.fields if field.name in fit))
        for group in field_groups(look.frame, look.labels)
    )
    return [group for group in groups if group.fields]


class SampleScreen(AnalysisPage):
    """Who answered beside who lives there, and the weightings that follow from it."""

    screen = AnalysisScreen.SAMPLE
    template_name = "consultations/admin/analysis/sample.html"

    def content(self, look: Look) -> dict[str, Any]:
        raked = look.raked
        return {
            "exhibits": sampling.exhibits(look),
            "report": sampling.report(raked, look) if raked else [],
            "sentences": list(sampling.sentences(raked, look)) if raked else [],
            "may_change": rules.may_change_weightings(self.request.user),
        }
