"""Whatever is damaged, missing or altered in the file is found and named (I1, I4 in short form)."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Problem
from pulse_desktop.storage.check import Report, examine
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.faults import Mistake
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.schema import declared_shape, differences, shape_of
from pulse_desktop.storage.sqlite_guards import declared_guards, remake_guards
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault
from tests.storage import workshop as shop
from tests.storage.workshop import PASSWORD, Putting, closed_clinic, opened


def test_a_sound_clinic_is_sound(clinic: OpenClinic) -> None:
    for number in range(20):
        clinic.door.do(shop.put_bench, Putting(str(number)))
    report = clinic.check()
    assert report.is_sound
    assert report.events == clinic.door.head().seq


def test_i4_each_dropped_trigger_index_and_table_is_named(clinic: OpenClinic, engine: Engine) -> None:
    with engine.begin() as connection:
        names = [tuple(row) for row in connection.exec_driver_sql(
            "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND tbl_name <> 'alembic_version' ORDER BY type DESC"
        )]  # fmt: skip
    wanted, unseen = declared_shape(), []
    for kind, name in names:
        with writing(engine).connect() as connection:
            connection.exec_driver_sql(f'DROP {kind} "{name}"')
            found = differences(shape_of(connection), wanted)
            if f"missing: {kind} {name}" not in found:
                unseen.append((kind, name))
            connection.rollback()
    assert unseen == []
    assert len(names) > 30


def test_i4_altered_objects_are_named(engine: Engine) -> None:
    with writing(engine).connect() as connection:
        for statement in (
            "ALTER TABLE shop_bench ADD COLUMN more TEXT",
            "CREATE INDEX extra ON shop_bench (words)",
            "DROP TRIGGER guard_shop_coin_update",
            "CREATE TRIGGER guard_shop_coin_update BEFORE UPDATE ON shop_coin BEGIN SELECT 1; END",
        ):
            connection.exec_driver_sql(statement)
        found = differences(shape_of(connection), declared_shape())
        connection.rollback()
    assert found == ("different: table shop_bench", "different: trigger guard_shop_coin_update", "surplus: index extra")


def test_guards_are_made_anew_one_table_at_a_time(engine: Engine) -> None:
    with writing(engine).begin() as connection:
        for name in declared_guards():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        remake_guards(connection, "shop_coin")
        one = {name for name in shape_of(connection) if name.startswith("trigger ")}
        assert one == {f"trigger guard_shop_coin_{what}" for what in ("update", "delete", "replace")}
        remake_guards(connection)
        assert differences(shape_of(connection), declared_shape()) == ()


def test_tampered_people_events_and_references_are_named(clinic: OpenClinic, engine: Engine) -> None:
    clinic.door.do(shop.drop_coin, 1)
    with writing(engine).begin() as connection:
        for name in ("audit_update", "vault_person_version"):
            connection.exec_driver_sql(f"DROP TRIGGER guard_{name}")
        connection.exec_driver_sql("UPDATE audit SET action = 'nothing' WHERE seq = 2")
        connection.exec_driver_sql("UPDATE vault_person SET signing_key = 'x'")
    found = {(finding.part, finding.what.split(" ")[0]) for finding in clinic.check().findings}
    assert found == {("audit", "event"), ("people", "person"), ("schema", "missing:")}
    assert any(finding.what == "event 2 changed" for finding in clinic.check().findings)


def examined(folder: Path, person_id: str) -> Report:
    vault = read_vault(folder)
    ring = unlock(vault, person_id, PASSWORD, allow_weak=True).ring
    engine = open_engine(folder / "clinic.db", ring.database)
    try:
        with engine.begin() as connection:
            return examine(connection, b"", vault)
    finally:
        engine.dispose()


@pytest.mark.parametrize("seed", range(60))
def test_i1_flipped_bits_and_cut_files_are_found(tmp_path: Path, seed: int) -> None:
    folder, person_id = closed_clinic(tmp_path)
    path, chance = folder / "clinic.db", random.Random(seed)
    content = bytearray(path.read_bytes())
    if seed % 6 == 5:
        del content[chance.randrange(4096, len(content)) // (4096 if seed % 2 else 1) * (4096 if seed % 2 else 1) :]
    else:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    try:
        report = examined(folder, person_id)
    except (DBAPIError, dbapi2.Error):
        return  # refusing to read at all is finding it
    assert any(finding.part in {"pages", "structure"} for finding in report.findings)


def test_i1_control_an_untouched_file_has_no_such_finding(tmp_path: Path) -> None:
    report = examined(*closed_clinic(tmp_path))
    assert {finding.part for finding in report.findings} == {"audit"}  # examined under no audit key


@pytest.mark.parametrize("seed", range(10))
def test_i1_damaged_pages_met_at_work_are_told_as_damage(tmp_path: Path, seed: int) -> None:
    folder, person_id = closed_clinic(tmp_path)
    path = folder / "clinic.db"
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 100 + seed] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(Problem) as told:
        opened(folder, person_id)
    assert not isinstance(told.value, Mistake)
    assert told.value.key in {"file_damaged", "file_unsound"}


def test_reading_a_damaged_file_writes_nothing(tmp_path: Path) -> None:
    folder, person_id = closed_clinic(tmp_path)
    path = folder / "clinic.db"
    broken = path.read_bytes()[:-5000] + os.urandom(5000)
    path.write_bytes(broken)
    with pytest.raises(Problem):
        opened(folder, person_id)
    assert path.read_bytes() == broken
