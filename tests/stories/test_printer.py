"""A printer without paper: the screen says so and nothing counts as given; once there is paper, it prints and counts once.

With a real CUPS; collected where one can be started (see conftest).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.outside.print_system import PrintSystem
from tests.stories.conftest import Reads
from tests.stories.seat import Seat

NO_PAPER = "The printer has no paper. Nothing was printed. Fill it and print again."


@pytest.fixture(scope="module")
def cups() -> Iterator[PrintSystem]:
    with TemporaryDirectory(prefix="pulse-cups-") as folder:  # short: a socket's path has room for 107 bytes
        Path(folder).chmod(0o755)
        system = PrintSystem(Path(folder))
        yield system
        system.close()


@pytest.fixture
def desk_printer(cups: PrintSystem, monkeypatch: pytest.MonkeyPatch) -> PrintSystem:
    """The printer at this desk; its tray is empty."""
    monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
    cups.add("empty")
    cups.paper.unlink(missing_ok=True)
    return cups


def fill_tray(printer: PrintSystem) -> None:
    """From now on what is printed comes out."""
    backends = printer.folder / "bin/backend"
    (backends / "empty").write_text((backends / "good").read_text())


def test_a_sheet_is_given_when_it_came_out_and_not_before(desk_printer: PrintSystem, seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Mina Kaya")
    goes_to(seat, "Zhao Ming")
    desk.keys("F9")
    desk.sees("Print 1 page")
    desk.keys("Ctrl+Return")
    desk.sees(NO_PAPER)
    desk.keys("Escape")
    desk.sees_no(NO_PAPER)
    desk.sees("9:25 Zhao Ming 赵明")
    desk.sees_no("Sheet printed")
    fill_tray(desk_printer)
    goes_to(seat, "Zhao Ming")
    desk.keys("F9")
    desk.sees("Print 1 page")
    desk.keys("Ctrl+Return")
    desk.sees("Aftercare sheet given to Zhao Ming 赵明")
    desk.sees("Sheet printed")
    with seat.task("check out with a package: rebook, use the session, print the sheet with the next visit on it") as effort:
        goes_to(seat, "Robert Kaplan")
        effort.keys = 0
        desk.keys("Return")
        desk.sees("session 10 of 10")
        desk.sees("Next visit: Tue Dec 1")
        desk.keys("Return", "Return")
        desk.sees("Robert Kaplan checked out")
        desk.sees("Print 1 page")
        desk.keys("Return")
        desk.sees("Aftercare sheet given to Robert Kaplan")
    assert effort.keys <= 5
    reader = reads()
    zhao = reader.visits(reader.patient("Zhao")["id"])[-1]
    assert [sheet["state"] for sheet in reader.sheets(zhao["id"]) if sheet["how"] == "paper"].count("given") == 1
    kaplan = reader.visits(reader.patient("Kaplan")["id"])
    assert kaplan[-1]["day"] == "2026-12-01"
    assert [sheet["state"] for sheet in reader.sheets(kaplan[-2]["id"])] == ["given"]
    assert desk_printer.paper.read_bytes().startswith(b"%PDF")


def goes_to(seat: Seat, name: str) -> None:
    """To a card in the column of those who are checking out."""
    seat.desk.walks_to("out 10:3", by="Right", most=4)
    seat.desk.keys("Home")
    seat.desk.walks_to(name, by="Down", most=4)
