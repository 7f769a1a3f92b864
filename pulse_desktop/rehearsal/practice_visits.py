"""How a visit of the practice clinic goes: booked, arrived, treated, signed, paid; each step by the person who does it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from pulse_desktop.basics.times import instant_at
from pulse_desktop.clinic import atlas, boards, flows, schedule, treatment
from pulse_desktop.clinic.flows.values import Arrival, CheckOut
from pulse_desktop.clinic.money.values import PaymentLine, Tender
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.clinic.practice.values import Office, PracticeData
from pulse_desktop.clinic.schedule.values import Booking, Cancelling, Progress, State, Step, VisitLine
from pulse_desktop.clinic.treatment.values import (
    CupPlacement,
    CupsCounted,
    CupsOff,
    CupsOn,
    NeedlePlacement,
    NeedlesIn,
    NeedlesOut,
    NoteDraft,
    NoteView,
    SaveDraft,
    SignNote,
)
from pulse_desktop.rehearsal.practice_data import PASSWORD
from pulse_desktop.rehearsal.staffroom import Staffroom
from pulse_desktop.storage.door import Door

_LUMBAR = tuple(f"lumbar_paraspinal_{height}_{side}" for height in ("upper", "mid", "lower") for side in ("l", "r"))
_SHOULDERS = ("upper_trapezius_l", "upper_trapezius_r", "rhomboid_l", "rhomboid_r")
COMPLAINTS = (
    (
        "Low back, worse in the morning, better with heat",
        "Qi and blood stasis, lower back",
        "M54.50",
        ("BL23", "BL25", "GB30", "BL40", "BL60"),
        _LUMBAR,
    ),
    (
        "Neck and shoulders tight from desk work",
        "Liver qi stagnation",
        "M54.2",
        ("GB20", "GB21", "LI4", "SI3"),
        _SHOULDERS,
    ),
    ("Headache on most afternoons", "Liver yang rising", "R51.9", ("GB20", "LI4", "LR3", "GB34"), _SHOULDERS),
    ("Poor sleep, wakes at three", "Heart and spleen vacuity", "G47.00", ("HT7", "SP6", "ST36", "KI3"), _SHOULDERS),
    ("Right knee stiff on stairs", "Cold-damp in the channels", "M25.561", ("ST36", "SP9", "GB34", "ST34"), _LUMBAR),
)


@dataclass(frozen=True, slots=True)
class Course:
    """When the steps of a visit happened, minutes of the day; 0 for not (yet)."""

    arrived: int = 0
    roomed: int = 0
    on: int = 0
    off: int = 0
    out: int = 0
    done: int = 0

    @classmethod
    def usual(cls, start: int, minutes: int) -> Course:
        """A visit that went as planned."""
        return cls(start - 6, start, start + 9, start + minutes - 12, start + minutes, start + minutes + 5)


class Visits:
    """Takes visits through the clinic, one step at a time."""

    def __init__(self, staffroom: Staffroom) -> None:
        self._staff = staffroom
        self._practice: PracticeData = staffroom.practice()
        self._mina: Desk = staffroom.desk("Kaya")
        self._lines: dict[int, VisitLine] = {}

    def book(
        self,
        patient_id: int,
        staff: str,
        room: str,
        day: date,
        at: int,
        services: tuple[str, ...],
        *,
        squeeze_in: bool = False,
    ) -> int:
        """Books as the front desk does, with a session held where a package covers it."""
        found = next(candidate for candidate in self._practice.rooms if candidate.name == room)
        member = next(candidate for candidate in self._practice.staff if candidate.last_name == staff)
        wanted = tuple(
            next(service.id for service in self._practice.services if service.name == name) for name in services
        )
        booking = Booking(patient_id, found.office_id, member.id, day, at, wanted, found.id, squeeze_in=squeeze_in)
        return self._mina.door.do(flows.book_visit, booking).answer

    def arrive(self, visit_id: int, minute: int) -> None:
        """At the desk; "anything new?" was asked."""
        visit = self._at(visit_id, minute)
        self._mina.door.do(flows.check_in, Arrival(visit_id, visit.version, asked=True))

    def go_in(self, visit_id: int, minute: int) -> None:
        """Into the room."""
        visit = self._at(visit_id, minute)
        self._mina.door.do(schedule.take_step, Step(visit_id, visit.version, Progress.IN_ROOM, visit.room_id))

    def no_show(self, visit_id: int, minute: int) -> None:
        """Did not come."""
        visit = self._at(visit_id, minute)
        self._mina.door.do(
            flows.cancel_visit,
            Cancelling(visit_id, visit.version, State.NO_SHOW, "did not come, no answer on the phone"),
        )

    def begin_treatment(self, visit_id: int, minute: int, pain: int, kind: int) -> None:
        """The practitioner opens the note and puts the needles in, or the cups where the visit is for cups alone."""
        visit = self._put_clock(visit_id, minute)
        door, note = self._note(visit)
        draft = first_draft(visit, pain, kind)
        if draft.needles:
            door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft))
        elif draft.cups:
            door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft))
        else:
            door.do(treatment.save_draft, SaveDraft(note.id, note.version, draft))

    def cups_on(self, visit_id: int, minute: int, cups: tuple[CupPlacement, ...]) -> None:
        """The needles come out and the cups go on."""
        visit = self._put_clock(visit_id, minute)
        self._take_out(visit)
        door, note = self._note(visit)
        door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=cups)))

    def needles_out(self, visit_id: int, minute: int) -> None:
        """All needles come out; they are counted."""
        self._take_out(self._put_clock(visit_id, minute))

    def finish(self, visit_id: int, course: Course, pain_after: int, *, signs: bool = True) -> None:
        """Everything off and out, to the desk, the note signed."""
        visit = self._put_clock(visit_id, course.off)
        door, note = self._note(visit)
        if note.draft.cups_are_on:
            door.do(treatment.take_cups_off, CupsOff(note.id, note.version, note.draft))
        self._take_out(visit)
        self._count(visit)
        visit = self._at(visit_id, course.out)
        door.do(schedule.take_step, Step(visit_id, visit.version, Progress.CHECKING_OUT))
        door, note = self._note(visit)
        if signs:
            self._desk_of(visit).may_sign(PASSWORD)
            door.do(treatment.sign_note, SignNote(note.id, note.version, finished(note.draft, pain_after)))

    def _take_out(self, visit: VisitLine) -> None:
        door, note = self._note(visit)
        if any(needle.in_at and not needle.out_at for needle in note.draft.needles):
            door.do(treatment.needles_out, NeedlesOut(note.id, note.version, note.draft, note.draft.needle_count))

    def _count(self, visit: VisitLine) -> None:
        """As many cups are counted as went on."""
        door, note = self._note(visit)
        if note.draft.cups and not note.draft.counted_out:
            door.do(treatment.count_cups, CupsCounted(note.id, note.version, note.draft, len(note.draft.cups)))

    def _desk_of(self, visit: VisitLine) -> Desk:
        return self._staff.desk(self._practice.member(visit.staff_id).last_name)

    def _note(self, visit: VisitLine) -> tuple[Door, NoteView]:
        """The door of the visit's practitioner and the note, opened if it was not yet."""
        door = self._desk_of(visit).door
        note = door.look(treatment.note_of_visit, visit.id)
        return door, note or door.look(treatment.note, door.do(treatment.open_note, visit.id).answer)

    def check_out(self, visit_id: int, minute: int, *, by_package: bool = True) -> None:
        """Paid with a session where a package covers it, else by card."""
        visit = self._at(visit_id, minute)
        package, total = None, sum(line.price_cents for line in visit.services)
        if by_package:
            sheet = self._mina.door.look(boards.checkout, visit_id)
            package, total = sheet.package, sheet.total_cents
        paid = (PaymentLine(Tender.CARD, total, f"{visit_id % 10_000:06}"),) if total > 0 else ()
        self._mina.door.do(flows.check_out, CheckOut(visit_id, visit.version, package.id if package else None, paid, total))

    def whole(self, visit_id: int, course: Course, pain: tuple[int, int], kind: int, *, by_package: bool = True) -> None:
        """A visit from the door to the door."""
        self.arrive(visit_id, course.arrived)
        self.go_in(visit_id, course.roomed)
        self.begin_treatment(visit_id, course.on, pain[0], kind)
        names = [line.name for line in self._visit(visit_id).services]
        if any("+ cupping" in name for name in names):
            self.cups_on(visit_id, course.off - 9, cups_for(kind, 4))
        self.finish(visit_id, course, pain[1])
        self.check_out(visit_id, course.done, by_package=by_package)

    def _visit(self, visit_id: int) -> VisitLine:
        """The visit as it was when first looked at: whose, where, when and for what do not change here."""
        if visit_id not in self._lines:
            self._lines[visit_id] = self._mina.door.look(schedule.visit, visit_id)
        return self._lines[visit_id]

    def _at(self, visit_id: int, minute: int) -> VisitLine:
        """The visit as it stands, with the clock put to this minute of its day."""
        self._put_clock(visit_id, minute)
        return self._mina.door.look(schedule.visit, visit_id)

    def _put_clock(self, visit_id: int, minute: int) -> VisitLine:
        visit = self._visit(visit_id)
        self._staff.clock.put(self._moment(visit, minute))
        return visit

    def _moment(self, visit: VisitLine, minute: int) -> datetime:
        office: Office = self._practice.office(visit.office_id)
        return instant_at(visit.day, minute, office.zone)


def first_draft(visit: VisitLine, pain: int, kind: int) -> NoteDraft:
    """What is written at the beginning of a visit for complaint number `kind`."""
    complaint, pattern, code, points, _ = COMPLAINTS[kind % len(COMPLAINTS)]
    techniques = tuple(dict.fromkeys(key for line in visit.services for key in line.techniques))
    needles = (
        tuple(NeedlePlacement(point, "both", "even", 10) for point in points) if "acupuncture" in techniques else ()
    )
    cups = cups_for(kind, 6) if "dry_cupping" in techniques and not needles else ()
    return NoteDraft(
        complaint=complaint,
        pain_before=pain,
        tongue_body=("dark",) if kind % 2 else ("pink",),
        tongue_coat=("thin", "white"),
        pulse=("wiry", "deep") if kind % 2 else ("slippery",),
        pattern=pattern,
        icd10=code,
        findings="Tight on both sides, less guarding than last week.",
        techniques=techniques,
        needles=needles,
        cups=cups,
    )


def finished(draft: NoteDraft, pain_after: int) -> NoteDraft:
    """What is added before signing."""
    return replace(
        draft,
        pain_after=pain_after,
        response="Easier to move, sat up without help.",
        plan="Same points next week, add the sacrum if the morning stiffness stays.",
        adverse=("none",),
        counted_out=True,
        face_to_face_minutes=24,
        cups=tuple(
            replace(cup, mark_grade=cup.mark_grade if cup.mark_grade is not None else 2 + cup.number % 2)
            for cup in draft.cups
        ),
    )


def cups_for(kind: int, count: int) -> tuple[CupPlacement, ...]:
    """Cups where complaint number `kind` wants them."""
    keys = COMPLAINTS[kind % len(COMPLAINTS)][4][:count]
    placed = []
    for number, key in enumerate(keys, 1):
        site = atlas.site("posterior", key)
        placed.append(
            CupPlacement(number, "posterior", site.x, site.y, site.key, site.side, 45, "dry_stationary", "medium", 8)
        )
    return tuple(placed)
