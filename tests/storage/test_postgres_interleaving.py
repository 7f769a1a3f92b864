"""C1 on a server: nobody's words are written over unseen."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from pulse_desktop.storage.context import Context
from pulse_desktop.storage.tables import Base, table_of
from tests.storage.interleaving import interleave
from tests.storage.postgres_shop import ServerClinic


def check(clinic: ServerClinic, times: int) -> None:
    other = clinic.another_door("other")
    try:
        assert interleave((clinic.door, other), clinic.engine, times) == times
    finally:
        other._writing.dispose()


def test_c1_the_second_of_two_seats_hears_it(server_clinic: ServerClinic) -> None:
    check(server_clinic, 20)


@pytest.mark.long
def test_c1_a_thousand_times(server_clinic: ServerClinic) -> None:
    check(server_clinic, 1000)


def test_c1_control_a_write_that_asks_for_no_version_is_found(server_clinic: ServerClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    update = Context.update

    def over_whatever_is_there(self: Context, table_class: type[Base], row_id: int, version: int, **values: Any) -> None:
        newest = self.session.scalar(select(table_of(table_class).c.version).where(table_of(table_class).c.id == row_id))
        update(self, table_class, row_id, newest or version, **values)

    monkeypatch.setattr(Context, "update", over_whatever_is_there)
    with pytest.raises(AssertionError):
        check(server_clinic, 20)
