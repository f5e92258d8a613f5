"""What a screen says about the figures that it does not show."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .look import Look
from .writing import KEPT_BACK


def notes(look: Look) -> Iterator[str]:
    """Whose answers these are, and what is done to them, for whoever sees no single response."""
    protection = look.protection
    if not look.everybody and not protection.applies:
        yield _("Nobody has sent an answer yet.")
    if look.scope:
        yield _("These are the answers of the district of your office alone.")
    if protection.applies:
        yield _(
            "%(sign)s stands for a figure that is hidden: it is about fewer than %(minimum)s people, or would"
            " let such a figure be worked out."
        ) % {"sign": KEPT_BACK, "minimum": protection.minimum}
        yield _(
            "New answers join these figures together, once there are at least %(minimum)s of them: the newest"
            " may not be among them yet."
        ) % {"minimum": protection.minimum}
        if protection.coarse:
            yield _(
                "Counts are rounded to multiples of %(step)s, and percentages follow from these: they may not"
                " add up."
            ) % {"step": protection.step}
    elif protection.to_sensitive:
        yield _(
            "%(sign)s stands for a figure of a sensitive question that is hidden: it is about fewer than"
            " %(minimum)s people, or would let such a figure be worked out."
        ) % {"sign": KEPT_BACK, "minimum": protection.minimum}
