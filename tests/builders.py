"""Builders of clinics, patients and visits. What a test does not say, it does not care about."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import patients, practice, schedule
from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.practice.sign_in import Desk, add_person, create_clinic, open_clinic
from pulse_desktop.clinic.practice.values import (
    HoursDraft,
    Licence,
    NewClinic,
    OfficeDraft,
    PracticeData,
    ServiceDraft,
    StaffDraft,
    Stretch,
)
from pulse_desktop.clinic.schedule.values import Booking, VisitLine
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.keys import PersonalKeys
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.unlocking import unlock

TODAY = date(2026, 11, 24)
"""A Tuesday, and the day of the mock-ups."""

NOW = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
"""8:30 in the morning in Clifton, half an hour before the first visit."""

PASSWORD = "many quiet herons wade here"

CLIFTON = OfficeDraft(
    "Clifton", "1030 Clifton Ave", "Suite 104", "Clifton", "NJ", "07013", "(973) 555-0110", "America/New_York",
    "Mon to Sat, 9:00 to 6:00",
)  # fmt: skip
BROOKLYN = OfficeDraft(
    "Brooklyn", "109 N 12th St", "Suite 704", "Brooklyn", "NY", "11249", "(718) 555-0164", "America/New_York",
    "Mon to Sat, 11:00 to 7:00",
)  # fmt: skip
ACUPUNCTURE = ServiceDraft("Acupuncture 60", ("acupuncture",), (Stretch(15, True), Stretch(30, False), Stretch(10, True)), 110_00)
CUPPING = ServiceDraft("Cupping 30", ("dry_cupping",), (Stretch(10, True), Stretch(10, False), Stretch(10, True)), 70_00)
TUINA = ServiceDraft("Tuina 30", ("tuina",), (Stretch(30, True),), 65_00)
ADD_CUPPING = ServiceDraft("+ cupping 15", ("dry_cupping",), (Stretch(5, True), Stretch(5, False), Stretch(5, True)), 35_00, is_addon=True)

_OPEN = date(2020, 1, 1)
_HOURS = {"Clifton": (9 * 60, 18 * 60), "Brooklyn": (11 * 60, 19 * 60)}
_phones = count(1000)


def licences(*states: str) -> tuple[Licence, ...]:
    """Licences that are current for years."""
    return tuple(Licence(state, f"25MZ{at:05}", date(2020, 1, 1), date(2031, 12, 31)) for at, state in enumerate(states, 41))


LIN = StaffDraft("Lin", "Hua", "L.Ac.", frozenset({Role.OWNER, Role.PRACTITIONER}), "Lin Hua", licences=licences("NJ", "NY"))
OKAFOR = StaffDraft("Ruth", "Okafor", "L.Ac.", frozenset({Role.PRACTITIONER}), licences=licences("NJ", "NY"))
MINA = StaffDraft("Mina", "Park", "", frozenset({Role.FRONT_DESK}))
NEW_CLINIC = NewClinic(
    "Pulse Acupuncture", (CLIFTON, BROOKLYN), LIN, (ACUPUNCTURE, CUPPING, TUINA, ADD_CUPPING),
    (("Room 1", "Room 2", "Room 3"), ("Room B1",)),
)  # fmt: skip


@dataclass
class TestClinic:
    """A clinic in a folder of its own, somebody signed in: two offices, Lin Hua and Okafor in both, four services."""

    __test__ = False

    folder: Path
    desk: Desk
    clock: SteppedClock
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def door(self) -> Door:
        """The door of whoever is signed in; at first the owner, Lin Hua, who is also a practitioner."""
        return self.desk.door

    @property
    def practice(self) -> PracticeData:
        """Set-up data, read anew."""
        return self.desk.practice()

    def office(self, name: str = "Clifton") -> int:
        """The number of an office."""
        return self._number("office", name)

    def room(self, name: str = "Room 1") -> int:
        """The number of a room."""
        return self._number("room", name)

    def staff(self, short_name: str = "Lin Hua") -> int:
        """The number of a staff member."""
        return self._number("staff", short_name)

    def service(self, name: str = "Acupuncture 60") -> int:
        """The number of a service."""
        return self._number("service", name)

    def _number(self, kind: str, name: str) -> int:
        """Numbers stay, so what was read once is remembered."""
        if (kind, name) not in self._numbers:
            data = self.practice
            self._numbers |= {("office", row.name): row.id for row in data.offices}
            self._numbers |= {("room", row.name): row.id for row in data.rooms}
            self._numbers |= {("staff", row.short_name): row.id for row in data.staff}
            self._numbers |= {("service", row.name): row.id for row in data.services}
        return self._numbers[kind, name]

    def lets_in(self, draft: StaffDraft) -> int:
        """Gives a person the test password; returns the staff number."""
        return add_person(self.desk, draft, PASSWORD)

    def signs_in(self, short_name: str) -> Door:
        """The person at the desk leaves and somebody else who was let in sits down; returns their door."""
        vault_id = next(member.vault_id for member in self.practice.staff if member.short_name == short_name)
        self.desk.close()
        self.desk = self.open_as(vault_id)
        return self.door

    def open_as(self, vault_id: str, password: str = PASSWORD) -> Desk:
        """Somebody sits down at the clinic, which nobody has open."""
        return with_pen_in_hand(open_clinic(self.folder, vault_id, password, clock=self.clock, allow_weak=True), password)

    @contextmanager
    def past_every_right(self) -> Iterator[Connection]:
        """A transaction of somebody whom only guards keep from changing rows."""
        with writing(self.desk.clinic._engine).begin() as connection:
            yield connection

    def close(self) -> None:
        """Lets the folder go."""
        self.desk.close()


def a_clinic(folder: Path, *, now: datetime = NOW) -> TestClinic:
    """A clinic that can book: Clifton 9 to 6 and Brooklyn 11 to 7, Monday to Saturday, and nobody to treat yet.

    Lin Hua (the owner, signed in) and Okafor work in both offices on all those days; rooms are Room 1 to Room 3 and B1.
    Made once; each test gets a copy of the folder.
    """
    made, vault_id = _made_clinic()
    shutil.copytree(made, folder / "clinic")
    clock = SteppedClock(now)
    desk = open_clinic(folder / "clinic", vault_id, PASSWORD, clock=clock, allow_weak=True)
    return TestClinic(folder / "clinic", with_pen_in_hand(desk), clock)


def with_pen_in_hand(desk: Desk, password: str = PASSWORD) -> Desk:
    """The desk, whose person signs without giving the password each time: most tests are not about that (test_pen.py is)."""
    desk.door.signs_with(own_keys(desk, password))
    return desk


def own_keys(desk: Desk, password: str = PASSWORD) -> PersonalKeys:
    """The signing key itself, as only the password brings it out."""
    return unlock(desk.clinic._vault, desk.clinic.person_id, password, allow_weak=True).own


@cache
def _made_clinic() -> tuple[Path, str]:
    """The folder of a closed clinic, and the owner's vault id."""
    folder = Path(tempfile.mkdtemp(prefix="pulse-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = SteppedClock(NOW)
    desk = create_clinic(folder / "clinic", NEW_CLINIC, PASSWORD, clock=clock, weak_for_tests=True)
    clinic = TestClinic(folder / "clinic", desk, clock)
    let_work(clinic)
    vault_id = desk.clinic.person_id
    clinic.close()
    return clinic.folder, vault_id


def let_work(clinic: TestClinic) -> None:
    """Okafor joins, and both practitioners get their hours in both offices."""
    clinic.door.do(practice.save_member, OKAFOR)
    for short_name in ("Lin Hua", "Okafor"):
        for office in clinic.practice.offices:
            spans = tuple((weekday, *_HOURS[office.name]) for weekday in range(6))
            clinic.door.do(practice.save_hours, HoursDraft(clinic.staff(short_name), office.id, _OPEN, spans))


def a_patient_draft(first: str = "María", last: str = "Alvarez", **more: Any) -> PatientDraft:
    """A patient as entered, with a phone nobody else has."""
    return replace(PatientDraft(first, last, phone=f"973555{next(_phones) % 10_000:04}"), **more)


def a_patient(clinic: TestClinic, first: str = "María", last: str = "Alvarez", **more: Any) -> int:
    """A registered patient's number."""
    return clinic.door.do(patients.register, a_patient_draft(first, last, **more)).answer


def a_booking(clinic: TestClinic, patient_id: int | None = None, **more: Any) -> Booking:
    """A booking for today at 10:00 with Lin Hua in Clifton: acupuncture, any room."""
    booking = Booking(
        patient_id if patient_id is not None else a_patient(clinic), clinic.office(), clinic.staff(), TODAY, 10 * 60,
        (clinic.service(),),
    )  # fmt: skip
    return replace(booking, **more)


def a_visit(clinic: TestClinic, patient_id: int | None = None, **more: Any) -> VisitLine:
    """A booked visit; see `a_booking`."""
    visit_id = clinic.door.do(schedule.book_visit, a_booking(clinic, patient_id, **more)).answer
    return clinic.door.look(schedule.visit, visit_id)
