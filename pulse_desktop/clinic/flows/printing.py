"""A chart that leaves the program is written down: what of it, how, and which document."""

from __future__ import annotations

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.flows.values import ChartPrinted
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command


@command(needs=Permission.SEE_CLINICAL, audit="chart.print", about=lambda printed: printed.patient_id)
def print_chart(context: Context, printed: ChartPrinted) -> int:
    """Write down that a chart is printed or saved; how many notes it holds.

    The audit event names the patient, the note where it is one, what was printed, how, and the beginning of the
    document's checksum, so that a paper found later is known again.
    """
    if printed.how not in {"paper", "file"}:
        raise Refusal("sheet_how", "how")
    if not patients.name_of(context, printed.patient_id):
        raise Denied
    context.about(
        printed.patient_id, "note" if printed.note_id is not None else "chart", printed.note_id,
        reason_code=f"{printed.kind}:{printed.how}:{printed.notes}:{printed.checksum[:16]}",
    )  # fmt: skip
    return printed.notes
