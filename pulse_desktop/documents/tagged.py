"""A canvas whose pages are tagged: PDF/UA-1 is the base of every document, not an option.

Everything drawn stands either inside an element (`element`, `content`) or is an artifact (rules, boxes, ornaments).
Drawing outside both raises, so an untagged page cannot come to be. Bytes depend on nothing but what was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from pulse_desktop.documents.fonts import font_name
from pulse_desktop.documents.structure import Element, StructureTree, hex_text

# Page streams in plain binary: wrapping them in ASCII as well costs a fifth of the time and a quarter of the size.
rl_config.useA85 = 0

LETTER = (612.0, 792.0)
"""US Letter in points."""
_PRODUCER = "Pulse Desktop"
_METADATA = """<?xpacket begin="\N{BYTE ORDER MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""


class TaggedCanvas(canvas.Canvas):
    """ReportLab's canvas with structure. `title` is the document's, without patient data; `language` a BCP 47 tag;
    `moment` (aware) is what the file gives as its date: a document has no clock of its own."""

    def __init__(self, title: str, language: str, moment: datetime, size: tuple[float, float] = LETTER) -> None:
        self._buffer = BytesIO()
        super().__init__(
            self._buffer,
            pagesize=size,
            invariant=1,
            pageCompression=1,
            lang=language,
            pdfVersion=(1, 7),
            initialFontName=font_name(bold=False),  # type: ignore[arg-type]  # the stubs say float
        )
        self.width, self.height = size
        self.tree = StructureTree()
        self._open = [self.tree.root]
        self._page = 0
        self._title, self._language = title, language
        self.setTitle(title)
        self.setDateFormatter(lambda *_now: _pdf_date(moment))
        for put in (self.setAuthor, self.setSubject, self.setCreator, self.setProducer):
            put(_PRODUCER)

    @contextmanager
    def element(self, role: str, alt: str = "", scope: str = "") -> Iterator[Element]:
        """What is drawn inside belongs to a new element under the open one. It holds other elements or `content`."""
        made = Element(role, alt=alt, scope=scope)
        self._open[-1].kids.append(made)
        self._open.append(made)
        try:
            yield made
        finally:
            self._open.pop()

    @contextmanager
    def content(self) -> Iterator[None]:
        """What is drawn inside is content of the open element."""
        owner = self._open[-1]
        number = self.tree.mark(owner, self._page)
        self._write(f"/{owner.role} <</MCID {number}>> BDC")
        try:
            yield
        finally:
            self._write("EMC")

    @contextmanager
    def leaf(self, role: str, alt: str = "", scope: str = "") -> Iterator[Element]:
        """An element that holds content only: a paragraph, a head, a figure."""
        with self.element(role, alt, scope) as made, self.content():
            yield made

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside says nothing: rules, boxes, ornaments."""
        self._write("/Artifact BMC")
        try:
            yield
        finally:
            self._write("EMC")

    @contextmanager
    def standing_for(self, actual: str) -> Iterator[None]:
        """What is drawn inside stands for `actual`, which readers and the clipboard get instead."""
        self._write(f"/Span <</ActualText {hex_text(actual)}>> BDC")
        try:
            yield
        finally:
            self._write("EMC")

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self.showPage()
        self._page += 1

    def finish(self) -> tuple[bytes, int]:
        """Close the document: its bytes and how many pages it has."""
        self.showPage()
        document: Any = self._pdf()
        for number in range(self._page + 1):
            _mark_page(document.idToObject[f"Page{number + 1}"], number)
        catalog = document.Catalog
        catalog.StructTreeRoot = self.tree.write(document)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFName("true")[1:]})
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = self._metadata()
        document.SaveToFile(self._buffer, self)
        return self._buffer.getvalue(), self._page + 1

    def _metadata(self) -> Any:
        text = _METADATA.format(title=escape(self._title), language=escape(self._language), producer=_PRODUCER)
        kind = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")})
        return pdfdoc.PDFStream(kind, text.encode("utf-8"))

    def _write(self, operator: str) -> None:
        code: list[str] = self.__dict__["_code"]
        code.append(operator)

    def _pdf(self) -> Any:
        """ReportLab's document under the canvas (its stubs hide it)."""
        return self.__dict__["_doc"]


def _pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it: D:20261124105800-05'00'."""
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def _mark_page(page: Any, number: int) -> None:
    """Tell a page where its content's parents are listed, and that the tab key follows the structure."""
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = number
    page.Tabs = pdfdoc.PDFName("S")
