"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _attachment()
    _audit()
    _change()
    _history()
    _office()
    _operation()
    _package_offer()
    _service()
    _setting()
    _staff_member()
    _vault_person()
    _vault_state()
    _closure()
    _licence()
    _line_approval()
    _patient()
    _room()
    _working_hours()
    _package()
    _patient_condition()
    _search_key()
    _visit()
    _aftercare_given()
    _credit_entry()
    _note()
    _occupancy()
    _receipt()
    _visit_service()
    _amendment()
    _cup_placement()
    _ledger_entry()
    _needle_placement()
    _receipt_copy()


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("checksum", name=op.f("uq_attachment_checksum")),
        sqlite_autoincrement=True,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("at_utc", sa.BigInteger(), nullable=False),
        sa.Column("tz_offset", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("session", sa.String(length=36), nullable=False),
        sa.Column("user", sa.String(length=36), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=True),
        sa.Column("object_id", NUMBER, nullable=True),
        sa.Column("patient_id", NUMBER, nullable=True),
        sa.Column("version_id", NUMBER, nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("app_version", sa.String(length=20), nullable=False),
        sa.Column("clock_flag", sa.String(length=8), nullable=True),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_id", ["event_id"], unique=True)
        batch_op.create_index("ix_audit_patient_id", ["patient_id"], unique=False)


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("row_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("row_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("subject", "row_id", "version", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index("ix_history_operation", ["operation"], unique=False)


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("suite", sa.String(length=100), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("zip_code", sa.String(length=10), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("hours_words", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )


def _operation() -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("undoes", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("undoes", name=op.f("uq_operation_undoes")),
    )


def _package_offer() -> None:
    op.create_table(
        "package_offer",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("price_cents", NUMBER, nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("good_months", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_offer")),
    )


def _service() -> None:
    op.create_table(
        "service",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("techniques", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("price_cents", NUMBER, nullable=False),
        sa.Column("is_addon", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_service_price")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.create_index("ix_setting_key", ["key"], unique=True)


def _staff_member() -> None:
    op.create_table(
        "staff_member",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("credential", sa.String(length=60), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )


def _vault_person() -> None:
    op.create_table(
        "vault_person",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("vault_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("exchange_key", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_person")),
        sa.UniqueConstraint("vault_id", name=op.f("uq_vault_person_vault_id")),
    )


def _vault_state() -> None:
    op.create_table(
        "vault_state",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_vault_state")),
    )


def _closure() -> None:
    op.create_table(
        "closure",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_closure_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.create_index("ix_closure_office_id_day", ["office_id", "day"], unique=False)


def _licence() -> None:
    op.create_table(
        "licence",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("expires >= issued", name=op.f("ck_licence_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_licence_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
    )
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.create_index("ix_licence_staff_id", ["staff_id"], unique=False)


def _line_approval() -> None:
    op.create_table(
        "line_approval",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_line_approval_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_approval")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("line_approval", schema=None) as batch_op:
        batch_op.create_index("ix_line_approval_key", ["key"], unique=False)


def _patient() -> None:
    op.create_table(
        "patient",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("native_name", sa.String(length=100), nullable=False),
        sa.Column("preferred_name", sa.String(length=100), nullable=False),
        sa.Column("pronouns", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("office_id", NUMBER, nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("phone_note", sa.String(length=200), nullable=False),
        sa.Column("voicemail_ok", sa.Boolean(), nullable=False),
        sa.Column("text_ok", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("zip_code", sa.String(length=10), nullable=False),
        sa.Column("emergency_name", sa.String(length=100), nullable=False),
        sa.Column("emergency_relation", sa.String(length=60), nullable=False),
        sa.Column("emergency_phone", sa.String(length=40), nullable=False),
        sa.Column("allergies", sa.Text(), nullable=False),
        sa.Column("medications", sa.Text(), nullable=False),
        sa.Column("desk_note", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("registered_by", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_patient_office_id")),
        sa.ForeignKeyConstraint(["registered_by"], ["staff_member.id"], name=op.f("fk_patient_registered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.create_index("ix_patient_number", ["number"], unique=True)


def _room() -> None:
    op.create_table(
        "room",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("setup_minutes", NUMBER, nullable=False),
        sa.Column("cleanup_minutes", NUMBER, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("cleanup_minutes BETWEEN 0 AND 120", name=op.f("ck_room_cleanup")),
        sa.CheckConstraint("setup_minutes BETWEEN 0 AND 120", name=op.f("ck_room_setup")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_room_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index("ix_room_office_id", ["office_id"], unique=False)


def _working_hours() -> None:
    op.create_table(
        "working_hours",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("weekday", NUMBER, nullable=False),
        sa.Column("starts", NUMBER, nullable=False),
        sa.Column("ends", NUMBER, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("starts >= 0 AND starts < ends AND ends <= 1440", name=op.f("ck_working_hours_span")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_working_hours_weekday")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_working_hours_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_working_hours_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_hours")),
    )
    with op.batch_alter_table("working_hours", schema=None) as batch_op:
        batch_op.create_index("ix_working_hours_office_id_weekday", ["office_id", "weekday"], unique=False)
        batch_op.create_index("ix_working_hours_staff_id", ["staff_id"], unique=False)


def _package() -> None:
    op.create_table(
        "package",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("offer_id", NUMBER, nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("price_cents", NUMBER, nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("good_through", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["package_offer.id"], name=op.f("fk_package_offer_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_package_office_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_package_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.create_index("ix_package_offer_id", ["offer_id"], unique=False)
        batch_op.create_index("ix_package_patient_id", ["patient_id"], unique=False)


def _patient_condition() -> None:
    op.create_table(
        "patient_condition",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("onset", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("recorded_by", NUMBER, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= onset", name=op.f("ck_patient_condition_order")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_patient_condition_patient_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff_member.id"], name=op.f("fk_patient_condition_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_condition")),
    )
    with op.batch_alter_table("patient_condition", schema=None) as batch_op:
        batch_op.create_index("ix_patient_condition_patient_id", ["patient_id"], unique=False)


def _search_key() -> None:
    op.create_table(
        "search_key",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_search_key_patient_id")),
        sa.PrimaryKeyConstraint("key", "patient_id", "kind", name=op.f("pk_search_key")),
    )
    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.create_index("ix_search_key_patient_id", ["patient_id"], unique=False)


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("room_id", NUMBER, nullable=True),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minute", NUMBER, nullable=False),
        sa.Column("minutes", NUMBER, nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("second_time", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("progress", sa.String(length=16), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.Column("roomed_at", sa.BigInteger(), nullable=True),
        sa.Column("out_at", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=400), nullable=False),
        sa.Column("desk_note", sa.Text(), nullable=False),
        sa.Column("squeeze_in", sa.Boolean(), nullable=False),
        sa.Column("booked_by", NUMBER, nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_visit_order")),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name=op.f("ck_visit_minute")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 240", name=op.f("ck_visit_length")),
        sa.ForeignKeyConstraint(["booked_by"], ["staff_member.id"], name=op.f("fk_visit_booked_by")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_visit_office_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_visit_patient_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_visit_room_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_visit_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_day_office_id", ["day", "office_id"], unique=False)
        batch_op.create_index("ix_visit_patient_id_starts", ["patient_id", "starts"], unique=False)
        batch_op.create_index("ix_visit_staff_id_starts", ["staff_id", "starts"], unique=False)


def _aftercare_given() -> None:
    op.create_table(
        "aftercare_given",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("sheet_version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("given_by_id", NUMBER, nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["attachment.id"], name=op.f("fk_aftercare_given_document_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["staff_member.id"], name=op.f("fk_aftercare_given_given_by_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_aftercare_given_patient_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_aftercare_given_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aftercare_given")),
    )
    with op.batch_alter_table("aftercare_given", schema=None) as batch_op:
        batch_op.create_index("ix_aftercare_given_patient_id", ["patient_id"], unique=False)
        batch_op.create_index("ix_aftercare_given_visit_id", ["visit_id"], unique=False)


def _credit_entry() -> None:
    op.create_table(
        "credit_entry",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("package_id", NUMBER, nullable=False),
        sa.Column("visit_id", NUMBER, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("bought", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("forfeited", sa.Integer(), nullable=False),
        sa.Column("paid_cents", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("reverses_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_credit_entry_by_id")),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_credit_entry_package_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["credit_entry.id"], name=op.f("fk_credit_entry_reverses_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_credit_entry_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_credit_entry_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_credit_entry_operation", ["operation"], unique=False)
        batch_op.create_index("ix_credit_entry_package_id", ["package_id"], unique=False)
        batch_op.create_index("ix_credit_entry_visit_id", ["visit_id"], unique=False)


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", NUMBER, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("sitting", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("signer_key", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff_member.id"], name=op.f("fk_note_author_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_note_patient_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_note_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("visit_id", "turn", name=op.f("uq_note_visit_id_turn")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index("ix_note_author_id_signed_at", ["author_id", "signed_at"], unique=False)
        batch_op.create_index("ix_note_patient_id", ["patient_id"], unique=False)
        batch_op.create_index("ix_note_running", ["running"], unique=False)


def _occupancy() -> None:
    op.create_table(
        "occupancy",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("visit_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", NUMBER, nullable=False),
        sa.Column("starts", NUMBER, nullable=False),
        sa.Column("ends", NUMBER, nullable=False),
        sa.CheckConstraint("kind IN ('practitioner', 'room', 'patient')", name=op.f("ck_occupancy_kind")),
        sa.CheckConstraint("ends > starts AND ends - starts <= 43200000", name=op.f("ck_occupancy_span")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_occupancy_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("occupancy", schema=None) as batch_op:
        batch_op.create_index("ix_occupancy_kind_key_starts", ["kind", "key", "starts"], unique=False)
        batch_op.create_index("ix_occupancy_visit_id", ["visit_id"], unique=False)


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("visit_id", NUMBER, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_receipt_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_receipt_office_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_receipt_patient_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_receipt_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_receipt_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index("ix_receipt_patient_id", ["patient_id"], unique=False)


def _visit_service() -> None:
    op.create_table(
        "visit_service",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", NUMBER, nullable=False),
        sa.Column("service_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("techniques", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("minutes", NUMBER, nullable=False),
        sa.Column("price_cents", NUMBER, nullable=False),
        sa.Column("is_addon", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_visit_service_service_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_service_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_service")),
    )
    with op.batch_alter_table("visit_service", schema=None) as batch_op:
        batch_op.create_index("ix_visit_service_visit_id", ["visit_id"], unique=False)


def _amendment() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("note_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("signer_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff_member.id"], name=op.f("fk_amendment_author_id")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_amendment_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index("ix_amendment_note_id", ["note_id"], unique=False)


def _cup_placement() -> None:
    op.create_table(
        "cup_placement",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("note_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("view", sa.String(length=16), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("rim_mm", sa.Integer(), nullable=False),
        sa.Column("technique", sa.String(length=24), nullable=False),
        sa.Column("suction", sa.String(length=12), nullable=False),
        sa.Column("on_at", sa.BigInteger(), nullable=True),
        sa.Column("off_at", sa.BigInteger(), nullable=True),
        sa.Column("mark_grade", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_cup_placement_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cup_placement")),
    )
    with op.batch_alter_table("cup_placement", schema=None) as batch_op:
        batch_op.create_index("ix_cup_placement_note_id", ["note_id"], unique=False)


def _ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("office_id", NUMBER, nullable=False),
        sa.Column("visit_id", NUMBER, nullable=True),
        sa.Column("service_id", NUMBER, nullable=True),
        sa.Column("package_id", NUMBER, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("cents", NUMBER, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_cents", NUMBER, nullable=False),
        sa.Column("tender", sa.String(length=10), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("receipt_id", NUMBER, nullable=True),
        sa.Column("reverses_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_ledger_entry_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_ledger_entry_office_id")),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_ledger_entry_package_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_ledger_entry_patient_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_ledger_entry_receipt_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_reverses_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_ledger_entry_service_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_ledger_entry_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entry_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entry_operation", ["operation"], unique=False)
        batch_op.create_index("ix_ledger_entry_patient_id", ["patient_id"], unique=False)
        batch_op.create_index("ix_ledger_entry_receipt_id", ["receipt_id"], unique=False)
        batch_op.create_index("ix_ledger_entry_visit_id", ["visit_id"], unique=False)


def _needle_placement() -> None:
    op.create_table(
        "needle_placement",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("note_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("technique", sa.String(length=24), nullable=False),
        sa.Column("depth_tenths", sa.Integer(), nullable=True),
        sa.Column("in_at", sa.BigInteger(), nullable=True),
        sa.Column("out_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_needle_placement_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needle_placement")),
    )
    with op.batch_alter_table("needle_placement", schema=None) as batch_op:
        batch_op.create_index("ix_needle_placement_note_id", ["note_id"], unique=False)


def _receipt_copy() -> None:
    op.create_table(
        "receipt_copy",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("receipt_id", NUMBER, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sheet_version", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_receipt_copy_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["attachment.id"], name=op.f("fk_receipt_copy_document_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_receipt_copy_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_copy")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("receipt_copy", schema=None) as batch_op:
        batch_op.create_index("ix_receipt_copy_receipt_id_language", ["receipt_id", "language"], unique=True)
