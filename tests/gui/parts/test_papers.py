"""Preview, chart, empty places, rail, banner, dots."""

from __future__ import annotations

import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pulse_desktop.gui.parts.banner import Banner, BannerView
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.line_chart import ChartPoint, LineChart
from pulse_desktop.gui.parts.nav_rail import NavRail, RailItem
from pulse_desktop.gui.parts.package_dots import PackageDots
from pulse_desktop.gui.parts.pdf_pages import PdfPages
from pulse_desktop.gui.parts.pdf_preview import PdfPage, PdfPreview
from tests.gui.accessible import nameless
from tests.gui.conftest import Show, Wear


@pytest.fixture(scope="module")
def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(612, 792))
    for number in (1, 2):
        canvas.drawString(72, 700, f"Call us if, page {number}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_a_page_is_drawn_black_on_white_at_its_size(qtbot: QtBot, pdf: bytes) -> None:
    pages = PdfPages(pdf)
    assert len(pages) == 2
    image = pages.image(0, 144)
    assert (image.width(), image.height()) == (1224, 1584)
    assert image.pixelColor(5, 5).name() == "#ffffff"
    darkest = min(image.pixelColor(x, y).lightness() for x in range(140, 300) for y in range(160, 190))
    assert darkest < 60
    assert "Call us if, page 1" in pages.words(0)
    pages.close()


def test_the_preview_shows_all_pages_and_says_them(qtbot: QtBot, show: Show, pdf: bytes) -> None:
    preview = PdfPreview()
    show(preview, 900, 700)
    preview.show_document(pdf, "Aftercare, María Alvarez")
    pages = list(preview.findChildren(PdfPage))
    assert [page.accessibleName() for page in pages] == ["Page 1 of 2", "Page 2 of 2"]
    assert "page 2" in pages[1].accessibleDescription()
    assert pages[0].size().toTuple() == (816, 1056)
    preview.zoom_in()
    assert pages[0].width() == round(816 * 1.2)
    assert nameless(preview) == []


@pytest.mark.parametrize(
    ("signal", "key", "modifier"),
    [
        ("print_asked", Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier),
        ("save_asked", Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
        ("closed", Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_the_preview_is_used_by_keys(
    qtbot: QtBot, show: Show, pdf: bytes, signal: str, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    preview = PdfPreview()
    show(preview, 900, 700)
    preview.show_document(pdf, "Receipt 12")
    page = preview.findChild(PdfPage)
    assert isinstance(page, PdfPage)
    page.setFocus()
    with qtbot.waitSignal(getattr(preview, signal)):
        QTest.keyClick(page, key, modifier)


def test_a_chart_says_its_points(qtbot: QtBot, show: Show) -> None:
    chart = LineChart("Low back pain, 0 to 10")
    show(chart, 362, 176)
    assert chart.accessibleName() == "Low back pain, 0 to 10. nothing yet"
    chart.show_points((ChartPoint("Oct 13", 8), ChartPoint("Today", 4)), matters_from=6)
    assert chart.accessibleName() == "Low back pain, 0 to 10. Oct 13: 8, Today: 4"
    assert not chart.grab().isNull()


def test_an_empty_place_has_one_next_step(qtbot: QtBot, show: Show) -> None:
    place = EmptyPlace("Nobody is waiting", "Put them here.", "Put someone on the wait list")
    show(place, 800, 500)
    button = place.findChild(Button)
    assert isinstance(button, Button)
    with qtbot.waitSignal(place.asked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_rail_is_walked_with_arrow_keys_and_clicked(qtbot: QtBot, show: Show) -> None:
    rail = NavRail(
        (RailItem("today", "Today", "today"), RailItem("calendar", "Calendar", "calendar")),
        bottom=(RailItem("settings", "Settings", "settings"),),
    )
    show(rail, 72, 500)
    assert rail.width() == 72
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    buttons = list(rail.findChildren(QPushButton))
    assert buttons[0].height() == 56
    buttons[0].setFocus()
    QTest.keyClick(buttons[0], Qt.Key.Key_Down)
    QTest.keyClick(buttons[1], Qt.Key.Key_Space)
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton, pos=QPoint(30, 20))
    assert chosen == ["calendar", "settings"]
    assert rail.current == "settings"
    assert nameless(rail) == []


def test_with_large_text_the_rail_shows_icons_only(qtbot: QtBot, show: Show, wear: Wear) -> None:
    wear("light", 2.0)
    rail = NavRail((RailItem("today", "Today", "today"),))
    show(rail, 64, 500)
    assert rail.width() == 64


def test_the_banner_says_who_and_what_to_know(qtbot: QtBot, show: Show) -> None:
    banner = Banner()
    show(banner, 1200, 64)
    banner.show_person(
        BannerView("MA", "María Alvarez", "goes by Mari", ("Born Mar 12, 1984",), (ChipView("Latex", "cinnabar"),))
    )
    assert banner.accessibleName() == "María Alvarez goes by Mari Born Mar 12, 1984 Latex"
    banner.show_person(BannerView("LA", "Luis Alvarez"))
    assert banner.accessibleName().strip() == "Luis Alvarez"
    assert banner.sizeHint().height() == 64


def test_package_dots_stand_for_a_sentence(qtbot: QtBot, show: Show) -> None:
    dots = PackageDots(2, 1, 7)
    show(dots, 300, 14)
    assert dots.accessibleName() == "2 used, 1 booked, 7 left"
    assert dots.heightForWidth(300) == 14
    assert dots.heightForWidth(86) == 32
