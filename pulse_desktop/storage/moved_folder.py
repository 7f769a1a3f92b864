"""A seat's folder when its clinic moves: which of the two is used changes at one moment, and a cut is carried to its end.

To a server the moment is the name `server.json`. To a file it is the server's COMMIT, after which it lets nobody write;
the finished file lies ready by then and only its name is missing, which this seat gives it as soon as it hears so.
What was used before is set aside under a name of its own and never deleted.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.durable import sync_folder, write_file
from pulse_desktop.storage.folder_lock import FolderLock
from pulse_desktop.storage.server_file import SERVER, ServerFile, is_on_server, write_server_file

DATABASE = "clinic.db"
ARRIVING = DATABASE + ".arriving"
_MOVING = "moving.json"
_JOURNALS = ("-wal", "-shm")


def switch_to_server(folder: Path, ways: ServerFile, time: str) -> Path:
    """The clinic is on the server from now on; where its file is kept. The caller holds the folder, and nobody the file."""
    aside = _unused(folder, f"{DATABASE}.moved-{time}")
    write_file(folder / _MOVING, canonical({"aside": aside.name}))
    write_server_file(folder, ways)
    _set_file_aside(folder)
    return aside


def finish_switch(folder: Path) -> None:
    """Sets the file aside that a switch to the server left in place when it was cut off. Does nothing while another holds the folder."""
    if not (folder / _MOVING).is_file() or "aside" not in _told(folder):
        return
    try:
        lock = FolderLock.take(folder)
    except Refusal:
        return  # it is being done at this moment
    try:
        _set_file_aside(folder)
    finally:
        lock.release()


def be_ready_for_file(folder: Path, token: str) -> None:
    """The finished file lies in the folder, durable; the server is about to be told this token."""
    write_file(folder / _MOVING, canonical({"token": token}))


def switch_to_file(folder: Path, token: str, time: str) -> Path | None:
    """The server has moved away under this token: the file that lies ready takes its name. None: it does not lie here.

    May be repeated after a cut. The caller holds the folder. Returns where the way to the server is kept.
    """
    if _told(folder).get("token") != token:
        return None
    if (folder / ARRIVING).is_file():
        if (folder / DATABASE).is_file():
            _aside(folder, _unused(folder, f"{DATABASE}.before-{time}"))
        (folder / ARRIVING).rename(folder / DATABASE)
        sync_folder(folder)
    aside = _unused(folder, f"{SERVER}.moved-{time}")
    if is_on_server(folder):
        (folder / SERVER).rename(aside)
        sync_folder(folder)
    (folder / _MOVING).unlink()
    return aside


def has_arrived(folder: Path, told: Refusal, now: datetime) -> bool:
    """Whether the server refused since the clinic moved to this very folder; then the file that lies ready is in use now."""
    if told.key != "clinic_moved" or _told(folder).get("token") != told.details.get("token"):
        return False
    lock = FolderLock.take(folder)
    try:
        return switch_to_file(folder, str(told.details["token"]), f"{now:%Y-%m-%d-%H%M%S}") is not None
    finally:
        lock.release()


def clear_arriving(folder: Path) -> None:
    """Removes what an attempt left that never came to the moment."""
    for name in (_MOVING, *(ARRIVING + ending for ending in ("", *_JOURNALS))):
        (folder / name).unlink(missing_ok=True)


def _set_file_aside(folder: Path) -> None:
    """Does nothing but forget the intention when the moment was not reached."""
    if is_on_server(folder) and (folder / DATABASE).exists():
        _aside(folder, folder / str(_told(folder)["aside"]))
    (folder / _MOVING).unlink(missing_ok=True)


def _aside(folder: Path, aside: Path) -> None:
    """The journals first: without them in place the file is still whole, since nobody wrote after the last checkpoint."""
    for ending in (*_JOURNALS, ""):
        with suppress(FileNotFoundError):
            (folder / (DATABASE + ending)).rename(aside.with_name(aside.name + ending))
    aside.chmod(0o400)
    sync_folder(folder)


def _told(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _MOVING).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _unused(folder: Path, name: str) -> Path:
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return folder / next(one for one in names if not (folder / one).exists())
