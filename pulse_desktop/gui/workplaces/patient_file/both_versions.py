"""Somebody else changed the same patient meanwhile: what they wrote beside what stands in the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label, Paragraph


class BothVersions(Card):
    """A row a field: theirs, yours, and "Use theirs". What only they changed is told as taken over."""

    theirs_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Changed meanwhile"), edge="amber", parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 0, 16, 12)
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_versions(self, who: str, taken_over: Sequence[str], both: Sequence[tuple[str, str, object, object]]) -> None:
        """`both` holds (field, label, theirs, yours); `taken_over` the labels of what only they changed."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows.addWidget(Paragraph(who, "secondary", "ink-soft"))
        if taken_over:
            words = _("Taken over from them: {fields}.").format(fields=", ".join(taken_over))
            self._rows.addWidget(Paragraph(words, "secondary", "ink-soft"))
        for name, label, theirs, yours in both:
            self._rows.addWidget(self._row(name, label, shown(theirs), shown(yours)))

    def _row(self, name: str, label: str, theirs: str, yours: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Label(label, "secondary", "ink-soft", weight=500), 1)
        use = Link(_("Use theirs"))
        use.setAccessibleName(_("Use theirs: {field}, {value}").format(field=label, value=theirs))
        use.setProperty("field", name)
        use.clicked.connect(self._tell)
        head.addWidget(use)
        column.addLayout(head)
        column.addWidget(Paragraph(_("Theirs: {value}").format(value=theirs)))
        column.addWidget(Paragraph(_("Yours: {value}").format(value=yours)))
        return row

    def _tell(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.theirs_wanted.emit(str(sender.property("field")))


def shown(value: object) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return full_day(value)
    return str(value) if value not in {None, ""} else _("empty")
