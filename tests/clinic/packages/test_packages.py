"""Offers, holding and releasing through the door."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.clinic import boards, flows, money, packages
from pulse_desktop.clinic.money.values import Charge
from pulse_desktop.clinic.packages.values import HoldSession, OfferDraft
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import MINA, TestClinic, a_booking, a_patient, a_visit
from tests.builders_treatment import a_package, an_offer, the_package


def test_the_price_list_computes_what_is_saved(clinic: TestClinic) -> None:
    an_offer(clinic)
    offer = clinic.door.look(packages.offers)[0]
    assert (offer.single_cents, offer.saving_cents, offer.open_now) == (1_100_00, 200_00, 0)
    a_package(clinic, a_patient(clinic), offer.id)
    assert clinic.door.look(packages.offers)[0].open_now == 1
    totals = clinic.door.look(packages.totals)
    assert (totals.open_packages, totals.sessions_owed, totals.worth_cents) == (1, 10, 900_00)


def test_a_changed_offer_leaves_what_was_sold(clinic: TestClinic) -> None:
    patient_id, offer_id = a_patient(clinic), an_offer(clinic)
    a_package(clinic, patient_id, offer_id)
    offer = clinic.door.look(packages.offers)[0]
    clinic.door.do(packages.save_offer, OfferDraft("Ten visits", 12, 800_00, offer.covers, 3, offer_id, offer.version, active=False))
    assert clinic.door.look(packages.offers) == ()
    assert clinic.door.look(packages.offers, True)[0].sessions == 12
    assert the_package(clinic, patient_id).sessions == 10
    with pytest.raises(Outdated):
        clinic.door.do(packages.save_offer, OfferDraft("Ten visits", 9, 1, offer.covers, 3, offer_id, offer.version))


def test_a_session_is_held_once_and_given_back(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    visit = a_visit(clinic, patient_id)
    sold = a_package(clinic, patient_id)
    held = clinic.door.do(packages.hold_session, HoldSession(sold.package_id, visit.id))
    assert (the_package(clinic, patient_id).held, the_package(clinic, patient_id).left) == (1, 9)
    with pytest.raises(Refusal, match="session_held"):
        clinic.door.do(packages.hold_session, HoldSession(sold.package_id, visit.id))
    clinic.door.do(take_back, TakeBack(held.operation))
    assert the_package(clinic, patient_id).held == 0
    assert clinic.door.do(packages.release_session, visit.id).answer is False


def test_a_session_of_another_patient_or_for_another_service_is_not_held(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    sold = a_package(clinic, patient_id)
    other = a_visit(clinic, a_patient(clinic, "Jun", "Abe"))
    with pytest.raises(Refusal, match="package_other_patient"):
        clinic.door.do(packages.hold_session, HoldSession(sold.package_id, other.id))
    tuina = a_visit(clinic, patient_id, service_ids=(clinic.service("Tuina 30"),), starts=15 * 60)
    with pytest.raises(Refusal, match="package_does_not_fit"):
        clinic.door.do(packages.hold_session, HoldSession(sold.package_id, tuina.id))


def test_the_last_session_goes_once(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id, an_offer(clinic, sessions=1, price_cents=100_00))
    for starts in (9, 12):
        clinic.door.do(flows.book_visit, a_booking(clinic, patient_id, starts=starts * 60))
    assert (the_package(clinic, patient_id).held, the_package(clinic, patient_id).left) == (1, 0)


@pytest.mark.parametrize("table", ["credit_entry", "package", "ledger_entry", "receipt"])
@pytest.mark.parametrize("how", ["UPDATE {} SET id = id + 100", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"])
def test_what_is_posted_never_changes(clinic: TestClinic, table: str, how: str) -> None:
    """L2: the database itself refuses, whoever asks."""
    a_package(clinic, a_patient(clinic))
    with pytest.raises(DBAPIError), writing(clinic.desk.clinic._engine).begin() as connection:
        connection.exec_driver_sql(how.format(table, table))


def test_only_the_owner_changes_the_price_list(clinic: TestClinic) -> None:
    offer_id = an_offer(clinic)
    offer = clinic.door.look(packages.offers)[0]
    clinic.lets_in(MINA)
    mina = clinic.signs_in("Mina")
    assert mina.look(packages.offers)[0].id == offer_id
    with pytest.raises(Denied):
        mina.do(packages.save_offer, replace(OfferDraft("Mine", 1, 1, offer.covers)))


def test_open_packages_stand_in_the_order_they_end(clinic: TestClinic) -> None:
    people = [a_patient(clinic, first, "Kaplan") for first in ("Ana", "Ben")]
    a_package(clinic, people[0], an_offer(clinic, name="No end", good_months=None))
    a_package(clinic, people[1], an_offer(clinic, name="Half a year"))
    assert [line.name for line in clinic.door.look(packages.open_packages)] == ["Half a year", "No end"]
    assert [(one.patient, one.number) for one in clinic.door.look(boards.open_packages)] == [("Ben Kaplan", "P-1002"), ("Ana Kaplan", "P-1001")]
    clinic.clock.advance(days=200)
    assert [line.name for line in clinic.door.look(packages.open_packages)] == ["No end"]


def test_money_of_another_patients_package_is_refused(clinic: TestClinic) -> None:
    sold = a_package(clinic, a_patient(clinic))
    theirs = Charge(a_patient(clinic, "Jun", "Abe"), clinic.office(), "package", "Ten visits", 1, package_id=sold.package_id)
    with pytest.raises((Denied, Refusal)):
        clinic.door.do(money.charge, theirs)
