"""The aftercare sheet, drawn warm, against a plain page with the same words; and whether a thousand sheets pile up."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from pulse_desktop.basics.resources import resource_path
from pulse_desktop.documents.aftercare import aftercare_sheet
from pulse_desktop.documents.values import AftercareFacts, Cup, Letterhead, Needle, NextVisit, Practitioner, Sessions
from tools.benchmarks.clinics import Kept
from tools.benchmarks.machine import resident_megabytes
from tools.benchmarks.measuring import Floor, interleaved, timed
from tools.benchmarks.rows import Bound, Row

_TIMES = 25
_SHEETS = 1000
_MAY_GROW_MB = 5.0
_ZONE = ZoneInfo("America/New_York")
_OFF = datetime(2026, 11, 24, 10, 44, tzinfo=_ZONE)
_CUPS = tuple(
    Cup(at + 1, "posterior", x, y, 45, "lumbar", "medium", "dry_stationary", 8.0, _OFF, 4)
    for at, (y, x) in enumerate((y, x) for y in (672.0, 730.0, 790.0) for x in (462.0, 538.0))
)
_SHEET = AftercareFacts(
    Letterhead("Pulse Acupuncture", ("1030 Clifton Ave, suite 104",), "Clifton, NJ 07013", "(973) 555-0110", "Mon to Sat, 9:00 to 6:00"),
    "en", "María Alvarez", "P-1042", Practitioner("Lin Hua", "L.Ac.", "00412", "NJ"),
    treated_at=datetime(2026, 11, 24, 10, 0, tzinfo=_ZONE), ended_at=_OFF, printed_at=datetime(2026, 11, 24, 10, 58, tzinfo=_ZONE),
    techniques=("dry_cupping", "acupuncture"), cups=_CUPS, needles=(Needle("BL25", "posterior", 448.0, 862.0),), needles_in=1,
    needles_out=1, needle_minutes=20.0, next_visit=NextVisit(datetime(2026, 12, 1, 10, 0, tzinfo=_ZONE), "Lin Hua", "Clifton"),
    sessions=Sessions("Ten visits", 3, 1, 6, date(2027, 3, 31)),
)  # fmt: skip


def rows(kept: Kept) -> Iterator[Row]:
    """Paper does not depend on the size of the clinic, so it is measured once."""
    told = _same_content()
    with Floor("plain_page.py", told) as floor:
        raw, ours = interleaved(lambda: floor.takes({}), lambda: timed(lambda: aftercare_sheet(_SHEET)), _TIMES)
    yield Row("aftercare sheet, warm", kept.size, ours, raw, Bound("ratio", 1.6))
    yield Row(f"memory kept by {_SHEETS:,} sheets", kept.size, _kept_by_many(), None, Bound("at most", _MAY_GROW_MB), "MB")


def _same_content() -> dict[str, object]:
    """The words of our page in its order, and as many curves as its page has: what the floor draws."""
    page = PdfReader(io.BytesIO(aftercare_sheet(_SHEET).pdf)).pages[0]
    drawn = page.get_contents()
    assert drawn is not None
    curves = drawn.get_data().split().count(b"c")
    font = next(path for path in sorted(resource_path("fonts").iterdir()) if path.suffix == ".ttf")
    return {"lines": page.extract_text().splitlines(), "curves": curves, "font": str(font)}


def _kept_by_many() -> float:
    """Megabytes the process has gained after the first hundred sheets."""
    for _ in range(100):
        aftercare_sheet(_SHEET)
    gc.collect()
    before = resident_megabytes()
    for _ in range(_SHEETS):
        aftercare_sheet(_SHEET)
    gc.collect()
    return max(0.0, resident_megabytes() - before)
