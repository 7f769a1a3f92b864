"""What would stand in the way of a visit that is being dragged: said while it moves, decided by the clinic when it drops.

Pure. It knows only what the calendar shows; the door has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.practice.values import Office, PracticeData
from pulse_desktop.clinic.schedule.values import DaySchedule, VisitLine


@dataclass(frozen=True, slots=True)
class Target:
    """Where a visit would go; `room_id` None takes any free room."""

    office_id: int
    staff_id: int
    room_id: int | None
    minute: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Why it cannot go there, short enough for a block, and the visit in the way (None: nobody)."""

    words: str
    visit_id: int | None = None


def clash_at(visit: VisitLine, target: Target, day: DaySchedule, practice: PracticeData) -> Clash | None:
    """The first thing in the way; None when nothing that is shown speaks against it."""
    others = [other for other in day.visits if other.id != visit.id]
    office = practice.office(target.office_id)
    if any(office_id == office.id for office_id, _reason in day.closures):
        return Clash(_("{office} is closed").format(office=office.name))
    if not _is_licensed(practice, target.staff_id, office, day):
        return Clash(_("no license in {state}").format(state=office.state))
    return _patient_clash(visit, target, others) or _staff_clash(visit, target, others) or _room_clash(visit, target, others, practice)


def _is_licensed(practice: PracticeData, staff_id: int, office: Office, day: DaySchedule) -> bool:
    member = practice.member(staff_id)
    return any(licence.state == office.state and licence.is_current(day.day) for licence in member.licences)


def _patient_clash(visit: VisitLine, target: Target, others: Iterable[VisitLine]) -> Clash | None:
    wanted = (target.minute, target.minute + visit.minutes)
    for other in others:
        if other.patient_id == visit.patient_id and _meet(wanted, (other.minute, other.minute + other.minutes)):
            return Clash(_("has another visit then"), other.id)
    return None


def _staff_clash(visit: VisitLine, target: Target, others: Iterable[VisitLine]) -> Clash | None:
    wanted = list(_hands(visit, target.minute))
    for other in others:
        if other.staff_id == target.staff_id and any(_meet(one, two) for one in wanted for two in _hands(other, other.minute)):
            return Clash(_("with {patient}").format(patient=other.patient_short), other.id)
    return None


def _room_clash(visit: VisitLine, target: Target, others: Iterable[VisitLine], practice: PracticeData) -> Clash | None:
    """A named room must be free, set-up and clean-up included; of any rooms one must be."""
    rooms = [room for room in practice.rooms if room.office_id == target.office_id and room.active]
    if target.room_id is not None:
        rooms = [room for room in rooms if room.id == target.room_id]
    found: Clash | None = None
    for room in rooms:
        wanted = (target.minute - room.setup_minutes, target.minute + visit.minutes + room.cleanup_minutes)
        in_the_way = next(
            (
                other
                for other in others
                if other.room_id == room.id
                and _meet(wanted, (other.minute - room.setup_minutes, other.minute + other.minutes + room.cleanup_minutes))
            ),
            None,
        )
        if in_the_way is None:
            return None
        found = Clash(_("{room}: {patient}").format(room=room.name, patient=in_the_way.patient_short), in_the_way.id)
    if target.room_id is None:
        return Clash(_("no room is free"))
    return found or Clash(_("no such room there"))


def _hands(visit: VisitLine, minute: int) -> Iterator[tuple[int, int]]:
    return ((minute + starts, minute + ends) for starts, ends in visit.hands_on)


def _meet(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]
