"""News that wait for the letter of the week, and what kind of letter a mail is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAITING = sa.text("mail_id IS NULL")


def upgrade() -> None:
    """Create them; of mails that were written before, the kind is not known."""
    op.create_table(
        "gathered_news",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_gathered_news_mail_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_gathered_news_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gathered_news_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathered_news")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_gathered_news_partnership_id_id")),
    )
    op.create_index(op.f("ix_gathered_news_mail_id"), "gathered_news", ["mail_id"])
    op.create_index(op.f("ix_gathered_news_person_id"), "gathered_news", ["person_id"])
    op.create_index("ix_gathered_news_subject", "gathered_news", ["subject_kind", "subject_id"])
    op.create_index(
        "uq_gathered_news_waiting",
        "gathered_news",
        ["person_id", "kind", "subject_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.add_column("mail", sa.Column("kind", sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    """Drop them; what waits is not told by mail, the pages show it."""
    op.drop_column("mail", "kind")
    op.drop_table("gathered_news")
