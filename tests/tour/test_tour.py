"""The tour goes through the real windows, leaves its pictures and papers, and fails when a step does."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pypdf
from PySide6.QtGui import QImage

from pulse_desktop.app import tour_window
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.gui.tour.stops import STOPS, front_desk_signs_in
from pulse_desktop.gui.tour.tour import SIZE, Tour
from pulse_desktop.rehearsal.practice_clinic import PracticeClinic

PICTURES, PAPERS = 14, 3


def a_tour(clinic: PracticeClinic, out: Path) -> Tour:
    clock = SteppedClock(clinic.now)
    return Tour(out, clinic.password, partial(tour_window, clinic, clock), clock.pass_minutes)


def test_the_tour_goes_through_and_leaves_pictures_and_papers(practice_clinic: PracticeClinic, tmp_path: Path) -> None:
    tour = a_tour(practice_clinic, tmp_path / "tour")
    assert tour.run(STOPS) == 0

    pictures = sorted((tmp_path / "tour").glob("*.png"))
    assert len(pictures) >= PICTURES
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == SIZE
        colours = {image.pixel(x, y) for x in range(0, SIZE[0], 7) for y in range(0, SIZE[1], 7)}
        assert len(colours) > 20, f"{picture.name} is blank"

    papers = {paper.name: " ".join(pypdf.PdfReader(paper).pages[0].extract_text().split()) for paper in tour.papers}
    assert len(papers) >= PAPERS
    assert "Grace O’Neill" in papers["aftercare-en.pdf"]
    assert "Off at 10:48" in papers["aftercare-en.pdf"]
    assert "Después de su tratamiento" in papers["aftercare-es.pdf"]
    assert "$900.00" in papers["receipt.pdf"]


def test_a_tour_that_cannot_go_on_says_so_and_fails(practice_clinic: PracticeClinic, tmp_path: Path) -> None:
    def looks_for_what_is_not_there(tour: Tour) -> None:
        tour.desk.sees("a unicorn in Room 2", within=0.2)

    tour = a_tour(practice_clinic, tmp_path / "tour")
    assert tour.run((front_desk_signs_in, looks_for_what_is_not_there)) == 1
    assert (tmp_path / "tour" / "not-done.png").is_file()
