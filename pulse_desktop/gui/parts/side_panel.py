"""Side panels over the work, and the place at the right edge where they open, park and come back.

panel = SidePanel("Book a visit", primary="Book visit", keys="Ctrl+Enter")
panel.body.addWidget(form)                   # panel.body: a QVBoxLayout with gaps of 12, it scrolls
panel.name = "Booking, J. Ramírez"           # what its parked chip says
panel.confirmed.connect(self._book)          # the primary button or Ctrl+Enter
panel.has_draft = True                       # something was typed: Esc and the pin park it instead of closing it

place = PanelPlace(work_area); place.open(panel); place.park(); place.bring_back(0)
bar.addWidget(ParkedChips(place))            # Alt+1, Alt+2, ... bring them back
"""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPointF, QPropertyAnimation, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QLinearGradient, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.band import Band
from pulse_desktop.gui.parts.buttons import Button, IconButton
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.tokens import design_tokens

_SHADOW: Final = 16
_FULL_FROM: Final = 1.6
"""From this text scale on a panel takes the whole work area."""
_REMEASURE: Final = frozenset({QEvent.Type.Resize, QEvent.Type.StyleChange})


class SidePanel(QWidget):
    """Header 48 with title, pin and close; a body that scrolls; a footer with one primary button."""

    confirmed = Signal()
    parked = Signal()
    closed = Signal()

    def __init__(
        self,
        title: str,
        *,
        aside: str = "",
        primary: str = "",
        keys: str = "Ctrl+Enter",
        leave: str = "",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`aside` stands softly after the title, `leave` names what Esc does, `wide` makes it 440 px instead of 384."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.has_draft = False
        self.name = title
        self.width_wanted: int = design_tokens()["width"]["panel-wide" if wide else "panel"]
        self.title = Label(title, "section")
        self.aside = Label(aside, "body", "ink-soft")
        self.primary = Button(primary, "primary", keys=keys)
        self.leave = Button(leave or _("Keep as draft"), "quiet", keys="Esc")
        self.body = QVBoxLayout()
        self.footer = QHBoxLayout()
        self._lay_out()
        self.setAccessibleName(title)
        self.primary.setVisible(bool(primary))
        self.primary.clicked.connect(self.confirmed)
        self.leave.clicked.connect(self._leave)

    @property
    def must_be_kept(self) -> bool:
        """Whether closing would lose something: `has_draft`, or letters somebody typed into any of its fields."""
        lines = any(line.isModified() and line.text().strip() for line in self.findChildren(QLineEdit))
        return self.has_draft or lines or any(area.document().isModified() for area in self.findChildren(QPlainTextEdit))

    def set_title(self, title: str, aside: str = "") -> None:
        """Change the words of the header."""
        self.title.set_words(title)
        self.aside.set_words(aside)
        self.setAccessibleName(title)

    def let_body_fill(self) -> None:
        """The body takes the whole height: for what scrolls by itself, as a paper does."""
        self._inner.setStretch(0, 1)
        self._inner.setStretch(1, 0)

    def say_primary(self, words: str, *, enabled: bool = True) -> None:
        """Change what the primary button says ("Book 2:15 PM")."""
        self.primary.set_words(words)
        self.primary.setVisible(bool(words))
        self.primary.setEnabled(enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif ctrl and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.primary.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def focus_first(self) -> None:
        """Put the keyboard into the first field of the body."""
        widget = self._content.nextInFocusChain()
        while widget is not None and widget is not self._content:
            if (
                self._content.isAncestorOf(widget)
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isEnabled()
            ):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
            widget = widget.nextInFocusChain()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab goes in reading order. Qt's own order is that of making: footer before body, and what came later last."""
        stops = in_reading_order(self)
        now = self.focusWidget()
        at = next((at for at, stop in enumerate(stops) if stop is now), None)
        wanted = None if at is None else at + (1 if forward else -1)
        if wanted is None or not 0 <= wanted < len(stops):
            return super().focusNextPrevChild(forward)
        stops[wanted].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        if self._content.isAncestorOf(stops[wanted]):
            self.scroller.ensureWidgetVisible(stops[wanted])
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        edge = look.color("line-strong", 0.6) if look.is_dark else look.color("line")
        drawing.line(painter, QPointF(0, 0), QPointF(0, self.height()), edge)
        for y in (self._header.height() - 1, self._foot.y()):
            drawing.line(painter, QPointF(1, y), QPointF(self.width(), y), look.color("line"))

    def _leave(self) -> None:
        if self.must_be_kept:
            self.parked.emit()
        else:
            self.close()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        self._header = self._made_header()
        self._content = QWidget()
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(12)
        inner = self._inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self.body)
        inner.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(self._content)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)
        self._foot = self._made_footer()
        whole.addWidget(self._header)
        whole.addWidget(self.scroller, 1)
        whole.addWidget(self._foot)

    def _make_room_for_bar(self, _least: int, most: int) -> None:
        """The scroll bar stands in the body's margin, so that nothing moves when it comes or goes."""
        bar = self.scroller.verticalScrollBar().sizeHint().width() if most else 0
        self.body.setContentsMargins(16, 12, max(16 - bar, 0), 12)

    def _made_header(self) -> QWidget:
        header = Band(48, 24)
        row = QHBoxLayout(header)
        row.setContentsMargins(15, 0, 8, 1)
        row.setSpacing(8)
        pin = IconButton("pin", _("Park this panel"))
        close = IconButton("close", _("Close this panel"))
        pin.clicked.connect(self.parked)
        close.clicked.connect(self.close)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.title)
        row.addWidget(self.aside, 1)
        row.addWidget(pin)
        row.addWidget(close)
        return header

    def _made_footer(self) -> QWidget:
        foot = Band(57)
        self.footer = QHBoxLayout(foot)
        self.footer.setContentsMargins(15, 1, 16, 0)
        self.footer.setSpacing(8)
        self.footer.addWidget(self.leave)
        self.footer.addStretch(1)
        self.footer.addWidget(self.primary)
        return foot


def is_in_panel(widget: QWidget | None) -> bool:
    """Whether the keyboard is in a side panel: a screen that finishes loading must not take it away from there."""
    while widget is not None and not isinstance(widget, SidePanel):
        widget = widget.parentWidget()
    return widget is not None


def in_reading_order(whole: QWidget) -> list[QWidget]:
    """The widgets of `whole` that Tab stops at, line by line."""
    places = [
        (QRect(stop.mapTo(whole, QPoint(0, 0)), stop.size()), stop)
        for stop in whole.findChildren(QWidget)
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.focusProxy() is None and stop.isEnabled() and stop.isVisibleTo(whole)
    ]
    lines: list[list[tuple[QRect, QWidget]]] = []
    for place, stop in sorted(places, key=_from_the_top):
        if lines and place.center().y() <= lines[-1][0][0].bottom():
            lines[-1].append((place, stop))
        else:
            lines.append([(place, stop)])
    return [stop for line in lines for _place, stop in sorted(line, key=_from_the_left)]


def _from_the_top(placed: tuple[QRect, QWidget]) -> int:
    return placed[0].top()


def _from_the_left(placed: tuple[QRect, QWidget]) -> int:
    return placed[0].left()


class _Shade(QWidget):
    """The soft edge at the left of a panel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        fade = QLinearGradient(0, 0, self.width(), 0)
        dark = look.color("paper" if look.is_dark else "ink", 0.5 if look.is_dark else 0.08)
        clear = look.color("ink", 0.0)
        fade.setColorAt(0, clear)
        fade.setColorAt(1, dark)
        QPainter(self).fillRect(QRectF(self.rect()), fade)


class PanelPlace(QObject):
    """The right edge of `work`: one open panel, and those that are parked."""

    changed = Signal()
    """What is open or parked changed."""

    def __init__(self, work: QWidget) -> None:
        super().__init__(work)
        self._work = work
        self._open: SidePanel | None = None
        self._parked: list[SidePanel] = []
        self._shade = _Shade(work)
        self._shade.hide()
        self._motion = QPropertyAnimation(self)
        self._motion.setPropertyName(b"geometry")
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        work.installEventFilter(self)

    @property
    def current(self) -> SidePanel | None:
        """The open panel."""
        return self._open

    @property
    def parked(self) -> tuple[SidePanel, ...]:
        """Parked panels, oldest first."""
        return tuple(self._parked)

    def open(self, panel: SidePanel) -> None:
        """Open `panel`. What is open now parks if something was typed in it, else it closes."""
        if panel is self._open:
            return
        self._make_room()
        if panel in self._parked:
            self._parked.remove(panel)
        else:
            panel.setParent(self._work)
            panel.parked.connect(self.park)
            panel.closed.connect(self._forget_closed)
            panel.destroyed.connect(self._forget_dead)
        self._open = panel
        self._slide_in(panel)
        panel.focus_first()
        self.changed.emit()

    def park(self) -> None:
        """Park the open panel; it keeps everything that was typed."""
        panel = self._open
        if panel is None:
            return
        self._parked.append(panel)
        self._put_away(panel)

    def bring_back(self, index: int) -> None:
        """Open the parked panel number `index` (0 is the oldest)."""
        if 0 <= index < len(self._parked):
            self.open(self._parked[index])

    def close(self) -> None:
        """Close the open panel without keeping it (its work is done)."""
        if self._open is not None:
            self._open.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._work and event.type() in _REMEASURE and self._open is not None:
            self._motion.stop()
            self._set_geometry(self._open)
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        if self._open is None:
            return
        if self._open.must_be_kept:
            self.park()
        else:
            self.close()

    def _put_away(self, panel: SidePanel) -> None:
        self._open = None
        self._motion.stop()
        panel.hide()
        self._shade.hide()
        self._work.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _forget_closed(self) -> None:
        panel = self.sender()
        if panel in self._parked:
            self._parked.remove(panel)
            self.changed.emit()
        elif panel is self._open and self._open is not None:
            self._put_away(self._open)

    def _forget_dead(self) -> None:
        self._parked = [panel for panel in self._parked if shiboken6.isValid(panel)]
        if self._open is not None and not shiboken6.isValid(self._open):
            self._open = None
            self._shade.hide()

    def _geometry(self, panel: SidePanel) -> QRect:
        full = theme().scale >= _FULL_FROM
        width = self._work.width() if full else min(panel.width_wanted, self._work.width())
        return QRect(self._work.width() - width, 0, width, self._work.height())

    def _set_geometry(self, panel: SidePanel) -> None:
        place = self._geometry(panel)
        panel.setGeometry(place)
        self._shade.setGeometry(place.left() - _SHADOW, 0, _SHADOW, place.height())

    def _slide_in(self, panel: SidePanel) -> None:
        self._set_geometry(panel)
        self._shade.show()
        self._shade.raise_()
        panel.show()
        panel.raise_()
        duration = theme().motion("panel-opens")
        if duration and self._work.isVisible():
            place = self._geometry(panel)
            self._motion.stop()
            self._motion.setTargetObject(panel)
            self._motion.setDuration(duration)
            self._motion.setStartValue(place.translated(_SHADOW * 2, 0))
            self._motion.setEndValue(place)
            self._motion.start()


class ParkedChips(QWidget):
    """The parked panels as buttons in the top bar."""

    def __init__(self, place: PanelPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.setAccessibleName(_("Parked panels"))
        for number in range(1, 10):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self, self._come_back)
            keys.setProperty("number", number)
        place.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is parked now."""
        while (item := self._row.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, panel in enumerate(self._place.parked, 1):
            button = Button(panel.name, "parked", icon="pin", keys=f"Alt+{number}")
            button.setProperty("number", number)
            button.clicked.connect(self._come_back)
            self._row.addWidget(button)
        self.setVisible(bool(self._place.parked))

    def _come_back(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._place.bring_back(int(sender.property("number")) - 1)
