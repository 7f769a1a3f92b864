"""Rows of people, visits and what they take up, as the tables store them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pulse_desktop.basics.times import instant_at
from pulse_desktop.clinic.patients.keys import keys_of
from pulse_desktop.clinic.patients.tables import PatientRow, SearchKeyRow
from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.practice.values import PracticeData, Service
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on, length
from pulse_desktop.clinic.schedule.spans import PATIENT, PRACTITIONER, ROOM
from pulse_desktop.clinic.schedule.tables import OccupancyRow, VisitRow, VisitServiceRow
from pulse_desktop.rehearsal.demo.values import COMING, DONE, MISSED, Plan, Row
from pulse_desktop.storage.bulk import Filling
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.types import to_milliseconds

FIRST_NUMBER = 1001
MINUTE = 60_000
_DAY = 24 * 60
_PATIENT = (
    "id", "version", "number", "first_name", "last_name", "native_name", "preferred_name", "pronouns", "sex", "born", "language",
    "office_id", "phone", "phone_note", "voicemail_ok", "text_ok", "email", "street", "city", "state", "zip_code", "emergency_name",
    "emergency_relation", "emergency_phone", "allergies", "medications", "desk_note", "active", "screened_on", "registered_on",
    "registered_by",
)  # fmt: skip
_VISIT = (
    "id", "version", "patient_id", "office_id", "room_id", "staff_id", "day", "minute", "minutes", "zone", "second_time", "starts",
    "ends", "state", "progress", "arrived_at", "roomed_at", "out_at", "done_at", "cancel_reason", "desk_note", "squeeze_in",
    "booked_by", "booked_at",
)  # fmt: skip
_SERVICE = (
    "id",
    "version",
    "visit_id",
    "service_id",
    "position",
    "name",
    "techniques",
    "pattern",
    "minutes",
    "price_cents",
    "is_addon",
    "dropped",
)
_OCCUPANCY = ("id", "visit_id", "kind", "key", "starts", "ends")
_STATES = {DONE: ("confirmed", "done"), COMING: ("booked", "expected"), MISSED: ("no_show", "expected")}


@dataclass(slots=True)
class Cast:
    """Who and what a plan's numbers mean in the clinic that was set up."""

    practice: PracticeData
    patients: Sequence[PatientDraft]
    staff_ids: tuple[int, ...]
    office_ids: tuple[int, ...]
    room_ids: tuple[int, ...]
    services: tuple[Service, ...]
    desk_id: int
    zone: str
    cleanup: int

    def patient_id(self, at: int) -> int:
        return at + 1


def fill_patients(filling: Filling, cast: Cast, since: date) -> None:
    """All patients, and what they are found by."""
    people: list[Row] = []
    keys: list[Row] = []
    for at, draft in enumerate(cast.patients):
        number, row_id = FIRST_NUMBER + at, cast.patient_id(at)
        people.append(_patient_row(draft, row_id, number, since, cast))
        names = (draft.first_name, draft.last_name, draft.native_name, draft.preferred_name)
        keys.extend((key, row_id, kind) for key, kind in keys_of(number, names, draft.phone, draft.born))
    keys.sort()
    filling.add(PatientRow, _PATIENT, people)
    filling.add(SearchKeyRow, ("key", "patient_id", "kind"), keys)


def _patient_row(draft: PatientDraft, row_id: int, number: int, since: date, cast: Cast) -> Row:
    return (
        row_id, 1, number, draft.first_name, draft.last_name, draft.native_name, draft.preferred_name, draft.pronouns, draft.sex,
        draft.born and draft.born.isoformat(), draft.language, draft.office_id, draft.phone, draft.phone_note, draft.voicemail_ok,
        draft.text_ok, draft.email, draft.street, draft.city, draft.state, draft.zip_code, draft.emergency_name, draft.emergency_relation,
        draft.emergency_phone, draft.allergies, draft.medications, draft.desk_note, 1, since.isoformat(), since.isoformat(), cast.desk_id,
    )  # fmt: skip


@dataclass(slots=True)
class Shape:
    """What a service makes of a visit: minutes, hands-on spans and the columns that are the same each time."""

    service: Service
    minutes: int
    hands: tuple[tuple[int, int], ...]
    columns: tuple[object, ...]

    @classmethod
    def of(cls, service: Service) -> Shape:
        """Of one service."""
        minutes = length(service.pattern)
        pattern = canonical([[stretch.minutes, int(stretch.hands_on)] for stretch in service.pattern]).decode()
        columns = (
            service.name,
            canonical(list(service.techniques)).decode(),
            pattern,
            minutes,
            service.price_cents,
            0,
            0,
        )
        return cls(service, minutes, hands_on(fitted(service.pattern, minutes)), columns)


@dataclass(slots=True)
class VisitRows:
    """Gathers the rows of visits; numbers go on from visit to visit."""

    cast: Cast
    shapes: tuple[Shape, ...] = ()
    visits: list[Row] = field(default_factory=list)
    services: list[Row] = field(default_factory=list)
    occupancy: list[Row] = field(default_factory=list)
    last_visit: int = 0
    last_span: int = 0
    _day: date | None = None
    _midnight: int = 0
    _busy: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shapes = tuple(Shape.of(service) for service in self.cast.services)

    def add(self, plan: Plan) -> tuple[int, int]:
        """Adds one visit; its number and its start in milliseconds."""
        self.last_visit += 1
        shape, starts = self.shapes[plan.service], self._begin(plan)
        ends = starts + shape.minutes * MINUTE
        state, progress = _STATES[plan.fate]
        squeezed = self._clashes(plan.patient, starts, ends)
        done = plan.fate == DONE
        office, room, staff = (
            ids[plan.staff] for ids in (self.cast.office_ids, self.cast.room_ids, self.cast.staff_ids)
        )
        patient, visit = self.cast.patient_id(plan.patient), self.last_visit
        passed = (starts - 6 * MINUTE, starts, ends, ends + 5 * MINUTE) if done else (None,) * 4
        self.visits.append(
            (
                visit, 1, patient, office, room, staff, plan.day.isoformat(), plan.minute, shape.minutes, self.cast.zone, 0, starts, ends,
                state, progress, *passed, "", "", int(squeezed), self.cast.desk_id, starts - 7 * _DAY * MINUTE,
            )
        )  # fmt: skip
        self.services.append((visit, 1, visit, shape.service.id, 0, *shape.columns))
        if plan.fate != MISSED and not squeezed:
            self._occupy(visit, patient, staff, room, starts, shape)
        return visit, starts

    def flush(self, filling: Filling) -> None:
        """Writes what was gathered."""
        filling.add(VisitRow, _VISIT, self.visits)
        filling.add(VisitServiceRow, _SERVICE, self.services)
        filling.add(OccupancyRow, _OCCUPANCY, self.occupancy)
        for rows in (self.visits, self.services, self.occupancy):
            rows.clear()

    def _begin(self, plan: Plan) -> int:
        if plan.day != self._day:
            self._day, self._busy = plan.day, {}
            self._midnight = to_milliseconds(instant_at(plan.day, _DAY // 2, self.cast.zone)) - _DAY // 2 * MINUTE
        return self._midnight + plan.minute * MINUTE

    def _clashes(self, patient: int, starts: int, ends: int) -> bool:
        """Nobody lies on two tables at once: the second of two such visits in a comparison's file is a squeeze-in."""
        taken = self._busy.setdefault(patient, [])
        if any(starts < end and begin < ends for begin, end in taken):
            return True
        taken.append((starts, ends))
        return False

    def _occupy(self, visit: int, patient: int, staff: int, room: int, starts: int, shape: Shape) -> None:
        spans = [(PRACTITIONER, staff, starts + begin * MINUTE, starts + end * MINUTE) for begin, end in shape.hands]
        ends = starts + shape.minutes * MINUTE
        spans += [(ROOM, room, starts, ends + self.cast.cleanup * MINUTE), (PATIENT, patient, starts, ends)]
        for span in spans:
            self.last_span += 1
            self.occupancy.append((self.last_span, visit, *span))
