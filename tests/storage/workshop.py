"""Invented tables and commands on which storage proves its promises, and clinics to try them in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.basics.problems import Denied, NeedsConsent, Refusal, reason_in
from pulse_desktop.basics.times import Clock, SteppedClock
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.answers import answer
from pulse_desktop.storage.clinic_folder import ClinicCard, Newcomer
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.guards import append_only, frozen_when, no_overlap, on_guard
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command, query
from pulse_desktop.storage.tables import Base, Number, Record
from pulse_desktop.storage.undo import after_restore
from pulse_desktop.storage.vault import OfficeLine

PASSWORD = "green lantern over the harbour"
OTHER_PASSWORD = "blue kettle under the staircase"
CARD = ClinicCard("Riverside Acupuncture", (OfficeLine("Main Street", "1 Main Street, Hoboken, NJ"),))
START = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
HOUR = 3_600_000


class Bench(Record, Base):
    """Something people put, move and take away."""

    __tablename__ = "shop_bench"
    __undo_added__ = {"state": "gone"}  # noqa: RUF012 - a ClassVar of Record

    owner_id: Mapped[int]
    words: Mapped[str]
    state: Mapped[str] = mapped_column(String(8), default="there")
    at: Mapped[datetime]


class Letter(Record, Base):
    """Frozen once sealed, but for a mark."""

    __tablename__ = "shop_letter"
    __guards__ = (frozen_when("state = 'sealed'", except_for=("mark", "version")),)

    words: Mapped[str]
    state: Mapped[str] = mapped_column(String(8), default="open")
    mark: Mapped[str | None]


class Taken(Base):
    """Derived: which span of a thing is taken."""

    __tablename__ = "shop_taken"
    __guards__ = (no_overlap("kind", "key", "starts", "ends", 12 * HOUR, name="shop", kinds=("room", "patient", "bed")),)
    __table_args__ = (Index("ix_shop_taken_span", "kind", "key", "starts"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[int]
    starts: Mapped[int]
    ends: Mapped[int]


class Coin(Base):
    """Append-only."""

    __tablename__ = "shop_coin"
    __guards__ = (append_only(),)
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    worth: Mapped[int]


on_guard("shop:room", lambda: Refusal("room_taken", "starts"))


@dataclass(frozen=True, slots=True)
class Putting:
    words: str
    owner_id: int = 7


@dataclass(frozen=True, slots=True)
class Moving:
    bench_id: int
    version: int
    words: str


@dataclass(frozen=True, slots=True)
class Taking:
    kind: str
    key: int
    starts: int
    ends: int


@answer
@dataclass(frozen=True, slots=True)
class PutAnswer:
    bench_id: int
    at: datetime
    tags: tuple[str, ...]


def owner_in(value: Putting) -> int:
    return value.owner_id


def only_for_friends(_context: Context, value: Putting) -> None:
    if value.owner_id == 666:
        raise Denied


@command(needs=Permission.BOOK, audit="bench.put", about=owner_in, allow=only_for_friends, undo="restore")
def put_bench(context: Context, value: Putting) -> int:
    bench = context.add(Bench(owner_id=value.owner_id, words=value.words, at=context.now()))
    context.about(None, "bench", bench.id)
    return bench.id


@command(needs=Permission.BOOK, audit="bench.put_told")
def put_and_tell(context: Context, value: Putting) -> PutAnswer:
    bench_id = context.insert(Bench, owner_id=value.owner_id, words=value.words, state="there", at=context.now(), version=1)
    return PutAnswer(bench_id, context.now(), ("new", "core"))


@command(needs=Permission.BOOK, audit="bench.move", undo="restore")
def move_bench(context: Context, value: Moving) -> None:
    context.update(Bench, value.bench_id, value.version, words=value.words)


@command(needs=Permission.BOOK, audit="bench.rewrite", undo="restore")
def rewrite_bench(context: Context, value: Moving) -> None:
    bench = context.session.get_one(Bench, value.bench_id)
    bench.words = value.words


@command(needs=Permission.BOOK, audit="bench.burst")
def burst(context: Context, value: Putting) -> None:
    context.add(Bench(owner_id=1, words=value.words, at=context.now()))
    message = f"could not put {value.words}"
    raise ValueError(message)


@command(needs=Permission.BOOK, audit="bench.asked")
def ask_first(context: Context, value: Putting) -> int:
    context.add(Bench(owner_id=1, words=value.words, at=context.now()))
    if reason_in(context.consents, "after_hours") is None:
        raise NeedsConsent("after_hours")
    return 1


@command(needs=Permission.WRITE_NOTE, audit="letter.write")
def write_letter(context: Context, words: str) -> int:
    return context.add(Letter(words=words)).id


@command(needs=Permission.SIGN_NOTE, audit="letter.seal")
def seal_letter(context: Context, letter_id: int) -> None:
    context.session.get_one(Letter, letter_id).state = "sealed"


@command(needs=Permission.BOOK, audit="span.take")
def take_span(context: Context, value: Taking) -> int:
    return context.insert(Taken, kind=value.kind, key=value.key, starts=value.starts, ends=value.ends)


@command(needs=Permission.TAKE_MONEY, audit="coin.drop")
def drop_coin(context: Context, worth: int) -> int:
    return context.insert(Coin, worth=worth)


@query(needs=Permission.SEE_SCHEDULE)
def benches(context: Context) -> tuple[tuple[int, str, str, int], ...]:
    rows = context.session.execute(select(Bench.id, Bench.words, Bench.state, Bench.version).order_by(Bench.id).limit(1000))
    return tuple((row.id, row.words, row.state, row.version) for row in rows)


@query(needs=Permission.SEE_CLINICAL, audit="letter.view", about=lambda letter_id: letter_id + 100)
def letter(context: Context, letter_id: int) -> str:
    return context.session.get_one(Letter, letter_id).words


@query(needs=Permission.SEE_SCHEDULE)
def sneaky(context: Context) -> None:
    context.session.add(Coin(worth=1))
    context.session.flush()


restored: list[tuple[int, ...]] = []
after_restore(Bench, lambda _context, row_ids: restored.append(row_ids))

EVERY_ROLE = frozenset(Role)


@cache
def _template() -> tuple[Path, str]:
    folder = Path(mkdtemp(prefix="pulse-template-"))
    owner = Newcomer("Ann Gray", EVERY_ROLE, PASSWORD)
    clinic = clinic_folder.create(folder / "clinic", CARD, owner, clock=SteppedClock(START), seat="desk", weak_for_tests=True)
    clinic.close()
    return folder / "clinic", clinic.person_id


def closed_clinic(folder: Path) -> tuple[Path, str]:
    """A clinic with one person of every role, closed; its folder and the person's id."""
    template, person_id = _template()
    shutil.copytree(template, folder / "clinic")
    return folder / "clinic", person_id


def opened(folder: Path, person_id: str, password: str = PASSWORD, clock: Clock | None = None) -> OpenClinic:
    """The clinic in `folder`, opened."""
    return clinic_folder.open(folder, person_id, password, clock=clock or SteppedClock(START), seat="desk", allow_weak=True)
