"""The last signed note beside today's, read only, and the pain over the course as a line."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import clock_time_full, month_day
from pulse_desktop.clinic.atlas.measures import PAIN, measures
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, NoteDraft, NoteLine, NoteView
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.labels import Label, Paragraph, Rule
from pulse_desktop.gui.parts.line_chart import ChartPoint, LineChart
from pulse_desktop.gui.workplaces.note.column_scroll import ColumnScroll
from pulse_desktop.gui.workplaces.note.hand_words import field_of, hand_kind, hand_place
from pulse_desktop.gui.workplaces.note.measures import last_width
from pulse_desktop.gui.workplaces.note.words import SUCTION_WORDS, cup_place, needle_name, short_site
from pulse_desktop.gui.workplaces.note.writing import HANDS

_MOST_PLACES: Final = 2


class LastVisit(ColumnScroll):
    """Date, who signed, pain, complaint, cups, needles, plan; `copy_asked` brings what may come forward, `part_asked` one part
    of it, by names of the draft."""

    copy_asked = Signal()
    part_asked = Signal(tuple)

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(last_width() - 1, parent)
        self._practice = practice
        self._course: tuple[NoteLine, ...] = ()
        self._may_copy = False
        self._today: date | None = None
        self._pain: _PainLine | None = None
        self.copy = Button(_("Copy forward"), icon="history", keys="Ctrl+D", large=True)
        self.copy.clicked.connect(self.copy_asked)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(10)
        self.setWidget(self._content)

    def show_last(self, last: NoteView | None, day: date | None, *, may_copy: bool) -> None:
        """Show the last signed note, or say that there is none. `day` is its visit's day."""
        self._clear()
        if last is None:
            self._column.addWidget(Label(_("First note"), "section"))
            words = _("There is no signed note of an earlier visit. Once there is, it stands here beside today’s.")
            self._column.addWidget(Paragraph(words, "secondary", "ink-soft"))
            self.copy.hide()
        else:
            self._may_copy = may_copy
            self._show_note(last, day)
            self._show_copy(may_copy=may_copy)

    def show_pain(self, lines: Sequence[NoteLine], today: date, now: int | None) -> None:
        """The pain before each visit, today's as the last point."""
        self._course, self._today = tuple(lines), today
        self._pain = _PainLine()
        self._column.addWidget(self._pain)
        self._column.addStretch(1)
        self.show_todays_pain(now)

    def show_todays_pain(self, now: int | None) -> None:
        """Today's pain was said, or changed."""
        if self._pain is not None and self._today is not None:
            self._pain.show_points(pain_points(self._course, self._today, now))

    def _show_note(self, last: NoteView, day: date | None) -> None:
        draft = last.draft
        head = QHBoxLayout()
        shown = day or (self._practice.wall(last.signature.signed_at).date() if last.signature else None)
        head.addWidget(Label(month_day(shown, self._practice.today()) if shown else "", "section"), 1)
        head.addWidget(Label(_("last visit"), "secondary", "ink-soft"))
        top = QVBoxLayout()
        top.setSpacing(0)
        top.addLayout(head)
        top.addWidget(Label(self._signed(last), "secondary", "ink-soft"))
        self._column.addLayout(top)
        self._add_pain(draft)
        self._add(_("Complaint"), draft.complaint, part=("complaint",))
        self._add(_("Cups"), cups_words(draft.cups), cups_places(draft.cups), part=("cups",))
        self._add(_("Needles"), needles_words(draft.needles), needles_counted(draft), part=("needles",))
        self._add(_("Also"), hands_done(draft), part=HANDS)
        self._add(_("Findings"), draft.findings)
        self._add(_("Plan"), draft.plan, part=("plan",))

    def _signed(self, last: NoteView) -> str:
        signature = last.signature
        if signature is None:
            return last.author
        name = signature.signer.partition(",")[0]
        at = clock_time_full(self._practice.wall(signature.signed_at))
        return _("{name}, signed {time}").format(name=name, time=at)

    def _add_pain(self, draft: NoteDraft) -> None:
        if draft.pain_before is None:
            return
        after = "" if draft.pain_after is None else f" → {draft.pain_after}"
        block = _block(_("Pain"))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(Label(f"{draft.pain_before}{after}", weight=600))
        row.addWidget(Label(_("of 10"), "body", "ink-soft"))
        row.addStretch(1)
        block.addLayout(row)
        self._column.addLayout(block)

    def _add(self, label: str, text: str, detail: str = "", *, part: tuple[str, ...] = ()) -> None:
        """A part of the note; one that may come forward by itself says so at its right."""
        if not text.strip():
            return
        block = _block(label, self._copy_link(label, part) if part and self._may_copy else None)
        block.addWidget(Paragraph(text))
        if detail:
            block.addWidget(Paragraph(detail, "secondary", "ink-soft"))
        self._column.addLayout(block)

    def _copy_link(self, label: str, part: tuple[str, ...]) -> Link:
        link = Link(_("Copy"))
        link.setAccessibleName(_("Copy forward: {part}").format(part=label))
        link.clicked.connect(functools.partial(self._ask_part, part))
        return link

    def _ask_part(self, part: tuple[str, ...]) -> None:
        self.part_asked.emit(part)

    def _show_copy(self, *, may_copy: bool) -> None:
        words = _("Brings complaint, points, cups and plan. Pain, tongue, pulse and response stay empty.")
        group = QVBoxLayout()
        group.setSpacing(6)
        group.addWidget(self.copy)
        self.copy.setVisible(may_copy)
        if may_copy:
            group.addWidget(Paragraph(words, "secondary", "ink-soft"))
        self._column.addLayout(group)

    def _clear(self) -> None:
        self._pain = None
        self.copy.setParent(self)
        self.copy.hide()
        _empty(self._column, self.copy)


class _PainLine(QWidget):
    """The course as a line, once there are two visits to compare."""

    def __init__(self) -> None:
        super().__init__()
        self._label, self._chart = _small(""), LineChart(_("Pain before each visit"), height=104)
        self._points: list[ChartPoint] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (Rule(), self._label, self._chart):
            column.addWidget(widget)

    def show_points(self, points: list[ChartPoint]) -> None:
        if points == self._points:
            return
        self._points = points
        self.setVisible(len(points) > 1)
        if len(points) > 1:
            self._label.set_words(_("Pain before, {count} visits").format(count=len(points)))
            threshold = measures()[PAIN].threshold(round(points[0].value * 10))
            self._chart.show_points(points, matters_from=threshold.line / 10 if threshold else None)


def _empty(layout: QVBoxLayout | QHBoxLayout, keep: QWidget) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QVBoxLayout | QHBoxLayout):
            _empty(inner, keep)
        widget = item.widget()
        if widget is not None and widget is not keep:
            widget.hide()
            widget.deleteLater()


def _small(words: str) -> Label:
    return Label(words, "secondary", "ink-soft", weight=500)


def _block(label: str, aside: QWidget | None = None) -> QVBoxLayout:
    block = QVBoxLayout()
    block.setSpacing(0)
    head = QHBoxLayout()
    head.addWidget(_small(label), 1)
    if aside is not None:
        head.addWidget(aside)
    block.addLayout(head)
    return block


def hands_done(draft: NoteDraft) -> str:
    """Says "moxa stick ST36 b; gua sha, Lumbar mid l": what was done besides cups and needles, in few words."""
    done = (one for name in HANDS for one in getattr(draft, name))
    return "; ".join(dict.fromkeys(f"{hand_kind(field_of(one))} {hand_place(one)}".strip() for one in done))


def cups_words(cups: Sequence[CupPlacement]) -> str:
    """Says "4, 45 mm, 8 min, medium": how many and what they have in common."""
    if not cups:
        return ""
    parts = [str(len(cups))]
    sizes = {cup.rim_mm for cup in cups}
    parts.append(_("{size} mm").format(size="/".join(str(size) for size in sorted(sizes))))
    minutes = {_minutes(cup) for cup in cups if cup.off_at}
    if minutes:
        parts.append(_("{minutes} min").format(minutes=max(minutes)))
    if len({cup.suction for cup in cups}) == 1:
        parts.append(_(SUCTION_WORDS.get(cups[0].suction, cups[0].suction)))
    return ", ".join(parts)


def _minutes(cup: CupPlacement) -> int:
    return round((cup.off_at - cup.on_at).total_seconds() / 60) if cup.on_at and cup.off_at else 0


def cups_places(cups: Sequence[CupPlacement]) -> str:
    """Says "Rhomboid and Thoracic mid, marks grade 2 and 3"."""
    places = list(dict.fromkeys(_without_side(cup) for cup in cups))
    named = _joined(places[:_MOST_PLACES])
    if len(places) > _MOST_PLACES:
        more = len(places) - _MOST_PLACES
        named = ", ".join(places[:_MOST_PLACES])
        named += " " + ngettext("and {count} more place", "and {count} more places", more).format(count=more)
    grades = sorted({cup.mark_grade for cup in cups if cup.mark_grade is not None})
    if grades:
        named += ", " + _("marks grade {grades}").format(grades=_joined([str(grade) for grade in grades]))
    return named


def _without_side(cup: CupPlacement) -> str:
    return short_site(cup.site.removesuffix("_l").removesuffix("_r")) if cup.site else cup_place(cup)


def _joined(words: Iterable[str]) -> str:
    *first, last = list(words) or [""]
    return _("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def needles_words(needles: Sequence[NeedlePlacement]) -> str:
    """Says "BL23 b, BL25 b, GB30 b"."""
    return ", ".join(needle_name(needle) for needle in needles)


def needles_counted(draft: NoteDraft) -> str:
    """Says "10 in, 10 out, kept 20 min"."""
    count = draft.needle_count
    out = sum(needle.needles for needle in draft.needles if needle.out_at)
    kept = [round((one.out_at - one.in_at).total_seconds() / 60) for one in draft.needles if one.in_at and one.out_at]
    words = _("{placed} in, {out} out").format(placed=count, out=out) if kept else ""
    return _("{counts}, kept {minutes} min").format(counts=words, minutes=max(kept)) if kept else words


def pain_points(lines: Sequence[NoteLine], today: date, now: int | None) -> list[ChartPoint]:
    """Pain before each signed visit, oldest first, and today's once it is said."""
    earlier = [line for line in lines if line.pain_before is not None and line.day < today and line.state == "signed"]
    points = [ChartPoint(month_day(line.day, today), float(line.pain_before or 0)) for line in sorted(earlier, key=lambda line: line.day)]
    return [*points, ChartPoint(_("Today"), float(now))] if now is not None else points
