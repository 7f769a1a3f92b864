"""What a print of the chart is made from: notes as they stand, with the place and the moment they are printed.

Unlike on patients' papers, instants stay instants here: each note brings its office's zone, and its signature block says
the offset from UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pulse_desktop.clinic.atlas import Drawn, Rect
from pulse_desktop.clinic.treatment.values import AmendmentLine, NoteDraft, SignatureBlock
from pulse_desktop.documents.values import Letterhead


@dataclass(frozen=True, slots=True)
class ChartPatient:
    """Whose chart: name and two identifiers, which stand on every page."""

    name: str
    number: str
    born: date | None = None


@dataclass(frozen=True, slots=True)
class ChartNote:
    """One note. Without `signature` it is a draft; `signature.is_valid` says whether it is still what was signed."""

    day: date
    office: str
    zone: str
    author: str
    draft: NoteDraft
    signature: SignatureBlock | None = None
    amendments: tuple[AmendmentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A picture of the course of treatment: `shapes` within `window`, and `words` for those who can't see it."""

    title: str
    shapes: tuple[Drawn, ...]
    window: Rect
    words: str


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """Everything a print says. `kind` is note, period or whole; `first` and `last` the period's days, None where open.

    `left_out` notes were entered in error: they belong to another chart and are only counted.
    """

    letterhead: Letterhead
    patient: ChartPatient
    kind: str
    notes: tuple[ChartNote, ...]
    printed_by: str
    printed_at: datetime
    first: date | None = None
    last: date | None = None
    left_out: int = 0
    progress: tuple[Progress, ...] = ()
