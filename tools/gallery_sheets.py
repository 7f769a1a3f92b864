"""The sheets of the gallery: `components` repeats the design's own sheet, the others show the larger parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from pulse_desktop.clinic.atlas.body_map import shapes
from pulse_desktop.clinic.atlas.body_picture import BarredRegion, BodyPicture, CupMark, FadingMark, NeedleMark
from pulse_desktop.clinic.atlas.drawing import Rect
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.parts.board import Board
from pulse_desktop.gui.parts.body_map import BodyMap
from pulse_desktop.gui.parts.body_painter import paint, to_device
from pulse_desktop.gui.parts.body_thumbs import BodyThumbs
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.chips import Chip, ChipView
from pulse_desktop.gui.parts.drawing import focus_ring
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.grid_painting import paint_opening, paint_visit
from pulse_desktop.gui.parts.grid_values import GridVisit, Opening
from pulse_desktop.gui.parts.icons import icon_names
from pulse_desktop.gui.parts.key_rows import KeyRow, KeyRows
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.line_chart import ChartPoint, LineChart
from pulse_desktop.gui.parts.package_dots import PackageDots
from pulse_desktop.gui.parts.pain_scale import PainScale
from pulse_desktop.gui.parts.pickers import Picker
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.time_grid import TimeGrid
from pulse_desktop.gui.parts.timers import TimerChip, TimerRing
from pulse_desktop.gui.parts.toast_button import ToastButton
from tests.gui.parts.samples import a_board, a_day, timers

PROGRESS = (
    ("expected", "Expected", "Chen Lin 陈琳"),
    ("arrived", "Arrived", "G. O’Neill"),
    ("in-room", "In room", "Huang Jie"),
    ("cups-on", "Cups or needles on", "M. Alvarez"),
    ("checking-out", "Checking out", "R. Kaplan"),
    ("done", "Done", "L. Goldberg"),
    ("left", "Left", "A. Haddad"),
)


class Drawn(QWidget):
    """A place of a fixed size that is painted by a function."""

    def __init__(self, width: int, height: int, brush: Callable[[QPainter], None]) -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self._brush = brush

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._brush(QPainter(self))


class Ringed(QWidget):
    """A widget with the focus ring drawn around it, for a picture in which nothing has the focus."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.addWidget(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        focus_ring(QPainter(self), QRectF(self.rect()).adjusted(3, 3, -3, -3), 6)


# --- layout of a sheet


def _row(*things: QWidget, gap: int = 12) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for thing in things:
        row.addWidget(thing, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    return row


def _named(thing: QWidget, words: str) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(thing, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(Label(words, "secondary", "ink-faint"))
    return whole


def _card(title: str, *contents: QLayout | QWidget) -> Card:
    card = Card()
    inner = QVBoxLayout()
    inner.setContentsMargins(14, 10, 14, 10)
    inner.setSpacing(6)
    inner.addWidget(Label(title, "secondary", "ink-soft", weight=500))
    for content in contents:
        if isinstance(content, QLayout):
            inner.addLayout(content)
        else:
            inner.addWidget(content)
    card.body.addLayout(inner)
    return card


def _sheet(width: int, height: int, things: Iterable[QWidget | QLayout]) -> QWidget:
    sheet = QWidget()
    sheet.resize(width, height)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(10)
    for thing in things:
        if isinstance(thing, QLayout):
            column.addLayout(thing)
        else:
            column.addWidget(thing)
    column.addStretch(1)
    return sheet


# --- the design's own sheet


def _buttons() -> Card:
    def button(words: str, kind: str = "plain", look: str = "") -> Button:
        made = Button(words, kind)
        made.setProperty("look", look)
        return made

    off = button("Book visit", "primary")
    off.setEnabled(False)
    return _card(
        "Buttons",
        _row(
            _named(button("Book visit", "primary"), "primary"),
            _named(button("Book visit", "primary", "hover"), "hover"),
            _named(button("Book visit", "primary", "pressed"), "pressed"),
            _named(Ringed(button("Book visit", "primary")), "focus"),
            _named(off, "disabled"),
            _named(button("Walk-in"), "plain"),
            _named(button("Walk-in", look="hover"), "hover"),
            _named(button("Reply", "text"), "text"),
            _named(button("Take back signature", "danger"), "danger"),
        ),
    )


def _fields() -> Card:
    def field(words: str = "", hint: str = "", refusal: str = "") -> QWidget:
        made = TextField("", hint=hint)
        made.setFixedWidth(theme().sized(150 if not refusal else 190))
        made.set_value(words)
        if refusal:
            made.control.setMaximumWidth(theme().sized(150))
            made.refuse(refusal)
        return made

    off = QLineEdit("Locked by signature")
    off.setEnabled(False)
    off.setFixedSize(theme().sized(150), theme().tall(32))
    return _card(
        "Fields",
        _row(
            _named(field(hint="Name or phone"), "empty"),
            _named(field("María Alvarez"), "filled"),
            _named(field("10:45 AM", refusal="Room 2 is taken until 11:20."), "refused"),
            _named(off, "disabled"),
        ),
    )


def _chips() -> Card:
    chips = (
        ChipView("2 used, 1 booked, 7 left"),
        ChipView("Two Chens", "indigo"),
        ChipView("NJ consent missing", "amber", "signature"),
        ChipView("Pregnant: no cupping", "cinnabar", "stop"),
        ChipView("Confirmed", "jade", "check"),
        ChipView("Weekly", "outline", "series"),
    )
    return _card("Chips", _row(*(Chip(chip) for chip in chips)))


def _scales() -> Card:
    pain = PainScale("Pain")
    pain.set_value(4)
    pain.setFixedWidth(theme().sized(330))
    return _card("Pain scale, segments", _row(pain, Segments(("Day", "Week"), "View"), gap=16))


def _timers() -> Card:
    words = Label(
        "running   planned minute reached   two minutes over, or the site’s cap   needles", "secondary", "ink-faint"
    )
    return _card("Timers", _row(*(TimerChip(view) for view in timers())), words)


def _blocks() -> Card:
    def block(role: str, name: str, *, selected: bool = False) -> Drawn:
        visit = GridVisit(1, "", 600, 65, "10:00", name, "Room 2", role=f"progress.{role}", hands=((0, 20), (45, 55)))
        rect = QRectF(4, 4, 118, 76)
        return Drawn(126, 88, lambda painter: paint_visit(painter, rect, visit, selected=selected))

    def place(words: str, *, refused: bool = False) -> Drawn:
        opening = Opening("", 600, 55, words, is_chosen=not refused, is_refused=refused)
        return Drawn(126, 88, lambda painter: paint_opening(painter, QRectF(4, 4, 118, 64), opening))

    blocks = [_named(block(role, name), words) for role, words, name in PROGRESS]
    blocks.append(_named(block("expected", "Mei Tan", selected=True), "selected"))
    blocks += [_named(place("2:30 to 3:25"), "drop here"), _named(place("Room 2: taken", refused=True), "refused drop")]
    return _card("Visit blocks: hands-on dark, table time light; 1 hour is 72 px", _row(*blocks, gap=4))


def _body_piece(x: float, y: float, width: int, *marks: object, scale: float = 0.7) -> Drawn:
    def brush(painter: QPainter) -> None:
        window = Rect(x - width / scale / 2, y - 30 / scale, width / scale, 60 / scale)
        picture = BodyPicture("posterior", marks)  # type: ignore[arg-type]
        painter.setClipRect(0, 0, width, 60)
        paint(
            painter, shapes(picture, window, scale), to_device(window, 0, 0, scale), theme().color, theme().font("mark")
        )

    return Drawn(width, 60, brush)


def _marks() -> Card:
    grades = [_body_piece(500, 560, 56, FadingMark("posterior", 500, 560, 55, grade, 0)) for grade in range(6)]
    fading = [_body_piece(500, 560, 56, FadingMark("posterior", 500, 560, 55, 4, days)) for days in (1, 3, 5, 7, 9)]
    return _card("Mark grades 0 to 5, and grade 4 fading by days", _row(*grades, *fading, gap=4))


def _cups() -> Card:
    def cup(words: str, state: str, share: float = 0, *, selected: bool = False) -> QWidget:
        mark = CupMark("posterior", 463, 674, 1, 55, state=state, fraction=share, is_selected=selected)
        return _named(_body_piece(463, 674, 60, mark), words)

    needle = _body_piece(450, 860, 104, NeedleMark("posterior", 450, 860, "BL23"))
    barred = _body_piece(640, 880, 104, BarredRegion("posterior", "gluteus_medius_r"))
    return _card(
        "Cups, needles, barred",
        _row(
            cup("placed", "placed"),
            cup("on", "on", 0.3),
            cup("on, 78 %", "on", 0.78),
            cup("due", "due", 1.0),
            cup("selected", "on", 0.6, selected=True),
            _named(needle, "needle"),
            _named(barred, "barred region"),
        ),
    )


def _table() -> Card:
    columns: tuple[Column[tuple[str, str]], ...] = (
        Column("Row", lambda line: line[0], stretch=1),
        Column("State", lambda line: line[1], stretch=1),
    )
    card = Card()
    model = RowsModel(columns, key=lambda line: line[0], parent=card)
    table = Table(model, label="Rows", row=28, whole=True)
    model.show_rows([("Nov 17", "plain"), ("Nov 10", "hover"), ("Nov 3", "selected")])
    table.choose("Nov 3")
    table.hovered = 1
    table.setFixedWidth(theme().sized(420))
    card.body.addWidget(table)
    return card


def _toast() -> Card:
    button = ToastButton()
    button.set_words("Undo: arrived D. Walker")
    words = Label("Denise Walker arrived, 10:40", ink="paper")
    dark = Card(ground="ink", edge="ink", radius=8)
    row = QHBoxLayout()
    row.setContentsMargins(15, 5, 7, 5)
    row.setSpacing(12)
    row.addWidget(words)
    row.addWidget(button)
    dark.body.addLayout(row)
    return _card("Toast", _row(dark))


def components() -> QWidget:
    """What `mockups/components.png` shows."""

    def beside(*cards: Card) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in cards:
            row.addWidget(card, 0 if card is cards[0] else 1, Qt.AlignmentFlag.AlignTop)
        return row

    return _sheet(
        1440,
        900,
        (
            _buttons(), _fields(), beside(_chips(), _scales()), _timers(), _blocks(), beside(_marks(), _cups()),
            beside(_table(), _toast()),
        ),
    )  # fmt: skip


# --- the larger parts


def board() -> QWidget:
    """The Today board."""
    sheet = QWidget()
    sheet.resize(1368, 640)
    column = QVBoxLayout(sheet)
    made = Board()
    column.addWidget(made)
    made.show_columns(a_board())
    made.choose(3)
    return sheet


def calendar() -> QWidget:
    """The time grid."""
    grid = TimeGrid()
    grid.resize(984, 764)
    columns, visits = a_day()
    grid.show_day(columns, visits, first=540, last=1140)
    grid.set_now(642)
    chosen = Opening("okafor", 915, 55, "1  3:15 Room 4", is_chosen=True, before=5, after=10)
    refused = Opening("petrov", 990, 55, "4:30 Room 5: taken", is_refused=True)
    grid.show_openings((chosen, Opening("lin", 900, 55, "2  3:00 Room 2"), refused), {3})
    grid.choose(4)
    return grid


def body() -> QWidget:
    """The body map with its thumbnails."""
    sheet = QWidget()
    sheet.resize(484, 680)
    column = QVBoxLayout(sheet)
    marks = (
        CupMark("posterior", 463, 674, 1, state="on", fraction=0.78),
        CupMark("posterior", 537, 674, 2, state="on", fraction=0.78, is_selected=True),
        NeedleMark("posterior", 450, 860, "BL27"),
        NeedleMark("posterior", 450, 1500, "BL40"),
        BarredRegion("posterior", "flank_r", "stitches to Dec 1"),
        FadingMark("posterior", 440, 450, 45, 3, 7),
    )
    made, thumbs = BodyMap("Body map"), BodyThumbs()
    made.show_picture(BodyPicture("posterior", marks))
    thumbs.show_marks(marks)
    column.addWidget(made, 1)
    column.addWidget(thumbs)
    return sheet


def pieces() -> QWidget:
    """What is left: chart, dots, pickers, rows with keys, rings, an empty place."""
    chart = LineChart("Low back pain, 0 to 10")
    points = [
        ChartPoint("Oct 13" if number == 0 else "Today", value)
        for number, value in enumerate((8, 7, 7, 6, 6, 7, 6, 6, 4))
    ]
    chart.show_points(points, matters_from=6)
    chart.setFixedWidth(theme().sized(362))
    picker = Picker(("thin white", "thick white", "yellow", "none"), "Tongue coat")
    picker.set_value(("thin white",))
    picker.setFixedWidth(theme().sized(372))
    rows = KeyRows("First openings")
    rows.show_rows(
        (
            KeyRow("Today 2:15 PM", "Okafor, Room 4", "Clifton"),
            KeyRow("Thu Dec 3, 5:15 PM", "Reyes, Room B1", "Brooklyn"),
        )
    )
    rows.choose(0)
    rows.setFixedWidth(theme().sized(352))
    empty = EmptyPlace(
        "Nobody is waiting for an earlier time",
        "When someone asks for a day that is full, put them here.",
        "Put someone here",
    )
    return _sheet(
        1440, 900, (_row(chart, picker, rows), _row(PackageDots(2, 1, 7)), _row(*map(TimerRing, timers()[:3])), empty)
    )


def icons() -> QWidget:
    """All icons."""

    def brush(painter: QPainter) -> None:
        for number, name in enumerate(sorted(icon_names())):
            row, column = divmod(number, 15)
            theme().draw_icon(painter, name, "ink", QRectF(16 + column * 48, 16 + row * 48, 24, 24))

    return Drawn(760, 260, brush)


SHEETS: dict[str, Callable[[], QWidget]] = {
    "components": components,
    "board": board,
    "calendar": calendar,
    "body": body,
    "pieces": pieces,
    "icons": icons,
}
