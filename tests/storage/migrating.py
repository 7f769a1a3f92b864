"""Run as a program of its own, because declared tables are one to a process: an older and a newer Pulse Desktop.

python -m tests.storage.migrating (old | new | broken | declared) FOLDER
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.storage import clinic_folder, migrations
from pulse_desktop.storage.clinic_folder import ClinicCard, Newcomer
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.guards import frozen_when
from pulse_desktop.storage.migrations.make import make
from pulse_desktop.storage.migrations.steps import upgrade
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.schema import declared_shape, differences, make_schema, shape_of
from pulse_desktop.storage.sqlite_guards import declared_guards
from pulse_desktop.storage.tables import Base, Record
from pulse_desktop.storage.vault import read_vault

PASSWORD = "green lantern over the harbour"
ROWS = 50


def declare(*, newer: bool) -> None:
    """A parent that others point at and that has guards; the newer program knows its colour and that it is never empty."""

    class Box(Record, Base):
        __tablename__ = "shop_box"
        __guards__ = (frozen_when("state = 'sealed'", except_for=("version",)),)

        words: Mapped[str]
        state: Mapped[str] = mapped_column(String(8), default="open")
        if newer:
            colour: Mapped[str | None] = mapped_column(String(10))

    class Lid(Record, Base):
        __tablename__ = "shop_lid"

        box_id: Mapped[int] = mapped_column(ForeignKey("shop_box.id"))

    @command(needs=Permission.BOOK, audit="box.put")
    def put_box(context: Context, words: str) -> int:
        box_id = context.add(Box(words=words)).id
        context.add(Lid(box_id=box_id))
        return box_id

    globals()["put_box"] = put_box


def old(folder: Path) -> object:
    """An older program: writes the first step, makes a clinic, works in it."""
    make("first tables")
    owner = Newcomer("Ann Gray", frozenset(Role), PASSWORD)
    clinic = clinic_folder.create(folder / "clinic", ClinicCard("Riverside"), owner, weak_for_tests=True)
    for number in range(ROWS):
        clinic.door.do(globals()["put_box"], f"box {number}")
    with writing(clinic._engine).begin() as connection:
        connection.execute(text("UPDATE shop_box SET state = 'sealed', version = 2 WHERE id = 1"))
    clinic.close()
    return {"steps": migrations.known_versions()}


def new(folder: Path) -> object:
    """A newer program: its step rebuilds a table that others point at; the clinic is opened and looked at."""
    step = make("boxes have colours")
    step.write_text(step.read_text().replace("batch_op.add_column", "batch_op.alter_column('words', nullable=False, type_=sa.Text())\n        batch_op.add_column"))
    clinic = opened(folder)
    with clinic._engine.begin() as connection:
        boxes, lids = (connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in ("shop_box", "shop_lid"))
        guards = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).scalar()
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    report = clinic.check()
    added = clinic.door.do(globals()["put_box"], "another").answer
    clinic.close()
    return {
        "boxes": boxes, "lids": lids, "version": version, "sound": report.is_sound, "guards": guards == len(declared_guards()),
        "added": added, "files": sorted(path.name for path in (folder / "clinic").iterdir()),
    }  # fmt: skip


def broken(folder: Path) -> object:
    """Steps that fail in each way: the file must stay what it was, to the last byte."""
    step, told = make("boxes have colours"), []
    good, path = step.read_text(), folder / "clinic" / "clinic.db"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for spoilt in (
        good.replace("with op.batch", "op.execute('DELETE FROM shop_box')\n    raise RuntimeError\n    with op.batch"),
        good.replace("with op.batch", "op.execute('SELECT nonsense')\n    with op.batch"),
        good.replace("with op.batch", "op.execute('DELETE FROM shop_box')\n    with op.batch"),  # lids would point nowhere
        good[: good.index("    with op.batch")] + "    pass\n",  # does not lead to the declared tables
        "this is not python",
    ):
        step.write_text(spoilt)
        try:
            opened(folder).close()
            told.append("opened")
        except Trouble as trouble:
            told.append(trouble.key)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before
        assert not path.with_suffix(".next").exists()
    step.write_text(good)
    opened(folder).close()
    return told


def declared(folder: Path) -> object:
    """The real steps against the real declaration: what migrated and new clinics differ in."""
    key = bytes(32)
    stepped, made = open_engine(folder / "stepped.db", key), open_engine(folder / "made.db", key)
    upgrade(folder / "stepped.db", key)
    with writing(made).begin() as connection:
        make_schema(connection)
        fresh = shape_of(connection)
    with stepped.begin() as connection:
        found = differences(shape_of(connection), declared_shape())
        return {"differences": found, "same": shape_of(connection) == fresh, "objects": len(fresh)}


def opened(folder: Path) -> clinic_folder.OpenClinic:
    person = read_vault(folder / "clinic").people[0].id
    return clinic_folder.open(folder / "clinic", person, PASSWORD, allow_weak=True)


def main(which: str, folder: Path) -> None:
    if which != "declared":
        migrations.VERSIONS = folder / "versions"
        migrations.VERSIONS.mkdir(exist_ok=True)
        declare(newer=which != "old")
    told = {"old": old, "new": new, "broken": broken, "declared": declared}[which](folder)
    sys.stdout.write("\n" + json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
