"""The structure tree of a tagged PDF: what each piece of a page is, in reading order, and where its content lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from reportlab.pdfbase import pdfdoc


@dataclass(slots=True)
class Content:
    """A marked-content sequence: its number on its page (pages count from 0)."""

    page: int
    number: int


@dataclass(slots=True)
class Element:
    """One structure element: its role ("P", "Table", "TH" …), its children in reading order, what it says of itself."""

    role: str
    alt: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    kids: list[Element | Content] = field(default_factory=list)
    name: str = ""


class StructureTree:
    """Collects the elements of a document while it is drawn and writes them into it at the end."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._owners: list[list[Element]] = []

    def mark(self, owner: Element, page: int) -> int:
        """A new marked-content number on `page`, owned by `owner`."""
        while len(self._owners) <= page:
            self._owners.append([])
        number = len(self._owners[page])
        self._owners[page].append(owner)
        owner.kids.append(Content(page, number))
        return number

    def write(self, document: Any) -> Any:
        """Add the whole tree to ReportLab's document; returns the reference to its root."""
        root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
        root_reference = document.Reference(root, "StructTreeRoot")
        self._name(self.root, count())
        root.dict["K"] = self._write(document, self.root, root_reference)
        root.dict["ParentTree"] = document.Reference(self._parent_tree(document), "ParentTree")
        root.dict["ParentTreeNextKey"] = len(self._owners)
        return root

    def _name(self, element: Element, numbers: Any) -> None:
        element.name = f"Element{next(numbers)}"
        for kid in element.kids:
            if isinstance(kid, Element):
                self._name(kid, numbers)

    def _write(self, document: Any, element: Element, parent: Any) -> Any:
        entries: dict[str, Any] = {
            "Type": pdfdoc.PDFName("StructElem"),
            "S": pdfdoc.PDFName(element.role),
            "P": parent,
        }
        entry = pdfdoc.PDFDictionary(entries)
        reference = document.Reference(entry, element.name)
        entry.dict["K"] = pdfdoc.PDFArray([self._kid(document, kid, reference) for kid in element.kids])
        entry.dict.update(_says(element))
        return reference

    def _kid(self, document: Any, kid: Element | Content, parent: Any) -> Any:
        if isinstance(kid, Element):
            return self._write(document, kid, parent)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("MCR"),
                "Pg": pdfdoc.PDFObjectReference(f"Page{kid.page + 1}"),
                "MCID": kid.number,
            }
        )

    def _parent_tree(self, document: Any) -> Any:
        numbers: list[Any] = []
        for page, owners in enumerate(self._owners):
            listed = pdfdoc.PDFArray([pdfdoc.PDFObjectReference(owner.name) for owner in owners])
            numbers += [page, document.Reference(listed, f"Parents{page}")]
        return pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})


def _says(element: Element) -> dict[str, Any]:
    """What an element says of itself: alternative text, the reach of a table head, the place of a figure."""
    entries: dict[str, Any] = {}
    if element.alt:
        entries["Alt"] = PdfText(element.alt)
    if element.scope:
        entries["A"] = _attribute("Table", Scope=pdfdoc.PDFName(element.scope))
    if element.box:
        entries["A"] = _attribute("Layout", BBox=pdfdoc.PDFArray([round(edge, 2) for edge in element.box]), Placement=pdfdoc.PDFName("Block"))
    return entries


def _attribute(owner: str, **values: Any) -> Any:
    return pdfdoc.PDFDictionary({"O": pdfdoc.PDFName(owner), **values})


class PdfText(pdfdoc.PDFObject):
    """A text string as a PDF wants it: UTF-16 in hex, so that no character of it can end it early."""

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, _document: Any) -> bytes:
        """The string as it stands in the file (ReportLab asks its objects so)."""
        return hex_text(self._text).encode("ascii")


def hex_text(text: str) -> str:
    """Text as a hex string in UTF-16BE with its byte order mark, ready for a content stream."""
    return f"<FEFF{text.encode('utf-16-be', errors='replace').hex().upper()}>"
