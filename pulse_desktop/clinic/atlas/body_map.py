"""The body map's one description: a picture in, shapes out. Two thin painters draw the shapes (Qt, ReportLab).

Measures are those of design.md section 6, in px (1/96 inch) at the scale asked for; the shapes come out in canvas
units. Pens keep their width while zooming because the shapes are described anew for each scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.body_figure import figure
from pulse_desktop.clinic.atlas.body_picture import (
    DUE,
    ON,
    OVER,
    BodyPicture,
    CupMark,
    FadingMark,
    MovingCup,
    NeedleMark,
)  # fmt: skip
from pulse_desktop.clinic.atlas.drawing import (
    Drawn,
    Path,
    Point,
    Rect,
    Shape,
    Text,
    arc,
    bounds,
    circle,
    polyline,
    segments,
)
from pulse_desktop.clinic.atlas.hand_marks import hand_areas, hand_marks
from pulse_desktop.clinic.atlas.marks import mark_grades
from pulse_desktop.clinic.atlas.pixels import LETTERS, RING_OUTSIDE, RING_PEN, Pixels, centred

# px at full size
OUTLINE, STRONG, LIGHT = 1.5, 1.2, 0.9
SITE_RADIUS, SITE_PEN = 2.2, 1.0
ARC_PEN, ARC_INSIDE = 2.5, 3.5
NEEDLE_RADIUS, NEEDLE_TAIL, NEEDLE_PEN, NEEDLE_RIM = 2.6, 8.0, 1.5, 0.8
CODE_ACROSS, CODE_UP, CODE_LINE, HALO = 11.0, 6.0, 13.0, 2.5
MARK_PEN, MARK_DASH = 1.0, 2.5
HATCH_PEN, HATCH_STEP, BAR_PEN, BAR_OPACITY = 1.0, 7.0, 1.0, 0.85
PATH_PEN, PATH_DASH = 2.0, 5.0
LETTER_WIDTH = 0.66
OWN_INK_FROM: Final = 0.6
"""From this opacity on a fading mark's number takes the grade's own `on` colour, else ink."""

_LIGHT_LINES_FROM_PX: Final = 30.0


GROUND, SKIN, ABOVE = "ground", "skin", "above"
LAYERS: Final = (GROUND, SKIN, ABOVE)
"""Back to front: the figure with what is barred; free sites, fading marks, cups and where hands worked; needles, moxa, currents."""


def shapes(picture: BodyPicture, window: Rect, scale: float, layers: Iterable[str] = LAYERS) -> tuple[Drawn, ...]:
    """What a painter draws, back to front, for a `window` of the canvas at `scale` px (1/96 inch) a canvas unit.

    A screen may draw the layers apart and keep those that did not change. Shapes wholly outside the window are left out;
    the painter clips what reaches over its edge.
    """
    px = Pixels(scale)
    described = (drawn for layer in layers for part in _PARTS[layer] for drawn in part(picture, px))
    return tuple(drawn for drawn in described if _may_show(drawn, window, px.exact(40)))


def _may_show(drawn: Drawn, window: Rect, margin: float) -> bool:
    """Texts and round things are small: near the window is enough. Lines of the figure are kept by their bounds."""
    if isinstance(drawn, Text):
        return _meets(Rect(drawn.x, drawn.y, 0, 0), window, margin)
    return _meets(_box(drawn.path), window, drawn.width)


def _meets(box: Rect, window: Rect, margin: float) -> bool:
    return (
        box.x - margin <= window.x + window.width and box.x + box.width + margin >= window.x
        and box.y - margin <= window.y + window.height and box.y + box.height + margin >= window.y
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _box(path: Path) -> Rect:
    """A window around the path's points and handles: never too small, and quicker than its exact bounds."""
    numbers = [command[1:] for command in path.commands if len(command) > 1]
    across = [float(row[at]) for row in numbers for at in range(0, len(row), 2)]
    down = [float(row[at]) for row in numbers for at in range(1, len(row), 2)]
    return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))


# ---- the figure


def _outline(picture: BodyPicture, px: Pixels) -> Iterator[Shape]:
    yield Shape(figure(picture.view).outline, fill="figure.skin", pen="figure.outline", width=px.fine(OUTLINE))


def _contours(picture: BodyPicture, px: Pixels) -> Iterator[Shape]:
    light, strong = picture.style.contour_opacity
    for line in figure(picture.view).contours:
        if line.is_strong:
            yield Shape(line.path, pen="figure.outline", width=px.fine(STRONG), opacity=strong)
        elif px.canvas_px >= _LIGHT_LINES_FROM_PX:
            yield Shape(line.path, pen="figure.contour", width=px.fine(LIGHT), opacity=light)


def _hatches(picture: BodyPicture, px: Pixels) -> Iterator[Shape]:
    """45 degree lines, clipped to the region and to the body."""
    drawn = figure(picture.view)
    for mark in picture.barred:
        region = drawn.regions[mark.region].path
        lines = segments(_diagonals(bounds(region), px.exact(HATCH_STEP)))
        clips = (region, drawn.outline)
        yield Shape(lines, pen="figure.bar", width=px.fine(HATCH_PEN), opacity=BAR_OPACITY, clips=clips)
        yield Shape(region, pen="figure.bar", width=px.fine(BAR_PEN), opacity=BAR_OPACITY)


def _diagonals(box: Rect, step: float) -> Iterator[tuple[Point, Point]]:
    """Lines from lower left to upper right through a box, `step` apart; they lie on one grid for the whole canvas, so that
    neighbouring regions hatch as one."""
    apart = step * 2**0.5
    first, last = int((box.x + box.y) // apart), int((box.x + box.width + box.y + box.height) // apart) + 1
    for number in range(first, last + 1):
        total = number * apart
        yield (total - box.y - box.height, box.y + box.height), (total - box.y, box.y)


# ---- places and marks


def _free_sites(picture: BodyPicture, px: Pixels) -> Iterator[Shape]:
    if picture.style.shows_sites:
        for site in picture.free_sites:
            yield Shape(circle(site.x, site.y, px.fine(SITE_RADIUS)), pen="figure.site", width=px.fine(SITE_PEN))


def _fading_marks(picture: BodyPicture, px: Pixels) -> Iterator[Drawn]:
    for mark in picture.fading:
        disc = circle(mark.x, mark.y, mark.radius)
        opacity = mark_grades()[mark.grade].opacity_after(mark.days)
        dash = px.fine(MARK_DASH)
        yield Shape(disc, fill="figure.skin")
        yield Shape(disc, fill=f"marks.{mark.grade}.fill", opacity=opacity)
        yield Shape(disc, pen="figure.mark-rim", width=px.fine(MARK_PEN), dash=(dash, dash))
        if picture.style.shows_numbers:
            yield _days(mark, opacity, px)


def _days(mark: FadingMark, opacity: float, px: Pixels) -> Text:
    ink = f"marks.{mark.grade}.on" if opacity >= OWN_INK_FROM else "ink"
    return centred(mark.x, mark.y, _("{days} d").format(days=mark.days), ink, px)


def _moving_paths(picture: BodyPicture, px: Pixels) -> Iterator[Shape]:
    for mark in picture.shown:
        if isinstance(mark, MovingCup):
            dash = px.fine(PATH_DASH)
            yield Shape(polyline(mark.path), pen="figure.cup", width=px.fine(PATH_PEN), dash=(dash, dash))


def _cups(picture: BodyPicture, px: Pixels) -> Iterator[Drawn]:
    for cup in picture.cups:
        if cup.is_selected and picture.style.shows_selection:
            ring = circle(cup.x, cup.y, cup.radius + px.exact(RING_OUTSIDE))
            yield Shape(ring, pen="focus", width=px.exact(RING_PEN))
        rim = px.exact(picture.style.cup_edge)
        yield Shape(circle(cup.x, cup.y, cup.radius), fill="figure.cup-glass", pen="figure.cup", width=rim)
        if picture.style.shows_arcs:
            yield from _time_arc(cup, px)
        if picture.style.shows_numbers:
            yield centred(cup.x, cup.y, str(cup.number), "figure.cup-ink", px)


def _time_arc(cup: CupMark, px: Pixels) -> Iterator[Shape]:
    """While on, an arc inside the edge runs clockwise from 12; due, the ring closes and turns amber, over it is cinnabar."""
    radius, width = cup.radius - px.exact(ARC_INSIDE), px.exact(ARC_PEN)
    if radius <= width:
        return
    if cup.state == ON and cup.fraction > 0:
        yield Shape(arc(cup.x, cup.y, radius, min(cup.fraction, 1.0)), pen="figure.cup", width=width)
    elif cup.state in {DUE, OVER}:
        yield Shape(circle(cup.x, cup.y, radius), pen="amber" if cup.state == DUE else "cinnabar", width=width)


# ---- needles


def _needles(picture: BodyPicture, px: Pixels) -> Iterator[Drawn]:
    if not picture.style.shows_needles:
        return
    codes: list[tuple[Text, float, float]] = []
    for needle in picture.needles:
        yield from _needle(needle, px, shows_selection=picture.style.shows_selection)
        if picture.style.shows_codes:
            codes.append(_clear_of(codes, _code(needle, px), px.fine(CODE_LINE)))
    yield from (code for code, _left, _right in codes)


def _clear_of(codes: list[tuple[Text, float, float]], code: Text, line: float) -> tuple[Text, float, float]:
    """The code, moved up line by line until it covers no other, and from where to where it reaches: needles near each other
    stack their codes."""
    left, right = _reach(code)
    beside = [other.y for other, other_left, other_right in codes if left < other_right and other_left < right]
    y = code.y
    while any(abs(y - other) < line * 0.95 for other in beside):
        y -= line
    return replace(code, y=y), left, right


def _reach(text: Text) -> tuple[float, float]:
    """From where to where a code reaches, by the usual width of its letters."""
    width = LETTER_WIDTH * text.size * len(text.words)
    return (text.x - width, text.x) if text.anchor == "end" else (text.x, text.x + width)


def _needle(needle: NeedleMark, px: Pixels, *, shows_selection: bool) -> Iterator[Shape]:
    x, y, tail = needle.x, needle.y, px.fine(NEEDLE_TAIL)
    if needle.is_selected and shows_selection:
        yield Shape(circle(x, y, px.exact(NEEDLE_RADIUS + RING_OUTSIDE)), pen="focus", width=px.exact(RING_PEN))
    yield Shape(
        polyline(((x, y), (x + needle.outward * tail, y - tail))), pen="figure.needle", width=px.fine(NEEDLE_PEN)
    )
    dot = circle(x, y, px.fine(NEEDLE_RADIUS))
    yield Shape(dot, fill="figure.needle", pen="figure.skin", width=px.exact(NEEDLE_RIM))


def _code(needle: NeedleMark, px: Pixels) -> Text:
    """The code beside the tail, on a halo of skin."""
    return Text(
        needle.x + needle.outward * px.fine(CODE_ACROSS),
        needle.y - px.fine(CODE_UP),
        needle.code,
        px.fine(LETTERS),
        "figure.needle",
        "end" if needle.outward < 0 else "start",
        "figure.skin",
        px.fine(HALO),
    )


_PARTS: Final[Mapping[str, tuple[Callable[[BodyPicture, Pixels], Iterable[Drawn]], ...]]] = {
    GROUND: (_outline, _hatches, _contours),
    SKIN: (_free_sites, _fading_marks, hand_areas, _moving_paths, _cups),
    ABOVE: (_needles, hand_marks),
}
