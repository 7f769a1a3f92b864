"""Reads our PDFs back: text, structure, fonts, pixels. Nothing here knows how they were made."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import page as page_validation
import pypdfium2
from PIL import Image
from pypdf import PdfReader


@lru_cache(maxsize=4)
def reader(pdf: bytes) -> PdfReader:
    """The document as pypdf reads it, strictly. Kept for the next test of the same document: parsing is what costs."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    """All text with single blanks."""
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in reader(pdf).pages))


def squeezed(text: str) -> str:
    """Text without any white space: how a line was broken does not matter."""
    return re.sub(r"\s+", "", text)


def breaches(pdf: bytes) -> list[str]:
    """What PDF/UA-1 finds wrong."""
    report = page_validation.validate_pdf_bytes(pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def fonts(pdf: bytes) -> dict[str, bool]:
    """Names of all fonts used, and whether each is embedded."""
    found: dict[str, bool] = {}
    for one in reader(pdf).pages:
        for font in one["/Resources"]["/Font"].values():  # type: ignore[index]
            descriptor = font.get_object().get("/FontDescriptor")
            found[str(font.get_object()["/BaseFont"])] = bool(descriptor) and "/FontFile2" in descriptor.get_object()
    return found


def elements(pdf: bytes) -> Iterator[tuple[str, Any]]:
    """All structure elements in reading order: role and dictionary."""
    root: Any = reader(pdf).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    yield from _below(root["/K"].get_object())


def _below(element: Any) -> Iterator[tuple[str, Any]]:
    if "/S" not in element:
        return
    yield str(element["/S"])[1:], element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from _below(kid.get_object())


def pictures(pdf: bytes, dpi: int = 72) -> list[Image.Image]:
    """Each page in grey pixels."""
    return [one.render(scale=dpi / 72).to_pil().convert("L") for one in pypdfium2.PdfDocument(pdf)]


def ink_in(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Something dark is drawn inside the box (left, top, right, bottom in pixels)."""
    histogram = image.crop(box).histogram()
    return sum(histogram[:200]) > 0
