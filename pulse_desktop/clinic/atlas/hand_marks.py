"""How strokes, areas, moxa and currents are drawn: what is done with the hands, a cone or a wire, beside cups and needles.

Each kind has a shape of its own, so that paper without colour tells them apart: a gua sha stroke is a band with an arrow, a
worked area a dotted ellipse, moxa a cone, a current a wavy line from needle to needle. Their labels are those of the list.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pulse_desktop.clinic.atlas.body_figure import figure
from pulse_desktop.clinic.atlas.body_picture import AreaMark, BodyPicture, CurrentMark, MoxaMark, StrokeMark
from pulse_desktop.clinic.atlas.drawing import Drawn, Path, Point, Shape, Text, circle, ellipse, polyline
from pulse_desktop.clinic.atlas.pixels import LETTERS, RING_OUTSIDE, RING_PEN, Pixels, centred

# px at full size
BAND, BAND_OPACITY, STROKE_PEN, ARROW = 11.0, 0.28, 1.5, 7.0
AREA_PEN, AREA_DASH, AREA_OPACITY = 1.5, (1.5, 3.5), 0.10
CONE, CONE_PEN = 5.5, 1.5
WAVE, WAVE_LONG, WAVE_PEN = 2.4, 9.0, 1.5
LABEL_UP, HALO = 13.0, 2.5
_A_WAVE = 8


def hand_areas(picture: BodyPicture, px: Pixels) -> Iterator[Drawn]:
    """What lies under the cups: areas and strokes."""
    for mark in picture.hands:
        if isinstance(mark, AreaMark):
            yield from _area(mark, px, rings=picture.style.shows_selection)
        elif isinstance(mark, StrokeMark):
            yield from _stroke(mark, px, rings=picture.style.shows_selection)


def hand_marks(picture: BodyPicture, px: Pixels) -> Iterator[Drawn]:
    """What lies over the needles: moxa and currents; last the labels of all kinds."""
    for mark in picture.hands:
        if isinstance(mark, MoxaMark):
            yield from _moxa(mark, px, rings=picture.style.shows_selection)
        elif isinstance(mark, CurrentMark):
            yield from _current(mark, px, rings=picture.style.shows_selection)
    if picture.style.shows_numbers:
        for mark in picture.hands:
            yield _label(mark, px)


def _area(mark: AreaMark, px: Pixels, *, rings: bool) -> Iterator[Shape]:
    rim, clips = ellipse(mark.x, mark.y, mark.across, mark.down), (figure(mark.view).outline,)
    if mark.is_selected and rings:
        out = px.exact(RING_OUTSIDE)
        yield Shape(ellipse(mark.x, mark.y, mark.across + out, mark.down + out), pen="focus", width=px.exact(RING_PEN))
    yield Shape(rim, fill="figure.outline", opacity=AREA_OPACITY, clips=clips)
    dash = tuple(px.fine(length) for length in AREA_DASH)
    yield Shape(rim, pen="figure.outline", width=px.fine(AREA_PEN), dash=dash, clips=clips)


def _stroke(mark: StrokeMark, px: Pixels, *, rings: bool) -> Iterator[Shape]:
    line = polyline(mark.path)
    if mark.is_selected and rings:
        yield Shape(line, pen="focus", width=px.exact(BAND + 2 * RING_PEN), opacity=0.5)
    yield Shape(line, pen="figure.cup", width=px.fine(BAND), opacity=BAND_OPACITY)
    yield Shape(line, pen="figure.cup", width=px.fine(STROKE_PEN))
    yield Shape(_arrow(mark.path, px.fine(ARROW)), pen="figure.cup", width=px.fine(STROKE_PEN))


def _arrow(path: Sequence[Point], long: float) -> Path:
    """Two short lines at the end, against the direction in which the hand came."""
    (x1, y1), (x2, y2) = path[-2], path[-1]
    angle = math.atan2(y2 - y1, x2 - x1)
    wings = [(x2 - long * math.cos(angle + turn), y2 - long * math.sin(angle + turn)) for turn in (0.5, -0.5)]
    return polyline((wings[0], (x2, y2), wings[1]))


def _moxa(mark: MoxaMark, px: Pixels, *, rings: bool) -> Iterator[Shape]:
    size = px.fine(CONE)
    if mark.is_selected and rings:
        yield Shape(circle(mark.x, mark.y, px.exact(CONE + RING_OUTSIDE)), pen="focus", width=px.exact(RING_PEN))
    corners = ((mark.x, mark.y - 1.2 * size), (mark.x + size, mark.y + 0.7 * size), (mark.x - size, mark.y + 0.7 * size))
    cone = Path((*polyline(corners).commands, ("Z",)))
    yield Shape(cone, fill="figure.skin", pen="figure.needle", width=px.fine(CONE_PEN))


def _current(mark: CurrentMark, px: Pixels, *, rings: bool) -> Iterator[Shape]:
    if mark.is_selected and rings:
        yield Shape(polyline(mark.path), pen="focus", width=px.exact(3 * RING_PEN), opacity=0.5)
    yield Shape(polyline(_wave(*mark.path, px)), pen="figure.needle", width=px.fine(WAVE_PEN))


def _wave(start: Point, end: Point, px: Pixels) -> list[Point]:
    """A line with small waves, so that it is no contour of the body."""
    length = math.dist(start, end)
    if not length:
        return [start, end]
    along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    steps = max(round(length / px.fine(WAVE_LONG)) * _A_WAVE, _A_WAVE)
    high = px.fine(WAVE)
    found = []
    for step in range(steps + 1):
        way, out = length * step / steps, high * math.sin(step * math.tau / _A_WAVE)
        found.append((start[0] + along[0] * way - along[1] * out, start[1] + along[1] * way + along[0] * out))
    return found


def _label(mark: StrokeMark | AreaMark | MoxaMark | CurrentMark, px: Pixels) -> Text:
    if isinstance(mark, AreaMark):
        return _haloed(centred(mark.x, mark.y, mark.label, "figure.outline", px), px)
    if isinstance(mark, CurrentMark):
        return _haloed(centred(mark.x, mark.y - px.fine(LABEL_UP / 2), mark.words, "figure.needle", px), px)
    role = "figure.cup-ink" if isinstance(mark, StrokeMark) else "figure.needle"
    up = px.fine(LABEL_UP)
    return _haloed(centred(mark.x, mark.y - up, mark.label, role, px), px)


def _haloed(text: Text, px: Pixels) -> Text:
    return Text(text.x, text.y, text.words, px.fine(LETTERS), text.role, text.anchor, "figure.skin", px.fine(HALO))
