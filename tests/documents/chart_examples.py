"""Charts to print: one note, a course with everything that can happen to a note, a hostile one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import (
    AmendmentLine,
    Area,
    CupPlacement,
    MoxaPlacement,
    NeedlePlacement,
    NoteDraft,
    SafetyOverride,
    SignatureBlock,
    StimulatedPair,
    Stroke,
)
from pulse_desktop.documents.chart_values import ChartFacts, ChartNote, ChartPatient, Progress
from pulse_desktop.documents.values import Letterhead

_ON = datetime(2026, 11, 24, 15, 36, tzinfo=UTC)
_OFF = _ON + timedelta(minutes=8)
SIGNED = SignatureBlock("Lin Hua, L.Ac.", "L.Ac.", "NJ", "25MZ00041200", datetime(2026, 11, 24, 16, 26, 3, tzinfo=UTC), "author", "3f9c2ab1d07e", is_valid=True)
PLACES = tuple((x, y) for y in (672.0, 730.0, 790.0) for x in (462.0, 538.0))


def cup(number: int, x: float, y: float, **more: object) -> CupPlacement:
    near, _offset = atlas.nearest_site("posterior", x, y)
    return replace(CupPlacement(number, "posterior", x, y, near.key, near.side, on_at=_ON, off_at=_OFF, mark_grade=3), **more)  # type: ignore[arg-type]


USUAL = NoteDraft(
    complaint="Low back pain on the right since moving house, worse on standing up in the morning.",
    history="Similar episode in 2023, better after six visits. No numbness, no weakness, no fever. Takes ibuprofen 400 mg once a day.",
    pain_before=6, pain_after=3, tongue_body=("pale", "swollen"), tongue_coat=("thin", "white"), pulse=("wiry", "fine"),
    pattern="Qi and blood stagnation", icd10="M54.50", findings="Tight erector spinae on the right from L2 to L5; forward bend to the knees.",
    plan="Twice a week for three weeks, then look again. Short walks twice a day.", response="Bends down to mid-shin, moves more freely.",
    adverse=("none",), techniques=("dry_cupping", "acupuncture"),
    cups=tuple(cup(at + 1, x, y) for at, (x, y) in enumerate(PLACES)),
    needles=tuple(
        NeedlePlacement(code, "both", "even", 12, _ON - timedelta(minutes=30), _ON - timedelta(minutes=10)) for code in ("GB30", "BL25", "BL40", "KI3")
    ),
    tuina_minutes=10, face_to_face_minutes=24, counted_out=True,
)  # fmt: skip
EVERYTHING = replace(
    USUAL,
    cups=(*USUAL.cups, cup(7, 430, 480, technique="sliding", path=((430.0, 480.0), (432.0, 560.0), (436.0, 640.0)))),
    strokes=(Stroke(1, "posterior", ((440.0, 300.0), (430.0, 420.0)), "upper_trapezius_l", "left", 2),),
    areas=(Area(1, "posterior", 540, 700, 40, 60, "gun", "", "right"),),
    moxa=(MoxaPlacement(1, "ST36", side="both", technique="stick", minutes=10),),
    pairs=(StimulatedPair(1, "BL25", "left", "GB30", "left", 20, "continuous", 20),),
    new_needles=True, face_to_face_reason="the clock ran on while the phone rang",
    overrides=(SafetyOverride("anticoagulant", "dry_cupping", "", "Cleared by her physician on Nov 20; light suction only.", "Lin Hua", _ON),),
)  # fmt: skip
HEAD = Letterhead("Pulse Acupuncture", ("1030 Clifton Ave, suite 104",), "Clifton, NJ 07013", "(973) 555-0110")
MARIA = ChartPatient("María Alvarez", "P-1042", date(1984, 3, 4))
NOTE = ChartNote(date(2026, 11, 24), "Clifton", "America/New_York", "Lin Hua, L.Ac.", USUAL, SIGNED)
ADDED = SignatureBlock("Lin Hua, L.Ac.", "L.Ac.", "NJ", "25MZ00041200", datetime(2026, 11, 25, 14, 2, 9, tzinfo=UTC), "amend", "88aa01bb42cd", is_valid=True)
AMENDED = replace(
    NOTE,
    day=date(2026, 11, 17),
    draft=EVERYTHING,
    amendments=(
        AmendmentLine("addendum", "Patient called: marks on the left were tender for a day.", "Told by phone the next day", ADDED),
        AmendmentLine("correction", "The first needle was GB30 left, not right.", "Slip of the hand", replace(ADDED, short_hash="17b0c2d3e4f5")),
    ),
)
ALTERED = replace(NOTE, day=date(2026, 11, 10), signature=replace(SIGNED, is_valid=False))
DRAFT = replace(NOTE, day=date(2026, 11, 30), signature=None)
_WINDOW = atlas.Rect(0, 0, 1000, 320)
PROGRESS = Progress(
    "Pain at visits, 0 to 10",
    (atlas.Shape(atlas.Path((("M", 40.0, 60.0), ("L", 500.0, 160.0), ("L", 960.0, 260.0))), pen="ink", width=4.0),), _WINDOW,
    "Pain before each visit fell from 6 to 3 over three visits.",
)  # fmt: skip


def chart(kind: str, *notes: ChartNote, **more: object) -> ChartFacts:
    moment = datetime(2026, 12, 1, 17, 5, tzinfo=ZoneInfo("America/New_York"))
    return replace(ChartFacts(HEAD, MARIA, kind, notes, "Lin Hua", moment), **more)  # type: ignore[arg-type]


def empty_chart() -> ChartFacts:
    """A patient of whom nothing is known, without notes."""
    return replace(chart("whole"), letterhead=Letterhead("", (), "", ""), patient=ChartPatient("", ""), printed_by="")


def usual_chart() -> ChartFacts:
    """One signed note."""
    return chart("note", NOTE)


def course_chart() -> ChartFacts:
    """A course: altered, amended, signed, draft; one left out; a picture in front."""
    return chart("period", ALTERED, AMENDED, NOTE, DRAFT, first=date(2026, 11, 1), last=date(2026, 11, 30), left_out=1, progress=(PROGRESS,))


def full_chart() -> ChartFacts:
    """As long as a note can be: 50,000 letters, 60 cups, 60 needles; a name in three scripts, a signature at any place of a page."""
    codes = list(atlas.acupoints())[:60]
    cups = tuple(cup(at + 1, 300 + 40 * (at % 11), 300 + 28 * (at // 2)) for at in range(60))
    needles = tuple(NeedlePlacement(code, "left", "reinforce", 8, _ON, _OFF) for code in codes)
    long = replace(EVERYTHING, findings="Tight. Полегче. 好些了。 " * 2500, cups=cups, needles=needles)
    steps = tuple(replace(AMENDED, draft=replace(EVERYTHING, history="Slept badly.\n" * lines)) for lines in range(0, 60, 7))
    who = ChartPatient("Chen Wei-Ling 陈蔚玲 Александра Константинопольская-Преображенская", "P-1093", date(1950, 1, 31))
    return replace(chart("whole", replace(AMENDED, draft=long), *steps, *[NOTE] * 4), patient=who)


def hostile_chart(text: str) -> ChartFacts:
    """The same text in every place where people write."""
    signature = replace(SIGNED, signer=text, credential=text, licence_state=text, licence_number=text, meaning=text, short_hash=text)
    draft = replace(
        EVERYTHING, complaint=text, history=text, findings=text, plan=text, response=text, pattern=text, icd10=text, aftercare_advice=text,
        tongue_body=(text,), pulse=(text,), adverse=(text,), techniques=(text,), needles=(NeedlePlacement(text, text, text),),
        overrides=(SafetyOverride(text, text, text, text, text, _ON),), face_to_face_reason=text,
        strokes=(Stroke(1, "posterior", ((440.0, 300.0), (430.0, 420.0)), text, text),),
    )  # fmt: skip
    note = ChartNote(date(2026, 11, 24), text, "America/New_York", text, draft, signature, (AmendmentLine(text, text, text, signature),))
    head = Letterhead(text, (text, text), text, text, text)
    return replace(chart("whole", note, replace(note, signature=None)), letterhead=head, patient=ChartPatient(text, text), printed_by=text)
