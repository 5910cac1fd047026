"""What a body's composition demands holds from a day, and until one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IN_ORDER = "ck_composition_rule_dates_in_order"


def upgrade() -> None:
    """Date the rules there are: they have held as long as their body."""
    op.add_column("composition_rule", sa.Column("starts_on", sa.Date()))
    op.add_column("composition_rule", sa.Column("ends_on", sa.Date()))
    rule = sa.table("composition_rule", sa.column("body_id"), sa.column("starts_on"))
    body = sa.table("body", sa.column("id"), sa.column("starts_on"))
    begun = sa.select(body.c.starts_on).where(body.c.id == rule.c.body_id).scalar_subquery()
    op.execute(sa.update(rule).values(starts_on=begun))
    with op.batch_alter_table("composition_rule") as rules:
        rules.alter_column("starts_on", existing_type=sa.Date(), nullable=False)
        rules.create_check_constraint(op.f(IN_ORDER), "ends_on IS NULL OR ends_on >= starts_on")


def downgrade() -> None:
    """Only the rules that hold today are left, and know no day."""
    rule = sa.table("composition_rule", sa.column("starts_on"), sa.column("ends_on"))
    over = sa.or_(rule.c.starts_on > sa.func.current_date(), rule.c.ends_on < sa.func.current_date())
    op.execute(sa.delete(rule).where(over))
    with op.batch_alter_table("composition_rule") as rules:
        rules.drop_constraint(op.f(IN_ORDER), type_="check")
        rules.drop_column("ends_on")
        rules.drop_column("starts_on")
