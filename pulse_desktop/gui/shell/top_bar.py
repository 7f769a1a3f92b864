"""The bar at the top: search, panels set aside, office, date, person, lock."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import short_day
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Button, IconButton
from pulse_desktop.gui.parts.desk_parts import Heartbeat, Practice
from pulse_desktop.gui.parts.labels import Label, Rule
from pulse_desktop.gui.parts.side_panel import PanelPlace, ParkedChips
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.next_hands import NextHands

_LARGE: Final = 1.4


class SearchField(QPushButton):
    """Looks like a field and opens the palette; typing on it goes there too."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Search people and actions"), parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription("Ctrl+K")

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(400 if look.scale < _LARGE else 480, look.tall(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        drawing.box(painter, QRectF(self.rect()), 6, look.color("raised"), look.color("line-strong"))
        side = 18 if look.scale < _LARGE else 28
        look.draw_icon(painter, "search", "ink-faint", QRectF(9, (self.height() - side) / 2, side, side))
        drawing.key_hint(painter, self.width() - 9, self.height() / 2, "Ctrl+K")
        words = self.text() if look.scale < _LARGE else _("Search")
        room = QRectF(9 + side + 8, 0, self.width() - side - 34 - drawing.key_hint_width("Ctrl+K"), self.height())
        drawing.words(painter, room, words, look.font("body"), look.color("ink-faint"))


class OfficeChoice(Button):
    """The office this seat works for; a menu when there is more than one."""

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", icon="office", ink="ink", icon_ink="ink-soft", after="chevron-down", parent=parent)
        self._practice = practice
        practice.changed.connect(self._show_office)
        practice.office_changed.connect(self._show_office)
        self.clicked.connect(self._open)
        self._show_office()

    def _show_office(self) -> None:
        name = self._practice.office.name
        self.set_words(name)
        self.setAccessibleName(_("Office: {office}").format(office=name))

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for office in self._practice.data.offices:
            if office.active:
                action = menu.addAction(office.name)
                action.setData(office.id)
                action.setCheckable(True)
                action.setChecked(office.id == self._practice.office.id)
        menu.triggered.connect(self._choose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, action: QAction) -> None:
        self._practice.choose_office(int(action.data()))


class PersonChoice(Button):
    """Who is at this seat; a menu of what one does for oneself here."""

    appearance_asked = Signal()
    lock_asked = Signal()
    sign_out_asked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, "quiet", ink="ink", parent=parent)
        self._whole = words
        self.setAccessibleName(_("At this seat: {person}").format(person=words))
        self.clicked.connect(self._open)

    def fit(self, *, is_small: bool) -> None:
        """With large text the name alone stands here."""
        self.set_words(self._whole if is_small else self._whole.split(",")[0])

    def _open(self) -> None:
        look, menu = theme(), QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(look.icon("theme"), _("Appearance"), self.appearance_asked.emit)
        menu.addAction(look.icon("lock"), _("Lock this seat") + "\tCtrl+L", self.lock_asked.emit)
        menu.addSeparator()
        menu.addAction(look.icon("back"), _("Sign out"), self.sign_out_asked.emit)
        corner = self.mapToGlobal(self.rect().bottomRight())
        menu.popup(QPoint(corner.x() - menu.sizeHint().width(), corner.y()))


class TopBar(QWidget):
    """48 px at the top of the window, right of the rail."""

    search_asked = Signal(str)
    lock_asked = Signal()
    to_sign_asked = Signal()

    def __init__(
        self, practice: Practice, heartbeat: Heartbeat, person: str, staff_id: int, panels: PanelPlace, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._practice = practice
        self._search = SearchField(self)
        self.hands = NextHands(staff_id, self)
        self._date = Label("", "body", "ink-soft", parent=self)
        self.person = PersonChoice(person, self)
        self.to_sign = Button("", "quiet", icon="signature", ink="amber", icon_ink="amber", parent=self)
        self.to_sign.hide()
        self._count = 0
        self._lock = IconButton("lock", _("Lock this seat (Ctrl+L)"), parent=self)
        self._rules = (Rule(upright=True, parent=self), Rule(upright=True, parent=self))
        self._row = QHBoxLayout(self)
        self._office = OfficeChoice(practice, self)
        self._fill_row(ParkedChips(panels, self))
        self._search.clicked.connect(self._ask_search)
        self._search.typed.connect(self.search_asked)
        self._lock.clicked.connect(self.lock_asked)
        self.to_sign.clicked.connect(self.to_sign_asked)
        heartbeat.minute.connect(self._show_date)
        practice.office_changed.connect(self._show_date)
        self._show_date()
        self._measure()

    def show_to_sign(self, count: int) -> None:
        """How many notes of the person wait for their signature; nothing stands here when none does."""
        self._count = count
        words = ngettext("{count} note to sign", "{count} notes to sign", count).format(count=count)
        self.to_sign.set_words(words if theme().scale < _LARGE else str(count))
        self.to_sign.setAccessibleName(words)
        self.to_sign.setVisible(count > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        bottom = self.height() - 1
        drawing.line(QPainter(self), QPointF(0, bottom), QPointF(self.width(), bottom), theme().color("line"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _fill_row(self, chips: ParkedChips) -> None:
        row = self._row
        row.setContentsMargins(12, 0, 16, 1)
        row.setSpacing(8)
        row.addWidget(self._search)
        row.addWidget(self.hands)
        row.addWidget(chips)
        row.addStretch(1)
        row.addWidget(self.to_sign)
        row.addWidget(self._office)
        row.addWidget(self._rules[0])
        row.addSpacing(8)
        row.addWidget(self._date)
        row.addSpacing(6)
        row.addWidget(self._rules[1])
        at_seat = QHBoxLayout()
        at_seat.setSpacing(1)
        at_seat.addWidget(self.person)
        at_seat.addWidget(self._lock)
        row.addLayout(at_seat)

    def _measure(self) -> None:
        is_small = theme().scale < _LARGE
        self.setFixedHeight(top_height())
        self._date.setVisible(is_small)
        for rule in self._rules:
            rule.setVisible(is_small)
        self._office.set_icon_name("office" if is_small else "")
        self.person.fit(is_small=is_small)
        self.show_to_sign(self._count)

    def _show_date(self) -> None:
        self._date.set_words(short_day(self._practice.today()))

    def _ask_search(self) -> None:
        self.search_asked.emit("")


def top_height() -> int:
    """Height of the top bar and of the mark beside it."""
    return theme().tall(48, 24)
