"""A nominating body is asked for common deputies too: a question about a body and a party instead of a place."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BODY, BEFORE = "fk_nomination_partnership_id_pool_body_id", "fk_nomination_partnership_id_before_id"
PLACE_OR_POOL = "ck_nomination_place_or_pool"
POOL = "uq_nomination_pool"


def upgrade() -> None:
    """Let a question be about a pool."""
    with op.batch_alter_table("nomination") as questions:
        questions.alter_column("seat_id", existing_type=sa.Uuid(), nullable=True)
        questions.add_column(sa.Column("pool_body_id", sa.Uuid()))
        questions.add_column(sa.Column("pool_party", sa.String(length=1), server_default="", nullable=False))
        questions.add_column(sa.Column("before_id", sa.Uuid()))
        here = ["partnership_id", "id"]
        questions.create_foreign_key(op.f(BODY), "body", ["partnership_id", "pool_body_id"], here)
        questions.create_foreign_key(op.f(BEFORE), "appointment", ["partnership_id", "before_id"], here)
        questions.create_check_constraint(op.f(PLACE_OR_POOL), "(seat_id IS NULL) <> (pool_body_id IS NULL)")
    is_pool = sa.text("seat_id IS NULL")
    columns = ["letter_id", "pool_body_id", "pool_party", "rank"]
    op.create_index(POOL, "nomination", columns, unique=True, sqlite_where=is_pool, postgresql_where=is_pool)


def downgrade() -> None:
    """Questions about pools are dropped; the appointments that came of them stay."""
    op.drop_index(POOL, "nomination")
    question = sa.table("nomination", sa.column("seat_id"))
    op.execute(sa.delete(question).where(question.c.seat_id.is_(None)))
    with op.batch_alter_table("nomination") as questions:
        questions.drop_constraint(op.f(PLACE_OR_POOL), type_="check")
        questions.drop_constraint(op.f(BEFORE), type_="foreignkey")
        questions.drop_constraint(op.f(BODY), type_="foreignkey")
        questions.drop_column("before_id")
        questions.drop_column("pool_party")
        questions.drop_column("pool_body_id")
        questions.alter_column("seat_id", existing_type=sa.Uuid(), nullable=False)
