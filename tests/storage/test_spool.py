"""What is kept at a seat while the server is away: encrypted, one person's, whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.storage.keys import Keyring
from pulse_desktop.storage.spool import Spool

RING = Keyring(bytes(range(32)))


def spool(folder: Path, person: str = "ann") -> Spool:
    return Spool(folder, RING.typed_by(person))


def test_what_was_kept_is_there_for_the_same_person_at_the_next_start(tmp_path: Path) -> None:
    spool(tmp_path).keep("note 1", "low back")
    spool(tmp_path).keep("note 2", "knee")
    spool(tmp_path).keep("note 1", "low back, worse in the morning")
    assert spool(tmp_path).kept() == {"note 1": "low back, worse in the morning", "note 2": "knee"}
    spool(tmp_path).drop("note 1")
    assert spool(tmp_path).kept() == {"note 2": "knee"}
    spool(tmp_path).drop("note 1")


def test_nothing_of_it_can_be_read_by_others(tmp_path: Path) -> None:
    spool(tmp_path).keep("note 1", "low back")
    (path,) = (tmp_path / "typed").iterdir()
    assert b"low back" not in path.read_bytes()
    assert "note" not in path.name
    assert spool(tmp_path, "bob").kept() == {}
    assert Spool(tmp_path, Keyring(bytes(32)).typed_by("ann")).kept() == {}
    assert spool(tmp_path).kept() == {"note 1": "low back"}
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o77 == 0
        assert path.stat().st_mode & 0o77 == 0


def test_a_damaged_or_renamed_file_is_passed_over_and_left_alone(tmp_path: Path) -> None:
    spool(tmp_path).keep("note 1", "low back")
    (path,) = (tmp_path / "typed").iterdir()
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert spool(tmp_path).kept() == {}
    path.write_bytes(whole)
    path.rename(path.with_name("0" * 32 + ".draft"))
    assert spool(tmp_path).kept() == {}
    assert len(list((tmp_path / "typed").iterdir())) == 1


def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "typed").write_text("in the way")
    with pytest.raises(Trouble, match="not_kept_here"):
        spool(tmp_path).keep("note 1", "low back")
