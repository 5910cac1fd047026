"""Which parcels a file has gone out with is asked for every attachment that a member reads."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEX = "ix_dispatch_file_sha256"


def upgrade() -> None:
    """Find the parcels of a file without reading every parcel that was ever sent."""
    op.create_index(op.f(INDEX), "dispatch_file", ["sha256"])


def downgrade() -> None:
    """Read every parcel again."""
    op.drop_index(op.f(INDEX), "dispatch_file")
