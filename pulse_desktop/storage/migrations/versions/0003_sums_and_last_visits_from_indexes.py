"""Sums and last visits from indexes."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _credit_entry()
    _ledger_entry()
    _visit()


def _credit_entry() -> None:
    with op.batch_alter_table("credit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_entry_package_id"))
        batch_op.create_index(
            "ix_credit_entry_package_id_sums",
            ["package_id", "bought", "held", "used", "forfeited", "paid_cents"],
            unique=False,
        )


def _ledger_entry() -> None:
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_entry_patient_id"))
        batch_op.create_index("ix_ledger_entry_patient_id_cents", ["patient_id", "cents"], unique=False)


def _visit() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_patient_id_progress_day", ["patient_id", "progress", "day"], unique=False)
        batch_op.create_index("ix_visit_progress_day", ["progress", "day"], unique=False)
