"""The calendar's columns: practitioners or rooms, with the times in which they are not there, and why. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import clock_time
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import DaySchedule, OpenSpan
from pulse_desktop.gui.parts.grid_values import Closed, GridColumn

FIRST, LAST = 9 * 60, 19 * 60
"""The hours that are always shown, minutes of the day."""

NO_ROOM: Final = 0
"""Key of the column for visits that have no room."""

_MIDNIGHT = 24 * 60
_LUNCH = (10 * 60 + 30, 15 * 60)
_LONGEST_LUNCH = 120


@dataclass(frozen=True, slots=True)
class ShownHours:
    """From which to which minute of the day the calendar reaches."""

    first: int
    last: int


def shown_hours(day: DaySchedule) -> ShownHours:
    """The usual hours, earlier or later where somebody works or a visit stands."""
    starts = [FIRST, *(span.starts for span in day.open_spans), *(visit.minute for visit in day.visits)]
    ends = [LAST, *(span.ends for span in day.open_spans), *(visit.minute + visit.minutes for visit in day.visits)]
    return ShownHours(min(starts) // 60 * 60, min(-(-max(ends) // 30) * 30, _MIDNIGHT))


def practitioner_columns(day: DaySchedule, practice: PracticeData, office_id: int) -> tuple[GridColumn, ...]:
    """Everybody who works or has visits that day; those of the chosen office first."""
    spans: dict[int, list[OpenSpan]] = defaultdict(list)
    for span in day.open_spans:
        spans[span.staff_id].append(span)
    for visit in day.visits:
        spans.setdefault(visit.staff_id, [])
    order = [member.id for member in practice.staff]
    here = {span.staff_id for span in day.open_spans if span.office_id == office_id}
    here |= {visit.staff_id for visit in day.visits if visit.office_id == office_id}
    ids = sorted(spans, key=lambda staff_id: (staff_id not in here, order.index(staff_id)))
    ends = _latest_ends(day.open_spans)
    closures = dict(day.closures)
    return tuple(
        GridColumn(
            staff_id, practice.member(staff_id).printed_name, _hours_words(spans[staff_id], practice, closures),
            _closed(sorted(spans[staff_id], key=lambda span: span.starts), ends, closures),
        )
        for staff_id in ids
    )  # fmt: skip


def room_columns(day: DaySchedule, practice: PracticeData, office_id: int) -> tuple[GridColumn, ...]:
    """The rooms of the chosen office, and a column for visits without a room where there are any."""
    office = practice.office(office_id)
    spans = _union(span for span in day.open_spans if span.office_id == office_id)
    closures = {known: reason for known, reason in day.closures if known == office_id}
    closed = _closed(spans, {office_id: max((span.ends for span in spans), default=0)}, closures)
    columns = [
        GridColumn(room.id, room.name, office.name, closed)
        for room in practice.rooms
        if room.office_id == office_id and room.active
    ]
    if any(visit.room_id is None and visit.office_id == office_id for visit in day.visits):
        columns.append(GridColumn(NO_ROOM, _("No room"), office.name, closed))
    return tuple(columns)


def _latest_ends(spans: Iterable[OpenSpan]) -> dict[int, int]:
    """When the last practitioner of each office goes home."""
    ends: dict[int, int] = {}
    for span in spans:
        ends[span.office_id] = max(ends.get(span.office_id, 0), span.ends)
    return ends


def _hours_words(spans: Iterable[OpenSpan], practice: PracticeData, closures: dict[int, str]) -> str:
    """"Clifton, 9:00 to 6:00"; two offices one after the other."""
    by_office: dict[int, list[OpenSpan]] = defaultdict(list)
    for span in spans:
        by_office[span.office_id].append(span)
    words = []
    for office_id, own in sorted(by_office.items(), key=lambda item: min(span.starts for span in item[1])):
        name = practice.office(office_id).name
        if office_id in closures:
            words.append(_("{office}, closed").format(office=name))
            continue
        starts, ends = clock_time(min(span.starts for span in own)), clock_time(max(span.ends for span in own))
        words.append(_("{office}, {start} to {end}").format(office=name, start=starts, end=ends))
    return "; ".join(words) or _("not working today")


def _closed(spans: list[OpenSpan], ends: dict[int, int], closures: dict[int, str]) -> tuple[Closed, ...]:
    """What lies outside the hours, in words."""
    if spans and all(span.office_id in closures for span in spans):
        return (Closed(0, _MIDNIGHT, _("Closed: {reason}").format(reason=closures[spans[0].office_id])),)
    if not spans:
        reason = next(iter(closures.values()), "")
        return (Closed(0, _MIDNIGHT, _("Closed: {reason}").format(reason=reason) if reason else _("Off")),)
    opens = Closed(0, spans[0].starts, _("Opens {time}").format(time=clock_time(spans[0].starts)))
    found = [opens]
    found += [_gap(before, after) for before, after in pairwise(spans) if before.ends < after.starts]
    last = spans[-1]
    is_closing = last.ends >= ends.get(last.office_id, 0)
    found.append(Closed(last.ends, _MIDNIGHT, _("Closed") if is_closing else _("Off from {time}").format(time=clock_time(last.ends))))
    return tuple(found)


def _gap(before: OpenSpan, after: OpenSpan) -> Closed:
    is_short = after.starts - before.ends <= _LONGEST_LUNCH
    if before.office_id != after.office_id:
        return Closed(before.ends, after.starts, _("On the way"))
    if is_short and _LUNCH[0] <= before.ends <= _LUNCH[1]:
        return Closed(before.ends, after.starts, _("Lunch"))
    return Closed(before.ends, after.starts, _("Back at {time}").format(time=clock_time(after.starts)))


def _union(spans: Iterable[OpenSpan]) -> list[OpenSpan]:
    """The hours in which anybody works."""
    found: list[OpenSpan] = []
    for span in sorted(spans, key=lambda one: one.starts):
        if found and span.starts <= found[-1].ends:
            found[-1] = OpenSpan(span.staff_id, span.office_id, found[-1].starts, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return found
