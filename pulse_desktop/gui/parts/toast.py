"""What just happened, and how to take it back.

    toast = Toast(work_area)
    toast.say("Denise Walker arrived, 10:40", undo="Undo: arrived D. Walker", run=self._take_back)    # bound method
    toast.say("Sheet printed")

One toast at a time, 44 px high above the lower edge of `work_area`. It stays 8 s, longer while the pointer or the focus
is on it. Ctrl+Z undoes while it is shown (a text field with the focus keeps its own Ctrl+Z).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.shadow import paint_shadow
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.parts.toast_button import ToastButton
from pulse_desktop.gui.work import WeakCall

SHOWN_MS: Final = 8000
_HEIGHT: Final = 44
_NARROWEST: Final = 320
_SHADOW: Final = 16
_BOTTOM: Final = 12


class Toast(QWidget):
    """A dark box at the lower edge of its parent."""

    gone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._run: WeakCall | None = None
        self._covered = 0
        self._words = Label("", ink="paper")
        self._button = ToastButton()
        self._button.clicked.connect(self.undo)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_SHADOW + 16, _SHADOW, _SHADOW + 8, _SHADOW)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SHOWN_MS)
        self._clock.timeout.connect(self.dismiss)
        self._keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        self._motion = QPropertyAnimation(self, b"geometry", self)
        self._button.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """The sentence that is shown; empty when nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, sentence: str, *, undo: str = "", run: Callable[..., object] | None = None) -> None:
        """Show `sentence`; with `undo`, a named button that calls `run` once."""
        self._run = WeakCall(run) if run is not None else None
        self._words.set_words(sentence)
        self._button.set_words(undo)
        self._button.setVisible(bool(undo))
        self._keys.setEnabled(bool(undo))
        self.setAccessibleName(sentence)
        self._appear()
        self._clock.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def cover(self, pixels: int) -> None:
        """So many px at the right are under a panel: stand in the middle of what is left."""
        self._covered = pixels
        if not self.isHidden():
            self._motion.stop()
            self.setGeometry(self._place())

    def undo(self) -> None:
        """Take back what was said, once."""
        run = self._run.living() if self._run else None
        self._run = None
        if not self.isHidden():
            self.dismiss()
        if run is not None:
            run()

    def dismiss(self) -> None:
        """Go away."""
        self._clock.stop()
        self._keys.setEnabled(False)
        self.hide()
        self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._motion.stop()
            self.setGeometry(self._place())
        elif watched is self._button and event.type() == QEvent.Type.FocusIn:
            self._clock.stop()
        elif watched is self._button and event.type() == QEvent.Type.FocusOut and not self.isHidden():
            self._clock.start()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.isHidden() and not self._button.hasFocus():
            self._clock.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        inner = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        paint_shadow(painter, inner, 8, "menu")
        drawing.box(painter, inner, 8, look.color("ink"))

    def _appear(self) -> None:
        self._motion.stop()
        place = self._place()
        self.show()
        self.raise_()
        duration = theme().motion("toast")
        if not duration:
            self.setGeometry(place)
            return
        self._motion.setDuration(duration)
        self._motion.setStartValue(place.translated(0, 12))
        self._motion.setEndValue(place)
        self._motion.start()

    def _place(self) -> QRect:
        parent = self.parentWidget()
        assert parent is not None
        self._row.activate()
        free = parent.width() - self._covered
        if free < _NARROWEST:
            free = parent.width()
        width = min(self._row.sizeHint().width(), free - 16)
        height = theme().tall(_HEIGHT) + 2 * _SHADOW
        left = (free - width) // 2
        return QRect(left, parent.height() - _BOTTOM - height + _SHADOW, width, height)
