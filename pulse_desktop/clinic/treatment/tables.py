"""Tables of the clinical record.

A note is one versioned row, written through Core: while it is typed its whole content travels as one JSON value and
leaves no history images (a sitting saves hundreds of times). Once signed, the database itself keeps it as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pulse_desktop.storage.guards import Versioned, append_only, frozen_when
from pulse_desktop.storage.tables import Base, Json, Number, Record

IN_ERROR = "in_error"
"""The kind of amendment that says a note stands in the wrong chart; the note itself stays as it was signed."""


class Note(Base):
    """The clinical record of a visit: a draft while `sealed` is empty, then signed for good.

    `turn` counts the notes of a visit: a second one is only opened when the first was entered in error.
    `running` says that cups or needles are on right now, so that timers are found without reading every draft.
    """

    __tablename__ = "note"
    __guards__ = (Versioned(), frozen_when("sealed IS NOT NULL", name="note_signed"))
    __table_args__ = (
        UniqueConstraint("visit_id", "turn"),
        Index("ix_note_patient_id_visit_id", "patient_id", "visit_id"),  # the newest are found without reading the others
        Index("ix_note_author_id_signed_at", "author_id", "signed_at"),
        Index("ix_note_running", "running"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    turn: Mapped[int] = mapped_column(Integer, default=1)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    draft: Mapped[dict[str, Any]] = mapped_column(Json)
    running: Mapped[bool] = mapped_column(default=False)
    sitting: Mapped[str] = mapped_column(default="")
    """Seat, person and day of the last save: typing is audited once a sitting, not once a save."""
    opened_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The canonical bytes that were signed (RFC 8785)."""
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    signer_key: Mapped[bytes | None] = mapped_column(LargeBinary)


class NoteAmendment(Base):
    """What was added under a signed note, with its own signature; kind addendum, correction, late_entry or in_error."""

    __tablename__ = "amendment"
    __guards__ = (append_only(),)
    __table_args__ = (Index("ix_amendment_note_id", "note_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    reason: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    signed_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    signer_key: Mapped[bytes] = mapped_column(LargeBinary)


class PlacedCup(Base):
    """One cup of a signed note, for questions across notes; derived from the signed bytes when they were signed."""

    __tablename__ = "cup_placement"
    __guards__ = (append_only(),)
    __announced__ = False
    __table_args__ = (Index("ix_cup_placement_note_id", "note_id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    number: Mapped[int] = mapped_column(Integer)
    site: Mapped[str]
    side: Mapped[str] = mapped_column(String(8))
    view: Mapped[str] = mapped_column(String(16))
    x: Mapped[float]
    y: Mapped[float]
    rim_mm: Mapped[int] = mapped_column(Integer)
    technique: Mapped[str] = mapped_column(String(24))
    suction: Mapped[str] = mapped_column(String(12))
    on_at: Mapped[datetime | None]
    off_at: Mapped[datetime | None]
    mark_grade: Mapped[int | None] = mapped_column(Integer)


class PlacedNeedle(Base):
    """One point of a signed note, derived like the cups."""

    __tablename__ = "needle_placement"
    __guards__ = (append_only(),)
    __announced__ = False
    __table_args__ = (Index("ix_needle_placement_note_id", "note_id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    code: Mapped[str] = mapped_column(String(12))
    side: Mapped[str] = mapped_column(String(8))
    technique: Mapped[str] = mapped_column(String(24))
    depth_tenths: Mapped[int | None] = mapped_column(Integer)
    in_at: Mapped[datetime | None]
    out_at: Mapped[datetime | None]


class SheetGivenRow(Record, Base):
    """An aftercare sheet handed out; taken back when it did not print after all."""

    __tablename__ = "aftercare_given"
    __undo_added__ = {"state": "taken_back"}  # noqa: RUF012 - read by undo, never changed
    __table_args__ = (Index("ix_aftercare_given_visit_id", "visit_id"), Index("ix_aftercare_given_patient_id", "patient_id"))

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    language: Mapped[str] = mapped_column(String(8))
    sheet_version: Mapped[str]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    how: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    file_name: Mapped[str]
    pages: Mapped[int] = mapped_column(Integer)
    document_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    state: Mapped[str] = mapped_column(String(12), default="given")
    reason: Mapped[str] = mapped_column(default="")


class OutcomeScoreRow(Record, Base):
    """A score of an outcome measure on a day. `score_tenths` is the score times ten, as the measure itself counts."""

    __tablename__ = "outcome_score"
    __undo_added__ = {"state": "in_error"}  # noqa: RUF012 - read by undo, never changed
    __table_args__ = (Index("ix_outcome_score_patient_id", "patient_id", "measure", "taken_on"),)

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    measure: Mapped[str] = mapped_column(String(24))
    """Key of the measure in the reference data."""
    taken_on: Mapped[date]
    score_tenths: Mapped[int] = mapped_column(Integer)
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    """Answers by number of the question, {} when only the score was entered; "why" names the reason once it is in error."""
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    state: Mapped[str] = mapped_column(String(12), default="valid")
    """valid, or in_error."""


class PhraseRow(Record, Base):
    """An abbreviation of a practitioner's own and the words it stands for."""

    __tablename__ = "phrase"
    __undo_added__ = {"active": False}  # noqa: RUF012 - read by undo, never changed
    __table_args__ = (Index("ix_phrase_staff_id", "staff_id"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    short: Mapped[str] = mapped_column(String(24))
    text: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class PointGroupRow(Record, Base):
    """Points a practitioner needles together, under one name; `points` as they are typed: "li4 b, lr3 b"."""

    __tablename__ = "point_group"
    __undo_added__ = {"active": False}  # noqa: RUF012 - read by undo, never changed
    __table_args__ = (Index("ix_point_group_staff_id", "staff_id"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    name: Mapped[str] = mapped_column(String(40))
    points: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class FavouriteCodeRow(Record, Base):
    """A diagnosis code a practitioner wants at hand."""

    __tablename__ = "favourite_code"
    __undo_added__ = {"active": False}  # noqa: RUF012 - read by undo, never changed
    __table_args__ = (UniqueConstraint("staff_id", "code"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    code: Mapped[str] = mapped_column(String(8))
    active: Mapped[bool] = mapped_column(default=True)
