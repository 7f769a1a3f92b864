"""How the note is laid out: banner, last visit, form, map and lists, the bar at the foot."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.names import initials
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import clock_time_full, short_day
from pulse_desktop.clinic.boards.values import PatientBanner
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.banner import Banner, BannerView
from pulse_desktop.gui.parts.bars import Strip
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.acts import Acts
from pulse_desktop.gui.workplaces.note.below import Below
from pulse_desktop.gui.workplaces.note.form_column import FormColumn
from pulse_desktop.gui.workplaces.note.in_error_card import InErrorCard
from pulse_desktop.gui.workplaces.note.last_visit import LastVisit
from pulse_desktop.gui.workplaces.note.lists_column import ListsColumn
from pulse_desktop.gui.workplaces.note.map_column import MapColumn
from pulse_desktop.gui.workplaces.note.measures import form_width, is_large, last_width
from pulse_desktop.gui.workplaces.note.minutes_row import MinutesRow
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand
from pulse_desktop.gui.workplaces.note.sign_bar import SignBar
from pulse_desktop.gui.workplaces.note.signature_card import AmendmentForm, SignatureCard
from pulse_desktop.gui.workplaces.note.writing import Writing


class NotePage(QWidget):
    """Everything of one note on screen; it only lays out and hands its pieces to the screen."""

    def __init__(self, parts: DeskParts, writing: Writing, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.strip = Strip("amber", "warning", "", "", _("Show both"))
        self.in_error = InErrorCard(parts)
        self.company = Strip("indigo", "seat", "", "")
        self.last = LastVisit(parts.practice)
        self.shorthand = OwnShorthand(parts, self)
        self.form = FormColumn(writing, self.shorthand)
        self.signature = SignatureCard(parts.practice)
        self.amendment = AmendmentForm()
        self.body = MapColumn(writing, parts.clock)
        self.lists = ListsColumn(parts, writing, acts, self.body, self.shorthand)
        self.minutes = MinutesRow(writing)
        self.bar = SignBar(parts.practice, self.minutes.measure)
        self._lay_out()

    def show_banner(self, banner: PatientBanner | None, visit: VisitLine | None) -> None:
        """Who lies on the table, and for what they came."""
        if visit is not None:
            self.minutes.show_visit(visit.roomed_at, visit.out_at)
        if banner is not None:
            self.banner.show_person(banner_view(banner, visit))

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether this note may be written in."""
        self.form.set_usable(usable)
        self.body.set_usable(usable)
        self.lists.set_usable(usable)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        strips = QVBoxLayout()
        strips.setContentsMargins(12, 8, 12, 0)
        strips.setSpacing(8)
        strips.addWidget(self.in_error)
        strips.addWidget(self.company)
        strips.addWidget(self.strip)
        whole.addLayout(strips)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        last = _Edged(self.last, last_width())
        columns.addWidget(last)
        if is_large():
            last.hide()
        columns.addWidget(_Edged(self._middle(), form_width()))
        columns.addWidget(self.body, 1)
        columns.addWidget(self.lists)
        whole.addLayout(columns, 1)
        whole.addWidget(self.minutes)
        whole.addWidget(self.bar)
        self.strip.hide()
        self.company.hide()

    def _middle(self) -> QWidget:
        """The form, and under a signed one its signature and what is added."""
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(Below(form_width() - 1, self.signature, self.amendment))
        middle.setFixedWidth(form_width() - 1)
        self.signature.hide()
        self.amendment.hide()
        return middle


class _Edged(QWidget):
    """A column with a line at its right."""

    def __init__(self, inner: QWidget, width: int) -> None:
        super().__init__()
        self.setFixedWidth(width)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 1, 0)
        row.addWidget(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        right = self.width() - 1
        drawing.line(QPainter(self), QPointF(right, 0), QPointF(right, self.height()), theme().color("line"))


def banner_view(banner: PatientBanner, visit: VisitLine | None) -> BannerView:
    """The banner of the note: who, what to watch out for, and what they came for. Large text leaves room for less."""
    called = _("goes by {name}").format(name=banner.preferred) if banner.preferred else ""
    facts = [
        "" if banner.age is None else str(banner.age),
        banner.number,
        ngettext("{count} session left", "{count} sessions left", banner.sessions_left).format(count=banner.sessions_left)
        if banner.sessions_left
        else "",
    ]
    flags = [flag for flag in banner.flags if flag.tone != "jade" or not is_large()]
    chips = tuple(ChipView(flag.text, "neutral" if flag.tone == "chip" else flag.tone, flag.icon) for flag in flags)
    return BannerView(
        initials(banner.name), banner.name, "" if is_large() else ", ".join(part for part in (called, banner.pronouns) if part),
        (", ".join(fact for fact in facts if fact),), chips, aside=visit_words(visit) if visit and not is_large() else "",
    )  # fmt: skip


def visit_words(visit: VisitLine) -> str:
    """Says "Acupuncture 60 + cupping 15, Room 2, Nov 24 10:00 AM"."""
    parts = [visit.services_words, visit.room, short_day(visit.day), clock_time_full(visit.minute)]
    return ", ".join(part for part in parts if part)
