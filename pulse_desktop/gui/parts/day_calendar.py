"""A month to pick a day from, opened below a field.

    calendar = DayCalendar(day, label="Date of birth", parent=field)
    calendar.picked.connect(self._take)          # datetime.date: a click, or Enter on the day the arrow keys reached
    calendar.open_below(line)

Page Up and Page Down turn the months, Esc closes. It dies when closed.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QToolButton, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.theme import theme


class DayCalendar(QCalendarWidget):
    """Weeks begin on Sunday, as on the wall calendars of our offices."""

    picked = Signal(date)

    def __init__(self, day: date, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        look = theme()
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(label)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look.color("ink"))
        head.setForeground(look.color("ink-soft"))
        head.setBackground(look.color("raised"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekday, plain)
        self.setHeaderTextFormat(head)
        for name, icon, words in (
            ("qt_calendar_prevmonth", "chevron-left", _("Month before")),
            ("qt_calendar_nextmonth", "chevron-right", _("Month after")),
        ):
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(look.icon(icon))
                button.setAccessibleName(words)
        self.setSelectedDate(QDate(day.year, day.month, day.day))
        self.setFixedSize(look.sized(312), look.sized(272))
        self.activated.connect(self._tell)
        self.clicked.connect(self._tell)

    def open_below(self, widget: QWidget) -> None:
        """Open under `widget` with the keyboard on the days."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        days = self.findChild(QAbstractItemView)
        if isinstance(days, QAbstractItemView):
            days.setProperty("paintsOwnFocus", True)
            days.setFocus()

    def _tell(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))
