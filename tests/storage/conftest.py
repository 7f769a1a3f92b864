"""A fresh clinic for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pulse_desktop.storage.door import Door
from pulse_desktop.storage.open_clinic import OpenClinic
from tests.storage.workshop import closed_clinic, opened


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[OpenClinic]:
    found = opened(*closed_clinic(tmp_path))
    yield found
    found.close()


@pytest.fixture
def door(clinic: OpenClinic) -> Door:
    return clinic.door


@pytest.fixture
def engine(clinic: OpenClinic) -> Engine:
    """The engine below the door, for looking at what lies in the database."""
    return clinic._engine
