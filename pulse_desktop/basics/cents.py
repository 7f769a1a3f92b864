"""Money: whole cents in an int, US dollars. No floats anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AMOUNT = re.compile(r"^(-?)\$?\s*(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d{1,2}))?$")


def dollars(cents: int) -> str:
    """`cents` as people read them.

    >>> dollars(123450), dollars(-5)
    ('$1,234.50', '−$0.05')
    """
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}${whole:,}.{rest:02}"


def read_dollars(text: str) -> int:
    """Cents from what a person typed ("47.80", "$1,200", ".5"). Raises ValueError when it is not an amount."""
    match = _AMOUNT.match(text.strip().replace("−", "-"))
    if match is None or not (match[2] or match[3]):
        message = "not an amount of money"
        raise ValueError(message)
    cents = int((match[2] or "0").replace(",", "")) * 100 + int((match[3] or "").ljust(2, "0") or 0)
    return -cents if match[1] else cents


def share_out(cents: int, weights: Sequence[int]) -> list[int]:
    """Divide `cents` by `weights` so that the parts add up exactly (largest remainder; earlier parts first on a tie)."""
    total = sum(weights)
    if total <= 0:
        message = "weights must add up to more than nothing"
        raise ValueError(message)
    sign = -1 if cents < 0 else 1
    amount = abs(cents)
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % total), at))
    for at in by_remainder[: amount - sum(parts)]:
        parts[at] += 1
    return [sign * part for part in parts]


def tax_on(cents: int, rate_millionths: int) -> int:
    """Sales tax on `cents` at a rate in millionths (6.625 % is 66_250), rounded half up to a whole cent."""
    return (cents * rate_millionths + 500_000) // 1_000_000
