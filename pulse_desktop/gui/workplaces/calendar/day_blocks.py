"""Visits and openings as blocks of the calendar's grid. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic.boards.values import CalendarDay
from pulse_desktop.clinic.practice.values import PracticeData, Room
from pulse_desktop.clinic.schedule.values import Progress, VisitLine
from pulse_desktop.gui.forms.visit_words import progress_role, span_words, state_words
from pulse_desktop.gui.parts.board_card import Flag
from pulse_desktop.gui.parts.grid_values import GridVisit
from pulse_desktop.gui.parts.grid_values import Opening as DrawnOpening
from pulse_desktop.gui.workplaces.calendar.day_columns import NO_ROOM
from pulse_desktop.gui.workplaces.calendar.proposals import Offered

_LONG_NAME: Final = 11
"""Letters that fit into half a column."""

_MARK_WORDS: Final[Mapping[str, str]] = {
    "allergy": N_("allergy"),
    "pregnancy": N_("pregnant"),
    "shield": N_("safety questions to ask"),
    "stop": N_("something bars cupping"),
}
_AMBER: Final = frozenset({"shield", "note"})


def column_key(visit: VisitLine, *, by_room: bool) -> int:
    """The column a visit stands in."""
    return (visit.room_id or NO_ROOM) if by_room else visit.staff_id


def blocks(day: CalendarDay, practice: PracticeData, *, by_room: bool, may_move: bool) -> tuple[GridVisit, ...]:
    """A block a visit."""
    marks = dict(day.marks)
    rooms = {room.id: room for room in practice.rooms}
    offices = {office.id: office.name for office in practice.offices}
    made = _Blocks(rooms, offices, marks, by_room=by_room, may_move=may_move)
    columns: dict[int, list[VisitLine]] = defaultdict(list)
    for visit in day.schedule.visits:
        columns[column_key(visit, by_room=by_room)].append(visit)
    return tuple(made.block(visit, columns[column_key(visit, by_room=by_room)]) for visit in day.schedule.visits)


def drawn_openings(offered: Iterable[Offered], practice: PracticeData, *, by_room: bool) -> tuple[DrawnOpening, ...]:
    """What a panel proposes, as the grid draws it."""
    return tuple(_drawn(one, practice, by_room=by_room) for one in offered)


def block_words(visit: VisitLine, office: str, marks: Sequence[str] = ()) -> str:
    """What a screen reader says of a visit."""
    parts = [
        f"{span_words(visit)} {visit.patient}", visit.services_words, visit.staff, visit.room,
        office, state_words(visit), *map(_mark_words, marks),
        _("squeezed in") if visit.squeeze_in else "", visit.desk_note,
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """What does not change from one block of a day to the next."""

    rooms: Mapping[int, Room]
    offices: Mapping[int, str]
    marks: Mapping[int, tuple[str, ...]]
    by_room: bool
    may_move: bool

    def block(self, visit: VisitLine, column: Sequence[VisitLine]) -> GridVisit:
        """`column` holds all visits of its column, itself among them."""
        beside = [other for other in column if other is not visit]
        room, marks = self.rooms.get(visit.room_id or NO_ROOM), self.marks.get(visit.id, ())
        shares = any(other.minute < _end(visit) and visit.minute < _end(other) for other in beside)
        before, after = _buffers(visit, beside, room, by_room=self.by_room)
        whose = _("{room}: set-up and clean-up for {patient}")
        return GridVisit(
            key=visit.id,
            column=column_key(visit, by_room=self.by_room),
            start=visit.minute,
            minutes=visit.minutes,
            time=clock_time(visit.minute),
            name=visit.patient_short if shares and _is_long(visit.patient) else visit.patient,
            detail=_where(visit, by_room=self.by_room) if shares else _detail(visit, by_room=self.by_room),
            role=progress_role(visit.progress),
            hands=visit.hands_on,
            before=before,
            after=after,
            flags=tuple(Flag(mark, _mark_role(mark), _mark_words(mark)) for mark in marks),
            words=block_words(visit, self.offices[visit.office_id], marks),
            buffer_words=whose.format(room=room.name, patient=visit.patient) if room else "",
            can_move=self.may_move and visit.progress in {Progress.EXPECTED, Progress.ARRIVED},
        )


def _buffers(visit: VisitLine, beside: Iterable[VisitLine], room: Room | None, *, by_room: bool) -> tuple[int, int]:
    """Set-up and clean-up. On the room they are whole; a practitioner's column shows the clean-up that nothing follows."""
    if room is None:
        return 0, 0
    if by_room:
        return room.setup_minutes, room.cleanup_minutes
    following = min((other.minute for other in beside if other.minute >= _end(visit)), default=None)
    free = room.cleanup_minutes if following is None else following - _end(visit)
    return 0, min(room.cleanup_minutes, free)


def _is_long(name: str) -> bool:
    """Chinese characters are twice as wide as letters."""
    return len(name) + sum("\u4e00" <= letter <= "\u9fff" for letter in name) > _LONG_NAME


def _where(visit: VisitLine, *, by_room: bool) -> str:
    return visit.staff if by_room else visit.room


def _detail(visit: VisitLine, *, by_room: bool) -> str:
    """"Room 5, with cupping"."""
    where = _where(visit, by_room=by_room)
    addons = [line.name.lstrip("+ ").rstrip("0123456789 ") for line in visit.services if line.is_addon]
    return _("{where}, with {addons}").format(where=where, addons=", ".join(addons)) if addons and where else where


def _drawn(one: Offered, practice: PracticeData, *, by_room: bool) -> DrawnOpening:
    opening = one.opening
    room = next((known for known in practice.rooms if known.id == opening.room_id), None)
    where = practice.member(opening.staff_id).short_name if by_room and opening.staff_id else (room.name if room else "")
    number = f"{one.number}  " if one.number else ""
    column: Hashable = opening.room_id if by_room else opening.staff_id
    return DrawnOpening(
        column, opening.starts, opening.minutes, one.refusal or f"{number}{clock_time(opening.starts)} {where}".rstrip(),
        is_chosen=one.is_chosen and not one.refusal, is_refused=bool(one.refusal),
        before=room.setup_minutes if room and one.is_chosen else 0,
        after=room.cleanup_minutes if room and one.is_chosen else 0,
    )  # fmt: skip


def _end(visit: VisitLine) -> int:
    return visit.minute + visit.minutes


def _mark_role(mark: str) -> str:
    return "amber" if mark in _AMBER else "cinnabar"


def _mark_words(mark: str) -> str:
    return _(_MARK_WORDS.get(mark, mark))
