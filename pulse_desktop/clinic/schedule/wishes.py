"""Reading how people ask for a visit: "today after 2, or thursday after 5 brooklyn", "tomorrow 2:30, okafor, room 2"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from pulse_desktop.basics import names, times
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Wish

LOOKED_AHEAD = timedelta(days=21)
"""How far a wish without a date reaches."""

_SHORTEST_NAME = 3
_CLOCK = r"(\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m?\.?(?![a-z]))?)"
_WEEKDAY = r"(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY_PARTS = {"morning": (None, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, None)}


@dataclass
class _Heard:
    """What was understood so far of one part of the sentence; `rest` is what is still to be read."""

    today: date
    practice: PracticeData
    rest: str
    days: tuple[date, date] | None = None
    weekdays: set[int] = field(default_factory=set)
    after: int | None = None
    before: int | None = None
    at: int | None = None
    office_id: int | None = None
    staff_id: int | None = None
    room_id: int | None = None
    service_ids: list[int] = field(default_factory=list)


def read_wish(text: str, practice: PracticeData, today: date) -> Wish | None:
    """What the caller asked for; None when nothing of it was understood. Services stay empty unless they were named."""
    parts = [part for part in re.split(r"\bor\b(?! later)|;", _plain(text)) if part.strip(" ,.")]
    heard = [one for one in (_read(part, practice, today) for part in parts) if _says_something(one)]
    if not heard:
        return None
    wishes = _completed(heard)
    return replace(wishes[0], alternatives=tuple(wishes[1:]))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", names.fold(text[:300]))


def _read(part: str, practice: PracticeData, today: date) -> _Heard:
    heard = _Heard(today, practice, f" {part} ")
    for read in (_services, _rooms, _dates, _times, _people_and_places):
        read(heard)
    return heard


def _says_something(heard: _Heard) -> bool:
    return any((
        heard.days, heard.weekdays, heard.after is not None, heard.before is not None, heard.at is not None,
        heard.office_id, heard.staff_id, heard.room_id, heard.service_ids,
    ))  # fmt: skip


def _take(heard: _Heard, pattern: str, use: Callable[[re.Match[str]], bool]) -> None:
    """Finds a pattern again and again; what `use` understands is taken out of the sentence."""

    def replaced(match: re.Match[str]) -> str:
        return " , " if use(match) else match[0]

    heard.rest = re.sub(pattern, replaced, heard.rest)


# ---- services and rooms first: their names hold numbers


def _services(heard: _Heard) -> None:
    active = sorted((service for service in heard.practice.services if service.active), key=lambda service: -len(service.name))
    for service in active:
        name = _plain(service.name).strip("+ ")
        lead = r"(?:\+|\bwith|\bplus|\band)\s*" if service.is_addon else r"\b"
        _take(heard, rf"{lead}{re.escape(name)}\b", lambda _match, found=service.id: _add_service(heard, found))  # type: ignore[misc]
    for service in sorted(active, key=lambda service: (not service.is_addon, service.id)):
        first = re.match(r"[a-z]+", _plain(service.name).strip("+ "))
        if first is not None and len(first[0]) > _SHORTEST_NAME:
            lead = r"(?:\+|\bwith|\bplus|\band)\s*" if service.is_addon else r"\b"
            _take(heard, rf"{lead}{first[0]}\b", lambda _match, found=service.id: _add_service(heard, found))  # type: ignore[misc]


def _add_service(heard: _Heard, service_id: int) -> bool:
    if service_id not in heard.service_ids:
        heard.service_ids.append(service_id)
    return True


def _rooms(heard: _Heard) -> None:
    for room in sorted(heard.practice.rooms, key=lambda room: -len(room.name)):
        if not room.active:
            continue
        whole = _plain(room.name)
        short = whole.removeprefix("room ")
        patterns = [rf"\b{re.escape(whole)}\b", rf"\broom {re.escape(short)}\b"]
        if any(letter.isalpha() for letter in short) and short != whole:
            patterns.append(rf"\b{re.escape(short)}\b")
        for pattern in patterns:
            _take(heard, pattern, lambda _match, found=(room.id, room.office_id): _set_room(heard, *found))  # type: ignore[misc]


def _set_room(heard: _Heard, room_id: int, office_id: int) -> bool:
    heard.room_id, heard.office_id = room_id, office_id
    return True


# ---- days


def _dates(heard: _Heard) -> None:
    today = heard.today
    monday = today - timedelta(days=today.weekday())
    _take(heard, r"\bday after tomorrow\b", lambda _match: _on(heard, today + timedelta(days=2)))
    _take(heard, r"\b(?:today|tonight)\b", lambda _match: _on(heard, today))
    _take(heard, r"\b(?:tomorrow|tmrw|tmw)\b", lambda _match: _on(heard, today + timedelta(days=1)))
    _take(heard, r"\bin (\d{1,2}) (day|week)s?\b", lambda match: _in(heard, int(match[1]), match[2]))
    _take(heard, r"\bnext week\b", lambda _match: _between(heard, monday + timedelta(days=7), monday + timedelta(days=13)))
    _take(heard, r"\bthis week\b", lambda _match: _between(heard, today, monday + timedelta(days=6)))
    _take(heard, rf"\bnext {_WEEKDAY}\b", lambda match: _next_weekday(heard, match[1], monday))
    _take(heard, r"\bweekends?\b", lambda _match: _weekdays(heard, (5, 6)))
    _take(heard, r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", lambda match: _date(heard, match[2], match[3], match[1]))
    _take(heard, r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b", lambda match: _date(heard, match[1], match[2], match[3]))
    _take(heard, rf"\b{_MONTH} (\d{{1,2}})(?![\d:])(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b", lambda match: _date(heard, match[1], match[2], match[3]))
    _take(heard, rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?:,? (\d{{4}}))?\b", lambda match: _date(heard, match[2], match[1], match[3]))
    _take(heard, rf"\b{_WEEKDAY}\b", lambda match: _weekdays(heard, (_weekday(match[1]),)))


def _on(heard: _Heard, day: date) -> bool:
    return _between(heard, day, day)


def _between(heard: _Heard, first: date, last: date) -> bool:
    heard.days = (first, last)
    return True


def _in(heard: _Heard, count: int, unit: str) -> bool:
    first = heard.today + timedelta(days=count * (7 if unit == "week" else 1))
    return _between(heard, first, first + timedelta(days=6 if unit == "week" else 0))


def _next_weekday(heard: _Heard, name: str, monday: date) -> bool:
    """The one of next week: on a Tuesday, "next Thursday" is in nine days."""
    return _on(heard, monday + timedelta(days=7 + _weekday(name)))


def _weekday(name: str) -> int:
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3])


def _weekdays(heard: _Heard, found: Iterable[int]) -> bool:
    heard.weekdays.update(found)
    return True


def _date(heard: _Heard, month: str, day: str, year: str | None) -> bool:
    """A date without a year is the next one to come."""
    number = int(month) if month.isdigit() else [name.lower() for name in times.MONTHS].index(month[:3]) + 1
    wanted = heard.today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
    try:
        found = date(wanted, number, int(day))
        if year is None and found < heard.today:
            found = found.replace(year=wanted + 1)
    except ValueError:
        return False
    return _on(heard, found)


# ---- times


def _times(heard: _Heard) -> None:
    _take(heard, rf"\bbetween {_CLOCK} (?:and|to|-) {_CLOCK}", lambda match: _window(heard, match[1], match[2]))
    _take(heard, rf"\b(?:after|from|since|past) {_CLOCK}", lambda match: _window(heard, match[1], None))
    _take(heard, rf"\b(?:before|until|till|by) {_CLOCK}", lambda match: _window(heard, None, match[1]))
    _take(heard, rf"\b{_CLOCK} (?:and|or) later\b", lambda match: _window(heard, match[1], None))
    for word in ("after noon", "before noon"):
        _take(heard, rf"\b{word}\b", lambda match: _window(heard, *((12 * 60, None) if match[0][0] == "a" else (None, 12 * 60))))
    _take(heard, r"\bnoon\b", lambda _match: _at(heard, "12:00"))
    for word, (after, before) in _DAY_PARTS.items():
        _take(heard, rf"\b{word}s?\b", lambda _match, found=(after, before): _window(heard, *found))  # type: ignore[misc]
    _take(heard, r"\b(\d{1,2}:\d{2}\s*(?:[ap]\.?m?\.?(?![a-z]))?)", lambda match: _at(heard, match[1]))
    _take(heard, r"\b(\d{1,4}\s*[ap]\.?(?:m\.?)?)(?![a-z])", lambda match: _at(heard, match[1]))
    _take(heard, r"\b(?:at )?(\d{1,2})(?=[\s,.])", lambda match: _at(heard, match[1]))


def _minute(text: str | int | None) -> int | None:
    if text is None or isinstance(text, int):
        return text
    try:
        return times.read_time(text)
    except ValueError:
        return None


def _window(heard: _Heard, after: str | int | None, before: str | int | None) -> bool:
    found_after, found_before = _minute(after), _minute(before)
    if found_after is None and found_before is None:
        return False
    heard.after = found_after if found_after is not None else heard.after
    heard.before = found_before if found_before is not None else heard.before
    return True


def _at(heard: _Heard, text: str) -> bool:
    found = _minute(text)
    if found is None or heard.at is not None:
        return False
    heard.at = found
    return True


# ---- people and places


def _people_and_places(heard: _Heard) -> None:
    for word in re.findall(r"[^\s,.;]+", heard.rest):
        if heard.staff_id is None and (staff_id := _only(_staff_called(heard.practice, word))) is not None:
            heard.staff_id = staff_id
        elif heard.office_id is None and (office_id := _only(_offices_called(heard.practice, word))) is not None:
            heard.office_id = office_id


def _only(found: Sequence[int]) -> int | None:
    return found[0] if len(found) == 1 else None


def _staff_called(practice: PracticeData, word: str) -> list[int]:
    """Practitioners one of whose names begins with the word; a whole name beats a beginning."""
    practising = [member for member in practice.staff if member.active and member.credential]
    named = [(member.id, names.words(f"{member.first_name} {member.last_name} {member.short_name}")) for member in practising]
    return list(_called(named, word))


def _offices_called(practice: PracticeData, word: str) -> list[int]:
    named = [(office.id, names.words(f"{office.name} {office.city}")) for office in practice.offices if office.active]
    return list(_called(named, word))


def _called(named: Sequence[tuple[int, list[str]]], word: str) -> Iterator[int]:
    whole = [found for found, parts in named if word in parts]
    if whole or len(word) < _SHORTEST_NAME:
        yield from whole
        return
    yield from (found for found, parts in named if any(part.startswith(word) for part in parts))


# ---- the sentence as a whole


def _completed(heard: Sequence[_Heard]) -> list[Wish]:
    """What one part leaves open, the part before says; a bare first day takes its time from the next ("tue or thu after 4")."""
    bare = heard[0]
    if len(heard) > 1 and bare.after is bare.before is bare.at is None and (bare.days or bare.weekdays):
        bare.after, bare.before, bare.at = heard[1].after, heard[1].before, heard[1].at
    for earlier, later in pairwise(heard):
        later.staff_id = later.staff_id or earlier.staff_id
        later.service_ids = later.service_ids or earlier.service_ids
        later.office_id = later.office_id or earlier.office_id
        if not (later.days or later.weekdays):
            later.days, later.weekdays = earlier.days, earlier.weekdays
    return [_wish(one) for one in heard]


def _wish(heard: _Heard) -> Wish:
    first, last = heard.days or (heard.today, heard.today + LOOKED_AHEAD)
    service_ids = sorted(heard.service_ids, key=lambda service_id: heard.practice.service(service_id).is_addon)
    return Wish(
        tuple(service_ids), max(first, heard.today), max(last, heard.today), heard.after, heard.before, heard.at,
        heard.office_id, heard.staff_id, heard.room_id, weekdays=frozenset(heard.weekdays),
    )  # fmt: skip
