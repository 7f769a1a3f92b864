"""What the command line does with backups: make one, prove one, bring a clinic back from one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import _
from pulse_desktop.outside.command_line import person_named, signed_in
from pulse_desktop.storage import backup, restoring
from pulse_desktop.storage.container import read_container
from pulse_desktop.storage.proving import Proof


def back_up(folder: Path, user: str, password: str, out: Path) -> str:
    """Makes a backup and says where it is and what was proved. Raises Denied, Refusal or Trouble."""
    with signed_in(folder, user, password) as desk:
        made = backup.make_backup(desk.clinic, out)
    return _("Backed up and proved: {file}. {found}").format(file=made.path, found=_told(made.proof))


def check_backup(file: Path, user: str, password: str) -> str:
    """Proves a backup and says what it holds. Raises Refusal or Trouble with what is wrong with it."""
    return _("This backup is whole. {found}").format(found=_told(restoring.verify_backup(file, _owner(file, user), password)))


def bring_back(file: Path, folder: Path, user: str, password: str) -> list[str]:
    """Restores a clinic and says what is there now and where the former one is. Raises Refusal or Trouble."""
    done = restoring.restore(file, folder, _owner(file, user), password)
    lines = [_("Restored into {folder}. {found}").format(folder=folder, found=_told(done.proof))]
    if done.kept is not None:
        lines.append(_("What was there before is kept in {kept}.").format(kept=done.kept))
    return lines


def _owner(file: Path, user: str) -> str:
    """Owners only are listed in a backup, so somebody else is simply not there."""
    try:
        return person_named(read_container(file).vault, user)
    except Refusal as refusal:
        if refusal.key == "no_such_person":
            raise Refusal("backup_needs_owner") from None
        raise


def _told(proof: Proof) -> str:
    made_at = datetime.fromtimestamp(proof.manifest.made_at / 1000, UTC)
    return _("Made {time} UTC; opened and examined: {rows} rows, {events} events of the audit trail, unbroken.").format(
        time=f"{made_at:%Y-%m-%d %H:%M}", rows=proof.rows, events=proof.events
    )
