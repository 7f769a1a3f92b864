"""Outcome measures and shorthand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _favourite_code()
    _phrase()
    _point_group()
    _outcome_score()


def _favourite_code() -> None:
    op.create_table(
        "favourite_code",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_favourite_code_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_favourite_code")),
        sa.UniqueConstraint("staff_id", "code", name=op.f("uq_favourite_code_staff_id_code")),
    )


def _phrase() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("short", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_phrase_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index("ix_phrase_staff_id", ["staff_id"], unique=False)


def _point_group() -> None:
    op.create_table(
        "point_group",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_point_group_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_group")),
    )
    with op.batch_alter_table("point_group", schema=None) as batch_op:
        batch_op.create_index("ix_point_group_staff_id", ["staff_id"], unique=False)


def _outcome_score() -> None:
    op.create_table(
        "outcome_score",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", NUMBER, nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("score_tenths", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("entered_by_id", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["staff_member.id"], name=op.f("fk_outcome_score_entered_by_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_outcome_score_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_score")),
    )
    with op.batch_alter_table("outcome_score", schema=None) as batch_op:
        batch_op.create_index("ix_outcome_score_patient_id", ["patient_id", "measure", "taken_on"], unique=False)
