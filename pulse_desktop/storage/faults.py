"""The one place where errors lose what they must not carry: no patient's data leaves in an exception or a log.

Database drivers, and any code that formats a value into a message, leak names. So whatever is not a Problem already
is replaced by a Problem without data or by a Mistake that holds kinds and places only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Outdated, Problem, Trouble
from pulse_desktop.storage.engine import OnForbiddenThread
from pulse_desktop.storage.guards import answer_for, guard_in
from pulse_desktop.storage.server_faults import is_of_server, said, trouble_in

_TROUBLES = (
    ("database or disk is full", "disk_full"),
    ("disk I/O error", "disk_trouble"),
    ("unable to open database file", "disk_trouble"),
    ("attempt to write a readonly database", "disk_trouble"),
    ("database is locked", "busy"),
    ("not a database", "file_damaged"),
    ("malformed", "file_damaged"),
)
R = TypeVar("R")
_STALE_TABLE = re.compile(r"on table '(\w+)'")


class Mistake(Exception):
    """Our own error: what kind and where, without any value. Nothing was written."""

    def __init__(self, kind: str, places: tuple[str, ...]) -> None:
        super().__init__(f"{kind} at {' < '.join(reversed(places[-6:]))}")
        self.kind = kind
        self.places = places


def cleaned(error: BaseException) -> Problem | Mistake | OnForbiddenThread:
    """What may be shown and logged in place of `error`. Raise it outside the except block, so nothing clings to it."""
    clean: Problem | Mistake | OnForbiddenThread
    if isinstance(error, Mistake | OnForbiddenThread):
        clean = error
    else:
        clean = _problem_in(error) or Mistake(_kind_of(error), _places(error))
    shown = sys.flags.dev_mode and clean is not error  # python -X dev: the developer sees the original
    clean.__context__, clean.__cause__ = None, error if shown else None
    return clean


def cleanly(work: Callable[[], R]) -> R:
    """Does the work; whatever comes out is a Problem or a Mistake, raised where nothing of the original clings to it.

    (A context manager could not: Python chains what is raised while it exits.)
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - one of the four places: nothing raw may pass
        clean = cleaned(error)
    raise clean


def _problem_in(error: BaseException) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, StaleDataError):
        found = _STALE_TABLE.search(str(error))
        return Outdated(found.group(1) if found else "", 0)
    message = _database_message(error)
    return None if message is None else answer_for(message) or trouble_in(_driver_error(error)) or _trouble(message)


def _driver_error(error: BaseException) -> BaseException:
    """What the driver raised, whether SQLAlchemy wrapped it or not."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _database_message(error: BaseException) -> str | None:
    """What the driver said, without values of rows; None when it is no database error."""
    driver = _driver_error(error)
    if is_of_server(driver):
        return said(driver)
    return str(driver) if isinstance(error, DBAPIError) or isinstance(driver, dbapi2.Error) else None


def _trouble(message: str) -> Trouble | None:
    return next((Trouble(key) for part, key in _TROUBLES if part in message), None)


def _kind_of(error: BaseException) -> str:
    """The class, and for a database error which guard or what sort of constraint: schema words, never values."""
    name, message = type(error).__name__, _database_message(error)
    if message is None:
        return name
    driver = _driver_error(error)
    told = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or "database"
    return f"{name} ({guard_in(message) or told})"


def _places(error: BaseException) -> tuple[str, ...]:
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    ours = [(code, line) for code, line in frames if "site-packages" not in code.co_filename] or frames
    return tuple(f"{Path(code.co_filename).name}:{line} {code.co_name}" for code, line in ours)
