"""Rules of the note: what a draft must be, what is missing before it is signed, how it is told in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Final

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, ngettext, register_sentences
from pulse_desktop.clinic.atlas import LONGEST_MINUTES, VIEWS, cup_sites
from pulse_desktop.clinic.treatment.values import CupPlacement, NoteDraft

LONGEST_TEXT: Final = 50_000
MOST_CUPS: Final = 60
MOST_POINTS: Final = 120
MOST_PLACES: Final = 60
"""Places of one path."""

FIELD_WORDS: Final[Mapping[str, str]] = {
    "complaint": N_("complaint"),
    "history": N_("history"),
    "pain_before": N_("pain before"),
    "pain_after": N_("pain after"),
    "tongue_body": N_("tongue"),
    "tongue_coat": N_("tongue coat"),
    "pulse": N_("pulse"),
    "pattern": N_("pattern"),
    "icd10": N_("code"),
    "findings": N_("findings"),
    "plan": N_("plan"),
    "response": N_("response"),
    "adverse": N_("adverse events"),
    "techniques": N_("techniques"),
    "cups": N_("cups"),
    "needles": N_("needles"),
    "strokes": N_("gua sha"),
    "areas": N_("tuina"),
    "moxa": N_("moxa"),
    "pairs": N_("currents"),
    "aftercare_advice": N_("advice"),
    "cups_on": N_("cups that never went on"),
    "cups_off": N_("cups off"),
    "needles_in": N_("needles that never went in"),
    "needles_out": N_("needles out"),
    "count_out": N_("count out"),
    "face_to_face_minutes": N_("face-to-face minutes"),
}

PARTS: Final = (
    "complaint", "history", "pain_before", "findings", "tongue_body", "pulse", "pattern", "icd10", "plan", "pain_after", "response",
    "adverse", "face_to_face_minutes",
)  # fmt: skip
"""Parts of a note that a clinic may need before it is signed, in the order of the form."""
REQUIRED_AT_FIRST: Final = ("complaint", "pain_before", "pain_after", "response", "adverse")
"""What is needed until the owner decides otherwise."""

register_sentences(
    {
        "text_too_long": N_("This text is longer than {most} characters. Nothing was lost; please shorten it."),
        "pain_range": N_("Pain is a number from 0 to 10."),
        "too_many_cups": N_("More than {most} cups cannot be recorded."),
        "cup_twice": N_("Two cups have the number {number}."),
        "cup_wrong": N_("Cup {number} has no place on the body map. Move it, or take it away."),
        "cup_size": N_("A cup's rim is between 10 and 150 mm."),
        "too_many_hands": N_("More than {most} of a kind cannot be recorded."),
        "hand_wrong": N_("Something drawn has no place on the body map. Take it away and draw it again; nothing else is touched."),
        "point_twice": N_("{code} is on the list twice for the same side."),
        "not_ready": N_("Not signed yet: {missing}."),
        "no_cups": N_("No cup is waiting to go on. Place one on the body map first."),
        "none_on": N_("No cup is on."),
        "no_needles": N_("No needle is waiting to go in. Add a point first."),
        "none_in": N_("No needle is in."),
        "not_then": N_("That time is not possible: it lies in the future, or before the visit or the cups went on."),
        "count_differs": N_("{placed} needles went in, {counted} are counted. Look again; if it stays so, say what was done."),
        "note_signed": N_("This note is signed and stays as it is. Add an amendment under it. Nothing was changed."),
        "visit_not_standing": N_("This visit was cancelled or missed, so it gets no note. Nothing was changed."),
        "no_licence_to_sign": N_("You have no current license in {state}, so the note cannot be signed there. The draft is kept."),
        "signer_missing": N_("Your signing key is not open at this seat. Sign in again; the draft is kept."),
        "over_twenty": N_("Cup {number} stays on for {minutes} minutes. Over 20 minutes the skin is harmed; say why it is needed."),
        "reason_missing": N_("Say why, in a few words."),
        "amendment_empty": N_("Write what is to be added."),
        "amendment_kind": N_("Choose what it is: addendum, correction or late entry."),
        "not_signed_yet": N_("This note is still a draft: change it directly. Nothing was added."),
        "note_in_error": N_("This note was entered in error; nothing is added to it."),
    }
)


def check_draft(draft: NoteDraft) -> None:
    """Raise Refusal for what no note can hold, whoever types it. What is merely unfinished is fine."""
    for item in fields(draft):
        value = getattr(draft, item.name)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise Refusal("text_too_long", item.name, most=LONGEST_TEXT)
    for name in ("pain_before", "pain_after"):
        pain = getattr(draft, name)
        if pain is not None and not 0 <= pain <= 10:
            raise Refusal("pain_range", name)
    _check_cups(draft.cups)
    _check_needles(draft)
    _check_hands(draft)


def _check_cups(cups: tuple[CupPlacement, ...]) -> None:
    if len(cups) > MOST_CUPS:
        raise Refusal("too_many_cups", "cups", most=MOST_CUPS)
    numbers: set[int] = set()
    for cup in cups:
        if cup.number in numbers:
            raise Refusal("cup_twice", "cups", number=cup.number)
        numbers.add(cup.number)
        if cup.view not in VIEWS or not (0 <= cup.x <= 1000 and 0 <= cup.y <= 2000):
            raise Refusal("cup_wrong", "cups", number=cup.number)
        if not 10 <= cup.rim_mm <= 150:
            raise Refusal("cup_size", "cups", number=cup.number)


def _check_needles(draft: NoteDraft) -> None:
    seen: set[tuple[str, str]] = set()
    for needle in draft.needles[: MOST_POINTS + 1]:
        if (needle.code, needle.side) in seen or len(seen) == MOST_POINTS:
            raise Refusal("point_twice", "needles", code=needle.code)
        seen.add((needle.code, needle.side))


def _check_hands(draft: NoteDraft) -> None:
    """Strokes, areas, moxa and currents: not without end, and each somewhere on the figure."""
    for name in ("strokes", "areas", "moxa", "pairs"):
        drawn = getattr(draft, name)
        if len(drawn) > MOST_CUPS:
            raise Refusal("too_many_hands", name, most=MOST_CUPS)
        if len({one.number for one in drawn}) < len(drawn):
            raise Refusal("hand_wrong", name)
    paths = [(one.view, one.path) for one in draft.strokes] + [(cup.view, cup.path) for cup in draft.cups if cup.path]
    if any(not 2 <= len(path) <= MOST_PLACES for _view, path in paths):
        raise Refusal("hand_wrong", "strokes")
    placed = [(view, x, y) for view, path in paths for x, y in path]
    placed += [(area.view, area.x, area.y) for area in draft.areas]
    placed += [(moxa.view, moxa.x, moxa.y) for moxa in draft.moxa if not moxa.code]
    if any(view not in VIEWS or not (0 <= x <= 1000 and 0 <= y <= 2000) for view, x, y in placed):
        raise Refusal("hand_wrong", "strokes")


def missing_to_sign(draft: NoteDraft, required: Iterable[str] = REQUIRED_AT_FIRST) -> tuple[str, ...]:
    """What is missing before this note can be signed, as keys (words: `missing_words`). `required`: see `required_parts`.

    Keys: those of `required`, copied:<field>, cups_on, cups_off, needles_in, needles_out, count_out.
    """
    missing = [name for name in required if _is_empty(getattr(draft, name))]
    missing += [f"copied:{name}" for name in draft.copied if name not in missing]
    if any(cup.on_at is None for cup in draft.cups):
        missing.append("cups_on")
    if draft.cups_are_on:
        missing.append("cups_off")
    if any(needle.in_at is None for needle in draft.needles):
        missing.append("needles_in")
    if needles_are_in(draft):
        missing.append("needles_out")
    if (draft.cups or draft.needles) and not draft.counted_out:
        missing.append("count_out")
    return tuple(missing)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str | tuple) and not (value.strip() if isinstance(value, str) else value))


def missing_words(missing: Iterable[str]) -> str:
    """"pain after, response, complaint confirmed, count out"."""
    return ", ".join(_missing_word(key) for key in missing)


def _missing_word(key: str) -> str:
    copied, _colon, field = key.rpartition(":")
    word = _(FIELD_WORDS.get(field, field))
    return _("{field} confirmed").format(field=word) if copied else word


def needles_are_in(draft: NoteDraft) -> bool:
    """Some needle is in right now."""
    return any(needle.in_at and not needle.out_at for needle in draft.needles)


def is_running(draft: NoteDraft) -> bool:
    """Cups or needles are on right now."""
    return draft.cups_are_on or needles_are_in(draft)


def is_uncounted(draft: NoteDraft) -> bool:
    """Something was on, is off, and nobody has said how much came off."""
    was_on = any(cup.on_at for cup in draft.cups) or any(needle.in_at for needle in draft.needles)
    return was_on and not is_running(draft) and not draft.counted_out


def minutes_on(cup: CupPlacement) -> float | None:
    """How long the cup was on; None while it is, or never was."""
    return (cup.off_at - cup.on_at) / timedelta(minutes=1) if cup.on_at and cup.off_at else None


def longest_for(cup: CupPlacement) -> int:
    """Minutes after which this cup must come off: its site's cap, never above 20 (clinical.md, site table and C12)."""
    site = cup_sites().get(cup.site)
    return min(LONGEST_MINUTES, site.longest_minutes) if site else LONGEST_MINUTES


def too_long_on(draft: NoteDraft) -> tuple[CupPlacement, ...]:
    """Cups that stayed longer than 20 minutes."""
    return tuple(cup for cup in draft.cups if (minutes_on(cup) or 0) > LONGEST_MINUTES)


def ended_at(draft: NoteDraft) -> datetime | None:
    """When the last cup came off or the last needle came out; None while something is on, or nothing was."""
    if is_running(draft):
        return None
    moments = [cup.off_at for cup in draft.cups if cup.off_at] + [needle.out_at for needle in draft.needles if needle.out_at]
    return max(moments, default=None)


def done_words(cups: int, needles: int) -> str:
    """"4 cups, 10 needles", "" when nothing was placed."""
    parts = []
    if cups:
        parts.append(ngettext("{count} cup", "{count} cups", cups).format(count=cups))
    if needles:
        parts.append(ngettext("{count} needle", "{count} needles", needles).format(count=needles))
    return ", ".join(parts)
