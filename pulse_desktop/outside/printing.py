"""Printing through CUPS (Linux, macOS): the very bytes of a document go to the printer, and we wait until it is done.

The pages travel to `lp` through a pipe, so that no file of them lies anywhere but in the print system's own spool.
The title holds no patient data. (On Windows the window prints the rendered pages; see gui.)
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import N_, register_sentences

PATIENCE: Final = 60.0
"""Seconds a printer may take for a page or two before we say that nothing came out."""

_LOOK_EVERY: Final = 0.25
_CALL_AT_MOST: Final = 20
_JOB = re.compile(r"request id is (\S+)")
# Reasons after which nothing comes out until somebody walks over (RFC 8011, printer-state-reasons).
_HELPLESS = re.compile(r"(media-(?:empty|jam|needed)|cover-open|door-open|interlock-open|toner-empty|marker-supply-empty|offline|shutdown)")

register_sentences(
    {
        "print_unable": N_("This computer has no print system (lp). Nothing was printed. Save the document as a file instead."),
        "print_no_printer": N_("No printer is set up, or it is switched off. Nothing was printed. Choose another or save a file."),
        "print_refused": N_("The printer did not take the document. Nothing was printed. Check the printer and print again."),
        "print_out_of_paper": N_("The printer has no paper. Nothing was printed. Fill it and print again."),
        "print_stopped": N_("The printer has stopped. Nothing was printed. Check the printer and print again."),
        "print_slow": N_("The printer has not printed within a minute; the document was called back. Check the printer and print again."),
    }
)


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer this computer knows."""

    name: str
    is_default: bool


def printers() -> tuple[Printer, ...]:
    """All printers, the default one first; none where there is no print system."""
    if shutil.which("lpstat") is None:
        return ()
    default = _said("lpstat", "-d").rpartition(":")[2].strip()
    names = [line.strip() for line in _said("lpstat", "-e").splitlines() if line.strip()]
    return tuple(Printer(name, name == default) for name in sorted(names, key=lambda name: (name != default, name)))


def print_pdf(pdf: bytes, printer: str, title: str, *, patience: float = PATIENCE) -> None:
    """Prints `pdf` and returns once the printer is done with it. Raises Trouble("print_…"); then the job was called back."""
    if shutil.which("lp") is None:
        raise Trouble("print_unable")
    if printer not in {known.name for known in printers()}:
        raise Trouble("print_no_printer")
    job = _handed_over(pdf, printer, title)
    until = time.monotonic() + patience
    while job in _said("lpstat", "-W", "not-completed", "-o", printer).split():
        state = _said("lpstat", "-l", "-p", printer)
        trouble = _trouble_in(state) or ("print_slow" if time.monotonic() > until else "")
        if trouble:
            _call_back(job)
            raise Trouble(trouble)
        time.sleep(_LOOK_EVERY)


def _handed_over(pdf: bytes, printer: str, title: str) -> str:
    """The number of the job."""
    if "disabled" in _said("lpstat", "-p", printer).partition("\n")[0]:
        raise Trouble("print_stopped")
    try:
        done = _run(("lp", "-d", printer, "-t", title), pdf)
    except (OSError, subprocess.TimeoutExpired):
        raise Trouble("print_refused") from None
    found = _JOB.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode != 0 or found is None:
        raise Trouble("print_refused")
    return found[1]


def _trouble_in(state: str) -> str:
    """The trouble a printer's own words tell, "" while it goes on."""
    reason = _HELPLESS.search(state)
    if reason is not None:
        return "print_out_of_paper" if reason[1] in {"media-empty", "media-needed"} else "print_stopped"
    return "print_stopped" if "disabled" in state.partition("\n")[0] else ""


def _call_back(job: str) -> None:
    try:
        _run(("cancel", job))
    except (OSError, subprocess.TimeoutExpired):
        return


def _said(*command: str) -> str:
    """What a command answers; "" when it cannot be asked."""
    try:
        return _run(command).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _run(command: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    found = shutil.which(command[0])
    if found is None:
        raise FileNotFoundError(command[0])
    return subprocess.run(  # noqa: S603 - the print system's own programs, arguments never through a shell
        (found, *command[1:]), input=given, capture_output=True, timeout=_CALL_AT_MOST, check=False,
        env={**os.environ, "LC_ALL": "C", "LANG": "C"},
    )  # fmt: skip
