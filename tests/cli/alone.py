"""Runs the command line in a process of its own and says afterwards which libraries it loaded.

`python -m tests.cli.alone FOLDER`: makes a clinic with a treated visit in FOLDER, checks it and writes its sheet.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from pulse_desktop import cli
from tests.builders import PASSWORD, a_patient, a_visit
from tests.builders_treatment import a_ready_clinic, a_signed_note


def main(folder: Path) -> None:
    """Prints one JSON line: exit codes, and whether Qt, ReportLab and SQLAlchemy were loaded after each step."""
    clinic = a_ready_clinic(folder)
    visit = a_signed_note(clinic, a_visit(clinic, a_patient(clinic))).visit_id
    clinic.close()
    told = {}
    who = ["--data", str(clinic.folder), "--user", "Lin Hua", "--password-stdin"]
    for name, more in (("check", []), ("handout", ["--visit", str(visit), "--out", str(folder / "sheet.pdf")])):
        sys.stdin = io.StringIO(PASSWORD + "\n")
        told[name] = {"code": cli.run([name, *who, *more]), "loaded": loaded()}
    sys.stdout.write(json.dumps(told) + "\n")


def loaded() -> list[str]:
    """Those of the heavy libraries that are in memory."""
    return sorted({"PySide6", "shiboken6", "reportlab", "sqlalchemy"} & {name.partition(".")[0] for name in sys.modules})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
