"""An item of an agenda knows which version of the case paper it was sent with."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was sent already went out with the newest version there was when the meeting was last written to."""
    op.add_column("agenda_item", sa.Column("sent_version", sa.Integer()))
    item = sa.table("agenda_item", *map(sa.column, ("sent_version", "sent_at", "treatment_id", "meeting_id")))
    treatment = sa.table("treatment", sa.column("id"), sa.column("case_id"))
    paper = sa.table("case_paper", sa.column("id"), sa.column("case_id"))
    version = sa.table("case_paper_version", *map(sa.column, ("case_paper_id", "number", "created_at")))
    parcel = sa.table("dispatch", *map(sa.column, ("meeting_id", "kind", "created_at")))
    of_agenda = parcel.c.kind.in_(("notice", "supplement"))
    last = sa.select(sa.func.max(parcel.c.created_at)).where(parcel.c.meeting_id == item.c.meeting_id, of_agenda)
    newest = (
        sa.select(sa.func.max(version.c.number))
        .join(paper, paper.c.id == version.c.case_paper_id)
        .join(treatment, treatment.c.case_id == paper.c.case_id)
        .where(treatment.c.id == item.c.treatment_id, version.c.created_at <= last.correlate(item).scalar_subquery())
    )
    sent = item.c.sent_at.is_not(None)
    op.execute(sa.update(item).where(sent).values(sent_version=newest.correlate(item).scalar_subquery()))


def downgrade() -> None:
    """Which version it was is forgotten."""
    op.drop_column("agenda_item", "sent_version")
