"""What `demo-data` does: a clinic from a seed or from CSV files, in a folder that holds nothing else, or nothing at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.rehearsal.demo.comparison import Comparison
from pulse_desktop.rehearsal.demo.demo_clinic import TODAY, DemoClinic, Tell, fill_clinic
from pulse_desktop.rehearsal.demo.invented import Invented
from pulse_desktop.rehearsal.demo.values import Source

register_sentences(
    {
        "demo_folder_used": N_(
            "There is something in this folder already. Nothing was changed. Name a folder that is empty or not there yet."
        ),
    }
)


def make(
    folder: Path, patients: int, visits: int | None, seed: int, csv_folder: Path | None, *, tell: Tell
) -> DemoClinic:
    """Makes the clinic; what was begun is removed again when it fails. Raises Refusal."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal("demo_folder_used")
    source: Source = (
        Comparison(csv_folder, TODAY) if csv_folder else Invented(patients, visits or patients * 10, seed, TODAY)
    )
    try:
        return fill_clinic(folder, source, tell=tell)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
