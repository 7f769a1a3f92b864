"""The only way to commands and queries, for windows, command line and jobs alike.

A command is one transaction: permission, the work, history, changes, exactly one audit event, commit; then the
announcement. A query that is audited is written down before its result is handed over. If the audit trail cannot
be written, nothing happens and nothing is shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from sqlalchemy import Connection, Engine, bindparam, select

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Denied, Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock
from pulse_desktop.storage import answers, ledger
from pulse_desktop.storage.audit import AuditTrail, Head, Outcome, WrittenAlready, head
from pulse_desktop.storage.context import Actor, AuditSubject, Context, Signer
from pulse_desktop.storage.engine import check_thread, writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.line import Line
from pulse_desktop.storage.notes import Change, Notes
from pulse_desktop.storage.own_news import OwnNews
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import Declaration, declaration_of
from pulse_desktop.storage.sending import Sending, attempted
from pulse_desktop.storage.sessions import ClinicSession, CommandSession, LookSession
from pulse_desktop.storage.tables import table_of

__all__ = ["Change", "Done", "Door", "Listener"]

P = ParamSpec("P")
V = TypeVar("V")
R = TypeVar("R")
Listener = Callable[[frozenset[Change]], None]

_ROLES_ARE_FRESH_FOR = 10.0  # seconds; a role taken away works at every seat well within a minute

register_sentences(
    {
        "operation_reused": N_("This was sent twice with different content. The first one stands; nothing else was changed."),
        "person_inactive": N_("Your access to this clinic has ended. Nothing was changed."),
    }
)


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a command did: its answer, its id, the rows it touched, and whether it can be taken back."""

    answer: R
    operation: str
    changes: frozenset[Change]
    undo: bool


@dataclass(slots=True)
class _Gate:
    """Shared by all doors of a seat: open to commands until something was found that no command may make worse."""

    shut_for: Trouble | None = None

    def check(self) -> None:
        if self.shut_for is not None:
            raise self.shut_for.with_traceback(None)


class Door:
    """The door of one person at one seat."""

    def __init__(
        self, engine: Engine, actor: Actor, seat: str, clock: Clock, *, audit: AuditTrail, signer: Signer | None = None,
        gate: _Gate | None = None, line: Line | None = None,
    ) -> None:  # fmt: skip
        self._reading = engine
        self._writing = writing(engine)
        self._actor = actor
        self._seat = seat
        self._clock = clock
        self._audit = audit
        self._signer = signer
        self._turn = threading.RLock()
        self._asked_roles = -_ROLES_ARE_FRESH_FOR
        self._gate = gate or _Gate()
        self._line = line or Line(engine)
        self._races = engine.dialect.name != "sqlite"  # a file lets in one writer at a time
        self.listeners: list[Listener] = []
        """Hear what was written here."""
        self.listeners_elsewhere: list[Listener] = []
        """Hear what was written at other seats (`feed`)."""
        self.own_news = OwnNews()

    @property
    def seat(self) -> str:
        """What this seat is called."""
        return self._seat

    @property
    def actor(self) -> Actor:
        """Who stands at this seat, with the roles last read."""
        return self._actor

    @property
    def is_far(self) -> bool:
        """The clinic is on a server, which may not answer; a file is always here."""
        return self._races

    def do(
        self, command: Callable[[Context, V], R], value: V, *, consents: frozenset[str] = frozenset(), operation: str | None = None
    ) -> Done[R]:
        """Carries out a command. Raises Problems (nothing was written) or Mistake; the same `operation` id twice acts once.

        Trouble("server_unsure"): whether it was written is not known; send it again with the same `operation`.
        """
        declaration = _declared(command, writes=True)
        self._gate.check()
        sending = Sending(declaration, value, consents, operation or new_id(), operation is not None)
        with self.own_news.of(sending.operation):
            done = self._line.keep_trying(lambda: attempted(sending, self._carry_out, self._earlier, once_more=self._races))
            if self._signer is not None and declaration.needs is Permission.SIGN_NOTE:
                self._signer.spend(sending.operation)
            if done.changes:
                self.own_news.announced(sending.operation)
                _tell(self.listeners, done.changes)
        return done

    def look(self, query: Callable[Concatenate[Context, P], R], *args: P.args, **named: P.kwargs) -> R:
        """Answers a query. An audited look is written into the trail first; if that fails, nothing is shown."""
        declaration, event = _declared(query, writes=False), new_id()
        return cast("R", self._line.keep_trying(lambda: cleanly(lambda: self._look_up(declaration, event, args, named))))

    def was_done(self, command: Callable[[Context, V], R], operation: str) -> Done[R] | None:
        """What the operation of this id did, if it was carried out: for one that ended in Trouble("server_unsure")."""
        sending = Sending(_declared(command, writes=True), None, frozenset(), operation, True)
        return self._line.keep_trying(lambda: cleanly(lambda: self._earlier(sending)))

    def reach(self) -> None:
        """Asks the server for nothing but an answer. Raises Trouble("server_gone") when none comes."""
        self._line.keep_trying(lambda: cleanly(self._reach))

    def enter(self) -> None:
        """Signs in: reads who this is from the database and writes it down. Raises Refusal("person_inactive")."""
        event = new_id()
        self._line.keep_trying(lambda: cleanly(lambda: self._enter(event)))

    def note(self, action: str, outcome: Outcome = "done", subject: AuditSubject | None = None) -> None:
        """Writes an event that is no command: signing in and out, a lock, a print that failed."""
        event = new_id()
        self._line.keep_trying(lambda: cleanly(lambda: self._note(event, action, outcome, subject or AuditSubject())))

    def signs_with(self, signer: Signer) -> None:
        """From now on notes are signed at this door with `signer`."""
        self._signer = signer

    def beside(self, actor: Actor, engine: Engine | None = None) -> Door:
        """A door of the same clinic for another person at this computer; on a server through an engine of their own."""
        audit, line = self._audit.of_another_sitting(), None if engine else self._line
        return Door(engine or self._reading, actor, self._seat, self._clock, audit=audit, gate=self._gate, line=line)

    def head(self) -> Head:
        """The newest event of the audit trail."""
        return self._line.keep_trying(lambda: cleanly(self._head))

    def only_show(self, why: Trouble) -> None:
        """From now on every command at this seat raises `why`; what is there can still be looked at."""
        self._gate.shut_for = why

    def hear(self, changes: frozenset[Change]) -> None:
        """Other seats wrote this."""
        _tell(self.listeners_elsewhere, changes)

    def close(self) -> None:
        """Nothing is announced after this."""
        self.listeners.clear()
        self.listeners_elsewhere.clear()

    # ---- commands

    def _carry_out(self, sending: Sending) -> Done[Any]:
        notes = Notes()
        with self._turn, CommandSession(self._writing, notes) as session:
            context = self._context(session, sending.operation, sending.consents, notes)
            if sending.is_repeated and (before := self._answered(session.connection(), sending)) is not None:
                return before
            answer = self._within_bounds(sending.declaration, context, (sending.value,), {})
            session.flush()
            self._write_down(sending.declaration, context, answers.to_text(answer))
            sending.is_unsure = True
            session.commit()
        sending.is_unsure = False
        changes = notes.changes()
        if any(change.subject == VaultPerson.__tablename__ for change in changes):
            self._asked_roles = -_ROLES_ARE_FRESH_FOR
        return Done(answer, sending.operation, changes, undo=bool(changes) and sending.declaration.undo is not None)

    def _earlier(self, sending: Sending) -> Done[Any] | None:
        with self._turn, self._reading.begin() as connection:
            return self._answered(connection, sending)

    def _answered(self, connection: Connection, sending: Sending) -> Done[Any] | None:
        earlier = ledger.answered(connection, sending.operation)
        if earlier is None:
            return None
        if (earlier.command, earlier.person) != (sending.declaration.name, self._actor.vault_id):
            raise Refusal("operation_reused")
        return Done(answers.from_text(earlier.answer), sending.operation, frozenset(), undo=sending.declaration.undo is not None)

    def _write_down(self, declaration: Declaration, context: Context, answer: str) -> None:
        """History, changes, the operation and its one audit event, in the command's own transaction.

        Only a command that goes on for a whole sitting (typing a note) leaves its event to the first of its kind.
        """
        connection, at = context.session.connection(), self._clock.now()
        ledger.write(connection, context, declaration.name, answer, at)
        if context.is_audited_already:
            return
        if context.consents and context.subject.reason_code is None:
            context.subject.reason_code = "+".join(sorted(consent.partition(": ")[0] for consent in context.consents))
        self._audit.append(
            connection, context.actor, declaration.audit or declaration.name, at,
            event_id=context.operation, subject=context.subject, outcome="done",
        )  # fmt: skip

    # ---- queries

    def _look_up(self, declaration: Declaration, event: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        with LookSession(self._reading) as session:
            context = self._context(session, event, frozenset(), Notes())
            found = self._within_bounds(declaration, context, args, named)
        if declaration.audit is not None:
            self._note(event, declaration.audit, "seen", context.subject)
        return found

    # ---- both

    def _enter(self, event: str) -> None:
        try:
            with ClinicSession(self._reading) as session:
                self._refresh_actor(session)
        except Refusal:
            self._note(event, "person.sign_in", "denied", AuditSubject())
            raise
        self._note(event, "person.sign_in", "done", AuditSubject())

    def _note(self, event: str, action: str, outcome: Outcome, subject: AuditSubject) -> None:
        """Writes an event; one that was sent before and never answered stands once."""
        try:
            cleanly(lambda: self._add_event(event, action, outcome, subject))
        except WrittenAlready:
            return

    def _add_event(self, event: str, action: str, outcome: Outcome, subject: AuditSubject) -> None:
        with self._turn, self._writing.begin() as connection:
            self._audit.append(connection, self._actor, action, self._clock.now(), event_id=event, subject=subject, outcome=outcome)

    def _reach(self) -> None:
        with self._reading.connect() as connection:
            connection.exec_driver_sql("SELECT 1")

    def _head(self) -> Head:
        with self._reading.begin() as connection:
            return head(connection)

    def _context(self, session: ClinicSession, operation: str, consents: frozenset[str], notes: Notes) -> Context:
        check_thread()
        self._refresh_actor(session)
        return Context(session, self._actor, self._seat, self._clock, operation, consents, self._signer, AuditSubject(), notes)

    def _within_bounds(self, declaration: Declaration, context: Context, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Calls the function if this person may. Any denial, its own included, ends the transaction and is written down."""
        try:
            _admit(declaration, context, args, named)
            return declaration.function(context, *args, **named)
        except Denied:
            context.session.rollback()
            self._note(new_id(), declaration.audit or declaration.name, "denied", context.subject)
            raise

    def _refresh_actor(self, session: ClinicSession) -> None:
        """Roles are what the database says now, not what they were at sign-in."""
        if time.monotonic() - self._asked_roles < _ROLES_ARE_FRESH_FOR:
            return
        found = session.execute(_PERSON, {"vault_id": self._actor.vault_id}).one_or_none()
        if found is None or not found.active:
            raise Refusal("person_inactive")
        self._actor = Actor(found.staff_id or 0, self._actor.vault_id, found.name, frozenset(map(Role, found.roles)))
        self._asked_roles = time.monotonic()


_PEOPLE = table_of(VaultPerson)
_PERSON = select(_PEOPLE.c.staff_id, _PEOPLE.c.name, _PEOPLE.c.roles, _PEOPLE.c.active).where(_PEOPLE.c.vault_id == bindparam("vault_id"))


def _tell(listeners: list[Listener], changes: frozenset[Change]) -> None:
    for listener in tuple(listeners):
        listener(changes)


def _admit(declaration: Declaration, context: Context, args: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Permission first, then the object."""
    if not context.may(declaration.needs):
        raise Denied
    if declaration.about is not None:
        context.subject.patient_id = declaration.about(*args, **named)
    if declaration.allow is not None:
        declaration.allow(context, *args, **named)


def _declared(function: Callable[..., Any], *, writes: bool) -> Declaration:
    declaration = declaration_of(function)
    if declaration.writes is not writes:
        message = f"{declaration.name} is {'a query' if writes else 'a command'}"
        raise TypeError(message)
    return declaration
