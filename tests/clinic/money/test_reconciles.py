"""L1: whatever happens in whatever order, money and sessions come out as the slow model says."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pulse_desktop.clinic import boards, flows, money, packages, schedule
from pulse_desktop.clinic.flows.values import CheckOut, ExtraLine, PackageSale
from pulse_desktop.clinic.money.values import Charge, Payment, PaymentLine, Reversal, Tender
from pulse_desktop.clinic.packages import rules
from pulse_desktop.clinic.packages.values import Cover, OfferDraft
from pulse_desktop.clinic.schedule.values import Cancelling, Progress, State, Step
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.both_databases import IN_FILES, Database
from tests.builders import a_booking, a_patient
from tests.clinic.money.slow_model import Bundle, Model

ACUPUNCTURE, ADD_CUPPING, TUINA = "Acupuncture 60", "+ cupping 15", "Tuina 30"
SERVICES = ((ACUPUNCTURE,), (ACUPUNCTURE, ADD_CUPPING), (TUINA,))
ON_ACCOUNT = frozenset({"on_account"})
who = st.integers(0, 1)
pick = st.integers(0, 1_000)
share = st.sampled_from((0, 1, 2, 3, 3))
small = st.integers(1, 5_000)


class Money(RuleBasedStateMachine):
    """Two patients, two offers, everything the desk can do with money and sessions."""

    database: Database = IN_FILES

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="pulse-money-"))
        self.clinic = self.database.clinic(self.folder)
        self.clinic.clock.advance(hours=4)
        self.turn = 0
        self.model = Model({ACUPUNCTURE: 110_00, ADD_CUPPING: 35_00, TUINA: 65_00})

    def teardown(self) -> None:
        self.clinic.close()
        shutil.rmtree(self.folder)

    @initialize()
    def opens(self) -> None:
        self.people = [a_patient(self.clinic, name, "Kaplan") for name in ("Robert", "Eva")]
        covers = (Cover(self.clinic.service(ACUPUNCTURE)), Cover(self.clinic.service(ADD_CUPPING), 25_00, uses_session=False))
        tuina = (Cover(self.clinic.service(TUINA)),)
        drafts = (OfferDraft("Three", 3, 250_01, covers), OfferDraft("Tuina two", 2, 99_99, tuina, None))
        self.offers = [(self.does(packages.save_offer, draft), draft) for draft in drafts]

    def does(self, command: Any, value: Any, consents: frozenset[str] = frozenset()) -> Any:
        self.last = self.clinic.door.do(command, value, consents=consents)
        return self.last.answer

    def steps(self, visit_id: int, progress: Progress) -> None:
        self.does(schedule.take_step, Step(visit_id, self.clinic.door.look(schedule.visit, visit_id).version, progress))

    def card(self, cents: int) -> tuple[PaymentLine, ...]:
        half = cents // 2
        lines = (PaymentLine(Tender.CARD, cents - half, "0044"), PaymentLine(Tender.CASH, half))
        return tuple(line for line in lines if line.cents)

    @rule(person=who, which=who, thirds=share)
    def sells(self, person: int, which: int, thirds: int) -> None:
        offer_id, draft = self.offers[which]
        paid = draft.price_cents * thirds // 3
        sale = PackageSale(self.people[person], self.clinic.office(), offer_id, self.card(paid))
        sold = self.does(flows.sell_package, sale, ON_ACCOUNT)
        service = (ACUPUNCTURE, TUINA)[which]
        bundle = Bundle(sold.package_id, self.people[person], draft.sessions, draft.price_cents, service, 25_00, draft.good_months is not None)
        self.model.sell(bundle, paid)

    @rule(person=who, services=st.sampled_from(SERVICES))
    def books(self, person: int, services: tuple[str, ...]) -> None:
        ids = tuple(self.clinic.service(name) for name in services)
        booking = a_booking(self.clinic, self.people[person], service_ids=ids, squeeze_in=True)
        self.model.book(self.does(flows.book_visit, booking), self.people[person], services)

    @precondition(lambda self: self.open_visits())
    @rule(at=pick, state=st.sampled_from((State.CANCELLED, State.LATE_CANCELLED, State.NO_SHOW, State.CLINIC_CANCELLED)))
    def cancels(self, at: int, state: State) -> None:
        visit = self.clinic.door.look(schedule.visit, self.chosen(at))
        done = self.does(flows.cancel_visit, Cancelling(visit.id, visit.version, state, "rain"))
        assert done.session == self.model.cancel(visit.id, costs_session=state in {State.LATE_CANCELLED, State.NO_SHOW})

    @precondition(lambda self: self.open_visits())
    @rule(at=pick, thirds=share, extra=st.sampled_from((0, 0, 6_00, 13_37)), undone=st.booleans())
    def checks_out(self, at: int, thirds: int, extra: int, undone: bool) -> None:
        visit_id, extras = self.chosen(at), (ExtraLine("Heat patch", extra),) if extra else ()
        self.steps(visit_id, Progress.ARRIVED)
        sheet = self.clinic.door.look(boards.checkout, visit_id, None, extras)
        patient, bundle = sheet.visit.patient_id, self.model.holding(visit_id) or self.model.fitting(visit_id)
        total = max(0, self.model.owed(patient) + sum(self.model.bill(visit_id, bundle)) + extra)
        assert sheet.total_cents == total
        assert (sheet.package.id if sheet.package else None) == (bundle.number if bundle else None)
        paid = total * thirds // 3
        asked = CheckOut(visit_id, sheet.visit.version, bundle.number if bundle else None, self.card(paid), total, extras)
        before = self.told() if undone else ()
        self.does(flows.check_out, asked, ON_ACCOUNT)
        if undone:
            self.does(take_back, TakeBack(self.last.operation))
            assert self.told() == before
            self.steps(visit_id, Progress.EXPECTED)
            self.model.new_receipt()
        else:
            self.model.check_out(visit_id, paid, extra)

    @rule(person=who, cents=small)
    def pays(self, person: int, cents: int) -> None:
        self.does(money.take_payment, Payment(self.people[person], self.clinic.office(), self.card(cents)))
        self.model.pay(self.people[person], cents)

    @rule(person=who, cents=small)
    def charges(self, person: int, cents: int) -> None:
        self.does(money.charge, Charge(self.people[person], self.clinic.office(), "fee", "Late fee", cents))
        self.model.charge(self.people[person], cents)

    @rule(person=who, at=pick)
    def reverses(self, person: int, at: int) -> None:
        """The last fee that stands (the model keeps several tenders of a payment as one, so payments are not picked)."""
        lines = [line for line in self.clinic.door.look(money.ledger, self.people[person]) if line.kind == "fee" and not line.is_reversed]
        if lines:
            line = lines[at % len(lines)]
            self.does(money.reverse, Reversal((line.id,), "waived"))
            fees = [one for one in self.model.entries if one.patient == self.people[person] and one.receipt < 0 and not one.gone]
            sorted(fees, key=lambda one: one.receipt)[at % len(lines)].gone = True

    def open_visits(self) -> list[int]:
        return [number for number, seen in self.model.visits.items() if seen.open]

    def chosen(self, at: int) -> int:
        found = self.open_visits()
        return found[at % len(found)]

    def told(self) -> tuple[object, ...]:
        door = self.clinic.door
        return tuple((door.look(money.balance, person), door.look(packages.packages_of, person)) for person in self.people)

    @invariant()
    def comes_out_alike(self) -> None:
        """One patient after each step, by turns, both after every fifth: a difference stays and is found a step later."""
        if not hasattr(self, "people"):
            return
        self.turn += 1
        for person in self.people if self.turn % 5 == 0 else self.people[self.turn % 2 :][:1]:
            assert self.clinic.door.look(money.balance, person) == self.model.owed(person)
            for line in self.clinic.door.look(packages.packages_of, person):
                bundle = self.model.bundles[line.id]
                assert (line.used, line.held, line.forfeited) == tuple(map(bundle.count, ("used", "held", "forfeited")))
                assert (line.left, line.paid_cents) == (bundle.left, self.model.paid(bundle))
                assert line.sessions == line.used + line.held + line.forfeited + line.left
                assert packages.usable_now(line) == self.model.usable(bundle)


def run(examples: int, steps: int, phases: tuple[Phase, ...] = tuple(Phase), database: Database = IN_FILES) -> None:
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    wanted = settings(
        max_examples=examples, stateful_step_count=steps, phases=phases, deadline=None, suppress_health_check=health, report_multiple_bugs=False
    )
    machine = Money if database is IN_FILES else type("MoneyOnServer", (Money,), {"database": database})
    run_state_machine_as_test(machine, settings=wanted)


def test_l1_money_and_sessions_reconcile(database: Database) -> None:
    """400 steps at most, on a server 60; the 2,000 of a push stand in `make test-long`, which has the time."""
    run(5 if database is IN_FILES else 1, 80 if database is IN_FILES else 60, database=database)


@pytest.mark.long
def test_l1_money_and_sessions_reconcile_in_two_thousand_steps(database: Database) -> None:
    run(20, 100, database=database)


BROKEN: dict[str, Any] = {"sessions_paid_for": lambda sessions, _price, _paid: sessions, "soonest_first": lambda lines: tuple(lines)[::-1]}
"""Rules, and what they are when they are broken: sessions nobody paid for are used, or the package that ends last is used first."""


def plays(*, thirds: int) -> None:
    """One course of the machine: two packages of a kind, paid in part, and two visits that use their sessions."""
    machine = Money()
    try:
        machine.opens()
        for _ in range(2):
            machine.sells(person=0, which=0, thirds=thirds)
        for _ in range(2):
            machine.books(person=0, services=SERVICES[0])
            machine.checks_out(at=0, thirds=3, extra=0, undone=False)
            machine.comes_out_alike()
            machine.comes_out_alike()
    finally:
        machine.teardown()


@pytest.mark.parametrize(("guard", "thirds"), [("sessions_paid_for", 0), ("soonest_first", 3)])
def test_without_its_rule_the_machine_turns_red(guard: str, thirds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control, by a course that leads there for certain; that chance finds one as well stands in `make test-long`."""
    plays(thirds=thirds)
    monkeypatch.setattr(rules, guard, BROKEN[guard])
    with pytest.raises(AssertionError):
        plays(thirds=thirds)


@pytest.mark.long
@pytest.mark.parametrize("guard", BROKEN)
def test_without_its_rule_the_machine_finds_a_course_that_turns_red(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, guard, BROKEN[guard])
    with pytest.raises(AssertionError):
        run(100, 50, (Phase.generate,))


@pytest.mark.long
def test_l1_money_and_sessions_reconcile_for_long() -> None:
    """100,000 steps at most."""
    run(1_000, 100)
