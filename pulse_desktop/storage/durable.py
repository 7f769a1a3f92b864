"""Files and renames that are still there after a power cut."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

_one_at_a_time = Lock()  # what a seat hears and what it does itself may want to write the same file


def write_file(path: Path, content: bytes) -> None:
    """Puts a file in place for good: temporary file, fsync, rename, fsync of the folder."""
    beside = path.with_name(path.name + ".new")
    with _one_at_a_time:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in `folder` durable. Windows has no such call and needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Makes the content of a file that something else has written durable."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
