"""One process per clinic folder, held by the operating system, so that it ends with the process however it dies."""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences

LOCK = "pulse.lock"
_NETWORK = frozenset(
    "nfs nfs4 cifs smb smbfs smb3 afs ceph glusterfs fuse.sshfs fuse.rclone fuse.davfs davfs fuse.gvfsd-fuse fuse.s3fs ncpfs".split()
)
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud", "box sync", "pcloud")
_WINDOWS_REMOTE = 4
# Windows locks bytes, not files: one far behind the text, so that the text stays readable.
_LOCKED_BYTE = 1 << 30

register_sentences(
    {
        "clinic_in_use": N_(
            "This clinic is open already, since {since} by {person} on {seat}. Nothing was changed. Close it there, then try again."
        ),
        "folder_on_network": N_(
            "This folder is on a network drive, where the clinic's file could be damaged. Nothing was changed. Choose a folder on this computer."
        ),
        "folder_synced": N_(
            "This folder is copied by {service}, which could damage the clinic's file. Nothing was changed. Choose a folder that is not synchronised."
        ),
        "folder_unwritable": N_("The program may not write into this folder. Nothing was changed. Choose another folder or ask for the right."),
    }
)


class FolderLock:
    """Held from `take` to `release` or to the end of the process."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def take(cls, folder: Path) -> FolderLock:
        """Takes the folder; raises Refusal("clinic_in_use") saying who holds it."""
        try:
            file = (folder / LOCK).open("a+b")
        except OSError:
            raise Refusal("folder_unwritable") from None
        try:
            _lock(file)
        except OSError:
            held = _holder(file)
            file.close()
            raise Refusal("clinic_in_use", **held) from None
        file.seek(0)
        file.truncate()
        file.write(json.dumps(_ourselves()).encode())
        file.flush()
        return cls(file)

    def release(self) -> None:
        """Lets the folder go. The file stays: removing it would race with the next to come."""
        if not self._file.closed:
            self._file.close()


def check_folder(folder: Path, mounts: str | None = None) -> None:
    """Refuses folders in which SQLite's locks do not hold or a second program writes."""
    path = str(folder.absolute())
    for service in _SYNCED:
        if any(service in part.casefold() for part in folder.absolute().parts):
            raise Refusal("folder_synced", service=service.title())
    if _is_remote(path, mounts):
        raise Refusal("folder_on_network")


def _is_remote(path: str, mounts: str | None) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        drive = Path(path).anchor
        return path.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE
    if mounts is None:
        with suppress(OSError):
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    return _file_system(os.path.realpath(path), mounts or "") in _NETWORK


def _file_system(path: str, mounts: str) -> str:
    """The kind of file system that holds `path`: that of the longest mount point above it."""
    found, kind = "", ""
    for line in mounts.splitlines():
        _, point, system, *_ = [*line.split(), "", "", ""]
        point = point.replace("\\040", " ")
        if len(point) >= len(found) and (path == point or path.startswith(point.rstrip("/") + "/")):
            found, kind = point, system
    return kind


def _ourselves() -> dict[str, str]:
    try:
        person = getpass.getuser()
    except (KeyError, OSError):
        person = "?"
    return {"seat": socket.gethostname(), "person": person, "since": datetime.now().astimezone().strftime("%H:%M, %b %d")}


def _holder(file: IO[bytes]) -> dict[str, str]:
    unknown = {"seat": "?", "person": "?", "since": "?"}
    try:
        file.seek(0)
        told = json.loads(file.read(2000))
    except (OSError, ValueError):
        return unknown
    return {name: str(told.get(name, "?"))[:80] for name in unknown} if isinstance(told, dict) else unknown


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
