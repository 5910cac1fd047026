"""Which agendas a case has stood on is asked for every paper and attachment that a member reads."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEX = "ix_agenda_item_treatment_id"


def upgrade() -> None:
    """Find the lines of a step of the saksgang without reading every agenda."""
    op.create_index(op.f(INDEX), "agenda_item", ["treatment_id"])


def downgrade() -> None:
    """Read every agenda again."""
    op.drop_index(op.f(INDEX), "agenda_item")
