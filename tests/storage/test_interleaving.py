"""C1 in a file: nobody's words are written over unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from pulse_desktop.storage.open_clinic import OpenClinic
from tests.storage.interleaving import interleave
from tests.storage.workshop import PASSWORD


def test_c1_the_second_of_two_seats_hears_it(clinic: OpenClinic, engine: Engine) -> None:
    other = clinic.beside(clinic.person_id, PASSWORD)
    assert interleave((clinic.door, other.door), engine, 20) == 20


@pytest.mark.long
def test_c1_a_thousand_times(clinic: OpenClinic, engine: Engine) -> None:
    other = clinic.beside(clinic.person_id, PASSWORD)
    assert interleave((clinic.door, other.door), engine, 1000) == 1000
