from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontInfo, QFontMetricsF, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.drawing import text_width
from pulse_desktop.gui.parts.icons import icon_names
from pulse_desktop.gui.parts.stylesheet import stylesheet
from pulse_desktop.gui.parts.theme import Theme, theme
from pulse_desktop.gui.parts.tokens import PALETTES
from tests.gui.conftest import Show, Wear


def test_a_role_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(KeyError):
        Theme().color("progress.arived.solid")


@pytest.mark.parametrize("name", PALETTES)
def test_the_stylesheet_is_filled_in(name: str) -> None:
    written = stylesheet(Theme(name))
    assert "@" not in written
    assert "$" not in written


@pytest.mark.parametrize(("height", "doubled"), [(32, 52), (40, 60)])
def test_controls_grow_with_the_text(height: int, doubled: int) -> None:
    assert Theme(scale=2.0).tall(height) == doubled
    assert Theme(scale=1.0).tall(height) == height


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_words_are_set_in_inter_with_figures_of_one_width(qapp: QApplication, weight: int) -> None:
    font = Theme().font("body", weight)
    assert QFontInfo(font).family() == "Inter"
    assert QFontInfo(font).weight() == weight
    assert text_width("11:11", font) == text_width("00:00", font)
    assert text_width("Walk-in 11", font) == QFontMetricsF(font).horizontalAdvance("Walk-in 11")


def test_hanzi_have_a_font(qapp: QApplication) -> None:
    assert QFontMetricsF(Theme().font()).horizontalAdvance("陈琳") > 20


def test_all_icons_can_be_drawn_in_the_palettes_colour(qapp: QApplication) -> None:
    assert len(icon_names()) >= 75
    look = Theme("dark")
    for name in icon_names():
        canvas = QImage(40, 40, QImage.Format.Format_ARGB32)
        canvas.fill(0)
        painter = QPainter(canvas)
        look.draw_icon(painter, name, "jade", QRectF(0, 0, 40, 40))
        painter.end()
        strongest = max(
            (canvas.pixelColor(x, y) for x in range(40) for y in range(40)), key=lambda colour: colour.alpha()
        )
        assert strongest.alpha() > 150, name
        assert abs(strongest.green() - look.color("jade").green()) < 12, name


def test_disabled_icons_have_their_own_tint(qapp: QApplication) -> None:
    icon = Theme().icon("add", "jade")
    assert not icon.isNull()


def test_the_look_changes_at_once(qtbot: QtBot, wear: Wear, show: Show) -> None:
    field = QLineEdit()
    show(field, 200, 32)
    light = field.grab().toImage().pixelColor(100, 16)
    wear("dark")
    dark = field.grab().toImage().pixelColor(100, 16)
    assert light == Theme().color("raised")
    assert dark == theme().color("raised")
    assert field.palette().color(QPalette.ColorRole.PlaceholderText) == theme().color("ink-faint")


def test_motion_is_taken_away_on_request() -> None:
    assert Theme(calm=True).motion("panel-opens") == 0
    assert Theme().motion("panel-opens") == 120
