"""A follow-up written by copying: eight keys and the password from the Today board to the signature (screens.md)."""

from __future__ import annotations

import re

from tests.stories.conftest import Reads
from tests.stories.seat import Seat

CARD = "10:20 Huang Jie"


def test_the_last_treatment_copied_pain_and_response_filled_and_signed(seat: Seat, reads: Reads) -> None:
    desk = seat.desk
    seat.signs_in_by_keys("Lin Hua")
    desk.sees(CARD)
    desk.keys("Right")
    desk.walks_to(CARD, by="Up", most=8)
    with seat.task("copy the last treatment, fill today's pain") as copying:
        desk.keys("F6")
        desk.sees("Copy forward")
        desk.keys("Ctrl+D")
        desk.sees("Complaint: copied, confirm")
        desk.types("5")
        desk.sees("Pain before: 5 of 10")
    with seat.task("needles in, twenty minutes, counted out"):
        desk.keys("F7")
        desk.sees_that(lambda: _needles_in(desk.reads()) > 0, "the needles are in")
        needles = _needles_in(desk.reads())
        seat.minutes_pass(20)
        desk.keys("F7")
        desk.types(str(needles))
        desk.keys("Return")
        desk.sees(f"{needles} out")
    with seat.task("pain after, response, adverse events, sign") as signing:
        desk.keys("Ctrl+Return")
        desk.types("2")
        desk.sees("Pain after: 2 of 10")
        desk.keys("Ctrl+Return")
        desk.types("Easier")
        desk.keys("Tab", "Space")
        # what was copied and nobody has confirmed keeps the note from being signed
        desk.sees("To sign: complaint confirmed")
        desk.keys("Alt+C")
        desk.sees("Ready to sign")
        desk.keys("Ctrl+Return")
        desk.sees("Your password")
    assert copying.keys + signing.keys <= 8
    desk.types(seat.password)
    desk.keys("Return")
    desk.sees("Signed by")
    reader = reads()
    huang = reader.patient("Huang")
    note = reader.note(reader.visits(huang["id"])[-1]["id"])
    draft = note["draft"]
    assert (draft.pain_before, draft.pain_after, draft.response, draft.adverse, draft.copied) == (5, 2, "Easier", ("none",), ())
    assert draft.complaint
    assert draft.needle_count == needles
    assert reader.is_whole()


def _needles_in(screen: str) -> int:
    """The count at the head of the list of needles."""
    found = re.search(r"\| (\d+) in \|", screen)
    return int(found[1]) if found else 0
