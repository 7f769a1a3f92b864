"""Beside the map: the clock, the cups and the needles as lists; everything the map does can be done here by keys."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem, Refusal
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic.treatment.point_typing import points_typed, with_points
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, NoteDraft
from pulse_desktop.gui.forms.fields import RefusalLine
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.workplaces.note import hand_typing, placing
from pulse_desktop.gui.workplaces.note.acts import Acts
from pulse_desktop.gui.workplaces.note.column_scroll import ColumnScroll
from pulse_desktop.gui.workplaces.note.count_row import CountRow
from pulse_desktop.gui.workplaces.note.group_saver import GroupSaver
from pulse_desktop.gui.workplaces.note.hands_card import HandsCard
from pulse_desktop.gui.workplaces.note.keyed_line import Entry
from pulse_desktop.gui.workplaces.note.list_card import ListCard
from pulse_desktop.gui.workplaces.note.map_column import MapColumn
from pulse_desktop.gui.workplaces.note.mark_list import MarkList, MarkRow
from pulse_desktop.gui.workplaces.note.mark_picker import MarkPicker
from pulse_desktop.gui.workplaces.note.meant import COUNTS, MeantNeedles, meant_cups, meant_needles
from pulse_desktop.gui.workplaces.note.measures import lists_width
from pulse_desktop.gui.workplaces.note.needle_clock import MORE_MINUTES, NeedleClock, needles_timer
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand
from pulse_desktop.gui.workplaces.note.timer_card import TimerCard
from pulse_desktop.gui.workplaces.note.times_row import TimesRow
from pulse_desktop.gui.workplaces.note.words import (
    cup_place,
    cup_words,
    needle_detail,
    needle_name,
    needle_words,
)
from pulse_desktop.gui.workplaces.note.writing import TimesAsked, Writing

_SAID_MS: Final = 12_000


class ListsColumn(ColumnScroll):
    """Clock, cups, needles, entries and the count. `acts` does what is asked here."""

    needle_entered = Signal()

    def __init__(
        self, parts: DeskParts, writing: Writing, acts: Acts, body: MapColumn, shorthand: OwnShorthand, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(lists_width(), parent)
        self._parts, self._writing, self._acts, self._body, self._shorthand = parts, writing, acts, body, shorthand
        self._usable = False
        stack = writing.undo_stack
        self.clock = TimerCard(parts.practice)
        self.said = RefusalLine()
        self.reasons = Paragraph("", "secondary", "ink-soft")
        self.cups = MarkList(_("Cups"), stack, ink="progress.cups-on.solid", lead_width=16, row=32)
        self.site = Entry(_("Add a cup by the name of its site"), _("Add cup, like L3 l"), "Alt+U", labelled=False)
        self.mark_words, self.mark = Label("", "secondary", "ink-soft", weight=500), MarkPicker()
        self.needles = MarkList(_("Needles"), stack, ink="indigo", lead_width=52, row=28, small=True)
        self.needle_clock = NeedleClock()
        self.point = Entry(_("Point, like ST36 b"), _("Add needle"), "Alt+N")
        self.hands = HandsCard(writing, body)
        self.point.edit.setToolTip(_("Also ranges, lists and groups: BL23-25 b, or LI4 LR3 b, or the name of a group"))
        self.groups = GroupSaver(writing, shorthand)
        self.count = CountRow()
        self.times = TimesRow(parts.practice)
        self._below = QWidget()
        self._cups_card, self._needles_card = ListCard(_("Cups"), self.cups), ListCard(_("Needles"), self.needles)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._say_nothing)
        self._lay_out()
        self._connect()

    # --- what is shown

    def refresh(self) -> None:
        """Show the draft as it stands now."""
        draft, now = self._writing.draft, self._parts.clock.now()
        self._show_cups(now)
        self._show_needles(now)
        self.hands.refresh(usable=self._usable)
        self._show_copied()
        self.refresh_clocks()
        self.reasons.set_words(_reasons(draft))
        self.reasons.setVisible(bool(draft.overrides))
        self.times.setVisible(self._usable and (any(cup.on_at for cup in draft.cups) or any(one.in_at for one in draft.needles)))
        self.count.show_draft(draft, usable=self._usable)

    def _show_copied(self) -> None:
        copied = self._writing.draft.copied if self._usable else ()
        self._cups_card.show_copied(copied="cups" in copied)
        self._needles_card.show_copied(copied="needles" in copied)
        self.hands.show_copied(usable=self._usable)

    def refresh_clocks(self) -> None:
        """Let the clocks look at the time."""
        draft, now = self._writing.draft, self._parts.clock.now()
        self.clock.show_draft(draft, now, self._writing.chosen, usable=self._usable)
        self.needle_clock.show_draft(draft, now, usable=self._usable)
        self.needle_clock.show_meant(self._meant_needles())

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether one may write here."""
        self._usable = usable
        for widget in (self._below, self.point):
            widget.setVisible(usable)
        self.refresh()

    def say(self, words: str) -> None:
        """A sentence above the lists, for a while: why something did not go on, or what to know about a cup."""
        self.said.say(words)
        self.ensureWidgetVisible(self.said)
        self._silence.start(_SAID_MS)

    def _say_nothing(self) -> None:
        self.said.say("")

    def _show_cups(self, now: datetime) -> None:
        draft = self._writing.draft
        self.cups.show_rows([_cup_row(cup, now) for cup in draft.cups], self._writing.chosen)
        self.cups.setVisible(bool(draft.cups))
        self._cups_card.show_count(str(len(draft.cups)) if draft.cups else "", has_rows=bool(draft.cups))
        graded = [cup for cup in self._writing.chosen_cups if cup.off_at]
        for widget in (self.mark_words, self.mark):
            widget.setVisible(bool(graded) and self._usable)
        if graded:
            self.mark_words.set_words(_("Mark of cup {number}").format(number=graded[0].number))
            self.mark.show_grade(graded[0].mark_grade)

    def _show_needles(self, now: datetime) -> None:
        draft = self._writing.draft
        current, chosen = self.needles.selected_keys, self._writing.chosen_mark
        if chosen is not None:
            named = tuple(needle_name(one) for one in draft.needles if chosen == ("needles", (one.code, one.side)))
            current = current if named and set(named) <= set(current) else named
        self.needles.show_rows([_needle_row(needle) for needle in draft.needles], current)
        self.needles.setVisible(bool(draft.needles))
        is_in = needles_timer(draft, now) is not None
        count = draft.needle_count
        is_out = all(needle.out_at for needle in draft.needles)
        words = _("{count} in") if is_in else _("{count} out") if is_out else "{count}"
        self.groups.show_state(usable=self._usable)
        self._needles_card.show_count(words.format(count=count) if count else "", has_rows=bool(draft.needles))

    # --- what is done

    def next_cups_act(self) -> None:
        """F4: cups that are on come off, else those that wait go on."""
        if not self._usable:
            return
        self.said.say("")
        meant = meant_cups(self._writing.draft.cups, self._writing.chosen)
        if meant.come_off:
            self._acts.take_cups_off(meant.numbers)
        else:
            self._acts.put_cups_on(meant.numbers)

    def more_cups_on(self) -> None:
        """Shift+F4: the cups that wait go on beside those that are on."""
        if self._usable:
            self.said.say("")
            self._acts.put_cups_on(tuple(cup.number for cup in self._writing.draft.cups if cup.on_at is None))

    def all_cups_off(self) -> None:
        """Every cup that is on comes off, whatever is selected."""
        if self._usable:
            self._acts.take_cups_off(tuple(cup.number for cup in self._writing.draft.cups if cup.on_at and not cup.off_at))

    def next_needles_act(self) -> None:
        """F7: needles go in; once they are in, they are counted out."""
        if not self._usable:
            return
        self.said.say("")
        meant = self._meant_needles()
        if meant.come_out:
            self.needle_clock.tell_count()
        else:
            self._acts.put_needles_in(meant.points)

    def _take_needles_out(self, counted: int) -> None:
        self._acts.take_needles_out(self._meant_needles().points, counted)

    def _meant_needles(self) -> MeantNeedles:
        return meant_needles(self._writing.draft.needles, frozenset(self.needles.selected_keys))

    def _show_meant_needles(self) -> None:
        self.needle_clock.show_meant(self._meant_needles())

    def open_times(self) -> None:
        """Alt+T: the times of what is selected, else of all cups, else of all needles."""
        draft, keys = self._writing.draft, self.needles.selected_keys
        needles = tuple(one for one in draft.needles if needle_name(one) in keys)
        cups = self._writing.chosen_cups or (() if needles else draft.cups)
        if self._usable:
            self.times.open_for(cups, needles or (() if any(cup.on_at for cup in cups) else draft.needles))

    def _correct_times(self, change: TimesAsked) -> None:
        self._acts.correct_times(change, self._times_are_right, self.times.refuse)

    def _times_are_right(self) -> None:
        self.times.close_form()
        self.refresh()

    def show_refusal(self, problem: Problem) -> None:
        """The clinic said no: nothing went on."""
        self._parts.sentence(problem, self.say)
        site_region = problem.details.get("region")
        if isinstance(site_region, str) and site_region:
            self._body.canvas.flash(site_region)

    def _add_site(self, text: str) -> None:
        try:
            moving = hand_typing.moving_cups_typed(text, self._body.tools.tool)
            sites = () if moving else placing.sites_named(text)
        except Refusal as problem:
            self.site.refuse(sentence(problem))
            return
        if self._body.place(moving) if moving else self._body.place_named(sites):
            self.site.take()

    def _add_needle(self, text: str) -> None:
        """One point or several, ranges and groups; what is listed already is passed over with words."""
        try:
            new = points_typed(text, self._shorthand.groups)
            needles, twice = with_points(self._writing.draft.needles, new)
        except Refusal as problem:
            self.point.refuse(sentence(problem))
            return
        self._writing.draw(_("add {needle}").format(needle=", ".join(needle_name(needle) for needle in new)), needles=needles)
        self.point.take()
        if twice:
            self.say(_("On the list already, passed over: {codes}").format(codes=", ".join(twice)))

    def _choose_needles(self, names: tuple[object, ...]) -> None:
        """One of them is selected on the map as well."""
        meant = [needle for needle in self._writing.draft.needles if needle_name(needle) in names]
        if len(meant) == 1:
            self._writing.choose_mark(("needles", (meant[0].code, meant[0].side)))
        elif self._writing.chosen_mark is not None:
            self._writing.choose_mark(None)

    def _remove_needle(self, key: object) -> None:
        needle = next((one for one in self._writing.draft.needles if needle_name(one) == key), None)
        if self._usable and needle is not None:
            self._body.hands.remove("needles", (needle.code, needle.side))

    def _choose_cups(self, numbers: tuple[int, ...]) -> None:
        self._writing.choose(numbers)
        self._body.show_chosen()

    def _remove_cup(self, _number: object) -> None:
        if self._usable:
            self._body.remove_chosen()

    def _open_menu(self, at: QPoint) -> None:
        self._body.open_menu(at)

    def _grade(self, grade: int) -> None:
        """A digit grades the mark of the chosen cup, once it is off."""
        if self._usable and grade < 6 and all(cup.off_at for cup in self._writing.chosen_cups):
            self._body.change_chosen("mark_grade", grade)

    def _longer(self) -> None:
        """One minute more for the cups that are on, or that wait."""
        draft = self._writing.draft
        on = {cup.number for cup in draft.cups if cup.on_at and not cup.off_at}
        meant = on or {cup.number for cup in draft.cups if cup.on_at is None}
        cups = [replace(cup, planned_minutes=cup.planned_minutes + 1) if cup.number in meant else cup for cup in draft.cups]
        self._writing.draw(_("one minute more"), cups)

    def _needles_longer(self) -> None:
        self._writing.write(needle_minutes=self._writing.draft.needle_minutes + MORE_MINUTES)
        self.refresh_clocks()

    def _count_out(self, number: int) -> None:
        self.said.say("")
        self._acts.count_cups(number)

    # --- how it is put together

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 12, 16, 8)
        column.setSpacing(8)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(7, 7, 7, 5)
        below.setSpacing(4)
        for line in (self.site, self.mark_words, self.mark):
            below.addWidget(line)
        self._cups_card.body.addWidget(self._below)
        self._needles_card.body.addWidget(self.needle_clock)
        self._needles_card.body.addWidget(self.groups)
        rows = (self.clock, self.count, self.said, self.reasons, self.times, self._cups_card, self._needles_card, self.point, self.hands)
        for row in rows:
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(content)

    def _connect(self) -> None:
        self.clock.asked.connect(self.next_cups_act)
        self.clock.minute_asked.connect(self._longer)
        self.clock.more_asked.connect(self.more_cups_on)
        self.site.entered.connect(self._add_site)
        self.point.entered.connect(self._add_needle)
        self.clock.all_asked.connect(self.all_cups_off)
        self.times.opened.connect(self.open_times)
        self.times.asked.connect(self._correct_times)
        self.cups.several_chosen.connect(self._choose_cups)
        self.needles.several_chosen.connect(self._show_meant_needles)
        self.cups.removed.connect(self._remove_cup)
        self.cups.menu_asked.connect(self._open_menu)
        self.cups.digit_typed.connect(self._grade)
        self.mark.picked.connect(self._grade)
        self.needles.several_chosen.connect(self._choose_needles)
        self.needles.menu_asked.connect(self._open_menu)
        self.needles.removed.connect(self._remove_needle)
        self.needle_clock.in_asked.connect(self.next_needles_act)
        self.needle_clock.minutes_asked.connect(self._needles_longer)
        self.needle_clock.counted.connect(self._take_needles_out)
        self.count.counted.connect(self._count_out)
        self._acts.refused.connect(self.show_refusal)
        self._acts.asked.connect(self._say_nothing)
        self._acts.done.connect(self.refresh)
        self._body.refused.connect(self.say)
        self._body.warned.connect(self.say)
        self._writing.marks_changed.connect(self.refresh)
        self._writing.copied_changed.connect(self._show_copied)
        for name, one in (("cups", self._cups_card), ("needles", self._needles_card)):
            one.confirm_asked.connect(functools.partial(self._writing.confirm, name))


@functools.lru_cache(maxsize=512)
def _row_of(cup: CupPlacement, minutes: int | None) -> MarkRow:
    return MarkRow(cup.number, str(cup.number), cup_place(cup), _cup_aside(cup, minutes), cup_words(cup, minutes))


def _cup_row(cup: CupPlacement, now: datetime) -> MarkRow:
    minutes = None
    if cup.on_at and cup.off_at:
        minutes = round((cup.off_at - cup.on_at).total_seconds() / 60)
    elif cup.on_at:
        minutes = int((now - cup.on_at).total_seconds() // 60)
    return _row_of(cup, minutes)


def _cup_aside(cup: CupPlacement, minutes: int | None) -> str:
    """The size; once the cup is off how long it was on, and what it left."""
    if cup.off_at is None:
        return _("{size} mm").format(size=cup.rim_mm)
    if cup.mark_grade is None:
        return _("{size} mm, {minutes} min").format(size=cup.rim_mm, minutes=minutes)
    return _("{minutes} min, mark {grade}").format(minutes=minutes, grade=cup.mark_grade)


def _needle_row(needle: NeedlePlacement) -> MarkRow:
    name = needle_name(needle)
    return MarkRow(name, name, needle_detail(needle), "", needle_words(needle))


def _reasons(draft: NoteDraft) -> str:
    """Each reason once: it may hold for several conditions. A count that differed says what was counted."""
    reasons = dict.fromkeys(one.reason for one in draft.overrides if one.condition_key not in COUNTS)
    parts = [_("Reason on the note: {reasons}").format(reasons="; ".join(reasons))] if reasons else []
    parts += [_("Count out: {found}").format(found=draft.count_note)] if draft.count_note else []
    return "\n".join(parts)
