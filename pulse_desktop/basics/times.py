"""Instants and wall time.

An *instant* is an aware UTC datetime: when something happened. A visit in the future keeps its *wall time* (date,
minute of the day) and the office's zone; its instant is derived, and derived again when the zone's rules change.
Twice a year wall time has a hole and an echo: `instant_at` refuses the hole and asks which one of the echo is meant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic as time_passed
from typing import Protocol
from zoneinfo import ZoneInfo

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences

MINUTES_A_DAY = 24 * 60
_TIME = re.compile(r"^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?\s*m?\.?\s*$", re.IGNORECASE)
_DAY_FORMS = (
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%m.%d.%Y",
    "%Y-%m-%d",
    "%b %d %Y",
    "%B %d %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%m/%d/%y",
    "%d %b %Y",
    "%d %B %Y",
    "%m%d%Y",
)
_EARLIEST_YEAR = 1890


class Clock(Protocol):
    """Tells the time; tests bring their own."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)


class SteppedClock:
    """A clock that stands where it is put and moves when told; for tests, the tour and practice data."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was put to."""
        return self._now

    def advance(self, **step: float) -> None:
        """Go on by a timedelta's keywords, such as minutes=5."""
        self._now += timedelta(**step)

    def pass_minutes(self, minutes: float) -> None:
        """Go on by so many minutes."""
        self.advance(minutes=minutes)

    def put(self, moment: datetime) -> None:
        """Stand at `moment`."""
        self._now = moment.astimezone(UTC)


class SetClock:
    """A clock that was set to `start` and goes on from there at the pace of the real one (the practice clinic's)."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._since = time_passed()

    def now(self) -> datetime:
        """`start` and the time that has passed since the clock was set."""
        return self._start + timedelta(seconds=time_passed() - self._since)


def instant_at(day: date, minute: int, zone: str, *, second_time: bool | None = None) -> datetime:
    """The instant of a wall time. `minute` counts from midnight (540 is 9:00 AM) and may pass 1440.

    Raises Refusal("time_skipped") in the hour that does not exist and NeedsConsent("time_repeated") in the one that
    comes twice, unless `second_time` says which is meant.
    """
    tz = ZoneInfo(zone)
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    first, second = (wall.replace(tzinfo=tz, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        if first.astimezone(UTC).astimezone(tz).replace(tzinfo=None) != wall:
            raise Refusal("time_skipped", "starts", time=clock_time(wall), day=long_day(wall.date()))
        if second_time is None:
            raise NeedsConsent("time_repeated", "starts", time=clock_time(wall), day=long_day(wall.date()))
    return (second if second_time else first).astimezone(UTC)


def wall(moment: datetime, zone: str) -> datetime:
    """The wall time of an instant in `zone` (aware)."""
    return moment.astimezone(ZoneInfo(zone))


def minute_of(moment: datetime, zone: str) -> int:
    """The minute of the day of an instant in `zone`."""
    local = wall(moment, zone)
    return local.hour * 60 + local.minute


def age_on(born: date, day: date) -> int:
    """Full years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


# --- how times are written ------------------------------------------------------------------------------------------


def clock_time(moment: datetime | time | int) -> str:
    """Like "9:05": the short form of screens where the part of the day is plain from the place. Minutes of the day allowed."""
    hour, minute = _hour_minute(moment)
    return f"{hour % 12 or 12}:{minute:02}"


def clock_time_full(moment: datetime | time | int) -> str:
    """Like "9:05 AM"."""
    hour, minute = _hour_minute(moment)
    return f"{hour % 12 or 12}:{minute:02} {'AM' if hour % 24 < 12 else 'PM'}"


def _hour_minute(moment: datetime | time | int) -> tuple[int, int]:
    if isinstance(moment, int):
        return divmod(moment, 60)
    return moment.hour, moment.minute


WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
WEEKDAYS_LONG = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
MONTHS_LONG = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def short_day(day: date) -> str:
    """Like "Tue Nov 24"."""
    return f"{_(WEEKDAYS[day.weekday()])} {_(MONTHS[day.month - 1])} {day.day}"


def month_day(day: date, today: date | None = None) -> str:
    """Like "Nov 24", with the year when it is not the year of `today`."""
    year = f", {day.year}" if today is not None and day.year != today.year else ""
    return f"{_(MONTHS[day.month - 1])} {day.day}{year}"


def full_day(day: date) -> str:
    """Like "Mar 12, 1984"."""
    return f"{_(MONTHS[day.month - 1])} {day.day}, {day.year}"


def long_day(day: date) -> str:
    """Like "Tuesday, November 24"."""
    return f"{_(WEEKDAYS_LONG[day.weekday()])}, {_(MONTHS_LONG[day.month - 1])} {day.day}"


def relative_day(day: date, today: date) -> str:
    """One of "Today", "Tomorrow", "Yesterday", else "Thu Dec 3" (with the year when it is another one)."""
    names = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}
    near = names.get((day - today).days)
    if near:
        return near
    return short_day(day) + (f", {day.year}" if day.year != today.year else "")


def stopwatch(seconds: float) -> str:
    """Like "06:12", from an hour on "1:06:12"."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


# --- how typed times are read ---------------------------------------------------------------------------------------


def read_time(text: str) -> int:
    """Minute of the day from "9", "9:30", "230p", "14:00". Without AM or PM, 1 to 6 are afternoon. Raises ValueError."""
    match = _TIME.match(text)
    if match is None:
        raise ValueError(_("Write a time like 9:30 or 2:15 PM."))
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ValueError(_("Write a time like 9:30 or 2:15 PM."))
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 6:  # no clinic opens before seven in the morning
        hour += 12
    return hour * 60 + minute


def read_day(text: str) -> date:
    """A date from what people write ("3/12/1984", "Mar 12 1984", "1984-03-12"). Raises ValueError with a sentence."""
    cleaned = " ".join(text.strip().replace(",", ", ").split())
    for form in _DAY_FORMS:
        try:
            found = datetime.strptime(cleaned, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if form == "%m/%d/%y" and found > date.today() + timedelta(days=366):  # noqa: DTZ011 - only a century guess
            found = found.replace(year=found.year - 100)
        return found
    raise ValueError(_("Write a date like 3/12/1984."))


def read_birth_date(text: str, today: date) -> date:
    """A date of birth: read like `read_day`, not in the future, not before 1890. Raises ValueError with a sentence."""
    day = read_day(text)
    if day > today:
        raise ValueError(_("A date of birth cannot be in the future."))
    if day.year < _EARLIEST_YEAR:
        raise ValueError(_("That is more than 130 years ago. Please check the year."))
    return day


register_sentences(
    {
        "time_skipped": N_(
            "{time} does not exist on {day}: the clocks go forward over it. Choose a time before or after."
        ),
        "time_repeated": N_("{time} comes twice on {day}: the clocks go back. Which one do you mean?"),
    }
)
