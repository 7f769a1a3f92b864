"""Settings of the clinic: declared once with their words; screens and checks are made from the declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.clinic.practice.tables import SettingRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.tables import table_of

ValueT = TypeVar("ValueT", bool, int, str)


@dataclass(frozen=True, slots=True)
class Setting(Generic[ValueT]):
    """One setting: `check` answers with what is wrong, in words, or "". `default` also says what kind of value it takes."""

    key: str
    default: ValueT
    label: str
    unit: str = ""
    check: Callable[[ValueT], str] = lambda _value: ""


_SETTINGS = table_of(SettingRow)
_STORED = select(_SETTINGS.c.value).where(_SETTINGS.c.key == bindparam("key"))
_declared: dict[str, Setting[Any]] = {}


def declare(setting: Setting[ValueT]) -> Setting[ValueT]:
    """Makes a setting known; one key, one declaration."""
    if _declared.setdefault(setting.key, setting) is not setting:
        message = f"two settings are called {setting.key}"
        raise ValueError(message)
    return setting


def declared_settings() -> Mapping[str, Setting[Any]]:
    """All settings by key, as the settings screen lists them."""
    return MappingProxyType(_declared)


def between(least: int, most: int, unit: str) -> Callable[[int], str]:
    """A check: whole numbers from `least` to `most`."""

    def check(value: int) -> str:
        if least <= value <= most:
            return ""
        return _("Between {least} and {most} {unit}, please.").format(least=least, most=most, unit=_(unit))

    return check


def value_of(context: Context, setting: Setting[ValueT]) -> ValueT:
    """What the clinic has set, else the default."""
    stored: ValueT | None = context.read(_STORED, key=setting.key).scalar()
    return setting.default if stored is None else stored


def checked(key: str, value: object) -> bool | int | str:
    """`value` for setting `key`. Raises Refusal("setting_unknown" | "setting_wrong") with the setting's own words."""
    setting = _declared.get(key)
    if setting is None:
        raise Refusal("setting_unknown", "key")
    if not isinstance(value, bool | int | str) or type(value) is not type(setting.default):
        raise Refusal("setting_wrong", key, words=_("That is not the kind of value this setting takes."))
    if words := setting.check(value):
        raise Refusal("setting_wrong", key, words=words)
    return value


PRACTICE_NAME = declare(Setting("practice.name", "", N_("Name of the practice")))
TRAVEL_MINUTES = declare(
    Setting("schedule.travel_minutes", 45, N_("A practitioner's way between two offices"), N_("minutes"), between(0, 480, N_("minutes")))
)
GRID_MINUTES = declare(
    Setting("schedule.grid_minutes", 15, N_("Openings are proposed every"), N_("minutes"), between(5, 60, N_("minutes")))
)
OPENINGS_DAYS = declare(
    Setting("schedule.openings_days", 21, N_("Look for openings this far ahead"), N_("days"), between(1, 180, N_("days")))
)
SCREENING_MONTHS = declare(
    Setting("patients.screening_months", 12, N_("Ask the safety questions again after"), N_("months"), between(1, 60, N_("months")))
)

register_sentences(
    {
        "setting_unknown": N_("There is no such setting. Nothing was changed."),
        "setting_wrong": N_("{words}"),
    }
)
