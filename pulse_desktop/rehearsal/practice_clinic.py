"""Makes the practice clinic: everything goes in through the door, signed in as the person who would do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from pulse_desktop.basics.times import SteppedClock, instant_at
from pulse_desktop.clinic import flows, packages, patients, practice, treatment
from pulse_desktop.clinic.flows.values import PackageSale
from pulse_desktop.clinic.money.values import PaymentLine, Tender
from pulse_desktop.clinic.packages.values import Cover, OfferDraft
from pulse_desktop.clinic.patients.values import ConditionDraft, Screening
from pulse_desktop.clinic.practice.sign_in import add_person, create_clinic
from pulse_desktop.clinic.practice.values import ClosureDraft, HoursDraft, NewClinic, RoomDraft
from pulse_desktop.clinic.treatment.values import ScoreDraft
from pulse_desktop.rehearsal import practice_data as data
from pulse_desktop.rehearsal.practice_people import Invented, invented_patients
from pulse_desktop.rehearsal.practice_today import NOW_MINUTE, PACKAGES, TODAY, Planned
from pulse_desktop.rehearsal.practice_visits import Course, Visits, cups_for
from pulse_desktop.rehearsal.practice_weeks import (
    MARIA_BEFORE,
    MARIA_BOUGHT,
    MARIA_OSWESTRY,
    WEEKS_EACH_WAY,
    Slot,
    slots,
)
from pulse_desktop.rehearsal.staffroom import Staffroom

_SUNDAY = 6
_LAST_START = 16 * 60 + 40
_NEEDLE_MINUTES = 20
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PracticeClinic:
    """A practice clinic on disk. Everybody's password is `password`; its clock starts at `now`."""

    folder: Path
    password: str
    now: datetime


def practice_now(today: date | None = None) -> datetime:
    """10:42 in the morning of `today`, or of Monday when that is a Sunday and the clinic closed."""
    day = today or datetime.now(UTC).date()
    day += timedelta(days=1 if day.weekday() == _SUNDAY else 0)
    return instant_at(day, NOW_MINUTE, data.ZONE)


def make_practice_clinic(
    folder: Path, now: datetime | None = None, *, tell: Progress = lambda _words: None
) -> PracticeClinic:
    """Makes the whole practice clinic in `folder` (empty or new). `tell` hears what is being made."""
    moment = now or practice_now()
    today = moment.astimezone(UTC).date()
    clock = SteppedClock(moment - timedelta(days=60))
    tell("offices and people")
    staffroom = _open_doors(folder, clock)
    try:
        _set_up(staffroom, today)
        tell("patients")
        ids = _register(staffroom, clock)
        tell("three weeks of visits")
        _live_until(staffroom, today, ids)
        _leave_loose_ends(staffroom, today, ids)
        _screen(staffroom, today, ids)
        tell("today")
        _live_today(staffroom, today, ids)
        _book_ahead(staffroom, today, ids)
        clock.put(moment)
    finally:
        staffroom.close()
    return PracticeClinic(folder, data.PASSWORD, moment)


def _open_doors(folder: Path, clock: SteppedClock) -> Staffroom:
    clinic = NewClinic(data.PRACTICE_NAME, (data.CLIFTON, data.BROOKLYN), data.OWNER, data.SERVICES, tuple(data.ROOMS.values()))
    # Invented people need no strong keys, and whoever tries the program should not wait for them.
    owner = create_clinic(folder, clinic, data.PASSWORD, clock=clock, weak_for_tests=True)
    for person in data.PEOPLE:
        add_person(owner, person.draft, data.PASSWORD)
    desks = {"Adler": owner}
    for member in owner.practice().staff:
        if member.last_name not in desks:
            desks[member.last_name] = owner.beside(member.vault_id, data.PASSWORD)
    return Staffroom(folder, clock, desks)


def _set_up(staffroom: Staffroom, today: date) -> None:
    """Hours, how long a room is cleaned, and packages."""
    door = staffroom.desk("Adler").door
    known = staffroom.practice()
    offices = {office.name: office.id for office in known.offices}
    for room in known.rooms:
        ready = RoomDraft(room.office_id, room.name, data.SETUP_MINUTES, data.CLEANUP_MINUTES, room.id, room.version)
        door.do(practice.save_room, ready)
    staff = {member.last_name: member.id for member in known.staff}
    for person in data.PEOPLE:
        if person.hours:
            spans = tuple((weekday, starts, ends) for weekday in range(_SUNDAY) for starts, ends in person.hours)
            hours = HoursDraft(staff[person.draft.last_name], offices[person.office], today - timedelta(days=90), spans)
            door.do(practice.save_hours, hours)
    services = {service.name: service.id for service in known.services}
    for name, sessions, price, covers, months in data.OFFERS:
        covered = tuple(Cover(services[service], charged, uses_session=not service.startswith("+")) for service, charged in covers)
        door.do(packages.save_offer, OfferDraft(name, sessions, price, covered, months))


def _register(staffroom: Staffroom, clock: SteppedClock) -> dict[str, int]:
    """All patients with what the safety questions found; ids by last name, by full name, and in order by number."""
    door = staffroom.desk("Kaya").door
    offices = {office.city: office.id for office in staffroom.practice().offices}
    ids: dict[str, int] = {}
    for at, invented in enumerate(invented_patients()):
        clock.advance(minutes=7)
        draft = replace(invented.draft, office_id=offices[invented.draft.city])
        patient_id = door.do(patients.register, draft).answer
        if not invented.conditions:
            door.do(patients.record_screening, Screening(patient_id, ()))
        ids[str(at)] = patient_id
        ids.setdefault(draft.last_name, patient_id)
        ids[f"{draft.first_name} {draft.last_name}"] = patient_id
    return ids


def _leave_loose_ends(staffroom: Staffroom, today: date, ids: dict[str, int]) -> None:
    """On the last working day two notes were not signed, and one patient left without checking out."""
    visits = Visits(staffroom)
    day = today - timedelta(days=2 if today.weekday() == 0 else 1)
    staffroom.clock.put(instant_at(day, 8 * 60, data.ZONE))
    for patient, at, checks_out in (("Novak", _LAST_START - 8, False), ("Volkov", _LAST_START, True)):
        visit = visits.book(ids[patient], "Petrov", "Room 4", day, at, ("Acupuncture 60",), squeeze_in=True)
        course = Course.usual(at, 55)
        visits.arrive(visit, course.arrived)
        visits.go_in(visit, course.roomed)
        visits.begin_treatment(visit, course.on, 5, 1)
        visits.finish(visit, course, 3, signs=False)
        if checks_out:
            visits.check_out(visit, course.done, by_package=False)


def _screen(staffroom: Staffroom, today: date, ids: dict[str, int]) -> None:
    """Yesterday those were asked again who had something to say."""
    staffroom.clock.put(instant_at(today - timedelta(days=1), 17 * 60, data.ZONE))
    door = staffroom.desk("Kaya").door
    for at, invented in enumerate(invented_patients()):
        if invented.conditions:
            door.do(patients.record_screening, Screening(ids[str(at)], _conditions(invented, ids[str(at)], today)))


def _conditions(invented: Invented, patient_id: int, today: date) -> tuple[ConditionDraft, ...]:
    return tuple(
        ConditionDraft(
            patient_id,
            key,
            today - timedelta(days=since),
            today + timedelta(days=until) if until is not None else None,
            detail,
            regions,
        )
        for key, since, until, detail, regions in invented.conditions
    )


def _live_until(staffroom: Staffroom, today: date, ids: dict[str, int]) -> None:
    """The weeks before today, day by day; packages are sold before their first use."""
    visits = Visits(staffroom)
    extras = len(invented_patients())
    first = today - timedelta(weeks=WEEKS_EACH_WAY)
    maria = {today - timedelta(days=ago): (services, staff, pain) for ago, services, staff, pain in MARIA_BEFORE}
    _sell_packages(staffroom, min(maria), ids)
    used = _earlier_visits(today, ids)
    plan = slots(first, today - timedelta(days=1), range(len(TODAY), extras))
    acts: list[tuple[date, int, Callable[[], None]]] = [
        (slot.day, slot.at, partial(_live_slot, visits, staffroom, slot, ids)) for slot in plan
    ]
    acts.extend((day, at, partial(_live_extra, visits, staffroom, patient, day, at)) for patient, day, at in used)
    her = ids["María Alvarez"]
    for day, (services, staff, pain) in maria.items():
        acts.append((day, _LAST_START, partial(_live_maria, visits, her, day, services, staff, pain)))
    for ago, score in MARIA_OSWESTRY:
        day = today - timedelta(days=ago)
        acts.append((day, _LAST_START, partial(_measure, staffroom, ScoreDraft(her, "odi", day, score))))
    for ago, offer in MARIA_BOUGHT:
        acts.append((today - timedelta(days=ago), 9 * 60, partial(_sell, staffroom, today - timedelta(days=ago), her, offer)))
    for _day, _at, act in sorted(acts, key=lambda act: act[:2]):
        act()


def _earlier_visits(today: date, ids: dict[str, int]) -> list[tuple[int, date, int]]:
    """Visits that used the sessions of today's patients: (patient, day, start)."""
    found = []
    for lane, (patient, _offer, count) in enumerate(PACKAGES):
        for times in range(1, count + 1):
            day = today - timedelta(days=4 * times)
            day -= timedelta(days=1 if day.weekday() == _SUNDAY else 0)
            found.append((ids[patient], day, _LAST_START - 4 * lane))
    return found


def _live_extra(visits: Visits, staffroom: Staffroom, patient: int, day: date, at: int) -> None:
    staffroom.clock.put(instant_at(day, 8 * 60, data.ZONE))
    visit = visits.book(patient, "Petrov", "Room 4", day, at, ("Acupuncture 60",), squeeze_in=True)
    visits.whole(visit, Course.usual(at, 55), (5, 3), patient)


def _live_maria(
    visits: Visits, patient: int, day: date, services: tuple[str, ...], staff: str, pain: tuple[int, int]
) -> None:
    visit = visits.book(patient, staff, "Room 3", day, _LAST_START, services, squeeze_in=True)
    visits.whole(visit, Course.usual(_LAST_START, 70), pain, 0)


def _measure(staffroom: Staffroom, score: ScoreDraft) -> None:
    """Entered by the practitioner from the form she filled in."""
    staffroom.clock.put(instant_at(score.taken_on, _LAST_START + 60, data.ZONE))
    staffroom.desk("Hua").door.do(treatment.record_score, score)


def _live_slot(visits: Visits, staffroom: Staffroom, slot: Slot, ids: dict[str, int]) -> None:
    staffroom.clock.put(instant_at(slot.day - timedelta(days=3), 10 * 60, data.ZONE))
    visit = visits.book(ids[str(slot.patient_at)], slot.staff, slot.room, slot.day, slot.at, slot.services)
    minutes = 70 if len(slot.services) > 1 else 55
    visits.whole(visit, Course.usual(slot.at, minutes), slot.pain, slot.patient_at, by_package=False)


def _sell_packages(staffroom: Staffroom, day: date, ids: dict[str, int]) -> None:
    """Packages of today's patients, sold some weeks ago."""
    for patient, offer, _used in PACKAGES:
        _sell(staffroom, day, ids[patient], offer)


def _sell(staffroom: Staffroom, day: date, patient_id: int, name: str) -> None:
    staffroom.clock.put(instant_at(day, 9 * 60, data.ZONE))
    door = staffroom.desk("Kaya").door
    offer = next(offer for offer in door.look(packages.offers) if offer.name == name)
    payment = (PaymentLine(Tender.CARD, offer.price_cents, "004417"),)
    door.do(flows.sell_package, PackageSale(patient_id, staffroom.practice().offices[0].id, offer.id, payment))


def _live_today(staffroom: Staffroom, today: date, ids: dict[str, int]) -> None:
    """Today up to 10:42: every step at its minute, in the order in which they happened."""
    visits = Visits(staffroom)
    staffroom.clock.put(instant_at(today - timedelta(days=2), 15 * 60, data.ZONE))
    booked = [
        (
            planned,
            visits.book(
                ids[planned.patient], planned.staff.split()[-1], planned.room, today, planned.at, planned.services
            ),
        )
        for planned in TODAY
    ]
    steps: list[tuple[int, int, Callable[[], None]]] = []
    for order, (planned, visit) in enumerate(booked):
        steps.extend((minute, order, step) for minute, step in _steps(visits, visit, planned))
    for _minute, _order, step in sorted(steps, key=lambda step: step[:2]):
        step()


def _steps(visits: Visits, visit: int, planned: Planned) -> list[tuple[int, Callable[[], None]]]:
    """What happened to one visit of today, with the minute of each step."""
    if planned.until == "no_show":
        return [(planned.at + 30, lambda: visits.no_show(visit, planned.at + 30))]
    steps: list[tuple[int, Callable[[], None]]] = []
    if planned.arrived:
        steps.append((planned.arrived, lambda: visits.arrive(visit, planned.arrived)))
    if planned.roomed:
        steps.append((planned.roomed, lambda: visits.go_in(visit, planned.roomed)))
    if planned.on:
        steps.append((planned.on, lambda: _begin(visits, visit, planned)))
    if planned.on and planned.out and "Acupuncture 60" in planned.services:
        steps.append((planned.on + _NEEDLE_MINUTES, lambda: visits.needles_out(visit, planned.on + _NEEDLE_MINUTES)))
    if planned.out:
        steps.append((planned.out, lambda: _end(visits, visit, planned)))
    return steps


def _begin(visits: Visits, visit: int, planned: Planned) -> None:
    """Needles, then cups where the visit has them; the running ones went on at the planned minute."""
    with_cups = planned.until == "cups_on"
    visits.begin_treatment(visit, planned.roomed + 2 if with_cups else planned.on, 4, 0)
    if with_cups:
        visits.cups_on(visit, planned.on, cups_for(0, 6))


def _end(visits: Visits, visit: int, planned: Planned) -> None:
    """To the desk; those who are done have paid, those checking out wait to pay and their note is not signed yet."""
    if not planned.on:
        visits.begin_treatment(visit, planned.roomed + 2, 4, 0)
    course = Course(on=planned.on, off=planned.out - 6, out=planned.out, done=planned.out + 4)
    is_done = planned.until == "done"
    visits.finish(visit, course, 2, signs=is_done)
    if is_done:
        visits.check_out(visit, course.done)


def _book_ahead(staffroom: Staffroom, today: date, ids: dict[str, int]) -> None:
    """The three weeks to come."""
    staffroom.clock.put(instant_at(today, NOW_MINUTE - 1, data.ZONE))
    visits = Visits(staffroom)
    last = today + timedelta(weeks=WEEKS_EACH_WAY)
    closed = _close_for_thanksgiving(staffroom, today, last)
    for slot in slots(today + timedelta(days=1), last, range(len(TODAY), len(invented_patients()))):
        if slot.day == closed:
            continue
        visits.book(ids[str(slot.patient_at)], slot.staff, slot.room, slot.day, slot.at, slot.services)


def _close_for_thanksgiving(staffroom: Staffroom, today: date, last: date) -> date | None:
    """Both offices stay closed on the fourth Thursday of November, if it is among the weeks to come."""
    first = date(today.year, 11, 1)
    feast = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    if not today < feast <= last:
        return None
    door = staffroom.desk("Adler").door
    for office in staffroom.practice().offices:
        door.do(practice.save_closure, ClosureDraft(office.id, feast, "Thanksgiving"))
    return feast
