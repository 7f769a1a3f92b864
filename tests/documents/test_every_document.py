"""Promises that every document keeps, drawn empty, full and hostile."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import socket
from hashlib import sha256
from itertools import cycle

import pytest

import pulse_desktop.documents
from pulse_desktop.documents.aftercare import aftercare_sheet
from pulse_desktop.documents.page import BOTTOM, LEFT, RIGHT, TOP
from pulse_desktop.documents.receipt import receipt
from pulse_desktop.documents.values import Document
from tests.documents.examples import EVERY_DOCUMENT, HOSTILE_TEXTS, LANGUAGES, hostile_receipt, hostile_sheet
from tests.documents.reading import breaches, elements, fonts, ink_in, pictures, reader, squeezed, text_of


@pytest.fixture(params=EVERY_DOCUMENT, scope="module")
def document(request: pytest.FixtureRequest) -> Document:
    return EVERY_DOCUMENT[request.param].draw()


def test_every_kind_has_its_three_examples() -> None:
    drawn = {example.document for example in EVERY_DOCUMENT.values()}
    assert drawn == documents_of_the_room()
    for kind in drawn:
        names = [example.name for example in EVERY_DOCUMENT.values() if example.document == kind]
        for wanted in ("empty", "full", "hostile"):
            assert any(f"-{wanted}-" in name for name in names), f"{kind} has no {wanted} example"


def documents_of_the_room() -> set[str]:
    """All public functions of the room that give a Document."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(pulse_desktop.documents.__path__):
        loaded = importlib.import_module(f"pulse_desktop.documents.{module.name}")
        for name, thing in vars(loaded).items():
            is_own = inspect.isfunction(thing) and thing.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and inspect.signature(thing).return_annotation == "Document":
                found.add(name)
    return found


def test_keeps_every_rule_of_pdf_ua(document: Document) -> None:
    assert breaches(document.pdf) == []


def test_embeds_its_fonts_and_nothing_else(document: Document) -> None:
    used = fonts(document.pdf)
    assert used
    assert all("PulseSansSC" in name and embedded for name, embedded in used.items())
    assert b"Helvetica" not in document.pdf


def test_tells_its_pages_checksum_and_language(document: Document) -> None:
    read = reader(document.pdf)
    assert len(read.pages) == document.pages
    assert document.checksum == sha256(document.pdf).hexdigest()
    assert str(read.trailer["/Root"]["/Lang"]).startswith(document.language)  # type: ignore[index]


def test_holds_no_picture_and_no_link(document: Document) -> None:
    for one in reader(document.pdf).pages:
        assert len(one.images) == 0
        assert "/XObject" not in one["/Resources"].get_object()  # type: ignore[operator]
        assert "/Annots" not in one


def test_keeps_its_margins_free(document: Document) -> None:
    for image in pictures(document.pdf):
        width, height = image.size
        assert not ink_in(image, (0, 0, width, int(TOP) - 2)), "ink above the type area"
        assert not ink_in(image, (0, int(BOTTOM) + 3, width, height)), "ink below the type area"
        assert not ink_in(image, (0, 0, int(LEFT) - 2, height)), "ink at the left"
        assert not ink_in(image, (int(RIGHT) + 8, 0, width, height)), "ink at the right"


def test_begins_with_a_title_and_names_its_figures_and_heads(document: Document) -> None:
    found = list(elements(document.pdf))
    heads = [role for role, _element in found if role.startswith("H")]
    assert heads[0] == "H1"
    alternatives = [str(element["/Alt"]) for role, element in found if role == "Figure"]
    assert all(len(words) > 10 and "object" not in words for words in alternatives)
    assert all("/A" in element for role, element in found if role == "TH")


@pytest.mark.parametrize("name", [name for name in EVERY_DOCUMENT if "-usual-" in name])
def test_same_facts_give_same_bytes(name: str) -> None:
    example = EVERY_DOCUMENT[name]
    assert example.draw().pdf == example.draw().pdf


@pytest.mark.parametrize("name", [name for name in EVERY_DOCUMENT if "-usual-" in name])
def test_names_no_patient_outside_the_page(name: str) -> None:
    drawn = EVERY_DOCUMENT[name].draw()
    read = reader(drawn.pdf)
    told = [drawn.title, drawn.file_name, str(read.metadata), str(read.xmp_metadata and read.xmp_metadata.stream.get_data())]
    assert not any("Alvarez" in one or "P-1042" in one for one in told)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_more: object) -> socket.socket:
        message = "a document asked for the network"
        raise AssertionError(message)

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(("text", "language"), list(zip(HOSTILE_TEXTS[:6], cycle(LANGUAGES), strict=False)))
def test_what_people_wrote_is_only_text(text: str, language: str) -> None:
    """Markup of any kind is printed as it stands (F5)."""
    for drawn in (aftercare_sheet(hostile_sheet(text, language)), receipt(hostile_receipt(text, language))):
        said = text_of(drawn.pdf)
        assert squeezed(text) in squeezed(said)
        assert "root:" not in said
