"""Puts a restored clinic in place of the one in a folder, so that a kill at any moment leaves one of them whole.

A rename of several files cannot be atomic, the rename of one folder is: the restored files are made ready in a folder
inside the clinic's own, and the moment that folder gets the name `restore-ready-…` decides. Before it the old clinic
is untouched; from then on whoever comes to the folder first carries the swap to its end, in steps that may be
repeated. The former files are moved into `before-restore-…` and kept.
"""

from __future__ import annotations

from pathlib import Path

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage.durable import sync_folder
from pulse_desktop.storage.folder_lock import FolderLock

_READY = "restore-ready-"
_ASIDE = "before-restore-"
_DATABASE = "clinic.db"
_JOURNALS = (_DATABASE + "-wal", _DATABASE + "-shm")


def put_in_place(folder: Path, prepared: Path, time: str) -> Path | None:
    """Decides for the files in `prepared` (durable, in `folder`) and swaps them in; where the former ones are kept.

    The caller holds the folder. None: there was nothing to keep.
    """
    ready = folder / (_READY + time)
    prepared.rename(ready)
    sync_folder(folder)
    _swap(folder, ready)
    aside = folder / (_ASIDE + time)
    return aside if aside.is_dir() else None


def finish_restore(folder: Path) -> None:
    """Carries a restore to its end that was cut off after it was decided. Does nothing while another program holds the folder."""
    if not any(folder.glob(_READY + "*")):
        return
    try:
        lock = FolderLock.take(folder)
    except Refusal:
        return  # it is being carried out at this moment
    try:
        for ready in sorted(folder.glob(_READY + "*")):
            _swap(folder, ready)
    finally:
        lock.release()


def _swap(folder: Path, ready: Path) -> None:
    """The database goes last and its journal before it, or the old journal would be played into the new file."""
    aside = folder / (_ASIDE + ready.name.removeprefix(_READY))
    if (ready / _DATABASE).exists():
        for name in _JOURNALS:
            _keep(folder / name, aside)
    for new in sorted(ready.iterdir(), key=lambda path: path.name == _DATABASE):
        _keep(folder / new.name, aside)
        new.rename(folder / new.name)
        sync_folder(folder)
    ready.rmdir()
    sync_folder(folder)


def _keep(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        path.rename(aside / path.name)
        sync_folder(aside)
