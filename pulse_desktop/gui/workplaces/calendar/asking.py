"""From what the caller asks to a wish the schedule can look for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Wish
from pulse_desktop.clinic.schedule.wishes import LOOKED_AHEAD


@dataclass(frozen=True, slots=True)
class Asked:
    """What the panel's fields say. `office_id` is where the panel looks first, unless the words name a place or a person."""

    words: str
    today: date
    office_id: int
    service_ids: tuple[int, ...]
    staff_id: int | None = None
    patient_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExactPlace:
    """A day and a minute that were asked for by name, with whoever and wherever was named."""

    day: date
    starts: int
    office_id: int
    staff_id: int
    room_id: int | None


def wish_of(asked: Asked, practice: PracticeData) -> Wish:
    """The wish behind the words and the fields; without words the first openings from today on."""
    read = schedule.read_wish(asked.words, practice, asked.today) if asked.words.strip() else None
    bare = read or Wish((), asked.today, asked.today + LOOKED_AHEAD)
    others = tuple(_completed(one, asked, practice) for one in bare.alternatives)
    return replace(_completed(bare, asked, practice), alternatives=others)


def is_understood(words: str, practice: PracticeData, today: date) -> bool:
    """Whether anything of the words was understood; nothing typed counts as understood."""
    return not words.strip() or schedule.read_wish(words, practice, today) is not None


def named_services(words: str, practice: PracticeData, today: date) -> tuple[int, ...]:
    """Services the words name."""
    read = schedule.read_wish(words, practice, today) if words.strip() else None
    return read.service_ids if read else ()


def exact_place(wish: Wish) -> ExactPlace | None:
    """The one place a wish names ("today 2:30, okafor, room 2"); None when something is left open."""
    if wish.at is None or wish.staff_id is None or wish.office_id is None or wish.alternatives:
        return None
    day = _only_day(wish)
    return None if day is None else ExactPlace(day, wish.at, wish.office_id, wish.staff_id, wish.room_id)


def working_office(practice: PracticeData, staff_id: int, day: date, minute: int) -> int | None:
    """Where a practitioner works at that time, else where on that day, else None."""
    that_day = [
        hours
        for hours in practice.hours
        if hours.staff_id == staff_id
        and hours.weekday == day.weekday()
        and hours.valid_from <= day
        and (hours.valid_to is None or day <= hours.valid_to)
    ]
    that_day.sort(key=lambda hours: not hours.starts <= minute < hours.ends)
    return that_day[0].office_id if that_day else None


def _completed(wish: Wish, asked: Asked, practice: PracticeData) -> Wish:
    staff_id = wish.staff_id or asked.staff_id
    return replace(
        wish,
        service_ids=wish.service_ids or asked.service_ids,
        staff_id=staff_id,
        office_id=wish.office_id or _office(wish, staff_id, asked, practice),
        patient_id=asked.patient_id,
    )


def _office(wish: Wish, staff_id: int | None, asked: Asked, practice: PracticeData) -> int | None:
    """Wherever a named practitioner works; without one, where the panel is."""
    if staff_id is None:
        return asked.office_id
    day = _only_day(wish)
    if wish.at is None or day is None:
        return None
    return working_office(practice, staff_id, day, wish.at) or asked.office_id


def _only_day(wish: Wish) -> date | None:
    if wish.from_day == wish.to_day:
        return wish.from_day
    if len(wish.weekdays) != 1:
        return None
    day = wish.from_day
    while day.weekday() not in wish.weekdays:
        day += timedelta(days=1)
    return day if day <= wish.to_day else None
