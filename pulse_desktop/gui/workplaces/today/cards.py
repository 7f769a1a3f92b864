"""From what the clinic says of a visit to what its card shows. Pure: values in, values out, the time is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import N_, _, ngettext
from pulse_desktop.basics.times import clock_time, stopwatch
from pulse_desktop.clinic.boards.values import Flag as ClinicFlag
from pulse_desktop.clinic.boards.values import TodayCard
from pulse_desktop.clinic.schedule.values import Progress, State, VisitLine
from pulse_desktop.gui.parts.board_card import BoardCard, Flag
from pulse_desktop.gui.parts.board_column import BoardColumn
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.running import line_view
from pulse_desktop.gui.parts.timers import TimerView

LONG_WAIT_MINUTES: Final = 15
"""From here on a waiting time is amber (design.md section 4)."""

_PAY_SOON: Final = frozenset({"in_room", "checking_out"})
_TONES: Final = {"chip": "neutral"}
_MARK_ROLES: Final = {"shield": "amber", "note": "amber"}
_MARK_WORDS: Final = {
    "allergy": N_("allergy"),
    "pregnancy": N_("pregnant"),
    "shield": N_("safety questions to ask"),
    "warning": N_("warning"),
}


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """A column of the board; `folds` says in which order columns give way when there is no room (0: never)."""

    key: str
    title: str
    icon: str
    progress: tuple[Progress, ...]
    folds: int = 0

    @property
    def role(self) -> str:
        return f"progress.{self.key.replace('_', '-')}.solid"


COLUMNS: Final = (
    ColumnKind("expected", N_("Expected"), "clock", (Progress.EXPECTED,), folds=2),
    ColumnKind("arrived", N_("Arrived"), "people-ring", (Progress.ARRIVED,)),
    ColumnKind("in_room", N_("In room"), "room", (Progress.IN_ROOM,)),
    ColumnKind("cups_on", N_("Cups or needles on"), "cups", (Progress.CUPS_ON,)),
    ColumnKind("checking_out", N_("Checking out"), "receipt", (Progress.CHECKING_OUT,), folds=3),
    ColumnKind("done", N_("Done"), "done", (Progress.DONE, Progress.LEFT), folds=1),
)
_COLUMN_OF: Final = {progress: kind.key for kind in COLUMNS for progress in kind.progress}


@dataclass(frozen=True, slots=True)
class Moment:
    """When and for whom the board is drawn."""

    now: datetime
    practice: Practice

    def wall(self, instant: datetime) -> str:
        """An instant as the office's clock shows it."""
        return clock_time(self.practice.wall(instant))


def columns(cards: tuple[TodayCard, ...], moment: Moment, steps: dict[int, str]) -> tuple[BoardColumn, ...]:
    """The six columns. `steps` says in words what Enter does, by visit."""
    by_column: dict[str, list[TodayCard]] = {kind.key: [] for kind in COLUMNS}
    for card in cards:
        by_column[column_of(card)].append(card)
    return tuple(_column(kind, by_column[kind.key], moment, steps) for kind in COLUMNS)


def column_of(card: TodayCard) -> str:
    """The key of the column a card stands in."""
    if card.visit.state == State.NO_SHOW:
        return "done"
    return _COLUMN_OF[card.visit.progress]


def waiting_minutes(card: TodayCard, now: datetime) -> int | None:
    """How long an arrived patient has waited."""
    if card.visit.progress != Progress.ARRIVED or card.visit.arrived_at is None:
        return None
    return max(0, int((now - card.visit.arrived_at).total_seconds()) // 60)


def timer_of(card: TodayCard, now: datetime) -> TimerView | None:
    """The running timer as it stands now."""
    return None if card.timer is None else line_view(card.timer, now)


def _column(kind: ColumnKind, cards: Sequence[TodayCard], moment: Moment, steps: dict[int, str]) -> BoardColumn:
    mine = sorted(cards, key=lambda card: _order(card, moment.now))
    unsigned = sum(card.note_state == "draft" for card in mine) if kind.key == "done" else 0
    note = ngettext("{count} note not signed", "{count} notes not signed", unsigned).format(count=unsigned) if unsigned else ""
    made = tuple(board_card(card, kind, moment, steps.get(card.visit.id, "")) for card in mine)
    return BoardColumn(kind.key, _(kind.title), kind.icon, kind.role, made, note, "document" if note else "", kind.folds)


def _order(card: TodayCard, now: datetime) -> tuple[float, ...]:
    """Most urgent timers first, longest waiting first, everything else by the clock."""
    timer = timer_of(card, now)
    if timer is not None:
        return (*map(float, timer.sort_key), float(card.visit.id))
    waiting = waiting_minutes(card, now)
    if waiting is not None and card.visit.arrived_at is not None:
        return (card.visit.arrived_at.timestamp(), float(card.visit.id))
    return (card.visit.starts.timestamp(), float(card.visit.id))


def board_card(card: TodayCard, kind: ColumnKind, moment: Moment, step: str) -> BoardCard:
    """One card of the column `kind`."""
    if kind.key == "done":
        return _done_card(card, moment, step)
    time = clock_time(card.visit.minute)
    timer, waiting = timer_of(card, moment.now), waiting_minutes(card, moment.now)
    numeral, unit, numeral_role = _numeral(timer, waiting, kind)
    return BoardCard(
        key=card.visit.id,
        time=time,
        name=card.visit.patient,
        lines=_lines(card, moment),
        role=timer.role if timer is not None and timer.state != "running" else kind.role,
        time_role="cinnabar" if card.late_minutes else "ink",
        numeral=numeral,
        unit=unit,
        numeral_role=numeral_role,
        icon=timer.icon if timer is not None else "",
        share=timer.share if timer is not None else None,
        flags=tuple(_flag(mark) for mark in card.marks),
        chips=_chips(card, timer),
        step=step,
    )


def _numeral(timer: TimerView | None, waiting: int | None, kind: ColumnKind) -> tuple[str, str, str]:
    if timer is not None:
        return stopwatch(timer.elapsed), "", timer.role
    if waiting is not None:
        return str(waiting), _("min"), "amber" if waiting >= LONG_WAIT_MINUTES else kind.role
    return "", "", kind.role


def _lines(card: TodayCard, moment: Moment) -> tuple[str, ...]:
    visit = card.visit
    if card.timer is not None:
        return _timer_words(card), visit.staff
    return visit.services_words, _staff_words(visit, moment)


def _timer_words(card: TodayCard) -> str:
    timer = card.timer
    assert timer is not None
    if timer.kind == "needles":
        counted = ngettext("{count} needle", "{count} needles", timer.count).format(count=timer.count)
    else:
        counted = ngettext("{count} cup", "{count} cups", timer.count).format(count=timer.count)
    return f"{counted}, {timer.room}"


def _staff_words(visit: VisitLine, moment: Moment) -> str:
    if visit.progress in {Progress.IN_ROOM, Progress.CUPS_ON} and visit.roomed_at is not None:
        since = _("since {time}").format(time=moment.wall(visit.roomed_at))
        return f"{visit.staff}, {visit.room}, {since}"
    if visit.progress == Progress.CHECKING_OUT and visit.out_at is not None:
        out = _("out {time}").format(time=moment.wall(visit.out_at))
        return f"{visit.staff}, {out}"
    return visit.staff


def _flag(mark: str) -> Flag:
    words = _MARK_WORDS.get(mark)
    return Flag(mark, _MARK_ROLES.get(mark, "cinnabar"), _(words) if words else mark)


def _chips(card: TodayCard, timer: TimerView | None) -> tuple[ChipView, ...]:
    """While something must come off, only that; else the flags, then what the visit costs."""
    if timer is not None and timer.state != "running":
        return (ChipView(timer.warning or _("Take off now"), "amber" if timer.state == "due" else "cinnabar", "warning"),)
    chips = [_chip(flag) for flag in card.flags]
    if card.sessions_words and not any(flag.icon == "packages" for flag in card.flags):
        chips.append(ChipView(card.sessions_words))
    elif card.due_cents > 0 and not card.sessions_words and column_of(card) in _PAY_SOON:
        chips.insert(0, ChipView(_("{amount} due").format(amount=dollars(card.due_cents))))
    return tuple(chips)


def _chip(flag: ClinicFlag) -> ChipView:
    return ChipView(flag.text, _TONES.get(flag.tone, flag.tone), flag.icon)


def _done_card(card: TodayCard, moment: Moment, step: str) -> BoardCard:
    visit = card.visit
    aside, role = "", "ink-faint"
    if visit.state == State.NO_SHOW:
        aside, role = _("No-show"), "amber"
    elif visit.progress == Progress.LEFT:
        aside, role = _("Left"), "progress.left.solid"
    elif visit.done_at is not None:
        aside = moment.wall(visit.done_at)
    return BoardCard(
        key=visit.id,
        time=clock_time(visit.minute),
        name=visit.patient,
        short_name=visit.patient_short,
        lines=(visit.services_words, visit.staff),
        role="progress.done.solid",
        chips=tuple(_chip(flag) for flag in card.flags),
        step=step,
        brief=True,
        aside=aside,
        aside_role=role,
    )
