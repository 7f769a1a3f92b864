"""A clinic in a folder that moves to a server of the suite's and back, for tests of moving."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.outside.moving_house import every_signature
from pulse_desktop.storage.moving import LookOver, Moved
from pulse_desktop.storage.moving_to_file import to_file
from pulse_desktop.storage.moving_to_server import Target, to_server
from pulse_desktop.storage.plain_rows import Content, contents_of
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.way import Place
from tests.builders import NOW, PASSWORD, TestClinic, a_patient, a_visit
from tests.builders_treatment import a_signed_note
from tests.postgres import Server


@dataclass(frozen=True)
class House:
    """A clinic in a folder, nobody signed in, and the database it may move to."""

    server: Server
    folder: Path
    person: str
    database: str

    @property
    def place(self) -> Place:
        """Where it is to go, or is."""
        return Place("127.0.0.1", self.server.port, self.database, self.server.authority.pem)

    def to_server(self, look_over: LookOver | None = None) -> Moved:
        target = Target(self.server.where("postgres"), self.place)
        return to_server(self.folder, self.person, PASSWORD, target, look_over or every_signature, clock=later(), seat="desk", allow_weak=True)

    def to_file(self, look_over: LookOver | None = None) -> Moved:
        admin = self.server.where("postgres")
        return to_file(self.folder, self.person, PASSWORD, admin, look_over or every_signature, clock=later(), seat="desk", allow_weak=True)

    def opened(self, person: str | None = None) -> TestClinic:
        """Somebody signs in, as the program does."""
        clock = later()
        clinic = TestClinic(self.folder, None, clock)  # type: ignore[arg-type]
        clinic.desk = clinic.open_as(person or self.person)
        return clinic

    def holds(self) -> dict[str, Content]:
        """What all tables hold, the trail aside, which grows with each look; the clinic must be sound."""
        clinic = self.opened()
        assert clinic.desk.clinic.check().findings == ()
        engine = clinic.desk.clinic._engine if self.is_on_file() else open_server_engine(self.server.where(self.database))
        with engine.begin() as connection:
            found = contents_of(connection, 0)
        engine.dispose()
        clinic.close()
        return found

    def is_on_file(self) -> bool:
        return (self.folder / "clinic.db").is_file()


def later() -> SteppedClock:
    clock = SteppedClock(NOW)
    clock.advance(hours=3)
    return clock


def a_command(house: House) -> None:
    """A command that writes a record, gives a number and is heard of in the trail."""
    clinic = house.opened()
    try:
        a_signed_note(clinic, a_visit(clinic, a_patient(clinic, "After", "Moving"), squeeze_in=True))
        assert clinic.desk.clinic.check().findings == ()
    finally:
        clinic.close()
