"""Measures of a sheet, from the design's pages: one set for each step by which a full page is tightened."""

from __future__ import annotations

from dataclasses import dataclass

from pulse_desktop.documents.page import PX, SOFT, WHITE, Style


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes and spaces in points. `fewest` is how many lines of advice must stay before the next tighter step is taken."""

    body: Style
    small: Style
    head: Style
    title: Style
    row_padding: float
    title_padding: float
    box_padding: float
    block_gap: float
    figure_height: float
    fewest: int

    @property
    def soft(self) -> Style:
        """Body text in the softer grey (labels of rows)."""
        return Style(self.body.size, self.body.leading, SOFT)

    @property
    def reversed_head(self) -> Style:
        """A block heading in white, for the black bar."""
        return Style(self.head.size, self.head.leading, WHITE)


def _measures(body: tuple[float, float], small: tuple[float, float], head: tuple[float, float], **spaces: float) -> Measures:
    return Measures(
        body=Style(*body),
        small=Style(*small, grey=SOFT),
        head=Style(*head),
        title=Style(29 * PX, 36 * PX),
        row_padding=spaces["row"],
        title_padding=spaces["title"],
        box_padding=spaces["box"],
        block_gap=spaces["gap"],
        figure_height=spaces["figure"],
        fewest=int(spaces["fewest"]),
    )


ONE_PAGE = (
    _measures((11.475, 15.75), (9, 12), (12.45, 16.5), row=4.5, title=10.5, box=7.5, gap=12, figure=225, fewest=9),
    _measures((11.475, 15.75), (9, 12), (12.45, 16.5), row=3.9, title=9, box=6.5, gap=10, figure=222, fewest=9),
    _measures((11.475, 15.25), (9, 12), (12.45, 16.5), row=3.25, title=7, box=5.5, gap=8, figure=215, fewest=9),
    _measures((11, 14.6), (9, 12), (12, 16), row=3, title=6, box=5, gap=7, figure=208, fewest=9),
    _measures((10.5, 13.9), (9, 11.5), (11.5, 15), row=2.75, title=5, box=4.75, gap=6.5, figure=200, fewest=8),
    _measures((10, 13), (8.75, 11), (10.75, 14), row=2.5, title=5, box=4.5, gap=6, figure=185, fewest=6),
    _measures((9.5, 12.25), (8.5, 10.5), (10.25, 13.25), row=2, title=4, box=4, gap=5, figure=165, fewest=0),
    _measures((9, 11.5), (8.25, 10.25), (9.75, 12.5), row=1.5, title=3, box=3, gap=4, figure=145, fewest=0),
)
"""The one-page sheet, from the design's own measures down to the tightest that is still read easily."""

LARGE_PRINT = (
    _measures((16, 21), (12.5, 16), (17, 22.5), row=5, title=10, box=8, gap=14, figure=225, fewest=5),
    _measures((16, 20), (12.5, 15.5), (16.5, 21), row=3, title=5, box=6, gap=9, figure=215, fewest=0),
    _measures((15, 18.5), (12, 14.5), (15.5, 19), row=2.5, title=4, box=5, gap=7, figure=200, fewest=0),
    _measures((14, 17), (11, 13.5), (14.5, 18), row=2, title=3, box=4, gap=5, figure=170, fewest=0),
)
"""Large print: 16 pt on two pages; smaller only where the warnings alone would not fit otherwise."""
