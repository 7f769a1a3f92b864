"""Facts to draw: for every document an empty, a full and a hostile example, and the visits of the design's pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pulse_desktop.documents.values import (
    AftercareFacts,
    Cup,
    Letterhead,
    Needle,
    NextVisit,
    Practitioner,
    ReceiptFacts,
    ReceiptLine,
    ReceiptPayment,
    Sessions,
)

NEW_YORK = ZoneInfo("America/New_York")
CLIFTON = Letterhead(
    "Pulse Acupuncture", ("1030 Clifton Ave, suite 104",), "Clifton, NJ 07013", "(973) 555-0110", "Mon to Sat, 9:00 to 6:00"
)
BROOKLYN = Letterhead(
    "Pulse Acupuncture",
    ("109 N 12th St, suite 704",),
    "Brooklyn, NY 11249",
    "(718) 555-0190",
    "Tue to Fri, 10:00 to 7:00; Sun, 10:00 to 3:00",
)
LIN_HUA = Practitioner("Lin Hua", "L.Ac.", "00412", "NJ")
CUPS_OFF = datetime(2026, 11, 24, 10, 44, tzinfo=NEW_YORK)
ROWS_OF_THE_LOW_BACK = tuple(
    Cup(at + 1, "posterior", x, y, 45, "lumbar", "medium", "dry_stationary", 8.0, CUPS_OFF, 4)
    for at, (y, x) in enumerate((y, x) for y in (672.0, 730.0, 790.0) for x in (462.0, 538.0))
)
NEEDLES_OF_HIP_AND_LEG = tuple(
    Needle(code, "posterior", x, y)
    for code, left, y in (("GB30", 418.0, 988.0), ("BL25", 448.0, 862.0), ("BL40", 392.0, 1425.0), ("KI3", 392.0, 1790.0))
    for x in (left, 1000 - left)
)
MARIA = AftercareFacts(
    letterhead=CLIFTON,
    language="en",
    patient="María Alvarez",
    patient_number="P-1042",
    practitioner=LIN_HUA,
    treated_at=datetime(2026, 11, 24, 10, 0, tzinfo=NEW_YORK),
    ended_at=CUPS_OFF,
    printed_at=datetime(2026, 11, 24, 10, 58, tzinfo=NEW_YORK),
    techniques=("dry_cupping", "acupuncture"),
    cups=ROWS_OF_THE_LOW_BACK,
    needles=NEEDLES_OF_HIP_AND_LEG,
    needles_in=8,
    needles_out=8,
    needle_minutes=20.0,
    next_visit=NextVisit(datetime(2026, 12, 1, 10, 0, tzinfo=NEW_YORK), "Lin Hua", "Clifton"),
    sessions=Sessions("Ten visits", 3, 1, 6, date(2027, 3, 31)),
)
WEI_LING = replace(MARIA, language="zh", patient="陈蔚玲 Chen Wei-Ling", patient_number="P-1093")

PAID_RECEIPT = ReceiptFacts(
    letterhead=CLIFTON,
    language="en",
    number="C-2026-0187",
    issued_at=datetime(2026, 11, 24, 10, 58, tzinfo=NEW_YORK),
    patient="María Alvarez",
    patient_number="P-1042",
    lines=(
        ReceiptLine("Acupuncture 60", 1, 11000, 0, covered_by="Ten visits"),
        ReceiptLine("+ cupping 15", 1, 3500, 3500),
        ReceiptLine("Warming balm", 2, 1800, 3240, detail="60 ml", discount=360, tax=215),
    ),
    payments=(
        ReceiptPayment("card", 5000, "Visa 004512", date(2026, 11, 24)),
        ReceiptPayment("cash", 1955, "", date(2026, 11, 24)),
    ),
    balance=0,
    practitioner=LIN_HUA,
    sessions=(Sessions("Ten visits", 3, 1, 6, date(2027, 3, 31)),),
    next_visit=NextVisit(datetime(2026, 12, 1, 10, 0, tzinfo=NEW_YORK), "Lin Hua", "Clifton"),
)
