"""What travels of patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pulse_desktop.basics import names

_SHORT_ENOUGH = 9


@dataclass(frozen=True, slots=True)
class PatientDraft:
    """A patient as entered. A new caller needs only a name and a phone. `id` None registers, else `version` is the one seen."""

    first_name: str
    last_name: str
    phone: str = ""
    born: date | None = None
    native_name: str = ""
    """The name as the patient writes it when it is not in Latin letters (陈琳)."""
    preferred_name: str = ""
    pronouns: str = ""
    sex: str = ""
    language: str = "en"
    office_id: int | None = None
    phone_note: str = ""
    voicemail_ok: bool = False
    text_ok: bool = False
    email: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    emergency_name: str = ""
    emergency_relation: str = ""
    emergency_phone: str = ""
    allergies: str = ""
    medications: str = ""
    desk_note: str = ""
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Everything the file shows of one patient's master data."""

    id: int
    version: int
    number: str
    """"P-1042"."""
    draft: PatientDraft
    active: bool
    screened_on: date | None
    registered_on: date

    @property
    def name(self) -> str:
        """"María Alvarez", with the native name behind it: "Chen Lin 陈琳"."""
        return display_name(self.draft.first_name, self.draft.last_name, self.draft.native_name)


def display_name(first: str, last: str, native: str = "") -> str:
    """How a patient is written on screen and paper; a native name stands behind the Latin one, alone if there is no other.

    Chinese names keep their own order, family name first: first "Lin", last "Chen", native "陈琳" is "Chen Lin 陈琳".
    """
    one, other = (last, first) if is_hanzi(native) else (first, last)
    latin = f"{one} {other}" if one and other else one or other
    return f"{latin} {native}".strip() if native and native != latin else latin


def short_display_name(first: str, last: str, native: str = "") -> str:
    """For tight places: "M. Alvarez"; Chinese names "Chen Lin", longer ones "Chen W.-L."."""
    if not is_hanzi(native):
        return names.short_name(first, last) or native
    if not (first and last):
        return last or first or native
    if len(first) + len(last) <= _SHORT_ENOUGH:
        return f"{last} {first}"
    return f"{last} " + "-".join(f"{part[0]}." for part in first.split("-") if part)


def is_hanzi(text: str) -> bool:
    """Whether a name begins with a Chinese character."""
    return bool(text) and "\u4e00" <= text[0] <= "\u9fff"


@dataclass(frozen=True, slots=True)
class PatientLine:
    """One found patient."""

    id: int
    number: str
    name: str
    born: date | None
    phone: str
    language: str
    active: bool
    office_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    """A yes to one of the safety questions (`key` of the contraindication list), with onset and, once over, its end.

    `regions` are keys of the figure (atlas: "flank_r") the condition is local to. `id` None adds, else changes.
    """

    patient_id: int
    key: str
    onset: date
    ends: date | None = None
    detail: str = ""
    regions: tuple[str, ...] = ()
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition in the file. `label` is English; whether it is active depends on the day."""

    id: int
    version: int
    key: str
    label: str
    onset: date
    ends: date | None
    detail: str
    regions: tuple[str, ...]
    recorded_by: str

    def is_active(self, day: date) -> bool:
        """Holds on `day`; the last day still counts."""
        return self.onset <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Screening:
    """All safety questions asked on a day: the keys answered yes become conditions, the day is kept as asked."""

    patient_id: int
    yes: tuple[ConditionDraft, ...]


@dataclass(frozen=True, slots=True)
class PatientState:
    """Made inactive or active again; nobody is deleted."""

    patient_id: int
    version: int
    active: bool
