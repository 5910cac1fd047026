"""The name that an organisation will have from a day is kept beside those it had."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TO_COME = "uq_organisation_name_to_come"
WAS_OR_WILL_BE = "ck_organisation_name_was_or_will_be"


def upgrade() -> None:
    """Give a name a first day, or a last one."""
    with op.batch_alter_table("organisation_name") as names:
        names.add_column(sa.Column("starts_on", sa.Date()))
        names.alter_column("ends_on", existing_type=sa.Date(), nullable=True)
        names.create_check_constraint(op.f(WAS_OR_WILL_BE), "(starts_on IS NULL) <> (ends_on IS NULL)")
    to_come = sa.text("starts_on IS NOT NULL")
    op.create_index(
        TO_COME, "organisation_name", ["organisation_id"], unique=True, sqlite_where=to_come, postgresql_where=to_come
    )


def downgrade() -> None:
    """Names to come are forgotten."""
    op.drop_index(TO_COME, "organisation_name")
    name = sa.table("organisation_name", sa.column("ends_on"))
    op.execute(sa.delete(name).where(name.c.ends_on.is_(None)))
    with op.batch_alter_table("organisation_name") as names:
        names.drop_constraint(op.f(WAS_OR_WILL_BE), type_="check")
        names.alter_column("ends_on", existing_type=sa.Date(), nullable=False)
        names.drop_column("starts_on")
