"""Is a server fit for a clinic? Asked before anything is made there, and answered in sentences with what to do.

What can be set for one database, `server_making` sets itself; here is what only the server's own files can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.postgres_engine import open_server_engine

OLDEST = 150_000
_LOGGED = "auto_explain"
_SETTINGS = "SELECT name, setting FROM pg_settings"
_OPEN_RULES = """
SELECT count(*) FILTER (WHERE type <> 'local' AND (type <> 'hostssl' OR auth_method NOT IN ('scram-sha-256', 'cert', 'reject'))),
       count(*) FILTER (WHERE type = 'local' AND auth_method = 'trust')
FROM pg_hba_file_rules WHERE error IS NULL AND NOT ('replication' = ANY(database))
"""

register_sentences(
    {
        "server_too_old": N_("The server is PostgreSQL {version}; the program needs 15 or newer. Install a newer one."),
        "server_setting": N_("The server's setting {name} is {found}. Put the line “{name} = {wanted}” into postgresql.conf and restart the server."),
        "server_checksums": N_(
            "The server keeps no checksums of its pages, so damage on its disk would go unnoticed. Stop it, run “pg_checksums --enable -D” with its data folder, and start it again."
        ),
        "server_doors": N_(
            "{count} lines of pg_hba.conf let somebody in without encryption or without SCRAM. Make each host line a hostssl line ending in scram-sha-256, and reload the server."
        ),
        "server_back_door": N_(
            "{count} local lines of pg_hba.conf let every account of the server's computer in as anybody (trust). Write peer or scram-sha-256 instead, and reload the server."
        ),
        "server_explains": N_("The module {name} writes values of statements into the server's log. Take it out of shared_preload_libraries and restart the server."),
    }
)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing about the server: the key of its sentence and what fills it. `must`: no clinic is made before it is done."""

    key: str
    details: Mapping[str, object]
    must: bool = True


WANTED: Mapping[str, str] = {"ssl": "on", "fsync": "on", "full_page_writes": "on", "password_encryption": "scram-sha-256"}


def look_at_server(admin: Mapping[str, Any]) -> tuple[Advice, ...]:
    """What is to be done on the server, most important first; empty when it is fit. Raises Trouble when it is not reached."""
    engine = open_server_engine(admin, pool_size=1)
    try:
        return cleanly(lambda: _looked(engine.connect()))
    finally:
        engine.dispose()


def advice_for(settings: Mapping[str, str], open_rules: int, trusted: int) -> Iterator[Advice]:
    """What follows from the server's settings and its rules for who gets in."""
    if int(settings["server_version_num"]) < OLDEST:
        yield Advice("server_too_old", {"version": settings["server_version"]})
    for name, wanted in WANTED.items():
        if settings[name] != wanted:
            yield Advice("server_setting", {"name": name, "found": settings[name], "wanted": wanted})
    if settings["data_checksums"] != "on":
        yield Advice("server_checksums", {})
    if open_rules:
        yield Advice("server_doors", {"count": open_rules})
    if _LOGGED in settings["shared_preload_libraries"]:
        yield Advice("server_explains", {"name": _LOGGED})
    if trusted:
        yield Advice("server_back_door", {"count": trusted}, must=False)


def _looked(connection: Connection) -> tuple[Advice, ...]:
    with connection:
        settings = {name: setting for name, setting in connection.exec_driver_sql(_SETTINGS).all()}  # noqa: C416 - rows
        open_rules, trusted = connection.exec_driver_sql(_OPEN_RULES).one()
    return tuple(advice_for(settings, open_rules, trusted))
