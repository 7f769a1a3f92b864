"""A patient's file from indexes: which notes are the newest, the receipts, and what each of them comes to."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_patient_id"))
        batch_op.create_index("ix_note_patient_id_visit_id", ["patient_id", "visit_id"], unique=False)
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_patient_id"))
        batch_op.create_index(
            "ix_receipt_patient_id_line", ["patient_id", "number", "office_id", "visit_id", "at", "by_id"], unique=False
        )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_entry_patient_id_cents")
        batch_op.create_index("ix_ledger_entry_patient_id_sums", ["patient_id", "cents", "receipt_id"], unique=False)
