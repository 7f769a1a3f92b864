"""Makes a demo clinic: set up through the door as an owner would, then filled with people and visits from a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from pulse_desktop.basics.times import SetClock, instant_at
from pulse_desktop.clinic import packages, practice
from pulse_desktop.clinic.packages.values import Cover, OfferDraft
from pulse_desktop.clinic.practice.sign_in import Desk, add_person, create_clinic
from pulse_desktop.clinic.practice.values import HoursDraft, Licence, NewClinic, PracticeData, RoomDraft, StaffDraft
from pulse_desktop.clinic.treatment.sealing import Author
from pulse_desktop.rehearsal import practice_data
from pulse_desktop.rehearsal.demo.invented import Invented
from pulse_desktop.rehearsal.demo.money import Offer, Till
from pulse_desktop.rehearsal.demo.note_forms import Signing
from pulse_desktop.rehearsal.demo.note_rows import NoteRows
from pulse_desktop.rehearsal.demo.rows import Cast, VisitRows, fill_patients
from pulse_desktop.rehearsal.demo.values import DONE, Lineup, Source
from pulse_desktop.storage.bulk import Filling, filling
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault

PASSWORD = practice_data.PASSWORD
CLEANUP = 5
TODAY = date(2026, 11, 24)
_NOW_MINUTE = 8 * 60 + 30
_VISITS_AT_ONCE = 20_000
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoClinic:
    """A demo clinic on disk. Everybody's password is `password`; its clock stands at `now`, before the first visit of its day."""

    folder: Path
    password: str
    now: datetime
    owner_vault_id: str
    patients: int
    visits: int


def make_demo_clinic(
    folder: Path, *, patients: int, visits: int, seed: int, today: date = TODAY, tell: Tell = lambda _words: None
) -> DemoClinic:
    """A clinic of `patients` invented people with `visits` visits, notes, packages and ledger; the same for the same seed.

    Keys and numbers of operations are random, as they must be; everything people see is the same each time.
    """
    return fill_clinic(folder, Invented(patients, visits, seed, today), tell=tell)


def fill_clinic(folder: Path, source: Source, *, tell: Tell = lambda _words: None) -> DemoClinic:
    """Makes a clinic in the empty or new `folder` from a source."""
    lineup = source.lineup
    now = instant_at(source.today, _NOW_MINUTE, lineup.zone)
    tell("offices and people")
    cast, owner, offer = _set_up(folder, source, now)
    tell("patients")
    with filling(folder, owner, PASSWORD) as rows:
        fill_patients(rows, cast, lineup.since)
        visits = _fill_days(rows, source, cast, offer, _signings(folder, cast), tell)
        tell("indexes and guards")
    return DemoClinic(folder, PASSWORD, now, owner, len(cast.patients), visits)


# ---- the practice


def _set_up(folder: Path, source: Source, now: datetime) -> tuple[Cast, str, Offer]:
    lineup = source.lineup
    rooms = tuple(
        tuple(f"Room {at + 1}" for at, where in enumerate(lineup.office_of) if where == office)
        for office in range(len(lineup.offices))
    )
    new = NewClinic(practice_data.PRACTICE_NAME, lineup.offices, practice_data.OWNER, lineup.services, rooms)
    desk = create_clinic(folder, new, PASSWORD, clock=SetClock(now), weak_for_tests=True)
    try:
        desk_id = add_person(desk, StaffDraft("Mina", "Kaya", "", frozenset({Role.FRONT_DESK})), PASSWORD)
        for at, (first, last) in enumerate(lineup.staff):
            add_person(desk, _practitioner(lineup, at, first, last), PASSWORD)
        _open_rooms(desk)
        _keep_hours(desk, lineup)
        offer = _sell(desk, lineup)
        return _cast(desk.practice(), source, desk_id), desk.clinic.person_id, offer
    finally:
        desk.close()


def _practitioner(lineup: Lineup, at: int, first: str, last: str) -> StaffDraft:
    states = sorted({office.state for office in lineup.offices})
    licences = tuple(Licence(state, f"25MZ{at:05}", lineup.since, date(2040, 12, 31)) for state in states)
    return StaffDraft(first, last, "L.Ac.", frozenset({Role.PRACTITIONER}), licences=licences)


def _open_rooms(desk: Desk) -> None:
    for room in desk.practice().rooms:
        desk.door.do(practice.save_room, RoomDraft(room.office_id, room.name, 0, CLEANUP, room.id, room.version))


def _keep_hours(desk: Desk, lineup: Lineup) -> None:
    known = desk.practice()
    spans = tuple((weekday, lineup.opens, lineup.closes) for weekday in range(6))
    for at, staff_id in enumerate(_staff_ids(known, lineup)):
        desk.door.do(
            practice.save_hours, HoursDraft(staff_id, known.offices[lineup.office_of[at]].id, lineup.since, spans)
        )


def _sell(desk: Desk, lineup: Lineup) -> Offer:
    """One package: ten of the service that is booked most, the first of the list."""
    service = next(row for row in desk.practice().services if row.name == lineup.services[0].name)
    covers = (Cover(service.id, 0, uses_session=True),)
    draft = OfferDraft("Ten visits", 10, service.price_cents * 8, covers, 6)
    offer_id = desk.door.do(packages.save_offer, draft).answer
    stored = canonical([asdict(cover) for cover in covers]).decode()
    return Offer(offer_id, draft.name, draft.sessions, draft.price_cents, stored, frozenset({service.id}))


def _staff_ids(known: PracticeData, lineup: Lineup) -> tuple[int, ...]:
    ids = {(member.first_name, member.last_name): member.id for member in known.staff}
    return tuple(ids[name] for name in lineup.staff)


def _cast(known: PracticeData, source: Source, desk_id: int) -> Cast:
    lineup = source.lineup
    services = {service.name: service for service in known.services}
    rooms = {room.name: room.id for room in known.rooms}
    return Cast(
        known, source.patients(), _staff_ids(known, lineup), tuple(known.offices[at].id for at in lineup.office_of),
        tuple(rooms[f"Room {at + 1}"] for at in range(len(lineup.staff))), tuple(services[service.name] for service in lineup.services),
        desk_id, lineup.zone, CLEANUP,
    )  # fmt: skip


def _signings(folder: Path, cast: Cast) -> tuple[Signing, ...]:
    """What each practitioner signs with; their own keys, unlocked with their password."""
    vault = read_vault(folder)
    found = []
    for staff_id, office_id in zip(cast.staff_ids, cast.office_ids, strict=True):
        member, office = cast.practice.member(staff_id), cast.practice.office(office_id)
        keys = unlock(vault, member.vault_id, PASSWORD, allow_weak=True).own
        licence = next(held for held in member.licences if held.state == office.state)
        author = Author(staff_id, member.printed_name, member.credential, office.state, licence.number)
        place = {
            name: getattr(office, name)
            for name in ("id", "name", "street", "suite", "city", "state", "zip_code", "zone")
        }
        found.append(Signing(author, keys, keys.public_key, place))
    return tuple(found)


# ---- the days


def _fill_days(
    rows: Filling, source: Source, cast: Cast, offer: Offer, signings: tuple[Signing, ...], tell: Tell
) -> int:
    visits, till, notes = VisitRows(cast), Till(cast, offer), NoteRows(cast, signings)
    for day in source.days():
        for plan in day:
            visit, starts = visits.add(plan)
            shape = visits.shapes[plan.service]
            if plan.fate == DONE:
                till.add(plan, visit, starts, shape)
            if plan.note >= 0:
                notes.add(plan, visit, starts, shape)
        if len(visits.visits) >= _VISITS_AT_ONCE:
            _flush(rows, visits, till, notes)
            tell(f"{visits.last_visit:,} visits")
    _flush(rows, visits, till, notes)
    return visits.last_visit


def _flush(rows: Filling, visits: VisitRows, till: Till, notes: NoteRows) -> None:
    for gathered in (visits, till, notes):
        gathered.flush(rows)
