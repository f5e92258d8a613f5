"""What a file says about itself: where it comes from, what is in it, and what it must not be used for."""

from __future__ import annotations

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.clocks import long_date

from ..analysis import frame as frames
from ..analysis.filters import to_query
from ..analysis.frame import Frame
from ..enums import Channel, TextSource
from ..models import Consultation
from ..themes.tallies import standing
from ..themes.visibility import being_double_coded
from .options import Options


def about(frame: Frame, consultation: Consultation, options: Options) -> pl.DataFrame:
    """Two columns of words, in the active language."""
    now = timezone.localtime()
    channels = frame.table[frames.CHANNEL]
    simulated = int((channels == Channel.SIMULATED.value).sum())
    lines = {
        _("Portal"): settings.SITE_NAME,
        _("Consultation"): f"{consultation.title} ({consultation.slug})",
        _("Unit"): str(consultation.unit),
        _("Made at"): f"{long_date(now)}, {now:%H:%M} ({settings.TIME_ZONE})",
        _("Responses sent"): str(frame.table.height),
        _("Of these, simulated"): str(simulated),
        **_filter(options),
        _("Answers shown as"): str(options.values.label),
        _("Sensitive questions"): _("included") if options.sensitive else _("left out"),
        **(_double_coding(consultation) if options.with_codes else {}),
        _("Versions of the questionnaire"): _versions(frame),
        _("Please keep in mind"): _(
            "Do not try to find out who somebody is. Read texts for names before you pass them on, and quote"
            " only where the person agreed."
        ),
    }
    return pl.DataFrame({_("About"): list(lines), _("Value"): list(lines.values())})


def _filter(options: Options) -> dict[str, str]:
    """As it stands in an address, so that the same responses can be looked at again."""
    written = to_query(options.filter)
    return {_("Only responses with"): written} if written else {}


def _double_coding(consultation: Consultation) -> dict[str, str]:
    """Why some texts seem not to be coded (``themes.code_columns``)."""
    texts = standing(consultation).filter(source=TextSource.ANSWER, pk__in=being_double_coded().values("pk"))
    count = texts.count()
    if not count:
        return {}
    said = ngettext(
        "%(count)s text is being coded by a second person; until that is closed it stands here as not coded.",
        "%(count)s texts are being coded by a second person;"
        " until that is closed they stand here as not coded.",
        count,
    )
    return {_("Double coding"): said % {"count": count}}


def _versions(frame: Frame) -> str:
    """Number, day of publication and the beginning of the content hash, one version a line."""
    return "\n".join(
        f"{version.number} · {long_date(timezone.localdate(version.published_at))} · {version.digest[:12]}"
        for version in frame.versions
    )
