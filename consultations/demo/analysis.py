"""The demonstration's analysis: reference figures, a weighting and a saved view of the large consultation."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.models import User

from ..analysis import snapshot
from ..analysis.filters import Condition, Group, Operator
from ..analysis.reference_figures import import_figures
from ..analysis.screens import margins, saved, weightings
from ..analysis.screens.choices import Choices
from ..analysis.screens.look import look_at
from ..enums import AnalysisScreen
from ..models import Consultation, ReferenceFigure, WeightingScheme

FIGURES = Path(__file__).parent / "reference_figures.csv"


def load_analysis(consultation: Consultation, by: User) -> None:
    """Made once; what is there stays as it is."""
    if not ReferenceFigure.objects.exists():
        import_figures(source=FIGURES.read_bytes(), by=by)
    snapshot.refresh(consultation)
    with override("es"):
        scheme = _weighting(consultation, by)
        if not consultation.saved_views.exists():
            saved.save(
                consultation=consultation,
                name=_("Demonstration: consulates in Italy and Spain"),
                screen=AnalysisScreen.CROSS_TAB,
                query=_query(scheme),
                shared=True,
                by=by,
            )


def _weighting(consultation: Consultation, by: User) -> WeightingScheme | None:
    if consultation.weighting_schemes.exists():
        return consultation.weighting_schemes.first()
    look = look_at(consultation, by, {})
    found = margins.suggested(look, margins.references()) if look else []
    if not found:
        return None
    scheme = WeightingScheme(consultation=consultation, name=_("Demonstration: country and sex"))
    scheme.margins = [matching.margin for matching in found]
    return weightings.save(scheme=scheme, by=by)


def _query(scheme: WeightingScheme | None) -> str:
    """How the consulates of two countries are reached, with the weights."""
    tree = Group("and", (Condition("country_of_residence", Operator.ANY, ("IT", "ES")),))
    crossed = {"rows": "consular_office", "columns": "satisfaction_appointment"}
    return Choices(tree, scheme.pk if scheme else None).query(**crossed)
