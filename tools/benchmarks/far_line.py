"""The main job over a line between two offices: how often each step waits for the server, and for how long.

    python -m tools.benchmarks.far_line [--one-way-ms 15] [--loss-percent 1] [--times 15]

Starts a PostgreSQL server of its own with a small clinic. The line is a forwarder that keeps every piece for the time it
would be under way; a piece that is lost comes, with all behind it, as much later as TCP takes to notice and send again.
Times are at the door: what a screen paints comes on top. Ends with 1 when a bound is broken: 100 ms for a look, 300 ms for
what is done.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from pulse_desktop.clinic import boards, flows, patients
from pulse_desktop.clinic import treatment as notes
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.schedule.values import VisitLine
from pulse_desktop.clinic.treatment.values import SaveDraft, SignNote
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.postgres_engine import open_server_engine
from tests import builders_treatment as treatment
from tests.builders import TODAY, TestClinic, a_booking, a_visit
from tests.postgres import running_server
from tests.server_clinics import made_on

LOOK, DO = 100.0, 300.0
_WARM = 2
_VISITS = 40  # squeezed in, all at ten: what counts is that Today has them


@dataclass
class Line:
    """A server far away, and the journeys that were made to it."""

    door: Door
    forwarder: subprocess.Popen[str]

    def journeys(self) -> int:
        """Since the last question."""
        assert self.forwarder.stdin is not None
        assert self.forwarder.stdout is not None
        self.forwarder.stdin.write("\n")
        self.forwarder.stdin.flush()
        return int(self.forwarder.stdout.readline())


@dataclass
class Step:
    """One thing people wait for. `prepared` makes what it needs beforehand, unmeasured."""

    name: str
    bound: float
    act: Callable[[Any], object]
    prepared: Callable[[], Any] = lambda: None

    def measured(self, line: Line, times: int) -> tuple[float, float, float]:
        """Journeys, the median and the slowest of twenty in milliseconds."""
        took, journeys = [], []
        for _ in range(times + _WARM):
            value = self.prepared()
            line.journeys()
            begun = time.perf_counter()
            self.act(value)
            took.append((time.perf_counter() - begun) * 1000)
            journeys.append(line.journeys())
        took, journeys = took[_WARM:], journeys[_WARM:]
        return statistics.median(journeys), statistics.median(took), sorted(took)[int(len(took) * 0.95)]


def steps(clinic: TestClinic, door: Door) -> Iterator[Step]:
    """The main job in its order: looked for, booked, arrived, noted, signed, checked out."""
    practice, weeks = clinic.practice, count(2)
    offices = tuple(office.id for office in practice.offices)
    visits = [a_visit(clinic, squeeze_in=True) for _ in range(_VISITS)]
    yield Step("search, two letters", LOOK, lambda _: door.look(patients.search, "al"))
    yield Step("patient: the banner", LOOK, lambda _: door.look(boards.patient_banner, visits[0].patient_id))
    yield Step("patient: the file (audited)", LOOK, lambda _: door.look(boards.patient_file, visits[0].patient_id))
    yield Step("Today", LOOK, lambda _: door.look(boards.today, offices[0], TODAY))
    yield Step("calendar, a day", LOOK, lambda _: door.look(boards.calendar_day, TODAY, offices))
    yield Step(
        "book", DO, lambda booking: door.do(flows.book_visit, booking),
        lambda: a_booking(clinic, visits[0].patient_id, day=TODAY + timedelta(weeks=next(weeks)), starts=10 * 60),
    )  # fmt: skip
    yield from _treated(clinic, door, visits)


def _treated(clinic: TestClinic, door: Door, visits: list[VisitLine]) -> Iterator[Step]:
    coming, opening, leaving = iter(visits), iter(visits), iter(visits)
    opened: list[int] = []
    yield Step("arrive", DO, lambda visit: door.do(flows.check_in, visit), lambda: _arrival(next(coming)))
    yield Step("open a note", DO, lambda visit: opened.append(door.do(notes.open_note, visit).answer), lambda: next(opening).id)
    signing = iter(opened)
    yield Step("a note read (audited)", LOOK, lambda _: door.look(notes.note, opened[0]))
    yield Step("save a draft", DO, lambda saved: door.do(notes.save_draft, saved), lambda: _typed(clinic, opened[0]))
    yield Step("sign", DO, lambda signed: door.do(notes.sign_note, signed), lambda: _complete(clinic, next(signing)))
    yield Step("check-out panel", DO, lambda _: door.look(boards.checkout, visits[0].id))
    yield Step("check out", DO, lambda out: door.do(flows.check_out, out), lambda: treatment.a_check_out(clinic, next(leaving).id))
    yield Step("aftercare sheet: what it says", LOOK, lambda _: door.look(boards.sheet_source, visits[0].id))


def _arrival(visit: VisitLine) -> Arrival:
    return Arrival(visit.id, visit.version, asked=True)


def _typed(clinic: TestClinic, note_id: int) -> SaveDraft:
    note = clinic.door.look(notes.note, note_id)
    return SaveDraft(note_id, note.version, treatment.complete(note.draft, findings=f"Tight, {note.version}"))


def _complete(clinic: TestClinic, note_id: int) -> SignNote:
    note = clinic.door.look(notes.note, note_id)
    return SignNote(note_id, note.version, treatment.complete(note.draft))


@contextmanager
def far_clinic(folder: Path, one_way_ms: float, loss: float) -> Iterator[tuple[TestClinic, Line]]:
    """The clinic, and its door over the line."""
    with running_server() as server, made_on(server, folder / "made").opened(folder / "clinic") as clinic:
        with clinic.desk.clinic._engine.connect() as connection:  # noqa: SLF001 - the same database over another way
            where = dict(connection.connection.driver_connection.info.get_parameters())  # type: ignore[union-attr]
        port = _free_port()
        command = [sys.executable, "-m", "tools.benchmarks.forwarder", "--listen", f"127.0.0.1:{port}", "--one-way-ms", str(one_way_ms)]
        command += ["--loss-percent", str(loss), "--to", f"{server.folder}/.s.PGSQL.{server.port}"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forwarder:
            assert forwarder.stdout is not None
            assert forwarder.stdin is not None
            forwarder.stdout.readline()
            engine = open_server_engine(
                {"host": "127.0.0.1", "port": port, "user": where["user"], "dbname": where["dbname"], "sslmode": "disable"}
            )
            near = clinic.door
            door = Door(engine, near.actor, "far", clinic.clock, audit=AuditTrail(b"", "far"), signer=near._signer)  # noqa: SLF001 - as above
            yield clinic, Line(door, forwarder)
            engine.dispose()
            forwarder.stdin.close()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _measure(one_way_ms: float, loss: float, times: int) -> int:
    broken = []
    print(f"{2 * one_way_ms:g} ms there and back, {loss:g} % of the pieces lost\n\n| | journeys | median | 95 of 100 | bound | |\n|---|--:|--:|--:|--:|---|")
    with tempfile.TemporaryDirectory(prefix="pulse-far-") as folder, far_clinic(Path(folder), one_way_ms, loss) as (clinic, line):
        for step in steps(clinic, line.door):
            journeys, median, slow = step.measured(line, times)
            is_kept = median <= step.bound
            broken += [] if is_kept else [step.name]
            print(
                f"| {step.name} | {journeys:g} | {median:.0f} ms | {slow:.0f} ms | {step.bound:g} ms | {'ok' if is_kept else 'BROKEN'} |",
                flush=True,
            )
    return 1 if broken else 0


def main() -> int:
    """The exit code."""
    reader = argparse.ArgumentParser(prog="far_line")
    reader.add_argument("--one-way-ms", type=float, default=15.0)
    reader.add_argument("--loss-percent", type=float, default=1.0)
    reader.add_argument("--times", type=int, default=15)
    told = reader.parse_args()
    return _measure(told.one_way_ms, told.loss_percent, told.times)


if __name__ == "__main__":
    sys.exit(main())
