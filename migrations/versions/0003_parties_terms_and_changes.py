"""Terms, rounds of appointing, composition rules, phases of bodies, transitions, imports and merged people."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PURPOSES = ("sign_in", "reply", "subscription")
NEW_PURPOSES = (*PURPOSES, "nomination")


def upgrade() -> None:
    """Create them."""
    _allow(NEW_PURPOSES)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("term_ends_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "sent", "closed", name="campaignstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer_by <= starts_on", name=op.f("ck_campaign_answer_before_term")),
        sa.CheckConstraint("term_ends_on >= starts_on", name=op.f("ck_campaign_term_in_order")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_campaign_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_campaign_partnership_id_id")),
    )
    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint("organisation_id", "ends_on", name=op.f("uq_organisation_name_organisation_id_ends_on")),
    )
    op.create_table(
        "organisation_succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "organisation_id <> successor_id", name=op.f("ck_organisation_succession_two_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_succession_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_organisation_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_succession")),
        sa.UniqueConstraint(
            "organisation_id", "successor_id", name=op.f("uq_organisation_succession_organisation_id_successor_id")
        ),
    )
    with op.batch_alter_table("organisation_succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_succession_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "representation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("represented_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_representation_dates_in_order")),
        sa.CheckConstraint("organisation_id <> represented_id", name=op.f("ck_representation_two_organisations")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_representation_organisation_id")
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_representation_partnership_id")),
        sa.ForeignKeyConstraint(["represented_id"], ["organisation.id"], name=op.f("fk_representation_represented_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representation")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_representation_partnership_id_id")),
        sa.UniqueConstraint(
            "partnership_id",
            "organisation_id",
            "represented_id",
            "starts_on",
            name=op.f("uq_representation_partnership_id_organisation_id_represented_id_starts_on"),
        ),
    )
    with op.batch_alter_table("representation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_representation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_representation_represented_id"), ["represented_id"], unique=False)

    op.create_table(
        "secretariat_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "M",
                "H",
                "U",
                "G",
                "S",
                "E",
                "K",
                "A",
                "O",
                name="party",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_secretariat_term_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_secretariat_term_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secretariat_term")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_secretariat_term_partnership_id_id")),
        sa.UniqueConstraint("partnership_id", "starts_on", name=op.f("uq_secretariat_term_partnership_id_starts_on")),
    )
    op.create_table(
        "body_phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=30), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("level_name", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_body_phase_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "parent_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_body_phase_partnership_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_body_phase_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_phase")),
        sa.UniqueConstraint("body_id", "starts_on", name=op.f("uq_body_phase_body_id_starts_on")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_body_phase_partnership_id_id")),
    )
    op.create_table(
        "body_succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body_id <> successor_id", name=op.f("ck_body_succession_two_bodies")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_body_succession_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "successor_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_body_succession_partnership_id_successor_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_body_succession_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_succession")),
        sa.UniqueConstraint("body_id", "successor_id", name=op.f("uq_body_succession_body_id_successor_id")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_body_succession_partnership_id_id")),
    )
    with op.batch_alter_table("body_succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_succession_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "composition_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "count",
                "each_region",
                "each_municipality",
                "title",
                name="rulekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "party",
            sa.Enum(
                "M",
                "H",
                "U",
                "G",
                "S",
                "E",
                "K",
                "A",
                "O",
                name="party",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("least BETWEEN 0 AND 200", name=op.f("ck_composition_rule_least")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_composition_rule_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_composition_rule_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_composition_rule")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_composition_rule_partnership_id_id")),
    )
    with op.batch_alter_table("composition_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_composition_rule_body_id"), ["body_id"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("people", "organisations", name="importkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("read_by_id", sa.Uuid(), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_import_batch_partnership_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"], name=op.f("fk_import_batch_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_import_batch_partnership_id_id")),
    )
    op.create_table(
        "nomination_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("nominator", sa.String(length=200), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "M",
                "H",
                "U",
                "G",
                "S",
                "E",
                "K",
                "A",
                "O",
                name="party",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("men BETWEEN 0 AND 500", name=op.f("ck_nomination_letter_men")),
        sa.CheckConstraint("women BETWEEN 0 AND 500", name=op.f("ck_nomination_letter_women")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_nomination_letter_answered_by_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["person.id"], name=op.f("fk_nomination_letter_contact_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "campaign_id"],
            ["campaign.partnership_id", "campaign.id"],
            name=op.f("fk_nomination_letter_partnership_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_nomination_letter_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_letter")),
        sa.UniqueConstraint("campaign_id", "nominator", name=op.f("uq_nomination_letter_campaign_id_nominator")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_nomination_letter_partnership_id_id")),
    )
    with op.batch_alter_table("nomination_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nomination_letter_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "person_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("merged_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> into_id", name=op.f("ck_person_merge_two_people")),
        sa.ForeignKeyConstraint(["into_id"], ["person.id"], name=op.f("fk_person_merge_into_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["person.id"], name=op.f("fk_person_merge_merged_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_merge_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merge_into_id"), ["into_id"], unique=False)
        batch_op.create_index(
            "uq_person_merge_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "report_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivered_by_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["delivered_by_id"], ["person.id"], name=op.f("fk_report_duty_delivered_by_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_report_duty_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_report_duty_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_duty")),
        sa.UniqueConstraint("body_id", "due_on", name=op.f("uq_report_duty_body_id_due_on")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_report_duty_partnership_id_id")),
    )
    with op.batch_alter_table("report_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_duty_due_on"), ["due_on"], unique=False)

    op.create_table(
        "transition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "structure",
                "join",
                "leave",
                "merger",
                "split",
                name="transitionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "carried_out",
                "abandoned",
                name="transitionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("structure_key", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=True),
        sa.Column("carried_out_by_id", sa.Uuid(), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["carried_out_by_id"], ["person.id"], name=op.f("fk_transition_carried_out_by_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_transition_partnership_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_transition_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_transition_partnership_id_id")),
    )
    with op.batch_alter_table("transition", schema=None) as batch_op:
        batch_op.create_index(
            "uq_transition_prepared",
            ["partnership_id"],
            unique=True,
            sqlite_where=sa.text("state = 'prepared'"),
            postgresql_where=sa.text("state = 'prepared'"),
        )

    op.create_table(
        "case_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "agreement_id"],
            ["agreement.partnership_id", "agreement.id"],
            name=op.f("fk_case_agreement_partnership_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "case_id"],
            ["case_file.partnership_id", "case_file.id"],
            name=op.f("fk_case_agreement_partnership_id_case_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_case_agreement_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_agreement")),
        sa.UniqueConstraint("case_id", "agreement_id", name=op.f("uq_case_agreement_case_id_agreement_id")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_case_agreement_partnership_id_id")),
    )
    with op.batch_alter_table("case_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_agreement_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "copy_recipient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_copy_recipient_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "meeting_id"],
            ["meeting.partnership_id", "meeting.id"],
            name=op.f("fk_copy_recipient_partnership_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_copy_recipient_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_recipient")),
        sa.UniqueConstraint("body_id", "meeting_id", "email", name=op.f("uq_copy_recipient_body_id_meeting_id_email")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_copy_recipient_partnership_id_id")),
    )
    with op.batch_alter_table("copy_recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copy_recipient_body_id"), ["body_id"], unique=False)

    op.create_table(
        "transition_matter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("transition_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "case",
                "decision",
                "task",
                "meeting",
                "body",
                "seat",
                "implementation",
                "person",
                name="matterkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "hand_over", "keep", "close", name="matterchoice", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("to_body_id", sa.Uuid(), nullable=True),
        sa.Column("to_structure_body", sa.String(length=30), nullable=False),
        sa.Column("to_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "to_body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_transition_matter_partnership_id_to_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "transition_id"],
            ["transition.partnership_id", "transition.id"],
            name=op.f("fk_transition_matter_partnership_id_transition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_transition_matter_partnership_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_organisation_id"], ["organisation.id"], name=op.f("fk_transition_matter_to_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_matter")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_transition_matter_partnership_id_id")),
        sa.UniqueConstraint(
            "transition_id", "kind", "subject_id", name=op.f("uq_transition_matter_transition_id_kind_subject_id")
        ),
    )
    op.create_table(
        "transition_organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("transition_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "successor_id IS NULL OR organisation_id <> successor_id",
            name=op.f("ck_transition_organisation_two_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_transition_organisation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "region_id"],
            ["region.partnership_id", "region.id"],
            name=op.f("fk_transition_organisation_partnership_id_region_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "transition_id"],
            ["transition.partnership_id", "transition.id"],
            name=op.f("fk_transition_organisation_partnership_id_transition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_transition_organisation_partnership_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_transition_organisation_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_organisation")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_transition_organisation_partnership_id_id")),
    )
    with op.batch_alter_table("transition_organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transition_organisation_transition_id"), ["transition_id"], unique=False)

    op.create_table(
        "consideration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("up", "wait", "back", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "meeting_id"],
            ["meeting.partnership_id", "meeting.id"],
            name=op.f("fk_consideration_partnership_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "treatment_id"],
            ["treatment.partnership_id", "treatment.id"],
            name=op.f("fk_consideration_partnership_id_treatment_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_consideration_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consideration_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consideration")),
        sa.UniqueConstraint(
            "meeting_id", "treatment_id", "person_id", name=op.f("uq_consideration_meeting_id_treatment_id_person_id")
        ),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_consideration_partnership_id_id")),
    )
    with op.batch_alter_table("consideration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consideration_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "copy_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("dispatch_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_copy_delivery_mail_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "dispatch_id"],
            ["dispatch.partnership_id", "dispatch.id"],
            name=op.f("fk_copy_delivery_partnership_id_dispatch_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_copy_delivery_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_delivery")),
        sa.UniqueConstraint("dispatch_id", "email", name=op.f("uq_copy_delivery_dispatch_id_email")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_copy_delivery_partnership_id_id")),
    )
    with op.batch_alter_table("copy_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copy_delivery_dispatch_id"), ["dispatch_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("holder", "deputy", name="capacity", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "keep", "new", "later", name="nominationchoice", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_nomination_organisation_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "appointment_id"],
            ["appointment.partnership_id", "appointment.id"],
            name=op.f("fk_nomination_partnership_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "letter_id"],
            ["nomination_letter.partnership_id", "nomination_letter.id"],
            name=op.f("fk_nomination_partnership_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "seat_id"],
            ["seat.partnership_id", "seat.id"],
            name=op.f("fk_nomination_partnership_id_seat_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_nomination_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nomination_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint(
            "letter_id", "seat_id", "capacity", "rank", name=op.f("uq_nomination_letter_id_seat_id_capacity_rank")
        ),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_nomination_partnership_id_id")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nomination_appointment_id"), ["appointment_id"], unique=False)

    op.create_table(
        "minutes_addition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "agenda_item_id"],
            ["agenda_item.partnership_id", "agenda_item.id"],
            name=op.f("fk_minutes_addition_partnership_id_agenda_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "minutes_id"],
            ["minutes.partnership_id", "minutes.id"],
            name=op.f("fk_minutes_addition_partnership_id_minutes_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_minutes_addition_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_addition")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_minutes_addition_partnership_id_id")),
    )
    with op.batch_alter_table("minutes_addition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_addition_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "stepped_aside",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "agenda_item_id"],
            ["agenda_item.partnership_id", "agenda_item.id"],
            name=op.f("fk_stepped_aside_partnership_id_agenda_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "meeting_id"],
            ["meeting.partnership_id", "meeting.id"],
            name=op.f("fk_stepped_aside_partnership_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "participant_id"],
            ["participant.partnership_id", "participant.id"],
            name=op.f("fk_stepped_aside_partnership_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_stepped_aside_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stepped_aside")),
        sa.UniqueConstraint(
            "agenda_item_id", "participant_id", name=op.f("uq_stepped_aside_agenda_item_id_participant_id")
        ),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_stepped_aside_partnership_id_id")),
    )
    with op.batch_alter_table("stepped_aside", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stepped_aside_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "decision_keeper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_decision_keeper_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "decision_id"],
            ["decision.partnership_id", "decision.id"],
            name=op.f("fk_decision_keeper_partnership_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_decision_keeper_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_keeper")),
        sa.UniqueConstraint("decision_id", "starts_on", name=op.f("uq_decision_keeper_decision_id_starts_on")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_decision_keeper_partnership_id_id")),
    )
    with op.batch_alter_table("decision_keeper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_keeper_body_id"), ["body_id"], unique=False)

    op.create_table(
        "disagreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "next_step",
            sa.Enum(
                "again",
                "above",
                "dispute",
                "none",
                name="nextstep",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "decision_id"],
            ["decision.partnership_id", "decision.id"],
            name=op.f("fk_disagreement_partnership_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_disagreement_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_disagreement_decision_id")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_disagreement_partnership_id_id")),
    )
    op.create_table(
        "task_keeper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "body_id"],
            ["body.partnership_id", "body.id"],
            name=op.f("fk_task_keeper_partnership_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "task_id"],
            ["task.partnership_id", "task.id"],
            name=op.f("fk_task_keeper_partnership_id_task_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_task_keeper_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_keeper")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_task_keeper_partnership_id_id")),
        sa.UniqueConstraint("task_id", "starts_on", name=op.f("uq_task_keeper_task_id_starts_on")),
    )
    with op.batch_alter_table("task_keeper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_keeper_body_id"), ["body_id"], unique=False)

    op.add_column("agenda_item", sa.Column("sent_proposal", sa.Text(), nullable=True))

    op.add_column("agreement", sa.Column("kind", sa.String(length=10), server_default="sub", nullable=False))

    op.add_column("appointment", sa.Column("tier", sa.String(length=20), server_default="", nullable=False))
    op.add_column("appointment", sa.Column("term_ends_on", sa.Date(), nullable=True))

    op.add_column("body", sa.Column("meetings_per_year", sa.Integer(), nullable=True))
    op.add_column("body", sa.Column("chair_first", sa.String(length=1), server_default="", nullable=False))
    op.add_column("body", sa.Column("chair_years", sa.Integer(), server_default="0", nullable=False))
    op.add_column("body", sa.Column("term_years", sa.Integer(), nullable=True))
    op.add_column("body", sa.Column("term_begins", sa.String(length=5), server_default="", nullable=False))
    op.add_column("body", sa.Column("secretary", sa.String(length=200), server_default="", nullable=False))
    op.add_column("body", sa.Column("note", sa.String(length=1000), server_default="", nullable=False))

    op.add_column("mail", sa.Column("attachment_name", sa.String(length=200), server_default="", nullable=False))
    op.add_column("mail", sa.Column("attachment_sha256", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("uq_meeting_body_start"), sqlite_where=sa.text("state != 'cancelled'"))
        batch_op.create_index(
            "uq_meeting_body_room_start",
            ["body_id", "room", "starts_at"],
            unique=True,
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        )

    op.add_column("partnership", sa.Column("retention_years", sa.Integer(), server_default="5", nullable=False))
    op.add_column("partnership", sa.Column("about", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Drop them; links of the new purpose go with them."""
    op.execute("DELETE FROM link WHERE purpose = 'nomination'")
    _allow(PURPOSES)
    op.drop_column("partnership", "about")
    op.drop_column("partnership", "retention_years")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meeting_body_room_start",
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        )
        batch_op.create_index(
            batch_op.f("uq_meeting_body_start"),
            ["body_id", "starts_at"],
            unique=True,
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        )

    op.drop_column("mail", "attachment_sha256")
    op.drop_column("mail", "attachment_name")

    op.drop_column("body", "note")
    op.drop_column("body", "secretary")
    op.drop_column("body", "term_begins")
    op.drop_column("body", "term_years")
    op.drop_column("body", "chair_years")
    op.drop_column("body", "chair_first")
    op.drop_column("body", "meetings_per_year")

    op.drop_column("appointment", "term_ends_on")
    op.drop_column("appointment", "tier")

    op.drop_column("agreement", "kind")

    op.drop_column("agenda_item", "sent_proposal")

    with op.batch_alter_table("task_keeper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_keeper_body_id"))

    op.drop_table("task_keeper")
    op.drop_table("disagreement")
    with op.batch_alter_table("decision_keeper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_keeper_body_id"))

    op.drop_table("decision_keeper")
    with op.batch_alter_table("stepped_aside", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stepped_aside_meeting_id"))

    op.drop_table("stepped_aside")
    with op.batch_alter_table("minutes_addition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_addition_minutes_id"))

    op.drop_table("minutes_addition")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_appointment_id"))

    op.drop_table("nomination")
    with op.batch_alter_table("copy_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copy_delivery_dispatch_id"))

    op.drop_table("copy_delivery")
    with op.batch_alter_table("consideration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consideration_meeting_id"))

    op.drop_table("consideration")
    with op.batch_alter_table("transition_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transition_organisation_transition_id"))

    op.drop_table("transition_organisation")
    op.drop_table("transition_matter")
    with op.batch_alter_table("copy_recipient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copy_recipient_body_id"))

    op.drop_table("copy_recipient")
    with op.batch_alter_table("case_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_agreement_agreement_id"))

    op.drop_table("case_agreement")
    with op.batch_alter_table("transition", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transition_prepared",
            sqlite_where=sa.text("state = 'prepared'"),
            postgresql_where=sa.text("state = 'prepared'"),
        )

    op.drop_table("transition")
    with op.batch_alter_table("report_duty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_duty_due_on"))

    op.drop_table("report_duty")
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_person_merge_person",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_person_merge_into_id"))

    op.drop_table("person_merge")
    with op.batch_alter_table("nomination_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_letter_campaign_id"))

    op.drop_table("nomination_letter")
    op.drop_table("import_batch")
    with op.batch_alter_table("composition_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_composition_rule_body_id"))

    op.drop_table("composition_rule")
    with op.batch_alter_table("body_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_succession_successor_id"))

    op.drop_table("body_succession")
    op.drop_table("body_phase")
    op.drop_table("secretariat_term")
    with op.batch_alter_table("representation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representation_represented_id"))
        batch_op.drop_index(batch_op.f("ix_representation_organisation_id"))

    op.drop_table("representation")
    with op.batch_alter_table("organisation_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_succession_successor_id"))

    op.drop_table("organisation_succession")
    op.drop_table("organisation_name")
    op.drop_table("campaign")


def _allow(purposes: tuple[str, ...]) -> None:
    words = ", ".join(f"'{purpose}'" for purpose in purposes)
    rule = f"purpose IN ({words})"
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("ck_link_linkpurpose"), type_="check")
        link.create_check_constraint(op.f("ck_link_linkpurpose"), rule)
