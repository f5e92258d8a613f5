"""Holding a code frame still while texts are coded with it.

Whoever codes and whoever changes the frame take turns: nobody merges, deletes or exchanges what somebody
else is giving at this moment. Held in one order everywhere (frame, then text), so that nobody waits in a
ring.
"""

from __future__ import annotations

from ..models import CodeFrame, CodeFrameUse, Consultation


def frame_held(consultation: Consultation) -> CodeFrame | None:
    """The frame that a consultation is coded with, held until the transaction ends."""
    uses = CodeFrameUse.objects.select_for_update(no_key=True)
    use = uses.filter(consultation=consultation).first()
    return None if use is None else hold(use.frame_id)


def hold(frame: int) -> CodeFrame:
    return CodeFrame.objects.select_for_update(no_key=True).get(pk=frame)
