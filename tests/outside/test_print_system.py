"""With a real CUPS (collected where there is one, see conftest): the printer gets the very bytes; what does not come out is said, called back, and not noted as given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import sentence
from pulse_desktop.outside import printing
from tests.outside.print_system import PrintSystem

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def cups() -> Iterator[PrintSystem]:
    with TemporaryDirectory(prefix="pulse-cups-") as folder:  # short: a socket's path has room for 107 bytes
        Path(folder).chmod(0o755)
        system = PrintSystem(Path(folder))
        for name in ("good", "empty", "stuck", "slow"):
            system.add(name)
        yield system
        system.close()


@pytest.fixture
def print_system(cups: PrintSystem, monkeypatch: pytest.MonkeyPatch) -> PrintSystem:
    monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
    return cups


def test_the_very_bytes_reach_the_printer(print_system: PrintSystem) -> None:
    printing.print_pdf(PDF, "good", "Aftercare")
    assert print_system.paper.read_bytes() == PDF
    assert print_system.waiting() == ""


def test_printers_are_listed_the_default_one_first(print_system: PrintSystem) -> None:
    print_system.run("/usr/sbin/lpadmin", "-d", "slow")
    found = printing.printers()
    assert found[0] == printing.Printer("slow", is_default=True)
    assert {printer.name for printer in found} == {"good", "empty", "stuck", "slow"}


@pytest.mark.parametrize(("name", "key"), [("empty", "print_out_of_paper"), ("stuck", "print_stopped"), ("slow", "print_slow")])
def test_what_does_not_come_out_is_said_and_called_back(print_system: PrintSystem, name: str, key: str) -> None:
    with pytest.raises(Trouble) as told:
        printing.print_pdf(PDF, name, "Aftercare", patience=3)
    assert told.value.key == key
    assert "print again" in sentence(told.value)
    assert print_system.waiting() == ""


def test_a_stopped_printer_gets_nothing(print_system: PrintSystem) -> None:
    print_system.run("cupsdisable", "good")
    with pytest.raises(Trouble, match="print_stopped"):
        printing.print_pdf(PDF, "good", "Aftercare")
    assert print_system.waiting() == ""
    print_system.run("cupsenable", "good")


def test_an_unknown_printer_is_said(print_system: PrintSystem) -> None:
    with pytest.raises(Trouble, match="print_no_printer"):
        printing.print_pdf(PDF, "nowhere; rm -rf /", "Aftercare")
