"""What a PostgreSQL server's errors mean, read from codes and names of the schema, never from DETAIL, which quotes rows.

The driver's errors are recognised by their shape, so that nothing here loads the driver.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Table, UniqueConstraint

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.tables import Base

_UNIQUE, _EXCLUDED = "23505", "23P01"
_TROUBLES = (
    ("08", "server_gone"),  # connection exceptions
    ("57P", "server_gone"),  # the server shuts down, starts or ended us
    ("25P03", "server_gone"),  # we were idle within a transaction
    ("53300", "server_gone"),  # too many connections
    ("28", "server_refuses"),  # no such role, wrong password
    ("3D000", "server_refuses"),
    ("42501", "server_refuses"),  # no right to do this
    ("53100", "server_full"),
    ("55P03", "server_busy"),  # a lock was not to be had
    ("57014", "server_busy"),  # took longer than allowed
    ("40", "server_busy"),  # deadlock, serialization
)

_UNTRUSTED = ("certificate", "SSL error:", "does not support SSL", "channel binding", "authentication method requirement")
_LATER = ("starting up", "shutting down", "recovery mode", "not yet accepting", "too many clients", "connection slots")

register_sentences(
    {
        "server_gone": N_(
            "The clinic's server does not answer. Nothing was changed just now and what was saved before is safe. "
            "What you typed stays here: try again once the server answers."
        ),
        "server_untrusted": N_(
            "What answered is not proved to be the clinic's server, so nothing was sent to it. Nothing was changed. Ask whoever looks after the server whether its certificate or its name was changed."
        ),
        "server_unsure": N_(
            "The clinic's server stopped answering while this was being saved. Whether it was saved shows once the server answers; "
            "sending it again then never does it twice."
        ),
        "server_busy": N_("Another seat is in the middle of changing the same. Nothing was changed just now. Try again in a moment."),
        "server_refuses": N_("The clinic's server does not let this computer in. Nothing was changed. Ask whoever looks after the server."),
        "server_full": N_("The server's disk is full. Nothing was changed. Ask whoever looks after the server to make room, then try again."),
    }
)


def is_of_server(error: BaseException) -> bool:
    """Whether the PostgreSQL driver raised this."""
    return hasattr(error, "sqlstate") and hasattr(error, "diag")


def said(error: Any) -> str:
    """The guard or constraint that refused, in the words SQLite uses; otherwise the code alone."""
    diag = error.diag
    if error.sqlstate == _UNIQUE:
        columns = _columns_of(diag.table_name or "", diag.constraint_name or "")
        return "UNIQUE constraint failed: " + ", ".join(f"{diag.table_name}.{name}" for name in columns)
    if error.sqlstate == _EXCLUDED:
        return str(diag.constraint_name)
    told = diag.message_primary or ""
    return told if told.startswith("guard:") else f"server error {error.sqlstate}"


def trouble_in(error: Any) -> Trouble | None:
    """Trouble with the server, if it is that; an error without a code is a connection that broke or never was."""
    if not is_of_server(error):
        return None
    if error.sqlstate is None:
        return Trouble(_unreached(str(error))) if type(error).__name__ == "OperationalError" else None
    return next((Trouble(key) for code, key in _TROUBLES if error.sqlstate.startswith(code)), None)


def _unreached(told: str) -> str:
    """Why there is no connection. While one is made neither libpq nor the driver gives a code, so its words are read.

    The server's own words follow a severity and two blanks ("FATAL:  ..."), whatever language it speaks.
    """
    if "connection to server" not in told:
        return "server_gone"
    if any(words in told for words in _UNTRUSTED):
        return "server_untrusted"
    is_answer = re.search(r"failed: \S+:  ", told) is not None
    return "server_refuses" if is_answer and not any(words in told for words in _LATER) else "server_gone"


def _columns_of(table_name: str, constraint: str) -> tuple[str, ...]:
    """The columns of a unique constraint or index of a declared table, by the name the server knows it by."""
    table = Base.metadata.tables.get(table_name)
    if table is None:
        return ()
    for name, columns in _unique_in(table):
        if name == constraint:
            return columns
    return ()


def _unique_in(table: Table) -> list[tuple[str, tuple[str, ...]]]:
    found = [(f"pk_{table.name}", tuple(table.primary_key.columns.keys()))]
    found += [(str(item.name), tuple(item.columns.keys())) for item in table.constraints if isinstance(item, UniqueConstraint)]
    found += [(str(item.name), tuple(item.columns.keys())) for item in table.indexes if item.unique]
    return found
