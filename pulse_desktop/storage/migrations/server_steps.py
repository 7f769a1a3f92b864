"""Carries the steps out on a server, by its administrator in the keeper's place: in one transaction, proved before COMMIT.

People's logins may not change tables, so no seat does this by itself. Several that try at once wait for the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine

from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import Mistake, cleanly
from pulse_desktop.storage.migrations import head, known_versions
from pulse_desktop.storage.migrations.steps import StepFailed
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.postgres_guards import drop_guards, remake_guards
from pulse_desktop.storage.postgres_logins import check_database_name, give_rights, unveil
from pulse_desktop.storage.postgres_schema import declared_shape, keep_shape, shape_of, version_of
from pulse_desktop.storage.schema import differences
from pulse_desktop.storage.server_making import as_keeper

_OF_LOGINS = "clinic_"  # functions and triggers of postgres_logins, which the declared tables do not know
_OUR_TRIGGERS = ("own_name", "logins_follow")

register_sentences(
    {
        "server_update_failed": N_(
            "The clinic's database could not be brought to this version. It is as it was; nothing was lost. Keep using the former version and send the report."
        ),
    }
)


def migrate_server(admin: Mapping[str, Any], database: str) -> bool:
    """Brings a clinic's database to `head()`; False when it was there already.

    Raises Refusal("clinic_foreign" | "clinic_newer") and Trouble("server_update_failed"); then nothing was changed.
    """
    engine = open_server_engine(as_keeper(admin, check_database_name(database)), pool_size=1)
    try:
        return cleanly(lambda: _migrated(engine, database))
    except Mistake:
        failed = Trouble("server_update_failed")
    finally:
        engine.dispose()
    raise failed


def _migrated(engine: Engine, database: str) -> bool:
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('pulse update'))")
        version = version_of(connection)
        if version == head():
            return False
        if version is None or (version < head() and version not in known_versions()):
            raise Refusal("clinic_foreign")
        if version > head():
            raise Refusal("clinic_newer")
        unveil(connection)
        _step(connection)
        give_rights(connection, database)
        _prove(connection)
        keep_shape(connection)
    return True


def _step(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - 0.4 s that only an update pays

    from pulse_desktop.storage.migrations.settings import alembic_on  # noqa: PLC0415 - as above

    drop_guards(connection)
    command.upgrade(alembic_on(connection), "head")
    remake_guards(connection)


def _prove(connection: Connection) -> None:
    found = {name: told for name, told in shape_of(connection).items() if not _is_of_logins(name)}
    if wrong := differences(found, declared_shape(connection)):
        raise StepFailed("; ".join(wrong))


def _is_of_logins(name: str) -> bool:
    return _OF_LOGINS in name or name.endswith(_OUR_TRIGGERS)
