"""How our column types are written in a step: as plain SQLAlchemy, so that a step never changes with our code."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger

from pulse_desktop.storage.types import Instant, Json


def render_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Alembic's `render_item`: the text for one of our types, or False to let Alembic write it."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.BigInteger()"
    if isinstance(item, Json):
        return "sa.Text()"
    if isinstance(item, BigInteger) and item._variant_mapping:  # noqa: SLF001 - there is no public way to see a variant
        return "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
    return False
