"""Damage found behind the work is said in a sentence over the work, and nothing more is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import PASSWORD, TestClinic
from tests.gui.opening import Opened, clinic, opened  # noqa: F401 - fixtures


@pytest.fixture
def damaged(clinic: TestClinic) -> TestClinic:  # noqa: F811 - the fixture
    """A row points at a patient who is not there, as after a page was lost."""
    with clinic.desk.clinic._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA query_only=OFF")
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("INSERT INTO search_key (key, patient_id, kind) VALUES ('nobody', 99999, 'name')")
        connection.invalidate()
    return clinic


def test_damage_is_told_over_the_work(damaged: TestClinic, opened: Opened) -> None:  # noqa: F811 - the fixture
    assert damaged.folder.is_dir()
    opened.types(PASSWORD)
    opened.presses(Qt.Key.Key_Return)
    opened.sees("The clinic's file is damaged")
    opened.sees("restore the last good backup")
