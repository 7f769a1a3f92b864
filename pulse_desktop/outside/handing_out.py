"""Handing out: a document is drawn once, filed by its checksum, noted as given, and printed or saved; one way for the
windows and the command line.

If the printer fails, the note that it was given is taken back, and the person hears what to do. A reprint is the very
same document.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from pulse_desktop.basics.problems import Problem, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import boards, flows, treatment
from pulse_desktop.clinic.boards.chart import ChartWanted
from pulse_desktop.clinic.boards.sheets import FiledDocument
from pulse_desktop.clinic.flows.values import ChartPrinted, ReceiptGiven, SheetGiven, SheetTakenBack
from pulse_desktop.documents.aftercare import aftercare_sheet
from pulse_desktop.documents.chart import chart_print
from pulse_desktop.documents.receipt import receipt
from pulse_desktop.documents.values import AftercareFacts, Document
from pulse_desktop.outside.chart_facts import facts_of_chart
from pulse_desktop.outside.paper_facts import facts_of_receipt, facts_of_sheet
from pulse_desktop.outside.printing import print_pdf
from pulse_desktop.storage.door import Door

Deliver = Callable[[Document], None]
"""Brings a document to the patient: prints or saves it. Raises Trouble when it could not."""

PAPER, FILE = "paper", "file"

register_sentences(
    {"not_saved": N_("The file could not be written there. Nothing was saved; choose another folder and try again.")}
)


def to_printer(name: str) -> Deliver:
    """Prints on this printer (CUPS)."""
    return lambda document: print_pdf(document.pdf, name, document.title)


def to_file(path: Path) -> Deliver:
    """Saves under this path, whole or not at all. Raises Trouble("not_saved")."""
    return lambda document: write_whole(document.pdf, path)


# --- aftercare ----------------------------------------------------------------------------------------------------------


def aftercare_facts(door: Door, visit_id: int, language: str, *, large_print: bool = False) -> AftercareFacts:
    """What the sheet of a visit says. Raises Refusal("still_on_sheet" | "nothing_done" | "no_such_language")."""
    return facts_of_sheet(door.look(boards.sheet_source, visit_id), language, large_print=large_print)


def aftercare(door: Door, visit_id: int, language: str, *, large_print: bool = False) -> Document:
    """Draws the aftercare sheet of a visit; nothing is filed or noted yet."""
    return aftercare_sheet(aftercare_facts(door, visit_id, language, large_print=large_print))


def give(door: Door, document: Document, visit_id: int, deliver: Deliver, *, how: str = PAPER) -> int:
    """Hands out an aftercare sheet; the id of what was given. When `deliver` raises, the note that it was given is taken back.

    The very bytes of `document` are filed and delivered.
    """
    sheet = SheetGiven(
        visit_id, document.language, document.version, how, document.file_name, document.pdf, document.title, document.pages
    )
    given_id = door.do(flows.give_sheet, sheet).answer
    try:
        deliver(document)
    except Problem as problem:
        door.do(flows.take_back_sheet, SheetTakenBack(given_id, problem.key))
        raise
    except BaseException:
        door.do(flows.take_back_sheet, SheetTakenBack(given_id, "broke_off"))
        raise
    return given_id


def given_sheet(door: Door, given_id: int) -> Document:
    """The sheet that was given, byte for byte: for another look and for printing it again."""
    return _as_document(door.look(boards.filed_sheet, given_id))


# --- receipts -----------------------------------------------------------------------------------------------------------


def receipt_document(door: Door, receipt_id: int, language: str) -> Document:
    """The receipt: the one that was handed out in this language, else drawn now."""
    filed = door.look(boards.filed_receipt, receipt_id, language)
    if filed is not None:
        return _as_document(filed)
    return receipt(facts_of_receipt(door.look(boards.receipt_source, receipt_id), language))


def give_receipt(door: Door, document: Document, receipt_id: int, deliver: Deliver) -> None:
    """Hands out a receipt; from now on this document is the receipt in its language. Raises what `deliver` raises."""
    door.do(
        flows.give_receipt,
        ReceiptGiven(
            receipt_id, document.language, document.title, document.file_name, document.version, document.pages, document.pdf
        ),
    )
    deliver(document)


# --- the chart ----------------------------------------------------------------------------------------------------------


def chart(door: Door, wanted: ChartWanted) -> tuple[Document, int]:
    """Draws what is wanted of a chart; with how many notes it holds. Raises Refusal("note_not_to_print" | "chart_too_long")."""
    course = None if wanted.note_id is not None else door.look(treatment.progress_of, wanted.patient_id)
    facts = facts_of_chart(door.look(boards.chart_source, wanted), course)
    return chart_print(facts), len(facts.notes)


def give_chart(door: Door, document: Document, wanted: ChartWanted, notes: int, deliver: Deliver, *, how: str = PAPER) -> None:
    """Hands out a print of the chart. That it leaves is written down first: a paper nobody knows of is worse than a line for
    one that jammed. Raises what `deliver` raises."""
    door.do(flows.print_chart, ChartPrinted(wanted.patient_id, wanted.kind, how, notes, document.checksum, wanted.note_id))
    deliver(document)


def _as_document(filed: FiledDocument) -> Document:
    return Document(filed.title, filed.file_name, filed.pdf, filed.checksum, filed.version, filed.language, filed.pages)


def write_whole(content: bytes, path: Path) -> None:
    """Writes a file under this path, whole or not at all. Raises Trouble("not_saved")."""
    try:
        handle, name = tempfile.mkstemp(prefix=".pulse-", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        raise Trouble("not_saved") from None
