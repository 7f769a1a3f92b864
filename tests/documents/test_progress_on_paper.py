"""The course on paper: the described picture drawn on a page, in black and white, with its words beside it."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pulse_desktop.clinic.atlas.course import KINDS, CoursePoint, CourseVisit, ProgressPicture, progress_words
from pulse_desktop.clinic.atlas.drawing import Drawn, Rect, Shape
from pulse_desktop.clinic.atlas.measures import PAIN, measures
from pulse_desktop.clinic.atlas.progress_picture import progress_picture
from pulse_desktop.documents.body_painter import INK_ON_PAPER, POINTS_A_PX, Box, paint
from pulse_desktop.documents.fonts import font_name

TODAY = date(2026, 11, 24)
WIDTH, HEIGHT = 640.0, 300.0
SCALE = 2.0


def a_course(key: str = PAIN) -> ProgressPicture:
    """Nine visits, every kind of treatment among them."""
    measure = measures()[key]
    days = [TODAY - timedelta(days=7 * back) for back in range(8, -1, -1)]
    span = measure.highest - measure.lowest
    scores = [measure.lowest + span * share // 100 // measure.step * measure.step for share in (80, 70, 70, 60, 60, 70, 60, 60, 40)]
    kinds = [tuple(KINDS)[: 1 + number % 6] for number in range(9)]
    visits = tuple(CourseVisit(day, done) for day, done in zip(days, kinds, strict=True))
    points = tuple(CoursePoint(day, score, score - measure.step) for day, score in zip(days, scores, strict=True))
    return ProgressPicture(measure, "Pain before treatment", points, visits, TODAY, of_visits=True, is_dated=True)


def described(picture: ProgressPicture) -> tuple[Drawn, ...]:
    font = font_name(bold=False)
    return progress_picture(picture, WIDTH, HEIGHT, letters=10, width_of=lambda words, size: stringWidth(words, font, size))


def drawn_on_paper(shapes: tuple[Drawn, ...]) -> bytes:
    page = io.BytesIO()
    width, height = WIDTH * POINTS_A_PX, HEIGHT * POINTS_A_PX
    canvas = Canvas(page, pagesize=(width, height))
    paint(canvas, shapes, Rect(0, 0, WIDTH, HEIGHT), Box(0, 0, width, height), font=font_name(bold=False))
    canvas.save()
    return page.getvalue()


def pixels(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=SCALE).to_pil().convert("RGB")
    document.close()
    return image


def inks(image: Image.Image) -> set[tuple[int, int, int]]:
    """Every colour of the page."""
    plain = image.tobytes()
    return set(zip(plain[::3], plain[1::3], plain[2::3], strict=True))


@pytest.mark.parametrize("key", measures())
def test_every_measure_is_drawn_in_greys_only(key: str) -> None:
    image = pixels(drawn_on_paper(described(a_course(key))))
    greys = inks(image)
    assert (0x11, 0x11, 0x11) in greys
    assert all(max(ink) - min(ink) <= 1 for ink in greys)


def test_control_a_colour_would_be_seen() -> None:
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(100, 100))
    canvas.setFillColor(HexColor(0x1D6B57))
    canvas.rect(0, 0, 50, 50, stroke=0, fill=1)
    canvas.save()
    assert max(max(ink) - min(ink) for ink in inks(pixels(page.getvalue()))) > 1


def test_paper_has_an_ink_for_every_role_of_the_picture() -> None:
    roles = set()
    for one in described(a_course()):
        roles |= {one.fill, one.pen} if isinstance(one, Shape) else {one.role, one.halo}
    assert roles - {""} <= set(INK_ON_PAPER)


def test_the_words_on_the_page_can_be_read_and_the_picture_said() -> None:
    document = pypdfium2.PdfDocument(drawn_on_paper(described(a_course())))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    for words in ("change that matters:", "2 points", "Nov 24: 4", "Gua sha", "E-stim", "Nov 1"):
        assert words in text
    assert progress_words(a_course()).startswith("Pain before treatment fell from 8 to 4 over 9 visits since Sep 29")
