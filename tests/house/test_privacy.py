"""What people write stays in the clinic: no log, no exception, no file on the disk holds it in the open (P1, K1, K2 short).

A whole day is lived with words that occur nowhere else; then everything that could have caught them is searched.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Problem
from pulse_desktop.clinic import boards, flows, money, patients, schedule, treatment
from pulse_desktop.clinic.flows.values import CheckOut, NewCaller, SheetTakenBack
from pulse_desktop.clinic.money.values import Charge, Payment, PaymentLine, Reversal, Tender
from pulse_desktop.clinic.patients.values import ConditionDraft, PatientDraft
from pulse_desktop.clinic.schedule.values import Cancelling, DeskNote, State
from pulse_desktop.clinic.treatment.values import Amendment, NoteDraft, SaveDraft, SignNote
from pulse_desktop.outside import handing_out
from pulse_desktop.storage.faults import Mistake
from tests.builders import PASSWORD, TODAY, TestClinic, a_booking
from tests.house.watching import engine_of, muted
from tests.house.whole_day import Lived, WholeDay, Words

CANARIES = Words(
    first="Zebediah", last="Quillfeather", phone="9735550199", note="Vexing xylophone shoulder", desk="Brings her ocelot Umberto",
    reason="Stung by a wobbegong",
)  # fmt: skip
SECRETS = (*(word for text in (CANARIES.first, CANARIES.last, CANARIES.note, CANARIES.desk, CANARIES.reason) for word in text.split() if len(word) > 6),
           CANARIES.phone)  # fmt: skip
PLAIN_SIGNS = (b"SQLite format 3", b"CREATE TABLE", b"INSERT INTO")


def forms_of(secret: bytes) -> tuple[bytes, ...]:
    """A secret as bytes, and what of it shows inside base64 at each of the three alignments."""
    inside = (
        base64.b64encode(b"\0" * shift + secret)[hidden : (shift + len(secret)) * 8 // 6] for shift, hidden in enumerate((0, 2, 3))
    )
    return (secret, *(part for part in inside if len(part) >= 8))


def searched() -> tuple[bytes, ...]:
    """Everything that must be found nowhere: each word as UTF-8, UTF-16 and base64."""
    words = [form for word in SECRETS for text in (word, word.lower()) for form in (text.encode(), text.encode("utf-16-le"))]
    return tuple(form for word in words for form in forms_of(word)) + PLAIN_SIGNS


def found_in(content: bytes, wanted: tuple[bytes, ...]) -> list[bytes]:
    return [one for one in wanted if one in content]


def told_by(error: BaseException | None) -> str:
    """All that an exception and whatever clings to it would say in a report."""
    said = ""
    while error is not None:
        said += f"{error} {error!r} {vars(error)} {getattr(error, '__notes__', '')}"
        error = error.__cause__ or error.__context__
    return said


class Heard(logging.Handler):
    """Everything that anybody logged, down to the libraries, and what every exception said."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.levelname} {record.getMessage()} {record.args} {record.exc_info and told_by(record.exc_info[1])} {record.stack_info}")

    def secrets(self) -> list[str]:
        everything = "\n".join(self.lines + self.errors).casefold()
        return [word for word in SECRETS if word.casefold() in everything]


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Iterator[Heard]:
    """Every logger at DEBUG."""
    for name in ("", "pulse_desktop", "sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm", "reportlab", "alembic"):
        caplog.set_level(logging.DEBUG, logger=name or None)
    listening = Heard()
    logging.getLogger().addHandler(listening)
    yield listening
    logging.getLogger().removeHandler(listening)


def live(clinic: TestClinic) -> Lived:
    return WholeDay(clinic, words=CANARIES).lives()


def catches(heard: Heard, attempt: Callable[[], Any]) -> None:
    """Something goes wrong; what it says is kept."""
    try:
        attempt()
    except (Problem, Mistake, TypeError) as error:
        heard.errors.append(told_by(error))
        return
    heard.errors.append("went well")


def failures(clinic: TestClinic, it: Lived) -> tuple[tuple[Callable[..., Any], Any], ...]:
    """Wrong values full of names: refused by rules, by the database, by Python."""
    name, note = f"{CANARIES.first} {CANARIES.last}", clinic.door.look(treatment.note, it.note)
    ruined: Any = (name.encode(),)
    patient = PatientDraft(CANARIES.first, CANARIES.last, CANARIES.phone)
    return (
        (patients.register, replace(patient, phone=CANARIES.note)), (patients.register, replace(patient, born=date(2100, 1, 1))),
        (patients.register, replace(patient, first_name=CANARIES.last * 50)), (patients.register, replace(patient, last_name=ruined)),
        (patients.register, replace(patient, office_id=ruined)), (patients.edit, replace(patient, id=it.maria, version=1)),
        (patients.record_condition, ConditionDraft(it.maria, name, TODAY)),
        (patients.record_condition, ConditionDraft(it.maria, "asthma_smoke", TODAY, regions=ruined)),
        (schedule.book_visit, a_booking(clinic, it.maria)), (schedule.book_visit, a_booking(clinic, it.maria, desk_note=ruined)),
        (schedule.write_desk_note, DeskNote(it.visit, 1, CANARIES.desk)), (schedule.write_desk_note, DeskNote(it.visit, 99, name)),
        (schedule.cancel_visit, Cancelling(it.visit, 1, State.CANCELLED, CANARIES.reason)),
        (flows.register_and_book, NewCaller(patient, a_booking(clinic, 0, service_ids=()))),
        (treatment.save_draft, SaveDraft(it.note, note.version, NoteDraft(complaint=CANARIES.note))),
        (treatment.save_draft, SaveDraft(it.note, note.version, NoteDraft(complaint=ruined))),
        (treatment.sign_note, SignNote(it.note, note.version, NoteDraft(complaint=CANARIES.note))),
        (treatment.amend, Amendment(it.note, name, CANARIES.note, CANARIES.reason)),
        (treatment.amend, Amendment(it.note, "addendum", ruined, CANARIES.reason)),
        (money.charge, Charge(it.maria, clinic.office(), "product", ruined, 5)), (money.charge, Charge(it.maria, 99, name, name, 5)),
        (money.take_payment, Payment(it.maria, clinic.office(), (PaymentLine(Tender.CARD, -5, name),))),
        (money.reverse, Reversal((1, 99), CANARIES.reason)), (flows.take_back_sheet, SheetTakenBack(99, CANARIES.reason)),
        (flows.check_out, CheckOut(it.visit, 1, None, (PaymentLine(Tender.CARD, 5, name),), 5)),
    )  # fmt: skip


def test_p1_a_day_at_debug_leaves_no_word_in_logs_and_errors(clinic: TestClinic, heard: Heard) -> None:
    it = live(clinic)
    for command, value in failures(clinic, it):
        catches(heard, lambda: clinic.door.do(command, value))  # noqa: B023 - called at once
        assert heard.errors[-1] != "went well", command.__name__ + str(value)
    searching: Any = (CANARIES.last.encode(),)
    for query in (patients.search, boards.find):
        clinic.door.look(query, CANARIES.last)
        catches(heard, lambda: clinic.door.look(query, searching))  # noqa: B023 - called at once
    with muted(clinic):
        catches(heard, lambda: clinic.door.do(patients.register, PatientDraft(CANARIES.first, CANARIES.last, CANARIES.phone)))
        catches(heard, lambda: clinic.door.look(boards.patient_file, it.maria))
    assert heard.secrets() == []
    assert len(heard.errors) > 25
    assert len(heard.lines) > 50, "nothing was logged at all, so nothing was tried"


def test_p1_control_a_word_in_a_log_or_an_error_is_seen(heard: Heard) -> None:
    logging.getLogger("pulse_desktop.somewhere").debug("patient %s", CANARIES.last)
    assert heard.secrets() == ["Quillfeather"]
    hiding = RuntimeError("hidden")
    hiding.__cause__ = ValueError(CANARIES.phone)
    heard.errors.append(told_by(hiding))
    assert heard.secrets() == ["Quillfeather", CANARIES.phone]


def test_p1_control_without_its_filter_the_database_library_logs_rows(clinic: TestClinic, heard: Heard) -> None:
    logger = logging.getLogger("sqlalchemy.engine.Engine")
    taken = list(logger.filters)
    logger.filters.clear()
    try:
        live(clinic)
    finally:
        logger.filters.extend(taken)
    assert "Quillfeather" in heard.secrets()


def test_p1_a_drawing_that_fails_names_nobody(clinic: TestClinic, heard: Heard) -> None:
    it = live(clinic)
    facts = handing_out.aftercare_facts(clinic.door, it.visit, "en")
    broken: Any = replace(facts, cups=(CANARIES.last,))  # type: ignore[arg-type]
    from pulse_desktop.documents.aftercare import aftercare_sheet

    with pytest.raises(Exception) as told:
        aftercare_sheet(broken)
    heard.errors.append(str(type(told.value)))
    assert heard.secrets() == []


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_k1_nothing_lies_open_on_the_disk(clinic: TestClinic, tmp_path: Path) -> None:
    """Looked at while the clinic is open, so that the journal and its index are there, and again once it is closed."""
    live(clinic)
    clinic.clock.advance(minutes=1)
    open_files = files_below(tmp_path)
    assert {"clinic/clinic.db", "clinic/clinic.db-wal", "clinic/clinic.db-shm", "clinic/vault.json"} <= set(open_files)
    vault_id = clinic.desk.clinic.person_id
    clinic.close()
    for name, content in {**open_files, **files_below(tmp_path)}.items():
        assert found_in(content, searched()) == [], name
    reopen(clinic, vault_id)


def reopen(clinic: TestClinic, vault_id: str) -> None:
    from pulse_desktop.clinic.practice.sign_in import open_clinic

    clinic.desk = open_clinic(clinic.folder, vault_id, PASSWORD, clock=clinic.clock, allow_weak=True)


def test_k1_control_a_plain_database_is_seen(tmp_path: Path) -> None:
    plain = dbapi2.connect(str(tmp_path / "plain.db"))
    plain.execute("CREATE TABLE patient (name TEXT)")
    plain.execute("INSERT INTO patient VALUES (?)", (CANARIES.last,))
    plain.commit()
    plain.close()
    content = (tmp_path / "plain.db").read_bytes()
    assert {b"Quillfeather", b"SQLite format 3", b"CREATE TABLE"} <= set(found_in(content, searched()))
    hidden = base64.b64encode(b"x" + CANARIES.note.encode() + b"yy")
    assert found_in(hidden, searched())
    assert found_in(CANARIES.last.encode("utf-16-le"), searched())


def keys_of(clinic: TestClinic) -> tuple[bytes, ...]:
    """Every key of the open clinic, raw, as hexadecimal and in base64."""
    ring = clinic.desk.clinic._unlocked.ring
    raw = (ring.master, ring.database, ring.attachments, ring.backup, clinic.desk.clinic._audit_key, PASSWORD.encode())
    shown = (form for key in raw for form in (key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key)))
    return tuple(shown)


def test_k2_no_key_and_no_password_is_anywhere_but_in_memory(clinic: TestClinic, tmp_path: Path, heard: Heard) -> None:
    live(clinic)
    keys = keys_of(clinic)
    here = {f"/proc/self/{name}": Path(f"/proc/self/{name}").read_bytes() for name in ("cmdline", "environ", "status", "maps")}
    for name, content in {**here, **files_below(tmp_path)}.items():
        assert found_in(content, keys) == [], name
    said = "\n".join(heard.lines).encode() + "\n".join(map(repr, (engine_of(clinic), engine_of(clinic).url, clinic.desk.clinic._unlocked))).encode()
    assert found_in(said, keys) == []


def test_k2_control_a_key_that_lies_about_is_seen(clinic: TestClinic) -> None:
    keys = keys_of(clinic)
    for form in (keys[0], keys[1], keys[3]):
        assert found_in(b"before " + form + b" after", keys)


def test_k2_a_crash_leaves_no_core(clinic: TestClinic) -> None:
    import resource

    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


def test_the_audit_trail_holds_numbers_and_no_words(clinic: TestClinic) -> None:
    live(clinic)
    clinic.door.look(patients.search, CANARIES.last)
    with engine_of(clinic).begin() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM audit").all()
    written = "\n".join(repr(tuple(row)) for row in rows).casefold()
    assert [word for word in SECRETS if word.casefold() in written] == []
    assert len(rows) > 60
