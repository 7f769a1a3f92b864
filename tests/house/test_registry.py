"""Every command and query keeps the door's promises: declared, permitted by role, one audit event, one object check.

Z1, Z2, Z6, U1, U4 and L3 of the reliability page in their short forms, generated from the registry: what is new is in.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pulse_desktop.basics.problems import Denied, Outdated, Problem, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import boards, flows, money, packages, patients, practice, schedule, treatment
from pulse_desktop.clinic.boards.chart import ChartWanted
from pulse_desktop.clinic.flows.values import (
    Arrival,
    ChartPrinted,
    CheckOut,
    PackageSale,
    ReceiptGiven,
    SheetGiven,
    SheetTakenBack,
)
from pulse_desktop.clinic.money.values import Charge, Payment, PaymentLine, Reversal, Tender
from pulse_desktop.clinic.packages.values import HoldSession
from pulse_desktop.clinic.patients.values import ConditionDraft, Screening
from pulse_desktop.clinic.practice.values import SettingValue
from pulse_desktop.clinic.schedule.values import Wish
from pulse_desktop.clinic.treatment.reentry import Reentry
from pulse_desktop.clinic.treatment.values import (
    Amendment,
    CupsCounted,
    CupsOff,
    CupsOn,
    NeedlesIn,
    NeedlesOut,
    SaveDraft,
    ScoreDraft,
    ScoreInError,
    SignNote,
    TimesChange,
)
from pulse_desktop.storage import permissions
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.faults import Mistake
from pulse_desktop.storage.people import may_back_up, may_bring_seats, may_check, may_move, people
from pulse_desktop.storage.permissions import ROLE_PERMISSIONS, Permission, Role
from pulse_desktop.storage.registry import Declaration, Undeclared, declaration_of
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.builders_treatment import (
    a_cup,
    a_needle,
    a_package,
    a_signed_note,
    an_offer,
    an_open_note,
    arrived,
    complete,
    okafor_signs_in,
    the_package,
)
from tests.house import program
from tests.house.places import ROOT
from tests.house.watching import becomes, events, muted, state_of
from tests.house.whole_day import Lived, WholeDay

SUBJECTS = ("practice", "patients", "schedule", "treatment", "packages", "money", "flows", "boards")

DONE_BY_STORAGE = {
    "storage.people.enrol", "storage.people.keep_own_password", "storage.people.keep_card", "storage.people.keep_listing",
    "clinic.practice.founding.found_practice", "storage.server_people.give_ways",
}  # fmt: skip
"""Commands that no screen sends: making a clinic, letting people in and changing a password do; see the test below."""
ASKED_BY_OTHERS = {
    "storage.people.may_check", "storage.people.may_back_up", "storage.people.may_bring_seats", "storage.people.may_move",
    "clinic.treatment.queries.signatures",
}  # fmt: skip
"""Queries tried by whoever checks the file, makes a backup or a seat file, or moves the clinic."""


# ---- declared


def undeclared_in(module: Any) -> list[str]:
    """Exported functions that take a context and are not in the registry."""
    found = []
    for name in module.__all__:
        function = getattr(module, name)
        if inspect.isfunction(function) and "context" in inspect.signature(function).parameters:
            try:
                declaration_of(function)
            except Undeclared:
                found.append(name)
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_whatever_a_subject_exports_is_declared(subject: str) -> None:
    assert undeclared_in(import_module(f"pulse_desktop.clinic.{subject}")) == []


def test_control_an_undeclared_export_is_found_and_does_not_pass_the_door(clinic: TestClinic) -> None:
    def stray(context: Context, value: int) -> int:
        return value

    module = type("module", (), {"__all__": ["stray", "book_visit"], "stray": staticmethod(stray), "book_visit": schedule.book_visit})
    assert undeclared_in(module) == ["stray"]
    for send in (clinic.door.do, clinic.door.look):
        with pytest.raises(Undeclared):
            send(stray, 1)


def test_all_subjects_are_looked_at() -> None:
    rooms = {path.parent.name for path in (ROOT / "pulse_desktop/clinic").glob("*/__init__.py")}
    assert rooms - {"atlas"} == set(SUBJECTS)


def test_every_command_can_be_reached() -> None:
    """Exported from its subject, or sent by storage itself."""
    exported = {id(getattr(module, name)) for module in (import_module(f"pulse_desktop.clinic.{one}") for one in SUBJECTS) for name in module.__all__}
    hidden = {one.name for one in program.commands() if id(one.function) not in exported}
    assert hidden == DONE_BY_STORAGE | {"storage.undo.take_back"}


def test_every_command_has_an_audit_event_of_its_own_name() -> None:
    for one in program.commands():
        assert one.audit, one.name
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", one.audit), one.name


def named_in_tests(declared: Iterable[Declaration], texts: Iterable[str]) -> set[str]:
    """Those a test file calls by subject and name, or imports by name."""
    whole = "\n".join(texts)
    called = set(re.findall(r"\b(\w+)\.(\w+)\b", whole))
    imported = {name for line in re.findall(r"import \(?([\w, \n]+)", whole) for name in re.findall(r"\w+", line)}
    return {
        one.name
        for one in declared
        if any((part, one.function.__name__) in called for part in one.name.split(".")[:-1]) or one.function.__name__ in imported
    }


def test_every_command_and_query_is_tried_by_its_own_tests() -> None:
    """Besides the house tests, which try all of them alike."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py") if "house" not in path.parts]
    every = (*program.commands(), *program.queries())
    untried = {one.name for one in every} - named_in_tests(every, texts) - DONE_BY_STORAGE
    assert untried - ASKED_BY_OTHERS == set()
    assert named_in_tests(every, ["clinic.look(schedule.visit, 1)"]) == {"clinic.schedule.queries.visit"}


# ---- Z1: roles


def admitted(clinic: TestClinic, one: Declaration) -> bool:
    """Whether the door lets this person in to a command or query; what it makes of an empty value is not asked here."""
    send = clinic.door.do if one.writes else clinic.door.look
    try:
        send(one.function, object())
    except Denied as denied:
        return not is_generic(denied)
    except (Problem, Mistake):
        return True
    return True


def is_generic(denied: Denied) -> bool:
    """A denial says the same whatever was asked for, so that nobody learns from it."""
    said = sentence(denied) == "Your role does not allow this. Nothing was changed."
    return said and (denied.key, denied.field, dict(denied.details)) == ("denied", "", {})


def wrong_cells(clinic: TestClinic, role: Role) -> list[str]:
    """The role's row of the matrix: names whose door stands open or shut against the declaration, or that left traces."""
    becomes(clinic, role)
    wrong, before = [], state_of(clinic)
    for one in (*program.commands(), *program.queries()):
        since = clinic.door.head().seq
        let_in = admitted(clinic, one)
        told = [(action, outcome) for _id, action, outcome in events(clinic, since)]
        expected = [] if let_in else [(one.audit or one.name, "denied")]
        is_right = let_in is (one.needs in ROLE_PERMISSIONS[role]) and told == expected
        wrong += [] if is_right else [f"{one.name}: let in {let_in}, events {told}"]
    assert state_of(clinic) == before
    return wrong


@pytest.mark.parametrize("role", list(Role))
def test_z1_every_command_and_query_for_every_role(clinic: TestClinic, role: Role) -> None:
    assert wrong_cells(clinic, role) == []


def test_z1_control_a_door_left_open_is_found(clinic: TestClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    loose = {**ROLE_PERMISSIONS, Role.FRONT_DESK: ROLE_PERMISSIONS[Role.FRONT_DESK] | {Permission.SIGN_NOTE}}
    monkeypatch.setattr(permissions, "ROLE_PERMISSIONS", loose)
    found = {line.partition(":")[0].rpartition(".")[2] for line in wrong_cells(clinic, Role.FRONT_DESK)}
    assert found == {"sign_note", "amend", "approve_lines", "to_sign"}


# ---- U1, U4: one event each, and nothing without it


class Watched:
    """Does each act twice: first with the audit trail shut, when nothing may happen; then for good."""

    def __init__(self, clinic: TestClinic) -> None:
        self.clinic = clinic
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def __call__(self, command: Callable[[Any, Any], Any], value: Any) -> Any:
        name = declaration_of(command).name
        self.seen.add(name)
        self._does_nothing_unheard(name, command, value)
        since = self.clinic.door.head().seq
        done = self.clinic.door.do(command, value)
        told = events(self.clinic, since)
        if told != [(done.operation, declaration_of(command).audit, "done")]:
            self.wrong.append(f"{name}: {told}")
        again = self.clinic.door.do(command, value, operation=done.operation)
        if again.answer != done.answer or len(events(self.clinic, since)) != 1:
            self.wrong.append(f"{name}: a repeat acted again")
        return done.answer

    def _does_nothing_unheard(self, name: str, command: Callable[[Any, Any], Any], value: Any) -> None:
        before = state_of(self.clinic)
        with muted(self.clinic):
            try:
                self.clinic.door.do(command, value)
                self.wrong.append(f"{name}: done without the audit trail")
            except (Problem, Mistake):
                pass
        if state_of(self.clinic) != before:
            self.wrong.append(f"{name}: left something behind without an event")


def test_u1_u4_l3_each_command_is_done_once_with_one_event_or_not_at_all(clinic: TestClinic) -> None:
    watched = Watched(clinic)
    WholeDay(clinic, watched).lives()
    assert watched.wrong == []
    assert {one.name for one in program.commands()} - watched.seen == DONE_BY_STORAGE


def test_u1_what_storage_does_by_itself_leaves_one_event_each(lived: tuple[TestClinic, Lived]) -> None:
    clinic, _numbers = lived
    okafor_signs_in(clinic)
    clinic.desk.clinic.change_password("many quiet herons wade here", "slow green boats at dusk")
    counted: dict[str, int] = {}
    for _id, action, outcome in events(clinic):
        counted[action] = counted.get(action, 0) + (outcome == "done")
    assert counted["practice.found"] == 1
    assert counted["person.enrol"] == 1
    assert counted["person.password"] == 1
    assert counted["clinic.card"] >= 1


def test_typing_is_audited_once_a_sitting(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    since = clinic.door.head().seq
    for at in range(5):
        clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version + at, replace(note.draft, complaint="x" * at)))
    assert [action for _id, action, _outcome in events(clinic, since)] == ["note.draft"]


def test_u1_each_look_leaves_its_declared_event_and_no_other(lived: tuple[TestClinic, Lived]) -> None:
    clinic, it = lived
    office, visit = clinic.office(), it.visit
    looks: dict[Callable[..., Any], tuple[Any, ...]] = {
        practice.practice_data: (), practice.setting: ("schedule.travel_minutes",), practice.approved_lines: (),
        treatment.required_parts: (), treatment.signed_file: (it.note,), treatment.to_sign: (), treatment.owing: (),
        treatment.where_it_belongs: (it.note,),
        patients.patient: (it.maria,), patients.name_of: (it.maria,), patients.conditions: (it.maria,), patients.recent: (),
        patients.search: ("alv",), patients.like: ("Maria", "Alvarez", None, ""),
        schedule.openings: (Wish((clinic.service(),), TODAY, TODAY + timedelta(days=2)),), schedule.day_schedule: (TODAY, (office,)),
        schedule.free_instead: (a_booking(clinic, it.maria),), schedule.visits_of: (it.maria,), schedule.visit: (visit,),
        packages.offers: (), packages.packages_of: (it.maria,), packages.open_packages: (), packages.totals: (),
        money.balance: (it.maria,), money.ledger: (it.maria,), money.receipt: (it.receipt,), money.receipts_of: (it.maria,),
        treatment.note: (it.note,), treatment.note_version: (it.note,), treatment.note_of_visit: (visit,), treatment.last_signed: (it.maria, TODAY + timedelta(days=1)),
        treatment.notes_of: (it.maria,), treatment.unsigned: (clinic.staff(),), treatment.check_signature: (it.note,),
        treatment.treatment_facts: (visit,), treatment.my_shorthand: (), treatment.sheets_of_visit: (visit,), treatment.running_timers: (office,),
        treatment.scores_of: (it.maria,), treatment.progress_of: (it.maria,), treatment.fading_cups: (it.maria, TODAY + timedelta(days=1)), boards.calendar_day: (TODAY, (office,)),
        boards.sheet_source: (visit,), boards.chart_source: (ChartWanted(it.maria, office),), boards.receipt_source: (it.receipt,), boards.checkout: (visit,), boards.find: ("alv",), boards.newest: (),
        boards.unsigned_counts: (), boards.filed_sheet: (it.given,), boards.filed_receipt: (it.receipt, "en"),
        boards.patient_banner: (it.maria,), boards.patient_file: (it.maria,), boards.open_packages: (), boards.today: (office, TODAY),
        boards.today_cards: (office, TODAY, (1,)),
        people: (), may_check: (), may_back_up: (), may_bring_seats: (), may_move: (), treatment.signatures: (),
    }  # fmt: skip
    assert {declaration_of(query).name for query in looks} == {one.name for one in program.queries()}
    before = state_of(clinic)
    for query, arguments in looks.items():
        one, since = declaration_of(query), clinic.door.head().seq
        clinic.door.look(query, *arguments)
        told = [(action, outcome) for _id, action, outcome in events(clinic, since)]
        assert told == ([(one.audit, "seen")] if one.audit else []), one.name
    assert state_of(clinic) == before


# ---- Z2: objects


def test_z2_a_note_is_written_by_its_author_only(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    signed = a_signed_note(clinic, a_visit(clinic, starts=13 * 60))
    okafor_signs_in(clinic)
    draft = replace(note.draft, cups=(a_cup(),), needles=(a_needle(),))
    values: dict[Callable[..., Any], Any] = {
        treatment.save_draft: SaveDraft(note.id, note.version, draft),
        treatment.put_cups_on: CupsOn(note.id, note.version, draft),
        treatment.take_cups_off: CupsOff(note.id, note.version, draft),
        treatment.needles_in: NeedlesIn(note.id, note.version, draft),
        treatment.needles_out: NeedlesOut(note.id, note.version, draft, 2),
        treatment.count_cups: CupsCounted(note.id, note.version, draft, 0),
        treatment.correct_times: TimesChange(note.id, note.version, draft),
        treatment.sign_note: SignNote(note.id, note.version, complete(draft)),
        treatment.amend: Amendment(signed.id, "correction", "Other side", "Slip of the pen"),
        treatment.enter_again: Reentry(signed.id, note.visit_id),
    }
    before = state_of(clinic)
    for command, value in values.items():
        since = clinic.door.head().seq
        with pytest.raises(Denied):
            clinic.door.do(command, value)
        assert [outcome for _id, _action, outcome in events(clinic, since)] == ["denied"]
    assert state_of(clinic) == before
    marked = Amendment(signed.id, "in_error", "", "Wrong chart")
    with pytest.raises(Denied):
        clinic.door.do(treatment.amend, marked)


def test_z2_control_without_the_object_check_a_colleague_could_write(clinic: TestClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    note = an_open_note(clinic)
    okafor_signs_in(clinic)
    one = declaration_of(treatment.save_draft)
    from pulse_desktop.storage import registry

    monkeypatch.setitem(registry._by_function, treatment.save_draft, replace(one, allow=None))
    assert clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version, note.draft)).answer == note.version + 1


def test_z2_nothing_of_one_patient_is_done_under_the_name_of_another(clinic: TestClinic) -> None:
    """Each of these names one patient's visit, package, condition or entry together with another patient."""
    maria, luis = a_patient(clinic), a_patient(clinic, "Luis", "Mori")
    visit, come = a_visit(clinic, luis), a_visit(clinic, luis, starts=16 * 60)
    arrived(clinic, come)
    come = clinic.door.look(schedule.visit, come.id)
    package = a_package(clinic, maria)
    condition = clinic.door.do(patients.record_condition, ConditionDraft(maria, "asthma_smoke", TODAY)).answer
    hers = clinic.door.do(money.charge, Charge(maria, clinic.office(), "product", "Liniment", 10_00)).answer
    his = clinic.door.do(money.charge, Charge(luis, clinic.office(), "product", "Liniment", 10_00)).answer
    cash = (PaymentLine(Tender.CASH, 10_00),)
    card = (PaymentLine(Tender.CARD, 900_00),)
    attempts: dict[str, tuple[Callable[..., Any], Any]] = {
        "hold": (packages.hold_session, HoldSession(package.package_id, visit.id)),
        "check out": (flows.check_out, CheckOut(come.id, come.version, package.package_id, (), 0)),
        "pay": (money.take_payment, Payment(maria, clinic.office(), cash, visit.id)),
        "charge for a visit": (money.charge, Charge(maria, clinic.office(), "service", "Visit", 10_00, visit.id)),
        "charge for a package": (money.charge, Charge(luis, clinic.office(), "package", "Ten", 10_00, package_id=package.package_id)),
        "reverse": (money.reverse, Reversal((hers, his), "Slip of the pen")),
        "condition": (patients.record_condition, ConditionDraft(luis, "asthma_smoke", TODAY, id=condition, version=1)),
        "screening": (patients.record_screening, Screening(luis, (ConditionDraft(maria, "pregnancy", TODAY),))),
        "arrival": (flows.check_in, Arrival(visit.id, visit.version, news=(ConditionDraft(maria, "pregnancy", TODAY),))),
        "sale for a visit": (
            flows.sell_package, PackageSale(maria, clinic.office(), the_package(clinic, maria).offer_id, card, use_for_visit_id=visit.id),
        ),
    }  # fmt: skip
    score = clinic.door.do(treatment.record_score, ScoreDraft(maria, "ndi", TODAY, 180)).answer
    attempts["score"] = (treatment.record_score, ScoreDraft(luis, "ndi", TODAY, 180, id=score, version=1))
    attempts["score in error"] = (treatment.mark_score_in_error, ScoreInError(luis, score, 1, "wrong_number"))
    before, passed = state_of(clinic), []
    for name, (command, value) in attempts.items():
        try:
            clinic.door.do(command, value)
            passed.append(name)
        except (Refusal, Outdated):  # Denied is a Refusal
            pass
    assert passed == []
    assert state_of(clinic) == before


def test_z2_numbers_that_name_nothing_are_refused_in_words(clinic: TestClinic) -> None:
    """No such patient, visit, note, receipt: never a mistake of ours, never a trace."""
    cash = (PaymentLine(Tender.CASH, 10_00),)
    office, maria, offer = clinic.office(), a_patient(clinic), an_offer(clinic)
    sheet = SheetGiven(99, "en", "1", "paper", "x.pdf", b"%PDF", "x", 1)
    commands: tuple[tuple[Callable[..., Any], Any], ...] = (
        (patients.record_condition, ConditionDraft(99, "pregnancy", TODAY)), (patients.record_screening, Screening(99, ())),
        (schedule.book_visit, a_booking(clinic, 99)), (schedule.book_visit, a_booking(clinic, maria, office_id=99)),
        (schedule.book_visit, a_booking(clinic, maria, staff_id=99)), (schedule.book_visit, a_booking(clinic, maria, room_id=99)),
        (schedule.book_visit, a_booking(clinic, maria, service_ids=(99,))), (flows.book_visit, a_booking(clinic, 99)),
        (flows.check_in, Arrival(99, 1)), (treatment.open_note, 99), (treatment.record_score, ScoreDraft(99, "ndi", TODAY, 180)),
        (treatment.mark_score_in_error, ScoreInError(99, 99, 1, "wrong_number")), (treatment.amend, Amendment(99, "addendum", "x", "y")), (treatment.enter_again, Reentry(99, 99)),
        (packages.hold_session, HoldSession(99, 99)), (packages.release_session, 99), (flows.check_out, CheckOut(99, 1, None, (), 0)),
        (money.take_payment, Payment(99, office, cash)), (money.charge, Charge(99, office, "product", "x", 1_00)),
        (money.take_payment, Payment(maria, 99, cash)), (money.reverse, Reversal((99,), "x")), (flows.give_sheet, sheet),
        (flows.sell_package, PackageSale(99, office, offer, cash)), (flows.sell_package, PackageSale(maria, 99, offer, cash)),
        (flows.sell_package, PackageSale(maria, office, 99, cash)), (flows.take_back_sheet, SheetTakenBack(99, "x")),
        (flows.give_receipt, ReceiptGiven(99, "en", "x", "x.pdf", "1", 1, b"%PDF")),
        (flows.print_chart, ChartPrinted(99, "whole", "paper", 1, "00")), (practice.lift_closure, 99),
        (take_back, TakeBack("no such operation")), (practice.save_setting, SettingValue("no.such", 1)),
    )  # fmt: skip
    looks: tuple[tuple[Callable[..., Any], tuple[Any, ...]], ...] = (
        (patients.patient, (99,)), (patients.name_of, (99,)), (schedule.visit, (99,)), (treatment.note, (99,)), (money.receipt, (99,)),
        (treatment.check_signature, (99,)), (treatment.treatment_facts, (99,)), (boards.checkout, (99,)), (boards.sheet_source, (99,)), (boards.chart_source, (ChartWanted(99, clinic.office()),)),
        (boards.receipt_source, (99,)), (boards.filed_sheet, (99,)), (boards.filed_receipt, (99, "en")), (boards.patient_banner, (99,)),
        (boards.patient_file, (99,)), (practice.setting, ("no.such",)), (boards.today, (99, TODAY)), (boards.today_cards, (99, TODAY, (1,))),
    )  # fmt: skip
    before, wrong = state_of(clinic), []
    for command, value in commands:
        wrong += mistaken(lambda: clinic.door.do(command, value), command, must_refuse=True)  # noqa: B023 - called at once
    for query, arguments in looks:
        wrong += mistaken(lambda: clinic.door.look(query, *arguments), query, must_refuse=False)  # noqa: B023 - called at once
    assert wrong == []
    assert state_of(clinic) == before


def mistaken(attempt: Callable[[], Any], function: Callable[..., Any], *, must_refuse: bool) -> list[str]:
    """What is wrong with how a function takes a number that names nothing."""
    name = declaration_of(function).name
    try:
        attempt()
    except Problem:
        return []
    except Mistake as mistake:
        return [f"{name}: {mistake}"]
    return [f"{name}: done"] if must_refuse else []


def test_z2_what_one_may_not_do_one_may_not_take_back_either(clinic: TestClinic) -> None:
    done = clinic.door.do(practice.save_closure, practice_closure(clinic))
    becomes(clinic, Role.FRONT_DESK)
    before = state_of(clinic)
    with pytest.raises(Denied):
        clinic.door.do(take_back, TakeBack(done.operation))
    assert state_of(clinic) == before


def practice_closure(clinic: TestClinic) -> Any:
    from pulse_desktop.clinic.practice.values import ClosureDraft

    return ClosureDraft(clinic.office(), TODAY + timedelta(days=30), "Holiday")


def test_the_lived_day_is_whole(lived: tuple[TestClinic, Lived], tmp_path: Path) -> None:
    """The clinic in which every command was done passes its own examination."""
    clinic, _numbers = lived
    assert clinic.desk.clinic.check().findings == ()
