"""A computer that cannot print says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.outside import printing

PDF = b"%PDF-1.7\n%%EOF\n"


def test_a_computer_without_a_print_system_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert printing.printers() == ()
    with pytest.raises(Trouble, match="print_unable"):
        printing.print_pdf(PDF, "good", "Aftercare")


def test_without_a_running_print_system_there_is_no_printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    assert printing.printers() == ()
    with pytest.raises(Trouble):
        printing.print_pdf(PDF, "good", "Aftercare")
