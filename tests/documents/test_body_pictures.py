"""The map on the screen and the map on paper are one picture: Qt's and ReportLab's pixels are laid over each other."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pulse_desktop.basics.resources import resource_path
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas import BodyPicture, CupMark, Drawn, FadingMark, MovingCup, Rect
from pulse_desktop.documents import body_painter as paper
from pulse_desktop.gui.parts import body_painter as screen
from pulse_desktop.gui.parts.theme import Theme

SCALE = 0.7
OVERSAMPLED = 2
FAR_APART = 64
"""Difference of a pixel's worst channel (of 255) that counts: edges are smoothed a little differently by both."""
AGREE = 0.0005
"""Share of pixels that may be far apart."""

FONT = "PulseSansSC-Bold"
WINDOWS = {view: Rect(150, 20, 700, 1960) for view in atlas.VIEWS} | {"torso": Rect(160, 272, 680, 800)}


def marks() -> tuple[atlas.Mark, ...]:
    """Every kind of mark on every view."""
    found: list[atlas.Mark] = []
    for view in atlas.VIEWS:
        states = ("placed", "on", "due", "over", "off")
        for number, site in enumerate(atlas.sites_on(view)[::3], start=1):
            state = states[number % len(states)]
            found.append(CupMark(view, site.x, site.y, number, site.largest_mm, site.key, site.side, state, 0.62, number == 2))
        region = tuple(atlas.figure(view).regions.values())[20]
        found.append(atlas.BarredRegion(view, region.key, "stitches"))
        found.append(MovingCup(view, ((430.0, 1100.0), (440.0, 1240.0), (430.0, 1400.0)), 30, 40))
        found += [FadingMark(view, 470 + 30 * grade, 520, 40, grade, 2) for grade in range(6)]
    found += [mark for code in ("ST36", "BL60", "LI4", "GV20", "GB31") for mark in needles(code)]
    return tuple(found)


def needles(code: str) -> tuple[atlas.NeedleMark, ...]:
    point = atlas.acupoints()[code]
    return atlas.needle_marks(point, point.usual_side)


@cache
def colours() -> Mapping[str, Color]:
    theme = Theme("light")
    roles = [f"figure.{part}" for part in "skin outline contour site cup cup-glass cup-ink needle bar mark-rim".split()]
    roles += [f"marks.{grade}.{part}" for grade in range(6) for part in ("fill", "on")] + ["ink", "focus", "amber", "cinnabar"]
    return {role: HexColor(int(theme.hex(role)[1:], 16)) for role in roles}


@cache
def family() -> str:
    number = QFontDatabase.addApplicationFont(str(resource_path(f"fonts/{FONT}.ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


def with_qt(shapes: tuple[Drawn, ...], window: Rect) -> Image.Image:
    size = round(window.width * SCALE * OVERSAMPLED), round(window.height * SCALE * OVERSAMPLED)
    image = QImage(size[0], size[1], QImage.Format.Format_RGB888)
    image.fill(QColor("white"))
    font = QFont(family())
    font.setWeight(QFont.Weight.Bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter = QPainter(image)
    transform = screen.to_device(window, 0, 0, SCALE * OVERSAMPLED)
    screen.paint(painter, shapes, transform, Theme("light").color, font)
    painter.end()
    return Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())


def with_reportlab(shapes: tuple[Drawn, ...], window: Rect) -> Image.Image:
    points = SCALE * paper.POINTS_A_PX
    size = window.width * points, window.height * points
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(resource_path(f"fonts/{FONT}.ttf"))))
    pdf = io.BytesIO()
    canvas = Canvas(pdf, pagesize=size)
    paper.paint(canvas, shapes, window, paper.Box(0, 0, *size), font=FONT, colours=colours())
    canvas.save()
    document = pypdfium2.PdfDocument(pdf.getvalue())
    try:
        image: Image.Image = document[0].render(scale=OVERSAMPLED / paper.POINTS_A_PX).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def far_apart(one: Image.Image, other: Image.Image) -> float:
    """Share of pixels that are far apart, after both were brought to the size they are looked at."""
    size = one.width // OVERSAMPLED, one.height // OVERSAMPLED
    difference = ImageChops.difference(*(image.resize(size, Image.Resampling.BOX) for image in (one, other)))
    worst = ImageChops.lighter(ImageChops.lighter(*difference.split()[:2]), difference.split()[2])
    return sum(worst.histogram()[FAR_APART:]) / (size[0] * size[1])


def described(name: str, held: tuple[atlas.Mark, ...], style: atlas.PictureStyle = atlas.SCREEN) -> tuple[Drawn, ...]:
    view = "posterior" if name == "torso" else name
    return atlas.shapes(BodyPicture(view, held, style), WINDOWS[name], SCALE)


@pytest.mark.parametrize("name", WINDOWS)
def test_both_painters_draw_one_picture(qapp: object, name: str) -> None:
    shapes = described(name, marks())
    apart = far_apart(with_qt(shapes, WINDOWS[name]), with_reportlab(shapes, WINDOWS[name]))
    assert apart <= AGREE, f"{apart:.4%} of the pixels differ"


def test_both_painters_draw_the_print_style_alike(qapp: object) -> None:
    shapes = described("posterior", marks(), atlas.PRINT)
    assert far_apart(with_qt(shapes, WINDOWS["posterior"]), with_reportlab(shapes, WINDOWS["posterior"])) <= AGREE


def moved(held: tuple[atlas.Mark, ...], by: float) -> tuple[atlas.Mark, ...]:
    return tuple(replace(mark, x=mark.x + by) if isinstance(mark, CupMark) and mark.number == 1 else mark for mark in held)


def one_cup() -> tuple[atlas.Mark, ...]:
    site = atlas.cup_sites()["lumbar_paraspinal_mid_l"]
    return (CupMark(site.view, site.x, site.y, 1, 45, site.key, site.side, "on", 0.5),)


def test_a_cup_moved_by_12_units_is_noticed(qapp: object) -> None:
    """Negative control of the comparison above."""
    there, beside = described("torso", one_cup()), described("torso", moved(one_cup(), 12))
    window = WINDOWS["torso"]
    assert far_apart(with_qt(there, window), with_reportlab(there, window)) <= AGREE
    assert far_apart(with_qt(there, window), with_reportlab(beside, window)) > AGREE


def without_clips(shapes: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
    return tuple(replace(drawn, clips=()) if isinstance(drawn, atlas.Shape) else drawn for drawn in shapes)


def test_a_hatch_that_runs_over_its_region_is_noticed(qapp: object) -> None:
    """Negative control: both painters clip."""
    shapes = described("torso", (atlas.BarredRegion("posterior", "gluteal_r"),))
    window = WINDOWS["torso"]
    assert far_apart(with_qt(shapes, window), with_reportlab(shapes, window)) <= AGREE
    assert far_apart(with_qt(shapes, window), with_reportlab(without_clips(shapes), window)) > AGREE


def test_a_missing_word_is_noticed(qapp: object) -> None:
    """Negative control: letters are compared too."""
    shapes, window = described("torso", marks()), WINDOWS["torso"]
    silent = tuple(drawn for drawn in shapes if not isinstance(drawn, atlas.Text))
    assert far_apart(with_qt(shapes, window), with_reportlab(silent, window)) > AGREE


def test_the_same_picture_gives_the_same_bytes() -> None:
    def drawn() -> bytes:
        pdf = io.BytesIO()
        canvas = Canvas(pdf, invariant=1)
        window = WINDOWS["torso"]
        paper.paint(canvas, described("torso", one_cup(), atlas.PRINT), window, paper.Box(50, 50, 200, 200), font="Helvetica")
        canvas.save()
        return pdf.getvalue()

    assert drawn() == drawn()


def test_every_role_of_the_description_has_ink_on_paper() -> None:
    for name in WINDOWS:
        for style in (atlas.SCREEN, atlas.PRINT, atlas.PRINT_SMALL):
            for drawn in described(name, marks(), style):
                roles = (drawn.fill, drawn.pen) if isinstance(drawn, atlas.Shape) else (drawn.role, drawn.halo)
                assert set(roles) - {""} <= set(paper.INK_ON_PAPER)
