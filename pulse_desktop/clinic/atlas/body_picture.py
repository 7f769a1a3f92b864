"""What is on a body map: marks as frozen values, and the picture of one view that holds them.

Places are canvas units (0..1000 x 0..2000) of the mark's own view. One tuple of marks serves all four views: a
picture shows those of its view.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pulse_desktop.clinic.atlas.drawing import Point
from pulse_desktop.clinic.atlas.sites import CupSite, sites_on

_NEEDLE_COVERS: Final = 4.0
"""Canvas units around a needle in which a site's dot would be taken for it."""
UNITS_A_MM: Final = 0.567
"""Radius in canvas units a mm of rim: a 45 mm cup is 51 units across (design.md section 6)."""

PLACED: Final = "placed"
ON: Final = "on"
DUE: Final = "due"
OVER: Final = "over"
OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class CupMark:
    """A cup. `state` placed, on, due (planned minute reached), over (past the site's cap) or off; `fraction` of its
    planned time that has passed, for the arc."""

    view: str
    x: float
    y: float
    number: int
    rim_mm: float = 45
    site: str = ""
    side: str = ""
    state: str = PLACED
    fraction: float = 0.0
    is_selected: bool = False

    @property
    def radius(self) -> float:
        """In canvas units."""
        return self.rim_mm * UNITS_A_MM


@dataclass(frozen=True, slots=True)
class MovingCup:
    """A cup slid along a path (at least two places): drawn at both ends with a dashed line between."""

    view: str
    path: tuple[Point, ...]
    number: int
    rim_mm: float = 45
    side: str = ""
    state: str = PLACED
    fraction: float = 0.0
    is_selected: bool = False

    @property
    def ends(self) -> tuple[CupMark, CupMark]:
        """The cup where it starts and where it stops; there the clock and the selection are drawn."""
        start, end = (CupMark(self.view, *place, self.number, self.rim_mm, side=self.side) for place in (self.path[0], self.path[-1]))
        return start, replace(end, state=self.state, fraction=self.fraction, is_selected=self.is_selected)


@dataclass(frozen=True, slots=True)
class NeedleMark:
    """One needle; `code` is written beside it."""

    view: str
    x: float
    y: float
    code: str
    side: str = ""
    is_selected: bool = False

    @property
    def outward(self) -> int:
        """-1 when the tail points to the left of the picture, 1 to the right: away from the midline."""
        return -1 if self.x < 500 else 1


@dataclass(frozen=True, slots=True)
class StrokeMark:
    """A gua sha stroke along a path (at least two places), an arrow at its end; `label` stands at its start ("G1")."""

    view: str
    path: tuple[Point, ...]
    number: int
    label: str
    is_selected: bool = False

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.path[0][0]

    @property
    def y(self) -> float:
        """Where it begins."""
        return self.path[0][1]


@dataclass(frozen=True, slots=True)
class AreaMark:
    """An ellipse that was worked on by hand, `across` and `down` its half axes; `label` in its middle ("T1")."""

    view: str
    x: float
    y: float
    across: float
    down: float
    number: int
    label: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class MoxaMark:
    """Moxa at a place: a cone, with its `label` ("M1")."""

    view: str
    x: float
    y: float
    number: int
    label: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class CurrentMark:
    """Two needles on one channel of the stimulator, both in this view; `words` stand at the middle of the line ("E1 2 Hz")."""

    view: str
    path: tuple[Point, Point]
    number: int
    words: str
    is_selected: bool = False

    @property
    def x(self) -> float:
        """The middle of the line."""
        return (self.path[0][0] + self.path[1][0]) / 2

    @property
    def y(self) -> float:
        """The middle of the line."""
        return (self.path[0][1] + self.path[1][1]) / 2


@dataclass(frozen=True, slots=True)
class FadingMark:
    """The mark of an earlier cup, `days` after it came off; `grade` 0 to 5."""

    view: str
    x: float
    y: float
    rim_mm: float
    grade: int
    days: int

    @property
    def radius(self) -> float:
        """In canvas units."""
        return self.rim_mm * UNITS_A_MM


@dataclass(frozen=True, slots=True)
class BarredRegion:
    """A region that must be kept off, with the words for the chip beside it."""

    view: str
    region: str
    reason: str = ""


HandMark = StrokeMark | AreaMark | MoxaMark | CurrentMark
"""What is neither cup nor needle: one number line for each kind."""
Mark = CupMark | MovingCup | NeedleMark | HandMark | FadingMark | BarredRegion


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How a picture is drawn; see SCREEN, THUMBNAIL and PRINT."""

    name: str
    shows_sites: bool = False
    shows_numbers: bool = True
    shows_codes: bool = True
    shows_arcs: bool = True
    shows_needles: bool = True
    """Needles, and what is done with the hands, a cone or a current."""
    shows_selection: bool = True
    shows_background: bool = True
    """Fading marks and barred regions."""
    cup_edge: float = 1.5
    """Width of a cup's rim in px."""
    contour_opacity: tuple[float, float] = (0.65, 0.8)
    """Light and strong contours; 1.0 on paper, where the grey itself is paler."""


SCREEN: Final = PictureStyle("screen", shows_sites=True)
THUMBNAIL: Final = PictureStyle(
    "thumbnail",
    shows_numbers=False,
    shows_codes=False,
    shows_arcs=False,
    shows_needles=False,
    shows_selection=False,
    shows_background=False,
)
PRINT: Final = PictureStyle(
    "print", shows_codes=False, shows_arcs=False, shows_selection=False, cup_edge=1.55, contour_opacity=(1.0, 1.0)
)
PRINT_SMALL: Final = replace(PRINT, name="print small", shows_numbers=False)


@dataclass(frozen=True)
class BodyPicture:
    """One view with its marks. What is asked of it again and again, at every move of the mouse, is found once."""

    view: str
    marks: tuple[Mark, ...] = ()
    style: PictureStyle = SCREEN

    @cached_property
    def shown(self) -> tuple[Mark, ...]:
        """The marks of this view."""
        return tuple(mark for mark in self.marks if mark.view == self.view)

    @cached_property
    def cups(self) -> tuple[CupMark, ...]:
        """Cups of this view, moving ones by both ends; a selected one last, so that its ring is on top."""
        cups = [cup for mark in self.shown for cup in _cups_of(mark)]
        return tuple(sorted(cups, key=lambda cup: cup.is_selected))

    @cached_property
    def discs(self) -> tuple[tuple[float, float, float], ...]:
        """What covers a site: middle, and radius squared."""
        found = [(cup.x, cup.y, cup.radius**2) for cup in self.cups] + [(mark.x, mark.y, mark.radius**2) for mark in self.fading]
        return (*found, *((mark.x, mark.y, _NEEDLE_COVERS**2) for mark in self.needles))

    @cached_property
    def free_sites(self) -> tuple[CupSite, ...]:
        """Named sites of the view that no cup, needle or fading mark covers."""
        return tuple(
            site for site in sites_on(self.view)
            if not any((site.x - x) ** 2 + (site.y - y) ** 2 <= reach for x, y, reach in self.discs)
        )  # fmt: skip

    @property
    def cup_count(self) -> int:
        """How many cups that is; a moving one is one."""
        return sum(isinstance(mark, CupMark | MovingCup) for mark in self.shown)

    @cached_property
    def needles(self) -> tuple[NeedleMark, ...]:
        """Needles of this view."""
        return tuple(mark for mark in self.shown if isinstance(mark, NeedleMark))

    @cached_property
    def hands(self) -> tuple[HandMark, ...]:
        """Strokes, areas, moxa and currents of this view."""
        return tuple(mark for mark in self.shown if isinstance(mark, HandMark)) if self.style.shows_needles else ()

    @cached_property
    def barred(self) -> tuple[BarredRegion, ...]:
        """Barred regions of this view."""
        return tuple(mark for mark in self.shown if isinstance(mark, BarredRegion) and self.style.shows_background)

    @cached_property
    def fading(self) -> tuple[FadingMark, ...]:
        """Fading marks of this view; grade 0 left nothing to draw."""
        if not self.style.shows_background:
            return ()
        return tuple(mark for mark in self.shown if isinstance(mark, FadingMark) and mark.grade)


def _cups_of(mark: Mark) -> tuple[CupMark, ...]:
    if isinstance(mark, MovingCup):
        return mark.ends
    return (mark,) if isinstance(mark, CupMark) else ()
