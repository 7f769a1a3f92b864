"""What every table is made of: `Base`, `Record`, and storage's own tables (see `ledgers`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from pulse_desktop.storage.guards import Guard, Versioned
from pulse_desktop.storage.types import Instant, Json, Number

__all__ = ["Base", "Instant", "Json", "Number", "Record", "guards_of", "table_of"]

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables. `datetime` columns are instants (UTC), `int` is 64 bits wide.

    A table that no screen shows (search keys) sets `__announced__ = False`: its changes are not told.
    """

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, date: Date, int: Number, str: Text}
    __guards__: ClassVar[tuple[Guard, ...]] = ()
    __announced__: ClassVar[bool] = True


class Record:
    """A row people edit: numbered, versioned, kept in history, never deleted.

    `__undo_added__` names the values that make an added row void when its adding is taken back, such as
    {"state": "cancelled"}; without it that cannot be undone.
    """

    __undo_added__: ClassVar[Mapping[str, object] | None] = None

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True, sort_order=-2)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, sort_order=-1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        return {"version_id_col": cls.version}


def table_of(table_class: type[Base]) -> Table:
    """The table a class is declared for."""
    table = table_class.__table__
    assert isinstance(table, Table)
    return table


def guards_of(table_class: type[Base]) -> tuple[Guard, ...]:
    """What the database itself refuses on this table: what was declared, and versions for every record."""
    return (Versioned(), *table_class.__guards__) if issubclass(table_class, Record) else table_class.__guards__
