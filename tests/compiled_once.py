"""Each statement is compiled once for all clinics of a test process, and not anew for every clinic.

SQLAlchemy keeps what it compiled with the engine, since a program has one. Tests open a clinic each, and compiling the same
statements again took a quarter of the time of those of the clinic. Engines here share what they keep: their dialects count as
equal, which is what the key of the cache compares, and remain objects of their own.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_compiled: LRUCache[Any, Any] = LRUCache(4000)


@cache
def _alike(kind: Any) -> Any:
    """The same dialect, all of whose instances are equal."""

    def is_alike(self: object, other: object) -> bool:
        return type(self) is type(other)

    may_be_kept = {"supports_statement_cache": kind.supports_statement_cache}  # each class says so itself
    return type(kind.__name__, (kind,), {"__eq__": is_alike, "__hash__": lambda _self: hash(kind), **may_be_kept})


def _share(_kind: type[DefaultDialect], engine: Engine) -> None:
    """SQLAlchemy's hook at the end of `create_engine`."""
    kind: Any = type(engine.dialect)
    engine.dialect.__class__ = _alike(kind)
    engine.update_execution_options(compiled_cache=_compiled)


DefaultDialect.engine_created = classmethod(_share)  # type: ignore[assignment]
