"""Statements made once and asked over and over: compiled at the second time, from then on said to the file's driver itself.

SQLAlchemy's way from a statement to its rows costs ten times what the encrypted file takes to find one; a booking asks
fifteen such questions. What comes out is SQLAlchemy's own result with the same rows. Whatever is not plainly a question
with named parameters, and everything for a server, goes the usual way.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Delete,
    Executable,
    Insert,
    LargeBinary,
    Result,
    Select,
    Update,
    create_engine,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.sql.visitors import iterate
from sqlcipher3 import dbapi2

from pulse_desktop.storage.engine import check_thread
from pulse_desktop.storage.fixed import Fixed

_Convert = Callable[[Any], Any]
_Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete


@dataclass(frozen=True, slots=True)
class Prepared:
    """One statement with the names of the values it is given."""

    sql: str
    values: tuple[tuple[str | None, _Convert | None, Any], ...]
    """For each question mark: the name of its value and how it is stored, or no name and the stored value itself."""
    rows: SimpleResultMetaData
    """Names of the columns and what their values become."""

    def ask(self, connection: Connection, given: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
        """Its rows; the transaction begins here if it has not."""
        cursor = _cursor(connection)
        cursor.execute(self.sql, self._stored(given))
        found = cursor.fetchall()
        cursor.close()
        return IteratorResult(self.rows, iter(found))

    def write_all(self, connection: Connection, given: Sequence[Mapping[str, Any]]) -> None:
        """Carries it out with each of `given`."""
        cursor = _cursor(connection)
        cursor.executemany(self.sql, [self._stored(each) for each in given])
        cursor.close()

    def _stored(self, given: Mapping[str, Any]) -> list[Any]:
        return [
            stored if name is None else given[name] if convert is None else convert(given[name]) for name, convert, stored in self.values
        ]


def ask(connection: Connection, statement: Executable, given: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
    """Rows of a statement, by the shortest way there is for it."""
    prepared = _prepared(connection, statement, given)
    if prepared is None or not prepared.rows.keys:
        return connection.execute(statement, given)
    return prepared.ask(connection, given)


def write_all(connection: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows that are all given the same values by name."""
    prepared = _prepared(connection, statement, rows[0])
    if prepared is None:
        connection.execute(statement, rows)
    else:
        prepared.write_all(connection, rows)


def get_ready(packages: str) -> None:
    """Prepares every question that a module whose name begins so keeps as a constant, alone or with others: half of a first look is compiling.

    For a clinic in a file. What a mapping needs must be loaded.
    """
    dialect = create_engine("sqlite://", module=dbapi2).dialect
    modules = [module for name, module in tuple(sys.modules.items()) if name.startswith(packages)]
    constants = (value for module in modules for value in tuple(vars(module).values()))
    several = (value if isinstance(value, tuple) else (value,) for value in constants)
    for statement in (each for values in several for each in values if isinstance(each, Select)):
        if not _FORMS.get(statement):
            names = frozenset(bind.key for bind in iterate(statement) if isinstance(bind, BindParameter) and bind.required)
            _FORMS[statement] = {names: _form(dialect, statement, names)}


def _cursor(connection: Connection) -> Any:
    check_thread()
    if not connection.in_transaction():
        connection.begin()
    return Fixed.cursor(connection)


_SPREAD = re.compile(r"__\[POSTCOMPILE_\w+\]")
_Forms = dict[frozenset[str], Prepared | None]
_FORMS: WeakKeyDictionary[Executable, _Forms] = WeakKeyDictionary()
"""Of statements asked at least once: their forms by the names of the values given, None where there is no short way."""


def _prepared(connection: Connection, statement: Executable, given: Mapping[str, Any]) -> Prepared | None:
    """None at the first time: most statements asked once are made for that one time, and compiled by their kind."""
    dialect = connection.dialect
    if dialect.name != "sqlite" or not isinstance(statement, _Statement):
        return None
    forms, names = _FORMS.get(statement), frozenset(given)
    if forms is None:
        _FORMS[statement] = {}
        return None
    if names not in forms:
        forms[names] = _form(dialect, statement, names)
    return forms[names]


def _form(dialect: Dialect, statement: _Statement, names: frozenset[str]) -> Prepared | None:
    if statement.get_execution_options():
        return None
    compiled = statement.compile(dialect=dialect, column_keys=sorted(names))
    columns = compiled._result_columns  # noqa: SLF001 - the only place where the types of the columns stand
    if not _is_plain(compiled) or len({column.keyname for column in columns}) != len(columns):
        return None
    filled = {str(column.key): default.arg for column in compiled.insert_prefetch if (default := _default(column)) is not None}
    places = [_place(dialect, compiled.binds[name], names, filled) for name in compiled.positiontup or ()]
    converts = [column.type._cached_result_processor(dialect, None) for column in columns]  # noqa: SLF001 - as above
    rows = SimpleResultMetaData([column.keyname for column in columns], _processors=converts)
    return Prepared(_SPREAD.sub("SELECT value FROM json_each(?)", str(compiled)), tuple(places), rows)


def _is_plain(compiled: SQLCompiler) -> bool:
    """Nothing is left to do at the time of asking but to hand over the values."""
    made = compiled.update_prefetch or any(_default(column) is None for column in compiled.insert_prefetch)
    needed = [compiled.binds[name] for name in compiled.positiontup or ()]
    no_text = any(bind.expanding and isinstance(bind.type, LargeBinary) for bind in needed)
    return not (made or no_text or compiled.literal_execute_params or any(bind.callable for bind in needed))


def _default(column: Column[Any]) -> ScalarElementColumnDefault | None:
    """What a new row has where nothing is given, if that is always the same."""
    found = column.default
    return found if isinstance(found, ScalarElementColumnDefault) else None


def _place(
    dialect: Dialect, bind: BindParameter[Any], names: frozenset[str], filled: Mapping[str, Any]
) -> tuple[str | None, _Convert | None, Any]:
    convert = cast("_Convert | None", bind.type._cached_bind_processor(dialect))  # noqa: SLF001 - as above
    if bind.expanding:
        convert = partial(_listed, convert)
    if bind.key in names:
        return bind.key, convert, None
    if bind.required and bind.key not in filled:
        message = f"no value for {bind.key}"
        raise TypeError(message)
    value = filled.get(bind.key, bind.value)
    return None, None, value if convert is None else convert(value)


def _listed(convert: _Convert | None, values: Iterable[Any]) -> str:
    """A list is handed over as one value, however long it is."""
    return json.dumps(list(values if convert is None else map(convert, values)))
