"""Is the clinic's database on a server whole? What a person's own login can see of it (see `check`)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.postgres_schema import HOME, full_shape_of, kept_shape
from pulse_desktop.storage.schema import differences

_FAILURES = "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
_INVALID = f"""
SELECT 'index ' || indexrelid::regclass FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = {HOME} AND NOT (indisvalid AND indisready)
UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE connamespace = {HOME} AND NOT convalidated
"""  # noqa: S608 - constants


def damaged_pages(connection: Connection) -> Iterator[str]:
    """Pages the server itself found damaged; it looks at the checksum of each page it reads."""
    if failures := connection.exec_driver_sql(_FAILURES).scalar_one():
        yield f"{failures} pages with a wrong checksum"


def invalid_objects(connection: Connection) -> Iterator[str]:
    """Indexes and constraints that do not hold for every row."""
    yield from connection.exec_driver_sql(_INVALID).scalars()


def broken_references(connection: Connection) -> Iterator[str]:
    """Rows that point at a missing one."""
    for table in load_tables().metadata.sorted_tables:
        for key in table.foreign_keys:
            parent, column = key.column.table.name, key.parent.name
            lost = (
                f'SELECT count(*) FROM "{table.name}" AS child WHERE "{column}" IS NOT NULL '  # noqa: S608 - declared names
                f'AND NOT EXISTS (SELECT FROM "{parent}" AS parent WHERE parent."{key.column.name}" = child."{column}")'
            )
            if count := connection.exec_driver_sql(lost).scalar_one():
                yield f"{count} of {table.name} point at a missing {parent}"


def changed_shape(connection: Connection) -> tuple[str, ...]:
    """What differs from the tables, guards and rights the keeper made and wrote down."""
    return differences(full_shape_of(connection), kept_shape(connection))
