"""What a table of figures and a codebook say about themselves: above all what is kept back, and why."""

from __future__ import annotations

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clocks import long_date

from ..reports import method, words
from ..reports.printed import Printed


def about(look: Printed) -> pl.DataFrame:
    """Two columns of words, in the active language."""
    now = timezone.localtime()
    consultation = look.consultation
    lines = {
        _("Portal"): settings.SITE_NAME,
        _("Consultation"): f"{consultation.title} ({consultation.slug})",
        _("Unit"): str(consultation.unit),
        _("Made at"): f"{long_date(now)}, {now:%H:%M} ({settings.TIME_ZONE})",
        _("Responses"): words.count(look.total),
        _("Of these, simulated"): words.count(method.simulated(look.frame)),
        _("Only responses with"): method.chosen(look),
        _("Weights"): look.scheme.name if look.scheme else "",
        _("Kept back"): _(
            "To protect people, figures about fewer than %(minimum)s of them are kept back, and with them"
            " others from which they could be worked out. They are marked with %(sign)s."
        )
        % {"minimum": look.minimum, "sign": words.HIDDEN},
    }
    said = {name: what for name, what in lines.items() if what}
    return pl.DataFrame({_("About"): list(said), _("Value"): list(said.values())})
