"""One way to write a value down: RFC 8785 (JSON Canonicalization Scheme).

Equal values give equal bytes and different values different bytes, so that checksums, signatures and the audit
chain speak about content, not about layout.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

_SAFE_INTEGER = 2**53 - 1
_AS_IT_IS = frozenset({str, bool, type(None)})
_QUICK = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """`value` (dict, list, str, int, float, bool, None) as RFC 8785 bytes.

    Raises ValueError for what JSON cannot say exactly: NaN, integers beyond 2**53, lone surrogates, other types.
    """
    try:
        return _text(value).encode("utf-8")
    except UnicodeEncodeError:
        message = "text with half a surrogate pair cannot be written"
        raise ValueError(message) from None


def _text(value: object) -> str:
    if _is_simple(value):
        return _QUICK.encode(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_string(key)}:{_text(value[key])}" for key in sorted(value, key=_by_utf16)) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return "[" + ",".join(map(_text, value)) + "]"
    return _scalar(value)


def _is_simple(value: object) -> bool:
    """Plain values under short keys, where the C encoder writes exactly what the rules below would, ten times faster."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return True
    if kind is int:
        return -_SAFE_INTEGER <= value <= _SAFE_INTEGER  # type: ignore[operator]
    if kind is dict:
        items = value.values()  # type: ignore[attr-defined]
        return _are_short_keys(value) and all(type(item) in _AS_IT_IS or _is_simple(item) for item in items)  # type: ignore[arg-type]
    return (kind is list or kind is tuple) and all(map(_is_simple, value))  # type: ignore[call-overload]


def _are_short_keys(keys: Iterable[object]) -> bool:
    return all(type(key) is str and key.isascii() for key in keys)


def _scalar(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            message = "an integer beyond 2**53 has no exact JSON form"
            raise ValueError(message)
        return int.__repr__(value)
    if isinstance(value, float):
        return _number(value)
    message = f"{type(value).__name__} has no canonical form"
    raise ValueError(message)


def _string(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def _by_utf16(key: object) -> bytes:
    if not isinstance(key, str):
        message = "keys are text"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for everything that cannot be written
    return key.encode("utf-16-be", "surrogatepass")


def _number(value: float) -> str:
    """A float as ECMAScript writes it (shortest digits that read back; exponents from 1e21 and below 1e-6)."""
    if not math.isfinite(value):
        message = "NaN and infinity have no JSON form"
        raise ValueError(message)
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    point = len(digits) + exponent
    return ("-" if sign else "") + _placed("".join(map(str, digits)), point)


def _placed(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return (f"{digits[0]}.{digits[1:]}" if count > 1 else digits) + power
