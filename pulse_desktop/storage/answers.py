"""What a command may answer, as text and back, so that a repeated operation answers exactly the same.

Allowed: None, bool, int, str, date, instant, lists, tuples of these, and frozen dataclasses marked with `answer`.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from pulse_desktop.storage.types import from_milliseconds, to_milliseconds

T = TypeVar("T")
_classes: dict[str, type[Any]] = {}


def answer(kind: type[T]) -> type[T]:
    """Marks a frozen dataclass as something commands may answer."""
    known = _classes.setdefault(kind.__qualname__, kind)
    if known is not kind or not is_dataclass(kind):
        message = f"{kind.__qualname__} is no dataclass, or two classes of that name are answers"
        raise TypeError(message)
    return kind


def to_text(value: object) -> str:
    """An answer as JSON text; raises TypeError for what may not be answered."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Any:
    """The answer in this text."""
    return _value(json.loads(text))


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [_plain(item) for item in value]}
    if isinstance(value, datetime):
        return {"instant": to_milliseconds(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if _classes.get(type(value).__qualname__) is type(value):
        return {type(value).__qualname__: {item.name: _plain(getattr(value, item.name)) for item in fields(value)}}  # type: ignore[arg-type]
    message = f"a command may not answer a {type(value).__name__}"
    raise TypeError(message)


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_value(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    ((kind, content),) = plain.items()
    if kind == "tuple":
        return tuple(_value(item) for item in content)
    if kind == "instant":
        return from_milliseconds(content)
    if kind == "date":
        return date.fromisoformat(content)
    return _classes[kind](**{name: _value(item) for name, item in content.items()})
