"""Makes an empty clinic database on a server, by its administrator: groups, tables, guards, seals and rights, and no rows.

Who founds a clinic there, or moves one there, writes the rows as the keeper and then lets the people in
(`server_people.let_in`). Nothing is left behind when it fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.grants import KEEPER, PEOPLE, RECEPTION, group
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.postgres_logins import check_database_name, make_groups, make_logins
from pulse_desktop.storage.postgres_schema import keep_shape, make_schema

# What can be set for one database is set there, so that no other database of the server is touched. Errors of a clinic's
# sessions are not logged at all, since the server would quote what was typed; the program tells its own mistakes.
QUIET: Mapping[str, str] = {
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_lock_waits": "off",
    "log_duration": "off",
    "synchronous_commit": "on",
}
_AS_KEEPER = "-c statement_timeout=0 -c lock_timeout=30s -c idle_in_transaction_session_timeout=0"
_FIXED_COLLATION = "SELECT count(*) FROM pg_collation WHERE collname IN ('C.utf8', 'C.UTF-8') AND collprovider = 'c'"

register_sentences(
    {
        "database_exists": N_("The server has a database or people of a clinic by this name already. Nothing was made. Choose another name."),
        "not_administrator": N_("This login may not make databases and people on the server. Nothing was made. Sign in as its administrator (usually postgres)."),
    }
)


def make_clinic_database(admin: Mapping[str, Any], database: str) -> Mapping[str, Any]:
    """Makes the database; returns how its keeper reaches it (libpq's words, as `admin`, for `open_server_engine`).

    `admin` reaches any database of the server as a superuser. Raises Refusal("database_name_unfit" | "database_exists" |
    "not_administrator") and Trouble.
    """
    check_database_name(database)
    engine = open_server_engine({**admin, "options": _AS_KEEPER}, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    try:
        return cleanly(lambda: _made(engine, admin, database))
    finally:
        engine.dispose()


def as_keeper(admin: Mapping[str, Any], database: str) -> Mapping[str, Any]:
    """How an administrator reaches a clinic's database in the keeper's place."""
    return {**admin, "dbname": database, "options": f"{_AS_KEEPER} -c role={group(database, KEEPER)}"}


def unmake_clinic_database(admin: Mapping[str, Any], database: str) -> None:
    """Takes back what was made a moment ago and never held anything."""
    check_database_name(database)
    engine = open_server_engine({**admin, "options": _AS_KEEPER}, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    try:
        cleanly(lambda: _unmade(engine, database))
    finally:
        engine.dispose()


def _made(engine: Engine, admin: Mapping[str, Any], database: str) -> Mapping[str, Any]:
    with engine.connect() as connection:
        _check(connection, database)
        try:
            make_groups(connection, database)
            _make_database(connection, database)
            where = as_keeper(admin, database)
            _fill(where, database)
        except BaseException:
            _unmake(connection, database)
            raise
    return where


def _check(connection: Connection, database: str) -> None:
    if not connection.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").scalar_one():
        raise Refusal("not_administrator")
    known = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s) OR EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"
    if connection.exec_driver_sql(known, (database, group(database, KEEPER))).scalar_one():
        raise Refusal("database_exists")


def _make_database(connection: Connection, database: str) -> None:
    locale = "C.UTF-8" if connection.exec_driver_sql(_FIXED_COLLATION).scalar_one() else "C"
    owner = group(database, KEEPER)
    connection.exec_driver_sql(f"CREATE DATABASE \"{database}\" OWNER \"{owner}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE '{locale}'")
    connection.exec_driver_sql(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
    connection.exec_driver_sql(f'GRANT CONNECT ON DATABASE "{database}" TO "{group(database, PEOPLE)}"')
    for name, value in QUIET.items():
        connection.exec_driver_sql(f"ALTER DATABASE \"{database}\" SET {name} = '{value}'")


def _fill(where: Mapping[str, Any], database: str) -> None:
    engine = open_server_engine(where, pool_size=1)
    try:
        with writing(engine).begin() as connection:
            make_schema(connection)
            make_logins(connection, database)
            keep_shape(connection)
    finally:
        engine.dispose()


def _unmade(engine: Engine, database: str) -> None:
    with engine.connect() as connection:
        _unmake(connection, database)


def _unmake(connection: Connection, database: str) -> None:
    """The database first, since rights in it hang on the roles."""
    connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    logins = "SELECT rolname FROM pg_roles WHERE rolname ~ %s"
    for login in connection.exec_driver_sql(logins, (f"^{database}_[0-9a-f]{{32}}$",)).scalars().all():
        connection.exec_driver_sql(f'DROP ROLE "{login}"')
    for ending in (PEOPLE, RECEPTION, *Role, KEEPER):
        connection.exec_driver_sql(f'DROP ROLE IF EXISTS "{group(database, ending)}"')
