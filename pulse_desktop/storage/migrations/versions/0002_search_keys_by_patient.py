"""Search keys by patient."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _search_key()


def _search_key() -> None:
    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_key_patient_id"))
        batch_op.create_index("ix_search_key_patient_id_key", ["patient_id", "key"], unique=False)
