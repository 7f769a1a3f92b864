"""The patient's file in words: banner, contact, health, what to think of before the next visit. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from pulse_desktop.basics import names
from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import full_day, month_day, relative_day
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.course import change_words
from pulse_desktop.clinic.atlas.measures import PAIN, Threshold, measures
from pulse_desktop.clinic.boards.values import Flag, PainPoint, PatientBanner, PatientFile
from pulse_desktop.clinic.packages.rules import usable_now
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.values import ConditionLine, PatientDraft, PatientRecord
from pulse_desktop.clinic.schedule.values import State, VisitLine
from pulse_desktop.gui.forms.language_words import language_name
from pulse_desktop.gui.parts.banner import BannerView
from pulse_desktop.gui.parts.card import CardLine
from pulse_desktop.gui.parts.chips import ChipView

_SOON: Final = timedelta(days=30)
_TONES: Final = {"chip": "neutral"}


def banner_view(banner: PatientBanner) -> BannerView:
    """Who this is, as every patient screen says it."""
    called = ", ".join(
        part
        for part in (_("goes by {name}").format(name=banner.preferred) if banner.preferred else "", banner.pronouns)
        if part
    )
    born = _("Born {day}, {age}").format(day=full_day(banner.born), age=banner.age) if banner.born else _("Birth date not known")
    phone = ", ".join(part for part in (banner.phone, banner.phone_words) if part)
    facts = tuple(part for part in (born, banner.number, language_name(banner.language), phone) if part)
    sessions = _("{count} left").format(count=banner.sessions_left)
    return BannerView(
        names.initials(banner.name), banner.name, called, facts, tuple(map(flag_chip, banner.flags)),
        ((dollars(banner.balance_cents), _("balance")), (sessions, _("sessions"))),
    )  # fmt: skip


def flag_chip(flag: Flag) -> ChipView:
    """A flag of the clinic as a chip."""
    return ChipView(flag.text, _TONES.get(flag.tone, flag.tone), flag.icon)


# --- contact and health


def contact_lines(draft: PatientDraft) -> tuple[CardLine, ...]:
    """How to reach the patient, and whom else."""
    return tuple(_contact(draft))


def _contact(draft: PatientDraft) -> Iterator[CardLine]:
    if draft.phone:
        yield CardLine(draft.phone, _phone_detail(draft), "phone")
    if draft.email:
        yield CardLine(draft.email, "", "mail")
    if draft.emergency_name or draft.emergency_phone:
        who = ", ".join(part for part in (draft.emergency_name, draft.emergency_relation) if part)
        reach = _("Emergency, {phone}").format(phone=draft.emergency_phone) if draft.emergency_phone else _("Emergency")
        yield CardLine(who or draft.emergency_phone, reach, "people-ring")
    town = ", ".join(part for part in (draft.city, f"{draft.state} {draft.zip_code}".strip()) if part)
    if draft.street or town:
        yield CardLine(draft.street or town, town if draft.street else "", "office")
    if draft.desk_note:
        yield CardLine(draft.desk_note, _("Note for the desk"), "note")


def _phone_detail(draft: PatientDraft) -> str:
    allowed = {
        (True, True): _("voicemail and text OK"), (True, False): _("voicemail OK"), (False, True): _("text OK"),
    }.get((draft.voicemail_ok, draft.text_ok), _("no voicemail, no text"))  # fmt: skip
    words = ", ".join(part for part in (draft.phone_note, allowed) if part)
    return words[:1].upper() + words[1:]


def health_lines(record: PatientRecord, conditions: Sequence[ConditionLine], today: date) -> tuple[CardLine, ...]:
    """Allergies, medicines and conditions that hold today."""
    draft = record.draft
    lines = []
    if draft.allergies:
        lines.append(CardLine(draft.allergies, _("Allergies"), "allergy", "cinnabar"))
    if draft.medications:
        lines.append(CardLine(draft.medications, _("Medicines"), "drop"))
    lines += [CardLine(condition.label, condition_detail(condition, today), condition_icon(condition)) for condition in conditions if condition.is_active(today)]
    return tuple(lines)


def condition_icon(condition: ConditionLine) -> str:
    """The icon of a condition in the file."""
    return "pregnancy" if condition.key == "pregnancy" else "shield"


def condition_detail(condition: ConditionLine, today: date) -> str:
    """"right flank, since Nov 17, to Dec 1, stitches"."""
    places = ", ".join(dict.fromkeys(region_words(key) for key in condition.regions))
    since = _("since {day}").format(day=month_day(condition.onset, today))
    until = _("to {day}").format(day=month_day(condition.ends, today)) if condition.ends else ""
    words = ", ".join(part for part in (condition.detail, places, since, until) if part)
    return words[:1].upper() + words[1:]


def region_words(key: str) -> str:
    """The name of a region of the figure in lower case; an unknown key stands for itself."""
    for view in atlas.VIEWS:
        region = atlas.figure(view).regions.get(key.rpartition("/")[2])
        if region is not None:
            return region.name[:1].lower() + region.name[1:]
    return key


def asked_words(record: PatientRecord, today: date) -> str:
    """"asked today", "asked Oct 13", "not asked yet"."""
    if record.screened_on is None:
        return _("not asked yet")
    if record.screened_on == today:
        return _("asked today")
    return _("asked {day}").format(day=month_day(record.screened_on, today))


# --- before the next visit


def next_visit_lines(file: PatientFile, today: date) -> tuple[CardLine, ...]:
    """What the desk or the practitioner should think of before the patient comes again."""
    return tuple(_next_visit(file, today))


def _next_visit(file: PatientFile, today: date) -> Iterator[CardLine]:
    shield = next((flag for flag in file.banner.flags if flag.icon == "shield" and flag.tone == "amber"), None)
    if shield is not None:
        yield CardLine(shield.text, _("Ask the safety questions when the patient comes"), "shield", "amber")
    for condition in file.conditions:
        if condition.ends is not None and today <= condition.ends <= today + _SOON:
            words = _("{condition} ends {day}").format(condition=condition.label, day=month_day(condition.ends, today))
            yield CardLine(words, _("Ask whether it is over"), condition_icon(condition))
    for package in file.packages:
        yield from _package_warning(package, today)
    if file.banner.balance_cents > 0:
        yield CardLine(_("{amount} to pay").format(amount=dollars(file.banner.balance_cents)), _("From earlier visits"), "cash")
    for visit in file.upcoming:
        if visit.state == State.TENTATIVE:
            when = relative_day(visit.day, today)
            yield CardLine(_("{when} is only tentative").format(when=when), _("Call to confirm"), "phone")
    for visit in file.upcoming[:1]:
        if visit.desk_note:
            yield CardLine(visit.desk_note, _("Desk note of the next visit"), "note")


def _package_warning(package: PackageLine, today: date) -> Iterator[CardLine]:
    if not package.is_open(today):
        return
    if package.good_through is not None and package.good_through <= today + _SOON:
        words = _("{name} ends {day}").format(name=package.name, day=month_day(package.good_through, today))
        count = ngettext("{count} session is left", "{count} sessions are left", package.left).format(count=package.left)
        yield CardLine(words, count, "packages", "amber")
    elif usable_now(package) <= 1:
        yield CardLine(_("{name}: the last session").format(name=package.name), _("Offer the next package"), "packages")


# --- visits and pain


def upcoming_when(visit: VisitLine, today: date, time: str) -> str:
    """"Today 10:00 AM", "Thu Dec 10, 5:15 PM"."""
    comma = "" if abs((visit.day - today).days) <= 1 else ","
    return f"{relative_day(visit.day, today)}{comma} {time}"


def pain_words(before: int | None, after: int | None) -> str:
    """"6 → 3"; one of them alone, "" for neither."""
    if before is None and after is None:
        return ""
    return f"{'–' if before is None else before} → {'–' if after is None else after}"


def pain_change(points: Sequence[PainPoint]) -> tuple[str, str]:
    """How pain before the visit changed over the course: words and their colour role."""
    rated = [point.before for point in points if point.before is not None]
    if len(rated) < 2:
        return "", "ink-soft"
    return change_words(measures()[PAIN], rated[0] * 10, rated[-1] * 10)


def pain_matters(points: Sequence[PainPoint]) -> Threshold | None:
    """The change of pain that matters from the first visit on."""
    first = next((point.before for point in points if point.before is not None), None)
    return None if first is None else measures()[PAIN].threshold(first * 10)


def finished_words(package: PackageLine, today: date) -> str:
    """"5 used, good through Nov 3": a package that is over."""
    used = _("{count} used").format(count=package.used)
    if package.forfeited:
        used = _("{used}, {count} forfeited").format(used=used, count=package.forfeited)
    if package.good_through is not None and package.good_through < today:
        return _("{used}, ended {day}").format(used=used, day=month_day(package.good_through, today))
    return used
