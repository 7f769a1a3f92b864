"""The course of treatment: pain or one measure large, with the visits and the change that matters; below it the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day, month_day
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.atlas.course import ProgressPicture, matters_words, verdict_words
from pulse_desktop.clinic.atlas.measures import written
from pulse_desktop.clinic.boards.values import PatientFile
from pulse_desktop.clinic.treatment.courses import PAIN_AT_VISITS, pictures_of, title_of
from pulse_desktop.clinic.treatment.values import Progress
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.line_chart import CourseChart
from pulse_desktop.gui.parts.places import NotePlace, ScoreRequest
from pulse_desktop.gui.parts.rows_model import Column
from pulse_desktop.gui.workplaces.patient_file.pages import Page, TableCard
from pulse_desktop.gui.workplaces.patient_file.progress_words import ProgressRow, rows_of

_SECOND: Final = 240
"""Height of a picture shown below another."""


class ProgressPage(QWidget):
    """What was counted over the course; without anything counted, what one could begin with."""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._patient_id = 0
        self._course = Progress((), ())
        self._pictures: Mapping[str, ProgressPicture] = {}
        self._baselines: dict[str, int] = {}
        self._picture_card = PictureCard(may_enter=parts.may("write_note"))
        self._table: TableCard[ProgressRow] = TableCard(_("Scores"), _columns(), _("No score yet."), key=lambda row: (row.visit_id, row.score_id))
        may = parts.may("write_note")
        self._empty = EmptyPlace(
            _("Nothing was counted yet"),
            _("Pain before and after a visit comes from the notes by itself. A measure such as the pain of the last 7 days, asked every few visits, shows whether treatment helps."),
            _("Enter score") if may else "",
        )
        self._filled = Page(self._picture_card, self._table)
        self._stack = QStackedLayout(self)
        for widget in (QWidget(), self._filled, self._empty):
            self._stack.addWidget(widget)
        self._picture_card.measure.changed.connect(self._show_chosen)
        self._picture_card.baseline.changed.connect(self._take_baseline)
        self._picture_card.below.changed.connect(self._show_chosen)
        self._picture_card.enter.clicked.connect(self._enter)
        self._empty.asked.connect(self._enter)
        self._table.opened.connect(self._open)

    def show_file(self, file: PatientFile) -> None:
        """Ask for this patient's course; what was chosen stays chosen while it is the same patient."""
        if file.record.id != self._patient_id:
            self._patient_id, self._baselines = file.record.id, {}
            self._stack.setCurrentIndex(0)
        self._parts.work.look(treatment.progress_of, file.record.id, then=self._show, latest="progress")

    def _show(self, course: Progress) -> None:
        self._course = course
        self._pictures = pictures_of(course, self._parts.practice.today())
        if not self._pictures:
            self._stack.setCurrentWidget(self._empty)
            return
        self._picture_card.measure.show_choices([(key, title_of(key)) for key in self._pictures])
        self._show_chosen()
        self._stack.setCurrentWidget(self._filled)

    def _show_chosen(self) -> None:
        key = self._picture_card.measure.value()
        picture = self._counted_from(key)
        self._picture_card.show_picture(picture, is_pain=key == PAIN_AT_VISITS)
        below = self._picture_card.offer_below([(other, title_of(other)) for other in self._pictures if other != key])
        self._picture_card.show_below(self._counted_from(below) if below else None)
        rows = rows_of(self._course, key, picture)
        self._table.show_rows(rows, str(len(rows)))

    def _counted_from(self, key: str) -> ProgressPicture:
        whole = self._pictures[key]
        return replace(whole, baseline=min(self._baselines.get(key, 0), len(whole.points) - 1))

    def _take_baseline(self) -> None:
        self._baselines[self._picture_card.measure.value()] = self._picture_card.baseline.value()
        self._show_chosen()

    def _enter(self) -> None:
        key = self._picture_card.measure.value() if self._pictures else ""
        self._parts.open_panel(ScoreRequest(self._patient_id, "" if key in {None, PAIN_AT_VISITS} else key))

    def _open(self, row: ProgressRow) -> None:
        if row.visit_id is not None:
            self._parts.go_to(NotePlace(row.visit_id))
        elif row.score_id is not None and row.counts and self._parts.may("write_note"):
            self._parts.open_panel(ScoreRequest(self._patient_id, score_id=row.score_id))


class PictureCard(Card):
    """Which measure, counted from which score; the picture; what changed, in words."""

    def __init__(self, *, may_enter: bool, parent: QWidget | None = None) -> None:
        self.enter = Button(_("Enter score"), "text", keys="Alt+M")
        super().__init__(_("Progress"), action=self.enter, parent=parent)
        if not may_enter:
            self.enter.hide()
        self.measure = ChoiceField(_("Measure"))
        self.baseline = ChoiceField(_("Change counted from"))
        self.below = ChoiceField(_("Below it"))
        self._chart, self._second = CourseChart(), CourseChart(_SECOND)
        self._second_name = Label("", "secondary", "ink-soft", weight=500)
        self._verdict = Label("", "body", "jade", weight=600)
        self._how = Paragraph("", "secondary", "ink-soft")
        chosen = QHBoxLayout()
        chosen.setSpacing(12)
        chosen.addWidget(self.measure, 3)
        chosen.addWidget(self.baseline, 2)
        chosen.addWidget(self.below, 3)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 14)
        inner.setSpacing(10)
        inner.addLayout(chosen)
        inner.addWidget(self._chart)
        inner.addWidget(self._verdict)
        inner.addWidget(self._how)
        inner.addWidget(self._second_name)
        inner.addWidget(self._second)
        self.body.addLayout(inner)

    def show_picture(self, picture: ProgressPicture, *, is_pain: bool) -> None:
        """Show this course."""
        days = [(at, f"{month_day(point.day, picture.today)}: {written(point.value)}") for at, point in enumerate(picture.points)]
        self.baseline.show_choices([*days])
        self.baseline.set_value(picture.baseline)
        self._chart.show_picture(picture)
        words, role = verdict_words(picture)
        self._verdict.set_words(words[:1].upper() + words[1:])
        self._verdict.set_ink(role)
        self._verdict.setVisible(bool(words))
        self._how.set_words(_how(picture, is_pain=is_pain))


    def offer_below(self, others: list[tuple[str, str]]) -> str:
        """The measures that can be shown below; answers the chosen one, "" for none."""
        self.below.show_choices([("", _("Nothing else")), *others])
        self.below.setVisible(bool(others))
        return str(self.below.value() or "")

    def show_below(self, picture: ProgressPicture | None) -> None:
        """A second measure over the same visits; None for none."""
        self._second.setVisible(picture is not None)
        self._second_name.setVisible(picture is not None)
        if picture is not None:
            words = verdict_words(picture)[0]
            self._second_name.set_words(", ".join(part for part in (f"{picture.measure.short}, {picture.measure.range_words}", words) if part))
            self._second.show_picture(picture)


def _how(picture: ProgressPicture, *, is_pain: bool) -> str:
    """How the picture is read: the change that matters, where it comes from, what the dotted stems are."""
    threshold, measure = picture.threshold, picture.measure
    parts = []
    if threshold is not None:
        words = matters_words(threshold)
        parts.append(f"{words[:1].upper()}{words[1:]}.")
        parts.append(_("What is known of it: {note}.").format(note=measure.matters_note.rstrip(".")))
    else:
        parts.append(_("No change that matters is known here."))
    if is_pain and any(point.after is not None for point in picture.points):
        parts.append(_("Dotted down to a bar: pain after the visit."))
    return " ".join(parts)


def _columns() -> tuple[Column[ProgressRow], ...]:
    return (
        Column(_("Day"), lambda row: full_day(row.day), weight=600, ink=_ink),
        Column(_("Score"), lambda row: row.score, ink=_ink),
        Column(_("Change"), lambda row: row.change, ink=lambda row: row.ink),
        Column(_("Matters"), lambda row: row.matters, ink="ink-soft"),
        Column(_("Done that day"), lambda row: row.done, stretch=1, ink="ink-soft"),
        Column(_("By"), lambda row: row.by, ink=_ink),
        Column(_("State"), lambda _row: "", chip=_chip, align="right"),
    )


def _ink(row: ProgressRow) -> str:
    return "ink" if row.counts else "ink-faint"


def _chip(row: ProgressRow) -> ChipView | None:
    return None if row.counts else ChipView(row.state, "cinnabar")
