"""What travels of the treatment note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Path = tuple[tuple[float, float], ...]
"""Places of one view in canvas units, in the order of the hand."""


@dataclass(frozen=True, slots=True)
class CupPlacement:
    """One cup. x, y in canvas units of its view (0..1000, 0..2000); `rim_mm` the inner rim; suction light/medium/strong.

    `technique` is a key of the vocabulary cupping_technique ("dry_stationary", "fire", …).
    """

    number: int
    view: str
    x: float
    y: float
    site: str = ""
    """Key of the named site, "" when placed freely."""
    side: str = ""
    rim_mm: int = 45
    technique: str = "dry_stationary"
    suction: str = "medium"
    planned_minutes: int = 8
    on_at: datetime | None = None
    off_at: datetime | None = None
    mark_grade: int | None = None
    path: Path = ()
    """Where a moving cup is slid, from x, y on; () for a cup that stays."""


def needles_at(side: str) -> int:
    """How many needles a point takes."""
    return 2 if side == "both" else 1


@dataclass(frozen=True, slots=True)
class NeedlePlacement:
    """One point: code, side (left, right, both, midline), needle technique, depth in tenths of a cun."""

    code: str
    side: str
    technique: str = ""
    depth_tenths: int | None = None
    in_at: datetime | None = None
    out_at: datetime | None = None

    @property
    def needles(self) -> int:
        """How many needles this is."""
        return needles_at(self.side)


@dataclass(frozen=True, slots=True)
class Stroke:
    """Where gua sha was scraped, in the direction of the hand; `site` and `side` say the place in words, `mark_grade` the sha."""

    number: int
    view: str
    path: Path
    site: str = ""
    side: str = ""
    mark_grade: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Where tuina was done: an ellipse around x, y, `across` and `down` its half axes in canvas units.

    `technique` is a key of the vocabulary tuina_technique.
    """

    number: int
    view: str
    x: float
    y: float
    across: float
    down: float
    technique: str = "gun"
    site: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class MoxaPlacement:
    """Moxa at a point (`code`) or a free place of the map; `technique` is a key of the vocabulary moxa_type."""

    number: int
    code: str = ""
    view: str = ""
    x: float = 0
    y: float = 0
    site: str = ""
    side: str = ""
    technique: str = "stick"
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class StimulatedPair:
    """Two needles wired to one channel: code and side of each ("ST36", "left"); `hertz_tenths` 20 is 2 Hz.

    `mode` is a key of the vocabulary estim_mode.
    """

    number: int
    first: str
    first_side: str
    second: str
    second_side: str
    hertz_tenths: int = 20
    mode: str = "continuous"
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class SafetyOverride:
    """A practitioner's reason to go ahead although a condition stops or asks."""

    condition_key: str
    technique: str
    site: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """The whole note while it is written: text, map, timers and cursor travel together as one value.

    `copied` names the fields brought forward and not yet touched; an untouched copy can't be signed.
    """

    complaint: str = ""
    history: str = ""
    pain_before: int | None = None
    pain_after: int | None = None
    tongue_body: tuple[str, ...] = ()
    tongue_coat: tuple[str, ...] = ()
    pulse: tuple[str, ...] = ()
    pattern: str = ""
    icd10: str = ""
    findings: str = ""
    plan: str = ""
    response: str = ""
    adverse: tuple[str, ...] = ()
    """Keys; ("none",) is an answer, () is not."""
    techniques: tuple[str, ...] = ()
    cups: tuple[CupPlacement, ...] = ()
    needles: tuple[NeedlePlacement, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    areas: tuple[Area, ...] = ()
    moxa: tuple[MoxaPlacement, ...] = ()
    pairs: tuple[StimulatedPair, ...] = ()
    needle_minutes: int = 20
    tuina_minutes: int | None = None
    face_to_face_minutes: int | None = None
    """Hands-on minutes as the practitioner corrected them; None as the clock measured them."""
    face_to_face_reason: str = ""
    """Why they differ from what the clock measured."""
    new_needles: bool | None = None
    """Whether needles were newly placed in the further 15 minutes; None while nobody was asked."""
    aftercare_advice: str = ""
    counted_out: bool = False
    overrides: tuple[SafetyOverride, ...] = ()
    copied: tuple[str, ...] = ()
    cursor_field: str = ""
    cursor_at: int = 0
    count_note: str = ""
    """What was counted where it differed, and what was done: "6 cups, 5 counted: ..."; "" where every count was right."""

    @property
    def needle_count(self) -> int:
        """Needles placed."""
        return sum(needle.needles for needle in self.needles)

    @property
    def cups_are_on(self) -> bool:
        """Some cup is on the skin right now."""
        return any(cup.on_at and not cup.off_at for cup in self.cups)


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """A draft as typed so far. `version` is the one this seat last got; a newer one in the file raises Outdated."""

    note_id: int
    version: int
    draft: NoteDraft


@dataclass(frozen=True, slots=True)
class CupsOn:
    """These cups (by number; () is all that are not on yet) go on now; the draft comes with it so nothing typed is lost."""

    note_id: int
    version: int
    draft: NoteDraft
    numbers: tuple[int, ...] = ()
    at: datetime | None = None
    """When they really went on, if that was earlier than now."""


@dataclass(frozen=True, slots=True)
class CupsOff:
    """These cups (by number; () is all that are on) come off now, or came off `at` an earlier moment."""

    note_id: int
    version: int
    draft: NoteDraft
    numbers: tuple[int, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NeedlesIn:
    """These points (code and side; () is all that are not yet in) go in now (acupuncture guard by conditions and points)."""

    note_id: int
    version: int
    draft: NoteDraft
    at: datetime | None = None
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NeedlesOut:
    """These points (() is all that are in) come out now; `counted` is how many needles were counted out."""

    note_id: int
    version: int
    draft: NoteDraft
    counted: int
    at: datetime | None = None
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TimesChange:
    """When these cups (by number) or points (code and side) really went on or in and came off or out; None leaves a time as it is."""

    note_id: int
    version: int
    draft: NoteDraft
    numbers: tuple[int, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    on_at: datetime | None = None
    off_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CupsCounted:
    """So many cups were counted once all were off."""

    note_id: int
    version: int
    draft: NoteDraft
    counted: int


@dataclass(frozen=True, slots=True)
class SignNote:
    """Sign the note as it stands in `draft`."""

    note_id: int
    version: int
    draft: NoteDraft


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is added under a signed note: kind addendum, correction or late_entry."""

    note_id: int
    kind: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signed, when and as what."""

    signer: str
    credential: str
    licence_state: str
    licence_number: str
    signed_at: datetime
    meaning: str
    short_hash: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as the screen shows it. `state` is draft, signed or in_error."""

    id: int
    version: int
    visit_id: int
    patient_id: int
    author_id: int
    author: str
    state: str
    draft: NoteDraft
    saved_at: datetime | None
    signature: SignatureBlock | None
    amendments: tuple[AmendmentLine, ...] = ()
    may_write: bool = False
    """The person who asked is its author and it is not signed."""


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment with its own signature."""

    kind: str
    text: str
    reason: str
    signature: SignatureBlock


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in lists: `done_words` "4 cups, 10 needles"."""

    id: int
    visit_id: int
    day: date
    author_id: int
    author: str
    state: str
    pain_before: int | None
    pain_after: int | None
    done_words: str
    is_intact: bool
    kinds: tuple[str, ...] = ()
    """What was done, as the course marks it: keys of atlas.progress_picture.KINDS."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a questionnaire; `words` name the activity it is about, where the patient named one."""

    score: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class ScoreDraft:
    """A score to be kept: either `answers` of a measure asked in our words, or `score_tenths` as its own form counts it.

    With `id` the score of that number is corrected; `version` is what this seat saw of it.
    """

    patient_id: int
    measure: str
    taken_on: date
    score_tenths: int | None = None
    answers: tuple[Answer, ...] = ()
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ScoreInError:
    """A score that does not belong here, and why: a key of outcomes.REASONS."""

    patient_id: int
    id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A score as it was taken. `state` is valid or in_error, then with its reason."""

    id: int
    version: int
    patient_id: int
    measure: str
    taken_on: date
    score_tenths: int
    answers: tuple[Answer, ...]
    entered_by: str
    state: str
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        """It counts."""
        return self.state == "valid"


@dataclass(frozen=True, slots=True)
class Progress:
    """A patient's course: every note and every score, the oldest first."""

    notes: tuple[NoteLine, ...]
    scores: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """How many signed notes there are, and the numbers of those that are not what was signed."""

    looked_at: int
    broken: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FadingCup:
    """A mark from an earlier visit that may still show. Days are since the cup came off."""

    view: str
    x: float
    y: float
    rim_mm: int
    grade: int
    days: int
    fades_by: date


@dataclass(frozen=True, slots=True)
class Limits:
    """Minutes after which a timer changes: `due` amber, `late` cinnabar. `warn` is said in words, None for needles."""

    planned: int
    due: int
    late: int
    cap: int
    warn: int | None = None


@dataclass(frozen=True, slots=True)
class TimerLine:
    """Cups or needles that are on now. `kind` is cups or needles; `since` and `limits` of the one that comes off first."""

    visit_id: int
    patient_id: int
    patient_short: str
    office_id: int
    room: str
    staff_id: int
    kind: str
    count: int
    since: datetime
    limits: Limits

    @property
    def planned_minutes(self) -> int:
        """How long they are to stay."""
        return self.limits.planned

    @property
    def cap_minutes(self) -> int:
        """How long they may stay."""
        return self.limits.cap


@dataclass(frozen=True, slots=True)
class TreatmentFacts:
    """What was done in a visit, as far as a sheet, a check-out and the desk need it: no clinical text.

    `techniques` are keys of the contraindication columns; `ended_at` is when the last cup came off or the last needle
    came out, None while something is on or nothing of the kind was recorded. `note_id` is None without a note.
    """

    visit_id: int
    patient_id: int
    note_id: int | None
    note_state: str
    techniques: tuple[str, ...]
    cups: tuple[CupPlacement, ...]
    needles: tuple[NeedlePlacement, ...]
    needle_minutes: int | None
    tuina_minutes: int | None
    still_on: bool
    ended_at: datetime | None

    @property
    def is_recorded(self) -> bool:
        """Something was done that an aftercare sheet can be made of."""
        return bool(self.cups or self.needles or self.techniques)


@dataclass(frozen=True, slots=True)
class AftercareGiven:
    """A sheet handed out: taken back when it did not print."""

    id: int
    visit_id: int
    language: str
    sheet_version: str
    given_at: datetime
    given_by: str
    how: str
    document_id: int
    state: str
