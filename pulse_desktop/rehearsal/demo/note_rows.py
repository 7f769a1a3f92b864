"""Rows of signed notes with their cups and needles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from pulse_desktop.basics.times import instant_at, wall
from pulse_desktop.clinic.patients.values import display_name
from pulse_desktop.clinic.treatment.tables import Note, PlacedCup, PlacedNeedle
from pulse_desktop.rehearsal.demo.note_forms import NoteForm, Signing, draft_of, minutes_after_start
from pulse_desktop.rehearsal.demo.rows import FIRST_NUMBER, MINUTE, Cast, Shape
from pulse_desktop.rehearsal.demo.values import Plan, Row
from pulse_desktop.storage.bulk import Filling

FINDINGS = "Tight on both sides, less guarding than last week."
_NOTE = (
    "id", "version", "visit_id", "turn", "patient_id", "author_id", "draft", "running", "sitting", "opened_at", "saved_at", "signed_at",
    "sealed", "signature", "signer_key",
)  # fmt: skip
_CUP = (
    "note_id",
    "number",
    "site",
    "side",
    "view",
    "x",
    "y",
    "rim_mm",
    "technique",
    "suction",
    "on_at",
    "off_at",
    "mark_grade",
)
_NEEDLE = ("note_id", "code", "side", "technique", "depth_tenths", "in_at", "out_at")


@dataclass(slots=True)
class NoteRows:
    """Gathers the rows of notes; numbers go on from note to note."""

    cast: Cast
    signings: tuple[Signing, ...]
    notes: list[Row] = field(default_factory=list)
    cups: list[Row] = field(default_factory=list)
    needles: list[Row] = field(default_factory=list)
    last: int = 0
    _forms: dict[tuple[int, int, int], NoteForm] = field(default_factory=dict)
    _offset: tuple[date, str] = (date.min, "")

    def add(self, plan: Plan, visit: int, starts: int, shape: Shape) -> None:
        """The signed note of one visit."""
        self.last += 1
        signing, form = self.signings[plan.staff], self._form(plan, shape)
        signed = starts + (shape.minutes + 5) * MINUTE
        patient = self.cast.patients[plan.patient]
        draft, sealed, signature = form.signed(
            {
                "note_id": self.last, "signed_ms": signed, "patient_id": self.cast.patient_id(plan.patient), "visit_id": visit,
                "minute": plan.minute, "minutes": shape.minutes, "starts_ms": starts, "day": plan.day.isoformat(),
                "patient_number": f"P-{FIRST_NUMBER + plan.patient}", "born": patient.born.isoformat() if patient.born else "",
                "patient_name": display_name(patient.first_name, patient.last_name, patient.native_name),
                "starts_wall": self._wall(plan.day, plan.minute), "signed_wall": self._wall(plan.day, plan.minute + shape.minutes + 5),
                "findings": plan.text or FINDINGS,
            }
        )  # fmt: skip
        opened = starts + 9 * MINUTE
        common = (self.last, 2, visit, 1, self.cast.patient_id(plan.patient), signing.author.staff_id)
        self.notes.append((*common, draft, 0, "", opened, signed, signed, sealed, signature, signing.public_key))
        self._place(form, starts)

    def flush(self, filling: Filling) -> None:
        """Writes what was gathered."""
        filling.add(Note, _NOTE, self.notes)
        filling.add(PlacedCup, _CUP, self.cups)
        filling.add(PlacedNeedle, _NEEDLE, self.needles)
        for rows in (self.notes, self.cups, self.needles):
            rows.clear()

    def _place(self, form: NoteForm, starts: int) -> None:
        for cup in form.draft.cups:
            times = (_at(starts, minutes_after_start(moment)) for moment in (cup.on_at, cup.off_at))
            fixed = (cup.number, cup.site, cup.side, cup.view, cup.x, cup.y, cup.rim_mm, cup.technique, cup.suction)
            self.cups.append((self.last, *fixed, *times, cup.mark_grade))
        for needle in form.draft.needles:
            times = (_at(starts, minutes_after_start(moment)) for moment in (needle.in_at, needle.out_at))
            self.needles.append((self.last, needle.code, needle.side, needle.technique, needle.depth_tenths, *times))

    def _form(self, plan: Plan, shape: Shape) -> NoteForm:
        key = (plan.staff, plan.service, plan.note)
        if key not in self._forms:
            draft = draft_of(plan.note, shape.service.techniques)
            self._forms[key] = NoteForm(self.signings[plan.staff], draft, shape.service.name, self.cast.zone)
        return self._forms[key]

    def _wall(self, day: date, minute: int) -> str:
        """As `Moment.as_json` writes it. Nobody is treated at the hour in which clocks change, so a day has one offset."""
        if self._offset[0] != day:
            noon = wall(instant_at(day, 12 * 60, self.cast.zone), self.cast.zone)
            self._offset = (day, noon.isoformat(timespec="milliseconds")[23:])
        return f"{day + timedelta(days=minute // 1440)}T{minute // 60 % 24:02}:{minute % 60:02}:00.000{self._offset[1]}"


def _at(starts: int, minutes: int | None) -> int | None:
    return None if minutes is None else starts + minutes * MINUTE
