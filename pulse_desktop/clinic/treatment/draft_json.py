"""A note's draft as JSON and back: the same value, field by field, with instants to the millisecond."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from pulse_desktop.clinic.treatment.values import (
    Area,
    CupPlacement,
    MoxaPlacement,
    NeedlePlacement,
    NoteDraft,
    SafetyOverride,
    StimulatedPair,
    Stroke,
    needles_at,
)
from pulse_desktop.storage.types import from_milliseconds, to_milliseconds

_INSTANTS = frozenset({"on_at", "off_at", "in_at", "out_at", "at"})
_PATH = "path"
_NESTED: Mapping[str, type[Any]] = {
    "cups": CupPlacement,
    "needles": NeedlePlacement,
    "strokes": Stroke,
    "areas": Area,
    "moxa": MoxaPlacement,
    "pairs": StimulatedPair,
    "overrides": SafetyOverride,
}


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


_NAMES: Mapping[type[Any], tuple[str, ...]] = {
    NoteDraft: _names(NoteDraft), **{kind: _names(kind) for kind in _NESTED.values()}
}  # fmt: skip


class Outline(NamedTuple):
    """What lists say of a note."""

    pain_before: int | None
    pain_after: int | None
    cups: int
    needles: int
    kinds: tuple[str, ...]


_KINDS: Mapping[str, str] = {
    "cups": "cups", "needles": "needles", "moxa": "moxa", "strokes": "gua_sha", "areas": "tuina", "pairs": "estim",
}  # fmt: skip


def draft_to_json(draft: NoteDraft) -> dict[str, Any]:
    """The draft as dicts, lists, text and numbers. Text with half a surrogate pair loses that half, nothing else."""
    return {name: _plain(getattr(draft, name)) for name in _NAMES[NoteDraft]}


def draft_from_json(stored: Mapping[str, Any]) -> NoteDraft:
    """The draft in this JSON; fields this version does not know are left alone, missing ones take their empty value."""
    return NoteDraft(**{name: _field(name, stored[name]) for name in _NAMES[NoteDraft] if name in stored})


def outline_from_json(stored: Mapping[str, Any]) -> Outline:
    """The outline of the draft in this JSON, without making the draft: a file shows two hundred notes."""
    needles = sum(needles_at(needle["side"]) for needle in stored.get("needles", ()))
    return Outline(stored.get("pain_before"), stored.get("pain_after"), len(stored.get("cups", ())), needles, _kinds(stored))


def _kinds(stored: Mapping[str, Any]) -> tuple[str, ...]:
    """What was done: by what lies on the map, and of what leaves nothing there (tuina, moxa, …) by what was picked."""
    done = {kind for field, kind in _KINDS.items() if stored.get(field)}
    if stored.get("tuina_minutes"):
        done.add("tuina")
    done.update(stored.get("techniques", ()))  # "acupuncture" and the kinds of cupping are no kinds of the course: booked is not done
    return tuple(kind for kind in _KINDS.values() if kind in done)


def _field(name: str, value: Any) -> Any:
    if name in _NESTED:
        return tuple(_nested(_NESTED[name], item) for item in value)
    return tuple(value) if isinstance(value, list) else value


def _nested(kind: type[Any], stored: Mapping[str, Any]) -> Any:
    return kind(**{name: _inner(name, stored[name]) for name in _NAMES[kind] if name in stored})


def _inner(name: str, value: Any) -> Any:
    if name == _PATH:
        return tuple((x, y) for x, y in value)
    return from_milliseconds(value) if name in _INSTANTS and value is not None else value


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "ignore").decode()
    if isinstance(value, datetime):
        return to_milliseconds(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if type(value) in _NAMES:
        return {name: _plain(getattr(value, name)) for name in _NAMES[type(value)]}
    return value
