"""Measures of the design, in px, as canvas units at one scale; shared by all that describes the body map."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pulse_desktop.clinic.atlas.body_figure import CANVAS
from pulse_desktop.clinic.atlas.drawing import Text

RING_PEN, RING_OUTSIDE = 2.0, 4.5
LETTERS, BASELINE = 11.0, 0.36

# Width of the whole canvas in px and the share of full width its lines keep: measured from the design's pages (a
# thumbnail, the small and the large figure of the aftercare sheet, the note).
_THINNER: Final = ((36.0, 0.6), (151.0, 0.75), (353.0, 0.87), (664.0, 1.0))


class Pixels:
    """Turns px into canvas units at one scale. Lines and letters get finer on small pictures, never wider than on large."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self.canvas_px = scale * CANVAS.width
        self._share = _share(self.canvas_px)

    def fine(self, px: float) -> float:
        """A line or letter."""
        return px * self._share / self._scale

    def exact(self, px: float) -> float:
        """A measure that does not thin out."""
        return px / self._scale


def _share(canvas_px: float) -> float:
    if canvas_px <= _THINNER[0][0]:
        return _THINNER[0][1]
    for (px, share), (next_px, next_share) in pairwise(_THINNER):
        if canvas_px <= next_px:
            return share + (next_share - share) * (canvas_px - px) / (next_px - px)
    return _THINNER[-1][1]


def centred(x: float, y: float, words: str, role: str, px: Pixels) -> Text:
    """A word with its middle at a place."""
    size = px.fine(LETTERS)
    return Text(x, y + size * BASELINE, words, size, role)
