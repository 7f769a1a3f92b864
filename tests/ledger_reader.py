"""What stands in the clinic's file once the program is closed: rows as plain dicts, read without the program's commands.

Stories act through the windows and may not know the database; they compare with what this reader finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pulse_desktop.basics.times import Clock
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.practice.sign_in import Desk, open_clinic
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.storage.vault import read_vault

Row = dict[str, Any]
Draft = NoteDraft
"""What stories look at of a note; they know no rooms of the clinic."""
Found = TypeVar("Found")
READER = "Lin Hua, L.Ac."
"""Reads clinical text, so notes can be compared too."""
_OWNER = "Vera Adler"


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Opens the closed clinic in `folder` for each question and closes it again."""

    folder: Path
    clock: Clock
    password: str

    def patients(self, last_name: str) -> list[Row]:
        """Patients of that last name."""
        return self._rows("SELECT * FROM patient WHERE last_name = ? ORDER BY id", last_name)

    def patient(self, last_name: str) -> Row:
        """The one patient of that last name."""
        (found,) = self.patients(last_name)
        return found

    def visits(self, patient_id: int) -> list[Row]:
        """The patient's visits in the order in which they were booked."""
        return self._rows("SELECT * FROM visit WHERE patient_id = ? ORDER BY id", patient_id)

    def note(self, visit_id: int) -> Row:
        """The visit's note; `draft` is what was written and `valid` whether the signature holds."""
        return self._ask(READER, lambda desk: _note(desk, visit_id))

    def cups(self, note_id: int) -> list[Row]:
        """The note's cups, by number."""
        return self._rows("SELECT * FROM cup_placement WHERE note_id = ? ORDER BY number", note_id)

    def sheets(self, visit_id: int) -> list[Row]:
        """The aftercare sheets that were noted as given (or taken back)."""
        return self._rows("SELECT * FROM aftercare_given WHERE visit_id = ? ORDER BY id", visit_id)

    def ledger(self, patient_id: int) -> list[Row]:
        """All money of the patient, in order."""
        return self._rows("SELECT * FROM ledger_entry WHERE patient_id = ? ORDER BY id", patient_id)

    def credits(self, patient_id: int) -> Row:
        """Sums over the credit entries of the patient's packages."""
        (found,) = self._rows(
            "SELECT coalesce(sum(bought), 0) AS bought, coalesce(sum(held), 0) AS held, coalesce(sum(used), 0) AS used, count(DISTINCT package_id) AS packages"
            " FROM credit_entry JOIN package ON package.id = credit_entry.package_id WHERE package.patient_id = ?",
            patient_id,
        )
        return found

    def conditions(self, patient_id: int) -> list[Row]:
        """What was recorded of the patient's health."""
        return self._rows("SELECT * FROM patient_condition WHERE patient_id = ? ORDER BY id", patient_id)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        (found,) = self._rows(f'SELECT count(*) AS rows_there FROM "{table}"')
        return int(found["rows_there"])

    def is_whole(self) -> bool:
        """Pages, references, guards and the audit chain, examined by the owner."""
        return self._ask(_OWNER, lambda desk: desk.clinic.check().is_sound)

    def _rows(self, question: str, *values: object) -> list[Row]:
        return self._ask(READER, lambda desk: _read(desk, question, values))

    def _ask(self, name: str, look: Callable[[Desk], Found]) -> Found:
        """On a thread of its own: the one that had the windows may not touch the database."""

        def asks() -> Found:
            with self._open(name) as desk:
                return look(desk)

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asks).result()

    @contextmanager
    def _open(self, name: str) -> Iterator[Desk]:
        person = next(entry for entry in read_vault(self.folder).shown() if entry.name == name)
        desk = open_clinic(self.folder, person.id, self.password, clock=self.clock, allow_weak=True)
        try:
            yield desk
        finally:
            desk.close()


def _note(desk: Desk, visit_id: int) -> Row:
    view = desk.door.look(treatment.note_of_visit, visit_id)
    if view is None:
        return {}
    valid = view.signature is not None and desk.door.look(treatment.check_signature, view.id)
    return {"id": view.id, "draft": view.draft, "valid": valid, "author": view.author, "signature": view.signature}


def _read(desk: Desk, question: str, values: tuple[object, ...]) -> list[Row]:
    with desk.clinic._engine.begin() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql(question, values)]
