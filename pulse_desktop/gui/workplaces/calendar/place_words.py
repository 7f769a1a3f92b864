"""Openings and rooms in the desk's words."""

from __future__ import annotations

from datetime import date

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time_full, relative_day
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Booking, Opening
from pulse_desktop.gui.workplaces.calendar.keyed_rows import KeyedRow


def practitioners(practice: PracticeData) -> list[tuple[int | None, str]]:
    """Who can be asked for, "Anyone" first."""
    treating = [member for member in practice.staff if member.active and "practitioner" in member.roles]
    return [(None, _("Anyone")), *((member.id, member.short_name) for member in treating)]


def rooms_of(practice: PracticeData, office_id: int) -> list[tuple[int | None, str]]:
    """The rooms of an office, "Any room" first."""
    rooms = [room for room in practice.rooms if room.office_id == office_id and room.active]
    return [(None, _("Any room")), *((room.id, room.name) for room in rooms)]


def when_words(day: date, starts: int, today: date) -> str:
    """"Today 2:15 PM", "Thu Dec 3, 5:15 PM"."""
    named = relative_day(day, today)
    comma = "" if abs((day - today).days) <= 1 else ","
    return f"{named}{comma} {clock_time_full(starts)}"


def opening_row(opening: Opening, practice: PracticeData, today: date) -> KeyedRow:
    """"Today 2:15 PM | Okafor, Room 4 | Clifton"."""
    where = f"{practice.member(opening.staff_id).short_name}, {practice.room(opening.room_id).name}"
    return KeyedRow(when_words(opening.day, opening.starts, today), where, practice.office(opening.office_id).name, value=opening)


def instead_row(opening: Opening, wanted: Booking, practice: PracticeData, today: date) -> KeyedRow:
    """"2:30 PM | Room 4, same practitioner"."""
    same = opening.staff_id == wanted.staff_id
    who = _("same practitioner") if same else practice.member(opening.staff_id).short_name
    is_same_day = opening.day == wanted.day
    when = clock_time_full(opening.starts) if is_same_day else when_words(opening.day, opening.starts, today)
    return KeyedRow(when, f"{practice.room(opening.room_id).name}, {who}", value=opening)


def length_words(opening: Opening) -> str:
    """"55 min and 10 to clean up"."""
    if not opening.cleanup_minutes:
        return _("{minutes} min").format(minutes=opening.minutes)
    return _("{minutes} min and {cleanup} to clean up").format(minutes=opening.minutes, cleanup=opening.cleanup_minutes)
