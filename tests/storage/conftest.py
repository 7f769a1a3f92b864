"""A fresh clinic for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.unlocking import Newcomer
from tests.postgres import Server
from tests.server_seats import Seat, SeatTemplate, made_on
from tests.storage.postgres_shop import ServerClinic, Template, found, template
from tests.storage.postgres_shop import opened as on_server
from tests.storage.workshop import CARD, EVERY_ROLE, PASSWORD, START, closed_clinic, opened


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


@pytest.fixture(scope="session")
def seat_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> SeatTemplate:
    """The clinic of `tests.builders` on the server, everybody under a login of their own."""
    return made_on(postgres, tmp_path_factory.mktemp("hill") / "seat")


@pytest.fixture
def seat(seat_template: SeatTemplate, tmp_path: Path) -> Seat:
    """One computer of a copy of that clinic."""
    return seat_template.seat(tmp_path / "seat")


@pytest.fixture(scope="session")
def shop_template(postgres: Server) -> Template:
    owner = Newcomer("Ann Gray", EVERY_ROLE, PASSWORD)
    return template(postgres, "shop", lambda where: found(where, CARD, owner, SteppedClock(START)))


@pytest.fixture
def server_clinic(shop_template: Template) -> Iterator[ServerClinic]:
    """A fresh clinic on the server."""
    with on_server(*shop_template(), SteppedClock(START)) as clinic:
        yield clinic
