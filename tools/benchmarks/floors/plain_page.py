"""Floor: one page of ReportLab with given lines of text and given figures, untagged, in an embedded font.

First line on standard input: {"lines": [...], "curves": count, "font": path}. Then for each line one page is drawn
and {"ms": ..., "bytes": ...} answered. Frozen.
"""

from __future__ import annotations

import io
import json
import sys
import time
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


def _drawn(told: dict[str, Any]) -> bytes:
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=letter)
    canvas.setFont("Plain", 10)
    for at, words in enumerate(told["lines"]):
        canvas.drawString(40, 760 - at % 60 * 12, words)
    for at in range(told["curves"]):
        path = canvas.beginPath()
        path.moveTo(300, 300 + at % 90)
        path.curveTo(320, 310, 340, 320, 360, 330 + at % 50)
        canvas.drawPath(path)
    canvas.showPage()
    canvas.save()
    return page.getvalue()


def main() -> None:
    told = json.loads(sys.stdin.readline())
    pdfmetrics.registerFont(TTFont("Plain", told["font"]))
    for _line in sys.stdin:
        begun = time.perf_counter()
        size = len(_drawn(told))
        print(json.dumps({"ms": (time.perf_counter() - begun) * 1000, "bytes": size}), flush=True)


if __name__ == "__main__":
    main()
