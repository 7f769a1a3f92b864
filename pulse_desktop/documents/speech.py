"""How papers say times, days, states and office hours in the patients' languages.

Rules: `time_format` and `date_format` of the shared phrase data. Twelve-hour forms with the part of the day, as New York
patients speak; months are spelled, since 11/12 is read day-first by Spanish and Russian readers; Arabic digits
everywhere. Midnight belongs to the day it ends: "until midnight tonight".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

NO_BREAK: Final = "\N{NO-BREAK SPACE}"

_WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
_SHORT_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun.", "mar.", "mié.", "jue.", "vie.", "sáb.", "dom."),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
_MONTHS: Final = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"),
}  # fmt: skip
_STATES: Final = {
    "NJ": {"en": "New Jersey", "es": "Nueva Jersey", "ru": "Нью-Джерси", "zh": "新泽西州"},
    "NY": {"en": "New York", "es": "Nueva York", "ru": "Нью-Йорк", "zh": "纽约州"},
    "CT": {"en": "Connecticut", "es": "Connecticut", "ru": "Коннектикут", "zh": "康涅狄格州"},
    "PA": {"en": "Pennsylvania", "es": "Pensilvania", "ru": "Пенсильвания", "zh": "宾夕法尼亚州"},
}
LANGUAGE_TAGS: Final = {"en": "en-US", "es": "es-US", "ru": "ru", "zh": "zh-Hans"}
"""What a PDF calls the language, for screen readers."""


def digits(moment: datetime) -> str:
    """"6:30" of a twelve-hour clock."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02}"


def clock(moment: datetime, language: str) -> str:
    """A time of day with its part of the day: "6:30 PM", "las 6:30 p. m.", "6:30 вечера", "晚上6:30"."""
    return _CLOCKS[language](moment)


def _english_clock(moment: datetime) -> str:
    named = {(0, 0): "midnight", (12, 0): "noon"}.get((moment.hour, moment.minute))
    return named or f"{digits(moment)}{NO_BREAK}{'AM' if moment.hour < 12 else 'PM'}"


def _spanish_clock(moment: datetime) -> str:
    named = {(0, 0): "la medianoche", (12, 0): f"las{NO_BREAK}12:00 del mediodía"}.get((moment.hour, moment.minute))
    article = "la" if moment.hour % 12 == 1 else "las"
    return named or f"{article}{NO_BREAK}{digits(moment)}{NO_BREAK}{'a.' if moment.hour < 12 else 'p.'}{NO_BREAK}m."


def _russian_clock(moment: datetime) -> str:
    part = _part(moment.hour, ((4, "ночи"), (12, "утра"), (17, "дня"), (24, "вечера")))
    return f"{digits(moment)}{NO_BREAK}{part}"


def _chinese_clock(moment: datetime) -> str:
    if (moment.hour, moment.minute) == (0, 0):
        return "晚上12:00"  # said of the day that ends, as midnight is everywhere here
    part = _part(moment.hour, ((6, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上")))
    return f"{part}{digits(moment)}"


_CLOCKS: Final[dict[str, Callable[[datetime], str]]] = {
    "en": _english_clock,
    "es": _spanish_clock,
    "ru": _russian_clock,
    "zh": _chinese_clock,
}


def _part(hour: int, parts: tuple[tuple[int, str], ...]) -> str:
    return next(name for before, name in parts if hour < before)


# --- days -----------------------------------------------------------------------------------------------------------


def month_day(day: date, language: str, *, short: bool = False) -> str:
    """"November 24" (short: "Nov 24"), "24 de noviembre", "24 ноября", "11月24日"; no part of it breaks off."""
    if language == "zh":
        return f"{day.month}月{day.day}日"
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{month[:3] if short else month}{NO_BREAK}{day.day}"
    return f"{day.day}{NO_BREAK}{'de' + NO_BREAK if language == 'es' else ''}{month}"


def month_day_year(day: date, language: str) -> str:
    """"March 31, 2027", "31 de marzo de 2027", "31 марта 2027 г.", "2027年3月31日"."""
    near = month_day(day, language)
    forms = {"en": "{near}, {year}", "es": "{near} de {year}", "ru": "{near} {year}\N{NO-BREAK SPACE}г.", "zh": "{year}年{near}"}
    return forms[language].format(near=near, year=day.year)


def full_date(day: date, language: str) -> str:
    """"Tuesday, November 24, 2026", "martes 24 de noviembre de 2026", "вторник, 24 ноября 2026 г.", "2026年11月24日 星期二"."""
    return _with_weekday(_WEEKDAYS[language][day.weekday()], month_day_year(day, language), language)


def weekday_date(day: date, language: str) -> str:
    """"Wednesday, Nov 25", "miércoles 25 de noviembre", "среда, 25 ноября", "11月25日 星期三"."""
    return _with_weekday(_WEEKDAYS[language][day.weekday()], month_day(day, language, short=True), language)


def short_date(day: date, language: str) -> str:
    """"Tue Dec 1"; other languages as `weekday_date`."""
    if language == "en":
        return f"{_SHORT_WEEKDAYS['en'][day.weekday()]} {month_day(day, 'en', short=True)}"
    return weekday_date(day, language)


def _with_weekday(weekday: str, day: str, language: str) -> str:
    forms = {"en": "{weekday}, {day}", "es": "{weekday} {day}", "ru": "{weekday}, {day}", "zh": "{day} {weekday}"}
    return forms[language].format(weekday=weekday, day=day)


def date_and_time(moment: datetime, language: str) -> str:
    """"Tue Dec 1, 10:00 AM", "martes 1 de diciembre, a las 10:00 a. m.", "вторник, 1 декабря, 10:00 утра", "12月1日 星期二 上午10:00"."""
    forms = {"en": "{day}, {time}", "es": "{day}, a\N{NO-BREAK SPACE}{time}", "ru": "{day}, {time}", "zh": "{day} {time}"}
    return forms[language].format(day=short_date(moment.date(), language), time=clock(moment, language))


# --- until when -----------------------------------------------------------------------------------------------------

_UNTIL_TODAY: Final = {"es": "Hoy hasta {time}", "ru": "Сегодня до {time}", "zh": "今天{time}以前"}
_UNTIL_TOMORROW: Final = {"en": "Until {time} tomorrow", "es": "Hasta mañana a\N{NO-BREAK SPACE}{time}", "ru": "До завтра, до {time}", "zh": "明天{time}以前"}
_UNTIL_DATE: Final = {"en": "Until {date}, {time}", "es": "Hasta el {date}, a\N{NO-BREAK SPACE}{time}", "ru": "До {date}, {time}", "zh": "{date}{time}以前"}


def until(end: datetime, today: date, language: str) -> tuple[str, str]:
    """The head of a row that ends by the clock, and the small line under it ("" today): ("Until 11:00 AM tomorrow",
    "Wednesday, Nov 25"). Midnight is said of the day it ends."""
    is_midnight = (end.hour, end.minute) == (0, 0)
    day = end.date() - timedelta(days=1) if is_midnight else end.date()
    time = clock(end, language)
    if day == today:
        return (_until_today(end) if language == "en" else _UNTIL_TODAY[language].format(time=time)), ""
    if (day - today).days == 1:
        return _UNTIL_TOMORROW[language].format(time=time), weekday_date(day, language)
    named = month_day(day, language, short=True)
    return _UNTIL_DATE[language].format(date=named, time=time), _WEEKDAYS[language][day.weekday()]


def _until_today(end: datetime) -> str:
    """"Until 6:30 this evening": the part of the day follows the hour, so no PM is needed."""
    if (end.hour, end.minute) in {(0, 0), (12, 0)}:
        return "Until midnight tonight" if end.hour == 0 else "Until noon today"
    part = _part(end.hour, ((12, "this morning"), (17, "this afternoon"), (21, "this evening"), (24, "tonight")))
    return f"Until {digits(end)} {part}"


# --- states and office hours ----------------------------------------------------------------------------------------


def state_name(code: str, language: str) -> str:
    """The name of a state; its two letters where we have no name for it."""
    return _STATES.get(code.upper(), {}).get(language, code)


_HOURS_SIGNS: Final = {"es": " a ", "ru": "–", "zh": "至"}
_DAY_WORDS: Final = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|s|sday|nesday|rsday|urday)?\b", re.IGNORECASE)
_TO: Final = re.compile(r"\s+to\s+|\s*[–-]\s*", re.IGNORECASE)


def office_hours(words: str, language: str) -> str:
    """An office's own words for its hours in the patient's language: weekdays and "to" are put into it, the rest stays."""
    if language == "en" or not words:
        return words
    short = _SHORT_WEEKDAYS[language]
    named = _DAY_WORDS.sub(lambda found: short[_SHORT_WEEKDAYS["en"].index(found[1].title())], words)
    said = _TO.sub(_HOURS_SIGNS[language], named)
    return re.sub(r",\s*", " ", said) if language == "zh" else said
