"""What stands beside a name: allergies, what bars cupping, whether the safety questions are due. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from pulse_desktop.basics.names import transliterated
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.safety import ActiveCondition
from pulse_desktop.clinic.atlas.screening import Condition
from pulse_desktop.clinic.boards.values import Flag

ALLERGY, PREGNANCY, SCREENING = "allergy", "pregnancy", "shield"
_WEEKS_UP_TO = 63  # days; from nine weeks on people count in months
_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def allergy_flag(allergies: str) -> Flag | None:
    """The allergies as they were written."""
    words = ", ".join(_allergies_in(allergies))
    return Flag("cinnabar", words, ALLERGY) if words else None


def _allergies_in(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()] if text else []


def cupping_flags(active: Iterable[ActiveCondition], today: date) -> tuple[Flag, ...]:
    """A flag for each condition that bars cupping, for the whole body or somewhere on it."""
    flags = (_cupping_flag(one, today) for one in active)
    return tuple(dict.fromkeys(flag for flag in flags if flag is not None))


def _cupping_flag(one: ActiveCondition, today: date) -> Flag | None:
    known = atlas.conditions().get(one.key)
    if known is None or not (icon := _cupping_icon(one)):
        return None
    return Flag("cinnabar", _barred_words(one, known.label.en) if _is_barred(known) else _local_words(one, known.label.en, today), icon)


def _is_barred(known: Condition) -> bool:
    return "dry_cupping" in known.avoids or known.grade("dry_cupping") == "absolute"


def _cupping_icon(one: ActiveCondition) -> str:
    """The icon of a condition that bars cupping, for the whole body or somewhere on it; "" for any other."""
    known = atlas.conditions().get(one.key)
    if known is None:
        return ""
    if _is_barred(known):
        return PREGNANCY if one.key == PREGNANCY else "stop"
    return "stop" if known.grade("dry_cupping") == "local" and (one.regions or not known.never) else ""


def icons_of(allergies: str, active: Iterable[ActiveCondition], *, is_screening_due: bool) -> tuple[str, ...]:
    """What `marks_of` says of a person's flags, without making their words: a week of the calendar shows hundreds."""
    icons = [ALLERGY] if _allergies_in(allergies) else []
    icons += [icon for icon in map(_cupping_icon, active) if icon]
    return tuple(dict.fromkeys([*icons, SCREENING] if is_screening_due else icons))


def _barred_words(one: ActiveCondition, label: str) -> str:
    if one.key == PREGNANCY:
        return _("Pregnant: no cupping")
    what = _("{condition} ({detail})").format(condition=_(label), detail=one.detail) if one.detail else _(label)
    return _("{condition}: no cupping").format(condition=what)


def _local_words(one: ActiveCondition, label: str, today: date) -> str:
    what = one.detail or _(label)
    if one.ends is not None:
        what = _("{what} to {day}").format(what=what, day=month_day(one.ends, today))
    if not one.regions:
        return _("No cups there: {what}").format(what=what)
    places = ", ".join(dict.fromkeys(region_name(key) for key in one.regions))
    return _("No cups: {places}, {what}").format(places=places, what=what)


def region_name(key: str) -> str:
    """The name of a region of the figure in lower case: "right flank"."""
    for view in atlas.VIEWS:
        region = atlas.figure(view).regions.get(key.rpartition("/")[2])
        if region is not None:
            return region.name[:1].lower() + region.name[1:]
    return key


def screening_flag(screened_on: date | None, today: date, months: int) -> Flag:
    """How old the answers to the safety questions are; amber when they are to be asked again after `months`."""
    words = _("Screening not done") if screened_on is None else _age_words(max(0, (today - screened_on).days))
    return Flag("amber" if is_screening_due(screened_on, today, months) else "jade", words, SCREENING)


def is_screening_due(screened_on: date | None, today: date, months: int) -> bool:
    """The safety questions are to be asked: never yet, or more than `months` ago."""
    return screened_on is None or screened_on < screened_since(today, months)


def screened_since(today: date, months: int) -> date:
    """Answers of this day or later still hold."""
    return today - timedelta(days=int(months * 30.44))


def _age_words(days: int) -> str:
    if days == 0:
        return _("Screening done today")
    if days < 14:
        return ngettext("Screening {count} day old", "Screening {count} days old", days).format(count=days)
    if days <= _WEEKS_UP_TO:
        return _("Screening {count} weeks old").format(count=days // 7)
    return _("Screening {count} months old").format(count=round(days / 30.44))


def like_names(last_names: Mapping[int, str]) -> Mapping[int, str]:
    """Patient to a warning, for those of the day who share a last name: "Two Chens: ask birth date"."""
    by_name: dict[str, list[int]] = {}
    for patient_id, last_name in last_names.items():
        if folded := transliterated(last_name):
            by_name.setdefault(folded, []).append(patient_id)
    return {
        patient_id: _("{count} {names}: ask birth date").format(
            count=_(_NUMBERS.get(len(ids), str(len(ids)))), names=_many(last_names[patient_id])
        )
        for ids in by_name.values()
        if len(ids) > 1
        for patient_id in ids
    }


def _many(last_name: str) -> str:
    """The English plural of a name: two Chens, two Ortizes."""
    return last_name + ("es" if last_name.endswith(("s", "x", "z", "ch", "sh")) else "s")


def marks_of(flags: Sequence[Flag]) -> tuple[str, ...]:
    """The icons that stand for these flags beside a name."""
    return tuple(dict.fromkeys(flag.icon for flag in flags if flag.icon and flag.tone != "jade"))
