"""What a test's clinic asks is compiled for the first clinic of the process only (tests/compiled_once.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import CacheStats, Dialect

from pulse_desktop.storage import prepared
from tests.builders import a_clinic, a_patient


def compiled_anew(folder: Path) -> int:
    """Statements that a day's first patient and the way in make SQLAlchemy compile."""
    missed = 0

    def count(connection: Connection, _cursor: object, _statement: str, _parameters: object, context: object, _many: object) -> None:
        nonlocal missed
        missed += getattr(context, "cache_hit", None) is CacheStats.CACHE_MISS

    folder.mkdir()
    event.listen(Engine, "before_cursor_execute", count)
    try:
        clinic = a_clinic(folder)
        a_patient(clinic)
        clinic.close()
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return missed


def test_a_second_clinic_compiles_nothing_anew(tmp_path: Path) -> None:
    compiled_anew(tmp_path / "first")
    assert compiled_anew(tmp_path / "second") == 0


def test_control_with_engines_of_their_own_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "_prepared", lambda *_: None)  # what is prepared is not compiled anew in any case
    compiled_anew(tmp_path / "first")
    monkeypatch.setattr(DefaultDialect, "engine_created", classmethod(lambda _kind, _engine: None))
    assert compiled_anew(tmp_path / "second") > 10


def test_two_databases_keep_what_they_say_apart(tmp_path: Path) -> None:
    """Dialects of one kind count as equal, those of two kinds never."""
    kinds: list[Dialect] = [create_engine(url).dialect for url in ("sqlite://", "sqlite://", "postgresql+psycopg://")]
    assert kinds[0] == kinds[1]
    assert hash(kinds[0]) == hash(kinds[1])
    assert kinds[0] != kinds[2]
    assert str(select(1).compile(dialect=kinds[0])) == "SELECT 1"
