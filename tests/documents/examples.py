"""Facts to draw: for every document an empty, a full and a hostile example, and the visits of the design's pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from pulse_desktop.documents.aftercare import aftercare_sheet
from pulse_desktop.documents.chart import chart_print
from pulse_desktop.documents.receipt import receipt
from pulse_desktop.documents.values import (
    AftercareFacts,
    Cup,
    Document,
    Letterhead,
    Needle,
    NextVisit,
    Practitioner,
    ReceiptFacts,
    ReceiptLine,
    ReceiptPayment,
    Sessions,
)
from tests.documents.chart_examples import course_chart, empty_chart, full_chart, hostile_chart, usual_chart

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

# --- every document: empty, full, hostile ---------------------------------------------------------------------------

LANGUAGES = ("en", "es", "ru", "zh")
EVERY_TECHNIQUE = ("dry_cupping", "fire_cupping", "wet_cupping", "acupuncture", "estim", "moxa", "tuina", "gua_sha")
HOSTILE_TEXTS = (
    '<img src="/etc/passwd"/>',
    '<img src="http://198.51.100.7/x.png">',
    '<font color=__import__("os").getcwd()>x',
    "</para><b>unclosed <i>tags",
    "&lt;b&gt; &amp; & {braces} {0} %s %(x)d",
    "Robert'); DROP TABLE patient;--",
    "tab\there\nnew\r\nline\x00\x07\x1b[31m",
    "emoji 😀 and family 👩‍👩‍👧",
    "ابن سينا and שלום",
    "\u202eevil\u202c e\u0302\u0323\u0330 \u0e01\u0e33 \ud800 \ufdfd",
    "Wałęsa Işık Київ 陳劉 Đặng",
    "x" * 10_000,
    "слово " * 800,
    "",
)


def empty_sheet(language: str) -> AftercareFacts:
    """A visit of which next to nothing is known yet."""
    moment = datetime(2026, 11, 24, 10, 44, tzinfo=NEW_YORK)
    return AftercareFacts(Letterhead("", (), "", ""), language, "", "", Practitioner(""), moment, moment, moment, ())


def longest_sheet(language: str) -> AftercareFacts:
    """The longest realistic case: every technique, many cups in many places and views, long names, a full foot."""
    places = ((462, 730), (420, 420), (430, 330), (420, 990), (400, 1500), (460, 720))
    regions = ("lumbar", "upper_back", "neck_shoulder", "hip", "calf", "abdomen")
    cups = tuple(
        Cup(
            number=at + 1,
            view="anterior" if at % 6 == 5 else "posterior",
            x=places[at % 6][0],
            y=places[at % 6][1],
            rim_mm=45 if at % 2 else 35,
            region=regions[at % 6],
            suction=("light", "strong")[at % 2],
            minutes=5.0 + at,
            off_at=CUPS_OFF - timedelta(minutes=at),
            grade=None if at % 3 else 5,
        )
        for at in range(24)
    )
    extra = tuple(Needle("ST36", ("anterior", "lateral_left")[at % 2], 400 + 30 * at, 1450) for at in range(8))
    return replace(
        MARIA,
        language=language,
        letterhead=BROOKLYN,
        patient="Анастасия-Александра Константинопольская-Преображенская",
        practitioner=Practitioner("Екатерина Преображенская-Константинопольская", "L.Ac., DACM, Dipl. O.M.", "00412-2345", "NY"),
        techniques=EVERY_TECHNIQUE,
        cups=cups,
        needles=NEEDLES_OF_HIP_AND_LEG + extra,
        other_minutes=(("tuina", 20.0), ("moxa", 10.0), ("gua_sha", 5.0), ("estim", 15.0)),
        next_visit=NextVisit(datetime(2026, 12, 2, 10, 30, tzinfo=NEW_YORK), "Екатерина Преображенская", "Williamsburg, Brooklyn"),
        sessions=Sessions("Двадцать посещений: иглоукалывание, банки и туина", 13, 11, 122, date(2028, 9, 30)),
    )


def hostile_sheet(text: str, language: str) -> AftercareFacts:
    """The same text in every place where people write."""
    return replace(
        MARIA,
        language=language,
        letterhead=Letterhead(text, (text, text), text, text, text),
        patient=text,
        patient_number=text,
        practitioner=Practitioner(text, text, text, text),
        needles=(Needle(text, "posterior", 400, 900),),
        next_visit=NextVisit(MARIA.treated_at, text, text),
        sessions=Sessions(text, 0, 0, 0, None),
    )


def empty_receipt(language: str) -> ReceiptFacts:
    """Nothing charged, nothing paid."""
    return ReceiptFacts(Letterhead("", (), "", ""), language, "", CUPS_OFF, "", "", (), (), 0)


def full_receipt(language: str) -> ReceiptFacts:
    """Many lines over several pages, several tenders, a refund, credit left."""
    refund = ReceiptPayment("check", -2500, "1180", date(2026, 11, 20))
    others = (ReceiptPayment("transfer", 100), ReceiptPayment("credit", 200), ReceiptPayment("gift card", 300))
    return replace(
        PAID_RECEIPT, language=language, lines=PAID_RECEIPT.lines * 15, payments=(*PAID_RECEIPT.payments, refund, *others), balance=-500
    )


def hostile_receipt(text: str, language: str) -> ReceiptFacts:
    """The same text in every place where people write."""
    return replace(
        PAID_RECEIPT,
        language=language,
        letterhead=Letterhead(text, (text, text), text, text, text),
        number=text,
        patient=text,
        patient_number=text,
        lines=(ReceiptLine(text, 1, 100, 0, detail=text, discount=100, covered_by=text),),
        payments=(ReceiptPayment("card", 100, text), ReceiptPayment(text, -100, text)),
        balance=1,
        practitioner=Practitioner(text, text, text, text),
        sessions=(Sessions(text, 1, 1, 1, None),),
    )


Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Example:
    """One document to draw: which document it shows, how it is called in a test's name, and how it is drawn."""

    document: str
    name: str
    draw: Callable[[], Document]


def _examples() -> Mapping[str, Example]:
    found: dict[str, Example] = {}

    def add(document: Callable[[Facts], Document], name: str, facts: Facts) -> None:
        label = f"{document.__name__}-{name}"
        found[label] = Example(document.__name__, label, partial(document, facts))

    for language in LANGUAGES:
        add(aftercare_sheet, f"empty-{language}", empty_sheet(language))
        add(aftercare_sheet, f"full-{language}", longest_sheet(language))
        add(aftercare_sheet, f"usual-{language}", replace(MARIA, language=language))
        add(aftercare_sheet, f"full-large-{language}", replace(longest_sheet(language), large_print=True))
        add(receipt, f"empty-{language}", empty_receipt(language))
        add(receipt, f"usual-{language}", replace(PAID_RECEIPT, language=language))
        add(receipt, f"full-{language}", full_receipt(language))
    for name, chart in (("empty-en", empty_chart), ("usual-en", usual_chart), ("usual-course", course_chart), ("full-en", full_chart)):
        add(chart_print, name, chart())
    for at, text in enumerate(HOSTILE_TEXTS):
        add(chart_print, f"hostile-{at}", hostile_chart(text))
        add(aftercare_sheet, f"hostile-{at}", hostile_sheet(text, LANGUAGES[at % 4]))
        if len(text) > 1000:  # large print differs by its room only
            add(aftercare_sheet, f"hostile-large-{at}", replace(hostile_sheet(text, LANGUAGES[at % 4]), large_print=True))
        add(receipt, f"hostile-{at}", hostile_receipt(text, LANGUAGES[at % 4]))
    return found


EVERY_DOCUMENT = _examples()
"""Every example of every document by its name; `test_every_document.py` draws them all."""
