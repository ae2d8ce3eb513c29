"""What humans ruled, what became of it, and jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decisions",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("subjects", _TEXT, nullable=False),
        sa.Column("others", _TEXT, nullable=False),
        sa.Column("value", _TEXT, nullable=True),
        sa.Column("author", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("made", _TEXT, nullable=False),
        sa.Column("found", _TEXT, nullable=True),
        sa.Column("undone", _TEXT, nullable=True),
        sa.Column("undone_by", _TEXT, nullable=True),
        sa.Column("undone_reason", _TEXT, nullable=True),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "jobs",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("stage", _TEXT, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created", _TEXT, nullable=False),
        sa.Column("updated", _TEXT, nullable=False),
        sa.Column("problems", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "outcomes",
        sa.Column("collection", _NUMBER, nullable=False),
        sa.Column("decision", _TEXT, nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("found", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("collection", "decision"),
    )
