"""The signer hears of a license that ends, before nothing can be signed any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pulse_desktop.clinic.practice.values import Licence
from pulse_desktop.gui.workplaces.note.licence_words import WARNED_BEFORE, licence_words
from tests.builders import TODAY, TestClinic
from tests.gui.opening import clinic

__all__ = ["clinic"]
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (TODAY + WARNED_BEFORE + DAY, ""),
        (TODAY + WARNED_BEFORE, "Your NJ license ends on"),
        (TODAY, "Your NJ license ends on Nov 24, 2026"),
        (TODAY - DAY, "Your NJ license ended on Nov 23, 2026, so the note cannot be signed there."),
    ],
)
def test_a_license_that_ends_is_told_before(clinic: TestClinic, ends: date, said: str) -> None:
    data, lin = clinic.practice, clinic.staff()
    mine = (Licence("NJ", "25MZ1", date(2020, 1, 1), ends), Licence("NY", "1", date(2020, 1, 1), date(2031, 1, 1)))
    staff = tuple(replace(member, licences=mine) if member.id == lin else member for member in data.staff)
    words = licence_words(replace(data, staff=staff), lin, clinic.office(), TODAY)
    assert words.startswith(said)
    assert bool(words) is bool(said)


def test_somebody_without_one_hears_that_too(clinic: TestClinic) -> None:
    data, lin = clinic.practice, clinic.staff()
    staff = tuple(replace(member, licences=()) if member.id == lin else member for member in data.staff)
    assert "no license in NJ" in licence_words(replace(data, staff=staff), lin, clinic.office(), TODAY)
