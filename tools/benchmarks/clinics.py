"""Demo clinics to measure on: made once for each state of their maker, kept in build/bench, copied before writing."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pulse_desktop.basics.times import SetClock
from pulse_desktop.clinic.practice.sign_in import Desk, open_clinic
from pulse_desktop.rehearsal.demo.demo_clinic import make_demo_clinic
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "build" / "bench"
VISITS_EACH = 10
_SEED = 1
_MADE_BY = ("pulse_desktop/rehearsal", "pulse_desktop/storage", "pulse_desktop/clinic")


@dataclass(frozen=True, slots=True)
class Kept:
    """A demo clinic on disk."""

    size: int
    folder: Path
    password: str
    now: datetime
    owner: str

    @property
    def told(self) -> dict[str, str]:
        """What a floor needs to open the same file."""
        unlocked = unlock(read_vault(self.folder), self.owner, self.password, allow_weak=True)
        return {"path": str(self.folder / "clinic.db"), "key": unlocked.ring.database.hex()}

    def open(self, name: str = "") -> Desk:
        """Signs the owner in, or the person whose name begins with `name`."""
        people = {person.name: person.id for person in read_vault(self.folder).people}
        who = next((vault_id for known, vault_id in people.items() if name and known.startswith(name)), self.owner)
        desk = open_clinic(self.folder, who, self.password, clock=SetClock(self.now), allow_weak=True)
        desk.door.signs_with(unlock(read_vault(self.folder), who, self.password, allow_weak=True).own)  # signing is timed, not proving
        return desk

    def copied(self, to: Path) -> Kept:
        """The same clinic in another folder, to be written to; close it first."""
        shutil.copytree(self.folder, to)
        return Kept(self.size, to, self.password, self.now, self.owner)


def kept(size: int) -> Kept:
    """The clinic of `size` patients, made anew if what makes it has changed."""
    folder, made_by = KEPT / f"clinic-{size}", _fingerprint()
    card = KEPT / f"clinic-{size}.json"
    if not card.is_file() or json.loads(card.read_text("utf-8"))["made_by"] != made_by:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making a clinic of {size:,} patients")
        made = make_demo_clinic(folder, patients=size, visits=size * VISITS_EACH, seed=_SEED)
        facts = {"made_by": made_by, "password": made.password, "now": made.now.isoformat(), "owner": made.owner_vault_id}
        card.write_text(json.dumps(facts), encoding="utf-8")
    facts = json.loads(card.read_text("utf-8"))
    return Kept(size, folder, facts["password"], datetime.fromisoformat(facts["now"]), facts["owner"])


def _fingerprint() -> str:
    found = hashlib.sha256()
    for room in _MADE_BY:
        for path in sorted((ROOT / room).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()
