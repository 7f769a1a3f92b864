"""Stands between the encrypted database and the disk: records every write, sync and truncation, and can make them fail.

It hooks the file layer (VFS) of the very SQLCipher library the program ships, through ctypes: no compiler, no copy of
SQLite that could behave otherwise. From the record, `PowerCut` builds what a disk may hold after the current failed:
all that was synced, and of the rest any subset of 512-byte sectors, in any order.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import _sqlite3 as library  # type: ignore[attr-defined, unused-ignore]

SECTOR = 512
FULL, IO_WRITE, IO_SYNC = 13, 778, 1034  # SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC

_Pointer = ctypes.c_void_p
_Open = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_char_p, _Pointer, ctypes.c_int, _Pointer)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, _Pointer, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int), ("file_size", ctypes.c_int), ("longest_path", ctypes.c_int), ("next", _Pointer),
        ("name", ctypes.c_char_p), ("data", _Pointer), ("open", _Pointer),
    )  # fmt: skip


class _Methods(ctypes.Structure):
    """sqlite3_io_methods: version, then one pointer a method."""

    _fields_ = (
        ("version", ctypes.c_int), ("close", _Pointer), ("read", _Pointer), ("write", _Pointer), ("truncate", _Pointer),
        ("sync", _Pointer), ("rest", _Pointer * 14),
    )  # fmt: skip


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the database asked of the disk: a write, truncate (offset is the size), sync, or our own mark."""

    kind: str
    file: str = ""
    offset: int = 0
    content: bytes = b""


@dataclass
class RecordedDisk:
    """What was asked of the disk; `fails` may answer an operation with an SQLite error code instead of doing it."""

    operations: list[Operation] = field(default_factory=list)
    fails: Callable[[Operation], int | None] | None = None
    _names: dict[int, str] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)

    def mark(self, kind: str) -> None:
        """Notes that something happened outside, such as a save being acknowledged."""
        self.operations.append(Operation(kind))

    def _asked(self, operation: Operation) -> int | None:
        self.operations.append(operation)
        return self.fails(operation) if self.fails is not None else None

    def _hook(self, file: int, name: str) -> None:
        """Gives one open file methods that record and then do what the original methods do."""
        handle = ctypes.cast(file, ctypes.POINTER(_File)).contents
        original = handle.methods.contents
        ours = _Methods.from_buffer_copy(original)
        write, truncate, sync = _Write(original.write), _Truncate(original.truncate), _Sync(original.sync)

        def on_write(where: int, content: int, size: int, offset: int) -> int:
            told = self._asked(Operation("write", name, offset, ctypes.string_at(content, size)))
            return int(write(where, content, size, offset)) if told is None else told

        def on_truncate(where: int, size: int) -> int:
            told = self._asked(Operation("truncate", name, size))
            return int(truncate(where, size)) if told is None else told

        def on_sync(where: int, flags: int) -> int:
            told = self._asked(Operation("sync", name))
            return int(sync(where, flags)) if told is None else told

        callbacks = (_Write(on_write), _Truncate(on_truncate), _Sync(on_sync))
        ours.write, ours.truncate, ours.sync = (ctypes.cast(callback, _Pointer).value for callback in callbacks)
        self._kept += [ours, callbacks, original]
        handle.methods = ctypes.pointer(ours)


@contextmanager
def recorded_disk() -> Iterator[RecordedDisk]:
    """Every database file opened inside is recorded. Close them all before leaving."""
    driver = ctypes.CDLL(library.__file__)
    driver.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = driver.sqlite3_vfs_find(None).contents
    assert vfs.name == b"unix"
    before = vfs.open
    really_open = _Open(before)
    disk = RecordedDisk()

    def on_open(self_: int, name: bytes | None, file: int, flags: int, out: int) -> int:
        told = int(really_open(self_, name, file, flags, out))
        if told == 0 and name:
            disk._hook(file, Path(name.decode()).name)
        return told

    callback = _Open(on_open)
    vfs.open = ctypes.cast(callback, _Pointer).value
    try:
        yield disk
    finally:
        vfs.open = before


class PowerCut:
    """What the disk may hold when the current fails after a number of operations."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self._synced = {name: bytearray(content) for name, content in before.items()}
        self._waiting: dict[str, list[Operation]] = {}

    def happened(self, operation: Operation) -> None:
        """Goes on by one operation. A sync makes durable all that waits for its file."""
        if operation.kind in {"write", "truncate"}:
            self._waiting.setdefault(operation.file, []).append(operation)
        elif operation.kind == "sync":
            content = self._synced.setdefault(operation.file, bytearray())
            for waiting in self._waiting.pop(operation.file, []):
                _apply(content, waiting)

    def left(self, chance: random.Random) -> dict[str, bytes]:
        """One thing the disk may hold now: of what was not synced, some sectors, in some order."""
        names = self._synced.keys() | self._waiting.keys()
        found = {}
        for name in names:
            content = bytearray(self._synced.get(name, b""))
            pieces = [piece for operation in self._waiting.get(name, []) for piece in _sectors(operation)]
            share = chance.choice((0.0, 0.5, 0.9, 1.0))
            kept = [piece for piece in pieces if chance.random() < share]
            for piece in kept:
                _apply(content, piece)
            found[name] = bytes(content)
        return found


def _sectors(operation: Operation) -> Iterator[Operation]:
    if operation.kind == "truncate":
        yield operation
        return
    start, end = operation.offset, operation.offset + len(operation.content)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Operation("write", operation.file, start, operation.content[start - operation.offset : stop - operation.offset])
        start = stop


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "truncate":
        del content[operation.offset :]
        return
    if len(content) < operation.offset:
        content.extend(bytes(operation.offset - len(content)))
    content[operation.offset : operation.offset + len(operation.content)] = operation.content
