"""The words of a chart print. A chart is a record in English, whatever language the patient speaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.atlas import (
    conditions,
    cup_sites,
    diagnoses,
    find_acupoint,
    mark_grades,
    nearest_site,
    vocabulary,
)
from pulse_desktop.clinic.treatment.values import CupPlacement, SignatureBlock
from pulse_desktop.documents.chart_values import ChartFacts, ChartPatient
from pulse_desktop.documents.speech import clock, month_day_year, state_name

NOT_RECORDED: Final = "Not recorded"
DRAFT_WORDS: Final = "DRAFT, not signed"
ALTERED_WORDS: Final = "This note is not what was signed"
ALTERED_WHY: Final = (
    "It was changed in the file, behind the program, after it was signed. Its text below is what stands in the file now "
    "and proves nothing."
)
AMENDMENT_ALTERED: Final = "This addition is not what was signed"
MEANINGS: Final = {
    "author": "I treated the patient and wrote this note",
    "amend": "I add this to the note above",
}
AMENDMENTS: Final = {"addendum": "Addendum", "correction": "Correction", "late_entry": "Late entry", "in_error": "Entered in error"}
SIDES: Final = {"left": "left", "right": "right", "both": "both", "midline": "midline"}
TECHNIQUES: Final = {
    "dry_cupping": "cupping", "fire_cupping": "fire cupping", "wet_cupping": "wet cupping", "acupuncture": "acupuncture",
    "estim": "electro-acupuncture", "moxa": "moxa", "tuina": "tuina", "gua_sha": "gua sha",
}  # fmt: skip
TITLES: Final = {"note": "Treatment note", "period": "Chart", "whole": "Chart"}


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def terms(keys: Iterable[str], *lists: str) -> str:
    """Terms of the pick lists: "Pale, swollen"; a key no list knows stands as it is."""
    known = {term.key: term.word for name in lists for term in vocabulary(name)}
    return capital(", ".join(known.get(key, key.replace("_", " ")) for key in keys))


def pain_words(before: int | None, after: int | None) -> str:
    """Says "6 before, 3 after (0 to 10)"."""
    if before is None and after is None:
        return ""
    shown = ["not asked" if pain is None else str(pain) for pain in (before, after)]
    return f"{shown[0]} before, {shown[1]} after (0 to 10)"


def diagnosis_words(code: str) -> str:
    """Says "M54.50  Low back pain, unspecified"."""
    known = diagnoses().get(code)
    return f"{code}, {known.title}" if known else code


def pattern_words(pattern: str) -> str:
    """A pattern's words, of its key or as it was typed."""
    return terms((pattern,), "tcm_pattern") if pattern else ""


def site_words(cup: CupPlacement) -> str:
    """Where a cup was, in full: the site, or measured from the nearest one."""
    if cup.site and (site := cup_sites().get(cup.site)):
        return bare_site(site.names.en)
    near, offset = nearest_site(cup.view, cup.x, cup.y)
    return f"{offset} of {bare_site(near.names.en)}" if offset else bare_site(near.names.en)


def place_words(site: str, code: str = "", side: str = "") -> str:
    """Site or point with its side."""
    known = cup_sites().get(site)
    named = point_words(code) if code else bare_site(known.names.en) if known else site.replace("_", " ")
    return ", ".join(part for part in (named or "free place on the map", SIDES.get(side, side)) if part)


def bare_site(name: str) -> str:
    """A site's name without its side."""
    return name.removesuffix(", left").removesuffix(", right")


def point_words(code: str) -> str:
    """Says "ST36 Zusanli"."""
    point = find_acupoint(code)
    return f"{code} {point.pinyin}" if point else code


def grade_words(grade: int | None) -> str:
    """Says "3, red-purple"."""
    if grade is None:
        return "not graded"
    known = mark_grades()
    return f"{grade}, {known[grade].words.en.lower().split(',')[0]}" if 0 <= grade < len(known) else str(grade)


def time_words(moment: datetime | None, zone: str) -> str:
    """Says "10:36 AM"; a dash while it has not happened."""
    return clock(wall(moment, zone), "en") if moment else "–"


def full_moment(moment: datetime, zone: str) -> str:
    """Says "November 24, 2026, 11:26:03 AM, UTC-05:00": date, time and offset of a signature."""
    local = wall(moment, zone)
    offset = local.strftime("%z")
    return f"{month_day_year(local.date(), 'en')}, {local.hour % 12 or 12}:{local:%M:%S} {'AM' if local.hour < 12 else 'PM'}, UTC{offset[:3]}:{offset[3:5]}"


def licence_words(signature: SignatureBlock) -> str:
    """Says "New Jersey license 25MZ00041200"."""
    return f"{state_name(signature.licence_state, 'en')} license {signature.licence_number}"


def born_words(patient: ChartPatient) -> str:
    """Says "born March 4, 1984"."""
    return f"born {month_day_year(patient.born, 'en')}" if patient.born else "date of birth not recorded"


def identity_words(patient: ChartPatient) -> str:
    """The two identifiers that stand beside the name on every page."""
    return f"{born_words(patient)}, {patient.number}"


def period_words(facts: ChartFacts) -> str:
    """Which notes these are."""
    first = month_day_year(facts.first, "en") if facts.first else ""
    last = month_day_year(facts.last, "en") if facts.last else ""
    if facts.kind == "note":
        return "One note"
    if first and last:
        return f"{first} to {last}, both days included"
    if first or last:
        return f"From {first} on" if first else f"Up to {last}"
    return "The whole chart"


def left_out_words(count: int) -> str:
    """How many notes were left out, and why."""
    if count == 1:
        return "1 note is left out: it was entered in error and belongs to another chart."
    return f"{count} notes are left out: they were entered in error and belong to another chart."


def condition_words(key: str) -> str:
    """A condition's name."""
    known = conditions().get(key)
    return known.label.en if known else capital(key.replace("_", " "))


def counted(count: int, one: str, many: str) -> str:
    """Says "1 cup", "2 cups"."""
    return f"{count} {one if count == 1 else many}"
