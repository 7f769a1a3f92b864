"""What the command line does with a clinic: sign in by name, hand out a sheet as a file, check the file.

The same door, permissions and audit events as in the windows; only the way in differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.clinic import patients, schedule
from pulse_desktop.clinic.atlas import LANGUAGES
from pulse_desktop.clinic.practice.sign_in import Desk, open_clinic
from pulse_desktop.outside import handing_out
from pulse_desktop.storage.vault import Vault, read_vault

register_sentences(
    {
        "no_such_person": N_("Nobody of that name can sign in here, or the password is wrong. Nothing was changed."),
        "no_folder_there": N_("The folder of the file to write does not exist. Nothing was written."),
        "not_a_pdf_name": N_("The file to write must end in .pdf. Nothing was written."),
    }
)


def write_handout(folder: Path, user: str, password: str, visit_id: int, out: Path, language: str | None) -> Path:
    """Writes the aftercare sheet of a visit to `out` and notes that it was given as a file; returns `out`.

    Raises Refusal or Trouble with a sentence; then no file was written and nothing is noted.
    """
    if out.suffix.lower() != ".pdf":
        raise Refusal("not_a_pdf_name")
    if not out.parent.is_dir():
        raise Trouble("no_folder_there")
    with signed_in(folder, user, password) as desk:
        spoken = language or _language_of(desk, visit_id)
        document = handing_out.aftercare(desk.door, visit_id, spoken)
        handing_out.give(desk.door, document, visit_id, handing_out.to_file(out), how=handing_out.FILE)
    return out


def check_clinic(folder: Path, user: str, password: str) -> tuple[list[str], bool]:
    """Examines the whole file; what was found in sentences, and whether all is well."""
    with signed_in(folder, user, password) as desk:
        report = desk.clinic.check()
    lines = [_("{part}: {what}").format(part=finding.part, what=finding.what) for finding in report.findings]
    if report.is_sound:
        lines.append(_("All is well: {events} events of the audit trail, unbroken; file, keys, guards and schema as they should be.").format(events=report.events))
    else:
        lines.append(_("Something is wrong with this clinic's file. Nothing was changed. Restore the newest proved backup."))
    return lines, report.is_sound


@contextmanager
def signed_in(folder: Path, user: str, password: str) -> Iterator[Desk]:
    """The clinic, opened by the person of that name. Raises what keeps it from opening."""
    vault = read_vault(folder)
    desk = open_clinic(folder, person_named(vault, user), password, allow_weak=vault.weak)
    try:
        yield desk
    finally:
        desk.close()


def person_named(vault: Vault, user: str) -> str:
    """The vault id of the one person of that name, with or without the credential. Raises Refusal("no_such_person")."""
    wanted = fold(user)
    found = [person.id for person in vault.people if wanted in {fold(person.name), fold(person.name.partition(",")[0])}]
    if len(found) != 1:
        raise Refusal("no_such_person")
    return found[0]


def _language_of(desk: Desk, visit_id: int) -> str:
    visit = desk.door.look(schedule.visit, visit_id)
    language = desk.door.look(patients.patient, visit.patient_id).draft.language
    return language if language in LANGUAGES else LANGUAGES[0]
