from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pulse_desktop.clinic.atlas.body_figure import TORSO, VIEWS, Region, figure
from pulse_desktop.clinic.atlas.body_picture import BarredRegion, BodyPicture, CupMark, NeedleMark
from pulse_desktop.clinic.atlas.hits import hit
from pulse_desktop.clinic.atlas.sites import sites_on
from pulse_desktop.gui.parts.body_map import BodyMap
from pulse_desktop.gui.parts.body_thumbs import BodyThumb, BodyThumbs
from pulse_desktop.gui.parts.theme import theme
from tests.gui.accessible import nameless
from tests.gui.conftest import Show

LEFT = Qt.MouseButton.LeftButton
CUP = CupMark("posterior", 463, 674, 1, site="l2_left", is_selected=True)
NEEDLE = NeedleMark("posterior", 450, 860, "BL27")


@pytest.fixture
def body(show: Show) -> BodyMap:
    made = BodyMap("Body map")
    show(made, 452, 530)
    made.show_picture(BodyPicture("posterior", (CUP, NEEDLE)))
    return made


def at(body: BodyMap, x: float, y: float) -> QPoint:
    return body.point_of(x, y).toPoint()


def heard(signal: Any) -> list[tuple[Any, ...]]:
    told: list[tuple[Any, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_it_opens_on_the_torso(body: BodyMap) -> None:
    assert at(body, TORSO.x + TORSO.width / 2, TORSO.y + TORSO.height / 2) == QPoint(225, 264)


def test_a_click_on_a_site_places_there(qtbot: QtBot, body: BodyMap) -> None:
    placed = heard(body.placed)
    site = next(site for site in sites_on("posterior") if 500 < site.y < 600)
    QTest.mouseClick(body, LEFT, pos=at(body, site.x, site.y) + QPoint(5, 5))
    assert placed == [("posterior", site.x, site.y, site.key)]


def a_bare_place() -> tuple[int, int]:
    """A place of the back that is far from all sites and marks."""
    places = ((x, y) for x in range(420, 600, 10) for y in range(400, 900, 10))
    return next(
        place for place in places if isinstance(hit(BodyPicture("posterior", (CUP, NEEDLE)), *place, 30), Region)
    )


def test_a_click_on_skin_places_there_and_beside_the_body_nothing(qtbot: QtBot, body: BodyMap) -> None:
    placed = heard(body.placed)
    x, y = a_bare_place()
    QTest.mouseClick(body, LEFT, pos=at(body, x, y))
    QTest.mouseClick(body, LEFT, pos=QPoint(10, 60))
    assert len(placed) == 1
    view, there_x, there_y, site = placed[0]
    assert (view, site) == ("posterior", "")
    assert (there_x, there_y) == (pytest.approx(x, abs=2), pytest.approx(y, abs=2))


def test_a_click_on_a_cup_or_needle_picks_it(qtbot: QtBot, body: BodyMap) -> None:
    picked = heard(body.picked)
    QTest.mouseClick(body, LEFT, pos=at(body, CUP.x, CUP.y))
    QTest.mouseClick(body, LEFT, pos=at(body, NEEDLE.x, NEEDLE.y))
    assert picked == [(CUP,), (NEEDLE,)]


def drag(body: BodyMap, *places: QPoint) -> None:
    QTest.mousePress(body, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(body, place)
    QTest.mouseRelease(body, LEFT, pos=places[-1])


def test_a_drag_over_skin_draws_a_row(qtbot: QtBot, body: BodyMap) -> None:
    rows, placed = heard(body.row_drawn), heard(body.placed)
    drag(body, *(at(body, 560, y) for y in range(500, 620, 30)))
    assert placed == []
    assert len(rows) == 1
    view, points = rows[0]
    assert view == "posterior"
    assert points[0][1] == pytest.approx(500, abs=2)
    assert points[-1][1] == pytest.approx(590, abs=2)


def test_a_cup_is_dragged_to_another_place(qtbot: QtBot, body: BodyMap) -> None:
    moved = heard(body.mark_moved)
    drag(body, at(body, CUP.x, CUP.y), at(body, 500, 700), at(body, 560, 720))
    assert len(moved) == 1
    assert moved[0][0] == CUP
    assert moved[0][1] == pytest.approx(560, abs=2)


def test_arrow_keys_go_from_site_to_site_and_enter_places(qtbot: QtBot, body: BodyMap) -> None:
    placed = heard(body.placed)
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Up)
    name = body.accessibleDescription()
    QTest.keyClick(body, Qt.Key.Key_Up)
    assert body.accessibleDescription() != name
    QTest.keyClick(body, Qt.Key.Key_Return)
    assert placed
    assert placed[0][3]


def test_delete_asks_to_take_the_selected_mark_away(qtbot: QtBot, body: BodyMap) -> None:
    removed = heard(body.removed)
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Delete)
    assert removed == [(CUP,)]


def test_zooming_keeps_the_middle_and_clicks_keep_meaning_the_same(qtbot: QtBot, body: BodyMap) -> None:
    middle = at(body, 500, 671)
    body.setFocus()
    QTest.keyClick(body, Qt.Key.Key_Plus)
    body.zoom_in()
    assert (at(body, 500, 671) - middle).manhattanLength() < 3
    picked = heard(body.picked)
    QTest.mouseClick(body, LEFT, pos=at(body, CUP.x, CUP.y))
    assert picked == [(CUP,)]
    body.zoom_to_all()
    assert body.rect().contains(at(body, 500, 1960))


def test_a_refused_click_turns_the_reason_solid_for_a_second(qtbot: QtBot, body: BodyMap) -> None:
    barred = BarredRegion("posterior", "lumbar_right", "stitches to Dec 1")
    region = next(key for key in figure("posterior").regions if "lumbar" in key or "flank" in key)
    body.show_picture(BodyPicture("posterior", (BarredRegion("posterior", region, barred.reason),)))
    before = body.grab().toImage()
    body.flash(region)
    during = body.grab().toImage()
    assert _count(before, "cinnabar-tint") > 500
    assert _count(during, "cinnabar-tint") < 50
    qtbot.waitUntil(lambda: _count(body.grab().toImage(), "cinnabar-tint") > 500, timeout=3000)


def _count(picture: QImage, role: str) -> int:
    """How many pixels have exactly the colour of `role`."""
    pixels = memoryview(picture.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    return pixels.tolist().count(theme().color(role).rgb())


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_shown(show: Show, view: str) -> None:
    body = BodyMap("Body map")
    show(body, 452, 530)
    body.show_picture(BodyPicture(view, (CUP, NEEDLE)))
    assert _count(body.grab().toImage(), "figure.skin") > 20_000


def test_the_thumbnails_choose_a_view_and_count_its_marks(qtbot: QtBot, show: Show) -> None:
    thumbs = BodyThumbs()
    show(thumbs, 452, 96)
    thumbs.show_marks((CUP, NEEDLE))
    chosen = heard(thumbs.chosen)
    buttons = list(thumbs.findChildren(BodyThumb))
    assert [thumb.words for thumb in buttons] == ["Back 2", "Front", "Left", "Right"]
    QTest.mouseClick(buttons[1], LEFT)
    assert chosen == [("anterior",)]
    assert nameless(thumbs) == []
