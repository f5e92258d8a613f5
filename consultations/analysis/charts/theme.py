"""The look of charts: the colours of the design, for a page (in its own ink) and for a file (on paper)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "Arial, Liberation Sans, sans-serif"
INK = "#211a26"
ACTION = "#1d4677"
ACTION_SOFT = "#8db2d8"
HIDDEN = "#d5cec8"
BORDER = "#81778a"
# A diverging scale from walnut to indigo, safe for red-green blindness; its middle is neutral.
DIVERGING = ("#96481b", "#dca77c", "#d5cec8", "#8db2d8", "#1d4677")
# From few to many.
SEQUENTIAL = ("#e9f0f8", "#1d4677")


@dataclass(frozen=True)
class Paper:
    """What a chart is drawn on. ``currentColor`` takes the ink of the page around it, light or dark."""

    ink: str
    ground: str | None
    font: str = FONT

    def config(self) -> dict[str, Any]:
        fonts = {"labelFont": self.font, "titleFont": self.font}
        text = {"labelColor": self.ink, "titleColor": self.ink, **fonts}
        sizes = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}
        lines = {"domainColor": self.ink, "tickColor": self.ink, "gridColor": self.ink, "gridOpacity": 0.12}
        return {
            "background": self.ground,
            "font": self.font,
            "view": {"stroke": None},
            "axis": {**text, **sizes, **lines, "labelLimit": 320},
            "legend": {**text, **sizes, "orient": "top", "labelLimit": 420},
            "text": {"color": self.ink, "font": self.font, "fontSize": 13},
        }


PAGE = Paper(ink="currentColor", ground=None)
FILE = Paper(ink=INK, ground="#ffffff")
