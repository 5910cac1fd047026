"""What never changes: triggers that refuse it, and PostgreSQL's own guard against two holders of one seat."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FROZEN = (
    "audit_entry",
    "audit_change",
    "audit_seal",
    "dispatch",
    "dispatch_file",
    "case_paper_version",
    "decision_wording",
    "item_text_version",
)
APPROVED = "SELECT 1 FROM minutes WHERE minutes.id = OLD.minutes_id AND minutes.state = 'approved'"


def upgrade() -> None:
    """Put the guards in place."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for table in FROZEN:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER frozen_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
            )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER approved_minutes_{verb.lower()} BEFORE {verb} ON minutes WHEN OLD.state = 'approved' "
            "BEGIN SELECT RAISE(ABORT, 'minutes is frozen'); END"
        )
        op.execute(
            f"CREATE TRIGGER approved_text_{verb.lower()} BEFORE {verb} ON item_text WHEN EXISTS ({APPROVED}) "
            "BEGIN SELECT RAISE(ABORT, 'item_text is frozen'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is frozen', TG_TABLE_NAME; END $$"
    )
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER frozen_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER approved_minutes BEFORE UPDATE OR DELETE ON minutes FOR EACH ROW "
        "WHEN (OLD.state = 'approved') EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE FUNCTION refuse_approved_text() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({APPROVED}) THEN RAISE EXCEPTION '% is frozen', TG_TABLE_NAME; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER approved_text BEFORE UPDATE OR DELETE ON item_text "
        "FOR EACH ROW EXECUTE FUNCTION refuse_approved_text()"
    )
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(
        "ALTER TABLE appointment ADD CONSTRAINT ex_appointment_one_holder EXCLUDE USING gist "
        "(seat_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&) WHERE (capacity = 'holder')"
    )


def downgrade() -> None:
    """Take the guards away."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            for name in [*(f"frozen_{table}" for table in FROZEN), "approved_minutes", "approved_text"]:
                op.execute(f"DROP TRIGGER {name}_{verb}")
        return
    op.execute("ALTER TABLE appointment DROP CONSTRAINT ex_appointment_one_holder")
    for name, table in [
        *((f"frozen_{t}", t) for t in FROZEN),
        ("approved_minutes", "minutes"),
        ("approved_text", "item_text"),
    ]:
        op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("DROP FUNCTION refuse_approved_text()")
