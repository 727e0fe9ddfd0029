"""Tables of the main job.

Revision: 0001_main_job, after nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_main_job"
down_revision = None
branch_labels = None
depends_on = None

# The journal is append-only: the database itself refuses a change, on both engines.
APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER journal_entries_no_UPDATE BEFORE UPDATE ON journal_entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
        "CREATE TRIGGER journal_entries_no_DELETE BEFORE DELETE ON journal_entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    ],
    "postgresql": [
        """CREATE FUNCTION journal_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
        """CREATE TRIGGER journal_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entries
        FOR EACH STATEMENT EXECUTE FUNCTION journal_entries_refuse()""",
    ],
}


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "agency_editions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_editions")),
    )
    op.create_table(
        "area_editions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_editions")),
    )
    op.create_table(
        "channels",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_channels")),
    )
    op.create_table(
        "competence_levels",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_competence_levels")),
    )
    op.create_table(
        "delegates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=300), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegates")),
        sa.UniqueConstraint("seed", name=op.f("uq_delegates_seed")),
    )
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegates_name"), ["name"], unique=False)

    op.create_table(
        "districts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("gso_code", sa.String(length=10), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("kind IN ('quan', 'huyen', 'thi_xa')", name=op.f("ck_districts_kind")),
        sa.CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_districts_validity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("code", name=op.f("uq_districts_code")),
    )
    op.create_table(
        "fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("report_group", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("report_group BETWEEN 1 AND 5", name=op.f("ck_fields_report_group")),
        sa.ForeignKeyConstraint(["parent_id"], ["fields.id"], name=op.f("fk_fields_parent_id_fields")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("code", name=op.f("uq_fields_code")),
    )
    with op.batch_alter_table("fields", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fields_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "intake_settings",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_intake_settings")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("digest", name=op.f("uq_journal_entries_digest")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entries_act"), ["act"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entries_by_id"), ["by_id"], unique=False)
        batch_op.create_index("ix_journal_entries_subject", ["subject_kind", "subject_id", "id"], unique=False)

    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("transaction", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_messages_order", ["topic", "transaction", "id"], unique=False)

    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("code", name=op.f("uq_roles_code")),
    )
    op.create_table(
        "roll_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_versions")),
    )
    op.create_table(
        "sign_in_brakes",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_brakes")),
    )
    with op.batch_alter_table("sign_in_brakes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_brakes_first_at"), ["first_at"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=261), nullable=False),
        sa.Column("language", sa.String(length=2), server_default="vi", nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_users_language")),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_users_username_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_users_active"), ["active"], unique=False)

    op.create_table(
        "admin_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("gso_code", sa.String(length=10), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("kind IN ('phuong', 'xa', 'thi_tran')", name=op.f("ck_admin_units_kind")),
        sa.CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_admin_units_validity")),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_admin_units_district_id_districts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_units")),
        sa.UniqueConstraint("code", name=op.f("uq_admin_units_code")),
    )
    with op.batch_alter_table("admin_units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_admin_units_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_admin_units_name"), ["name"], unique=False)

    op.create_table(
        "field_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f("fk_field_aliases_field_id_fields")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_aliases")),
        sa.UniqueConstraint("folded", name=op.f("uq_field_aliases_folded")),
    )
    with op.batch_alter_table("field_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_field_aliases_field_id"), ["field_id"], unique=False)

    op.create_table(
        "former_passwords",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_former_passwords_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_passwords")),
    )
    with op.batch_alter_table("former_passwords", schema=None) as batch_op:
        batch_op.create_index("ix_former_passwords_user", ["user_id", "id"], unique=False)

    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=100), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_login_sessions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_sessions_token_hash")),
    )
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_login_sessions_user", ["user_id", "ended_at"], unique=False)

    op.create_table(
        "origins",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("timing", sa.String(length=10), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.code"], name=op.f("fk_origins_channel_channels")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_origins")),
    )
    op.create_table(
        "role_permissions",
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("permission", sa.String(length=80), nullable=False),
        sa.Column("granted", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_role_permissions_role_id_roles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("role_id", "permission", name=op.f("pk_role_permissions")),
    )
    op.create_table(
        "user_roles",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_user_roles_role_id_roles")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_roles_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_user_roles")),
    )
    with op.batch_alter_table("user_roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_roles_role_id"), ["role_id"], unique=False)

    op.create_table(
        "user_scopes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('body', 'constituency', 'agency', 'committee', 'deputy_group')", name=op.f("ck_user_scopes_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_scopes_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_scopes")),
        sa.UniqueConstraint("user_id", "kind", "ref_id", name=op.f("uq_user_scopes_user_id_kind_ref_id")),
    )
    op.create_table(
        "agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("level IN ('central', 'city', 'district', 'commune')", name=op.f("ck_agencies_level")),
        sa.CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_agencies_validity")),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_agencies_district_id_districts")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_units.id"], name=op.f("fk_agencies_unit_id_admin_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("code", name=op.f("uq_agencies_code")),
    )
    with op.batch_alter_table("agencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agencies_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agencies_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_agencies_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "area_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.CheckConstraint("(district_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_area_aliases_one_meant")),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_area_aliases_district_id_districts")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_units.id"], name=op.f("fk_area_aliases_unit_id_admin_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_aliases")),
        sa.UniqueConstraint("words", "district_id", "unit_id", name=op.f("uq_area_aliases_words_district_id_unit_id")),
    )
    with op.batch_alter_table("area_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_aliases_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_aliases_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("kind IN ('city_council', 'na_delegation', 'commune_council')", name=op.f("ck_bodies_kind_known")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_units.id"], name=op.f("fk_bodies_unit_id_admin_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("code", name=op.f("uq_bodies_code")),
        sa.UniqueConstraint("seed", name=op.f("uq_bodies_seed")),
    )
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bodies_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "unit_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("share", sa.String(length=5), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint("share IN ('whole', 'part')", name=op.f("ck_unit_changes_share")),
        sa.CheckConstraint("old_id <> new_id", name=op.f("ck_unit_changes_two_units")),
        sa.ForeignKeyConstraint(["new_id"], ["admin_units.id"], name=op.f("fk_unit_changes_new_id_admin_units")),
        sa.ForeignKeyConstraint(["old_id"], ["admin_units.id"], name=op.f("fk_unit_changes_old_id_admin_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_changes")),
        sa.UniqueConstraint("old_id", "new_id", "on", name=op.f("uq_unit_changes_old_id_new_id_on")),
    )
    with op.batch_alter_table("unit_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_changes_new_id"), ["new_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_changes_old_id"), ["old_id"], unique=False)

    op.create_table(
        "agency_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_agency_aliases_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_aliases")),
        sa.UniqueConstraint("agency_id", "words", name=op.f("uq_agency_aliases_agency_id_words")),
    )
    with op.batch_alter_table("agency_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_aliases_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "agency_successions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("share", sa.String(length=5), nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint("share IN ('whole', 'part')", name=op.f("ck_agency_successions_share")),
        sa.CheckConstraint("old_id <> new_id", name=op.f("ck_agency_successions_two_agencies")),
        sa.ForeignKeyConstraint(["new_id"], ["agencies.id"], name=op.f("fk_agency_successions_new_id_agencies")),
        sa.ForeignKeyConstraint(["old_id"], ["agencies.id"], name=op.f("fk_agency_successions_old_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_successions")),
        sa.UniqueConstraint("old_id", "new_id", "on", name=op.f("uq_agency_successions_old_id_new_id_on")),
    )
    with op.batch_alter_table("agency_successions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_successions_new_id"), ["new_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_successions_old_id"), ["old_id"], unique=False)

    op.create_table(
        "committees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_committees_body_id_bodies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committees")),
        sa.UniqueConstraint("body_id", "code", name=op.f("uq_committees_body_id_code")),
        sa.UniqueConstraint("seed", name=op.f("uq_committees_seed")),
    )
    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committees_body_id"), ["body_id"], unique=False)

    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("started_by_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_row", sa.Integer(), server_default="0", nullable=False),
        sa.Column("imported", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('checking', 'ready', 'waiting', 'running', 'done', 'refused', 'cancelled')", name=op.f("ck_import_batches_state")),
        sa.CheckConstraint("next_row >= 0", name=op.f("ck_import_batches_next_row")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_import_batches_body_id_bodies")),
        sa.ForeignKeyConstraint(["started_by"], ["users.id"], name=op.f("fk_import_batches_started_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batches_started_by"), ["started_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_batches_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_import_batches_open_file",
            ["body_id", "file_digest"],
            unique=True,
            sqlite_where=sa.text("state IN ('checking', 'ready', 'waiting', 'running')"),
            postgresql_where=sa.text("state IN ('checking', 'ready', 'waiting', 'running')"),
        )

    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("years", sa.String(length=20), server_default="", nullable=False),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("constituencies_fixed", sa.Integer(), nullable=True),
        sa.Column("seats_fixed", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_terms_order")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_terms_body_id_bodies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_terms_body_id_number")),
        sa.UniqueConstraint("seed", name=op.f("uq_terms_seed")),
    )
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_terms_body_id"), ["body_id"], unique=False)

    op.create_table(
        "constituencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("former", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("seats IS NULL OR seats > 0", name=op.f("ck_constituencies_seats_positive")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_constituencies_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_constituencies")),
        sa.UniqueConstraint("seed", name=op.f("uq_constituencies_seed")),
        sa.UniqueConstraint("term_id", "number", name=op.f("uq_constituencies_term_id_number")),
    )
    with op.batch_alter_table("constituencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_constituencies_term_id"), ["term_id"], unique=False)

    op.create_table(
        "council_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("dates_as_known", sa.String(), server_default="", nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('first', 'ordinary', 'ordinary_mid', 'ordinary_end', 'thematic', 'urgent', 'unknown')", name=op.f("ck_council_sessions_kind_known")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_council_sessions_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_sessions")),
        sa.UniqueConstraint("seed", name=op.f("uq_council_sessions_seed")),
        sa.UniqueConstraint("term_id", "number", name=op.f("uq_council_sessions_term_id_number")),
    )
    with op.batch_alter_table("council_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_sessions_term_id"), ["term_id"], unique=False)

    op.create_table(
        "petition_counters",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("constituency_number", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_petition_counters_body_id_bodies")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_petition_counters_term_id_terms")),
        sa.PrimaryKeyConstraint("body_id", "term_id", "constituency_number", name=op.f("pk_petition_counters")),
    )
    op.create_table(
        "constituency_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("constituency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("share", sa.String(length=10), server_default="whole", nullable=False),
        sa.Column("certainty", sa.String(length=10), nullable=False),
        sa.Column("basis", sa.String(), server_default="", nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_reason", sa.String(), nullable=True),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("certainty IN ('draft', 'published', 'confirmed')", name=op.f("ck_constituency_units_certainty_known")),
        sa.CheckConstraint("share IN ('whole', 'part')", name=op.f("ck_constituency_units_share_known")),
        sa.CheckConstraint("(superseded_at IS NULL) = (superseded_reason IS NULL)", name=op.f("ck_constituency_units_superseded_with_reason")),
        sa.CheckConstraint("(unit_id IS NULL) <> (district_id IS NULL)", name=op.f("ck_constituency_units_one_place")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_constituency_units_order")),
        sa.ForeignKeyConstraint(["constituency_id"], ["constituencies.id"], name=op.f("fk_constituency_units_constituency_id_constituencies")),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_constituency_units_district_id_districts")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_units.id"], name=op.f("fk_constituency_units_unit_id_admin_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_constituency_units")),
        sa.UniqueConstraint("seed", name=op.f("uq_constituency_units_seed")),
    )
    with op.batch_alter_table("constituency_units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_constituency_units_constituency_id"), ["constituency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_constituency_units_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_constituency_units_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_constituency_units_district_live",
            ["constituency_id", "district_id", "valid_from"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL AND district_id IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND district_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_constituency_units_unit_live",
            ["constituency_id", "unit_id", "valid_from"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL AND unit_id IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND unit_id IS NOT NULL"),
        )

    op.create_table(
        "deputy_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("constituency_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["constituency_id"], ["constituencies.id"], name=op.f("fk_deputy_groups_constituency_id_constituencies")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_deputy_groups_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy_groups")),
        sa.UniqueConstraint("seed", name=op.f("uq_deputy_groups_seed")),
        sa.UniqueConstraint("term_id", "number", name=op.f("uq_deputy_groups_term_id_number")),
    )
    with op.batch_alter_table("deputy_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputy_groups_constituency_id"), ["constituency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deputy_groups_term_id"), ["term_id"], unique=False)

    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("council_session_id", sa.Integer(), nullable=True),
        sa.Column("timing", sa.String(length=10), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_as_written", sa.String(length=100), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("original_text", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("as_written", sa.JSON(), nullable=False),
        sa.Column("place_words", sa.String(length=500), server_default="", nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("unit_resolution", sa.String(length=20), server_default="unresolved", nullable=False),
        sa.Column("unit_resolved_by", sa.Integer(), nullable=True),
        sa.Column("constituency_id", sa.Integer(), nullable=True),
        sa.Column("constituency_basis", sa.String(length=20), nullable=True),
        sa.Column("outside", sa.String(length=20), nullable=True),
        sa.Column("report_group", sa.Integer(), nullable=True),
        sa.Column("field_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("voters_count", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), server_default="draft", nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_by_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=True),
        sa.Column("import_batch_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint("constituency_basis IN ('meeting_day', 'receipt_day', 'clerk', 'as_written')", name=op.f("ck_petitions_constituency_basis")),
        sa.CheckConstraint("outside IN ('before_term', 'other_place')", name=op.f("ck_petitions_outside")),
        sa.CheckConstraint("state IN ('draft', 'registered', 'classified', 'diverted')", name=op.f("ck_petitions_state")),
        sa.CheckConstraint("timing IN ('before', 'after', 'both')", name=op.f("ck_petitions_timing")),
        sa.CheckConstraint("unit_resolution IN ('auto', 'clerk', 'district_only', 'unresolved')", name=op.f("ck_petitions_unit_resolution")),
        sa.CheckConstraint("report_group BETWEEN 1 AND 5", name=op.f("ck_petitions_report_group")),
        sa.CheckConstraint("voters_count > 0", name=op.f("ck_petitions_voters_count")),
        sa.ForeignKeyConstraint(["accepted_by"], ["users.id"], name=op.f("fk_petitions_accepted_by_users")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_petitions_body_id_bodies")),
        sa.ForeignKeyConstraint(["channel"], ["channels.code"], name=op.f("fk_petitions_channel_channels")),
        sa.ForeignKeyConstraint(["constituency_id"], ["constituencies.id"], name=op.f("fk_petitions_constituency_id_constituencies")),
        sa.ForeignKeyConstraint(["council_session_id"], ["council_sessions.id"], name=op.f("fk_petitions_council_session_id_council_sessions")),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_petitions_district_id_districts")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_petitions_entered_by_users")),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f("fk_petitions_field_id_fields")),
        sa.ForeignKeyConstraint(["level"], ["competence_levels.code"], name=op.f("fk_petitions_level_competence_levels")),
        sa.ForeignKeyConstraint(["origin"], ["origins.code"], name=op.f("fk_petitions_origin_origins")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_petitions_term_id_terms")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_units.id"], name=op.f("fk_petitions_unit_id_admin_units")),
        sa.ForeignKeyConstraint(["unit_resolved_by"], ["users.id"], name=op.f("fk_petitions_unit_resolved_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions")),
        sa.UniqueConstraint("code", name=op.f("uq_petitions_code")),
        sa.UniqueConstraint("form_token", name=op.f("uq_petitions_form_token")),
    )
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.create_index("ix_petitions_constituency", ["constituency_id", "listed_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_council_session_id"), ["council_session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_entered_by"), ["entered_by"], unique=False)
        batch_op.create_index(
            "ix_petitions_facts",
            [
                "body_id",
                "deleted_at",
                "state",
                "listed_on",
                "constituency_id",
                "unit_id",
                "field_id",
                "level",
                "origin",
                "council_session_id",
                "report_group",
                "timing",
                "submitted_at",
                "unit_resolution",
                "entered_by",
                "dated_on",
                "id",
            ],
            unique=False,
        )
        batch_op.create_index("ix_petitions_field", ["field_id", "listed_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_import_batch_id"), ["import_batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_level"), ["level"], unique=False)
        batch_op.create_index("ix_petitions_listed", ["deleted_at", "listed_on", "id", "body_id"], unique=False)
        batch_op.create_index("ix_petitions_state", ["deleted_at", "state", "listed_on", "id", "body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_origin"), ["origin"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_received_on"), ["received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_term_id"), ["term_id"], unique=False)
        batch_op.create_index("ix_petitions_unit", ["unit_id", "listed_on", "id"], unique=False)

    op.create_table(
        "diversions",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sent_to", sa.String(length=300), nullable=False),
        sa.Column("document", sa.String(length=200), server_default="", nullable=False),
        sa.Column("diverted_on", sa.Date(), nullable=False),
        sa.Column("diverted_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("kind IN ('complaint', 'denunciation', 'other')", name=op.f("ck_diversions_kind")),
        sa.ForeignKeyConstraint(["diverted_by"], ["users.id"], name=op.f("fk_diversions_diverted_by_users")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_diversions_petition_id_petitions"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_diversions")),
    )
    op.create_table(
        "external_references",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_external_references_petition_id_petitions"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_references")),
        sa.UniqueConstraint("system", "reference", name=op.f("uq_external_references_system_reference")),
    )
    with op.batch_alter_table("external_references", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_external_references_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "imported_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), server_default="", nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_as_written", sa.String(length=100), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("class_as_written", sa.String(length=300), server_default="", nullable=False),
        sa.Column("answer_class", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_imported_answers_petition_id_petitions"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_answers")),
    )
    with op.batch_alter_table("imported_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_answers_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "imported_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_imported_rows_batch_id_import_batches")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_imported_rows_petition_id_petitions"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_rows")),
        sa.UniqueConstraint("key", name=op.f("uq_imported_rows_key")),
    )
    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_rows_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_rows_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("constituency_id", sa.Integer(), nullable=True),
        sa.Column("deputy_group_id", sa.Integer(), nullable=True),
        sa.Column("group_role", sa.String(length=20), server_default="member", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("began_by", sa.String(length=20), nullable=False),
        sa.Column("ended_by", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("seed", sa.String(length=160), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("began_by IN ('elected', 'by_election', 'transferred_in')", name=op.f("ck_mandates_began_by_known")),
        sa.CheckConstraint("ended_by IN ('term_end', 'resigned', 'transferred_out', 'dismissed', 'died', 'other')", name=op.f("ck_mandates_ended_by_known")),
        sa.CheckConstraint("group_role IN ('member', 'deputy_head', 'head')", name=op.f("ck_mandates_group_role_known")),
        sa.CheckConstraint("(to_on IS NULL) = (ended_by IS NULL)", name=op.f("ck_mandates_end_with_cause")),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_mandates_order")),
        sa.ForeignKeyConstraint(["constituency_id"], ["constituencies.id"], name=op.f("fk_mandates_constituency_id_constituencies")),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegates.id"], name=op.f("fk_mandates_delegate_id_delegates")),
        sa.ForeignKeyConstraint(["deputy_group_id"], ["deputy_groups.id"], name=op.f("fk_mandates_deputy_group_id_deputy_groups")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_mandates_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
        sa.UniqueConstraint("seed", name=op.f("uq_mandates_seed")),
    )
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandates_constituency_id"), ["constituency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandates_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandates_deputy_group_id"), ["deputy_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandates_term_id"), ["term_id"], unique=False)

    op.create_table(
        "petition_agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("as_written", sa.String(length=300), server_default="", nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("agency_id IS NOT NULL OR as_written <> ''", name=op.f("ck_petition_agencies_named")),
        sa.CheckConstraint("part IN ('lead', 'with')", name=op.f("ck_petition_agencies_part")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_petition_agencies_agency_id_agencies")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_agencies_petition_id_petitions"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_agencies")),
        sa.UniqueConstraint("petition_id", "position", name=op.f("uq_petition_agencies_petition_id_position")),
    )
    with op.batch_alter_table("petition_agencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_agencies_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "petitioners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petitioners_petition_id_petitions"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitioners")),
    )
    with op.batch_alter_table("petitioners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petitioners_petition_id"), ["petition_id"], unique=False)
    for statement in APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """The same step back."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER journal_entries_append_only ON journal_entries")
        op.execute("DROP FUNCTION journal_entries_refuse()")
    with op.batch_alter_table("petitioners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petitioners_petition_id"))

    op.drop_table("petitioners")
    with op.batch_alter_table("petition_agencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_agencies_agency_id"))

    op.drop_table("petition_agencies")
    with op.batch_alter_table("mandates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandates_term_id"))
        batch_op.drop_index(batch_op.f("ix_mandates_deputy_group_id"))
        batch_op.drop_index(batch_op.f("ix_mandates_delegate_id"))
        batch_op.drop_index(batch_op.f("ix_mandates_constituency_id"))

    op.drop_table("mandates")
    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_rows_petition_id"))
        batch_op.drop_index(batch_op.f("ix_imported_rows_batch_id"))

    op.drop_table("imported_rows")
    with op.batch_alter_table("imported_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_answers_petition_id"))

    op.drop_table("imported_answers")
    with op.batch_alter_table("external_references", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_references_petition_id"))

    op.drop_table("external_references")
    op.drop_table("diversions")
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.drop_index("ix_petitions_unit")
        batch_op.drop_index(batch_op.f("ix_petitions_term_id"))
        batch_op.drop_index(batch_op.f("ix_petitions_received_on"))
        batch_op.drop_index(batch_op.f("ix_petitions_origin"))
        batch_op.drop_index("ix_petitions_listed")
        batch_op.drop_index("ix_petitions_state")
        batch_op.drop_index(batch_op.f("ix_petitions_level"))
        batch_op.drop_index(batch_op.f("ix_petitions_import_batch_id"))
        batch_op.drop_index("ix_petitions_field")
        batch_op.drop_index("ix_petitions_facts")
        batch_op.drop_index(batch_op.f("ix_petitions_entered_by"))
        batch_op.drop_index(batch_op.f("ix_petitions_district_id"))
        batch_op.drop_index(batch_op.f("ix_petitions_digest"))
        batch_op.drop_index(batch_op.f("ix_petitions_council_session_id"))
        batch_op.drop_index("ix_petitions_constituency")

    op.drop_table("petitions")
    with op.batch_alter_table("deputy_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deputy_groups_term_id"))
        batch_op.drop_index(batch_op.f("ix_deputy_groups_constituency_id"))

    op.drop_table("deputy_groups")
    with op.batch_alter_table("constituency_units", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_constituency_units_unit_live",
            sqlite_where=sa.text("superseded_at IS NULL AND unit_id IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND unit_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_constituency_units_district_live",
            sqlite_where=sa.text("superseded_at IS NULL AND district_id IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NULL AND district_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_constituency_units_unit_id"))
        batch_op.drop_index(batch_op.f("ix_constituency_units_district_id"))
        batch_op.drop_index(batch_op.f("ix_constituency_units_constituency_id"))

    op.drop_table("constituency_units")
    op.drop_table("petition_counters")
    with op.batch_alter_table("council_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_sessions_term_id"))

    op.drop_table("council_sessions")
    with op.batch_alter_table("constituencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_constituencies_term_id"))

    op.drop_table("constituencies")
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_terms_body_id"))

    op.drop_table("terms")
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_import_batches_open_file",
            sqlite_where=sa.text("state IN ('checking', 'ready', 'waiting', 'running')"),
            postgresql_where=sa.text("state IN ('checking', 'ready', 'waiting', 'running')"),
        )
        batch_op.drop_index(batch_op.f("ix_import_batches_state"))
        batch_op.drop_index(batch_op.f("ix_import_batches_started_by"))

    op.drop_table("import_batches")
    with op.batch_alter_table("committees", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committees_body_id"))

    op.drop_table("committees")
    with op.batch_alter_table("agency_successions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_successions_old_id"))
        batch_op.drop_index(batch_op.f("ix_agency_successions_new_id"))

    op.drop_table("agency_successions")
    with op.batch_alter_table("agency_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_aliases_agency_id"))

    op.drop_table("agency_aliases")
    with op.batch_alter_table("unit_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_changes_old_id"))
        batch_op.drop_index(batch_op.f("ix_unit_changes_new_id"))

    op.drop_table("unit_changes")
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bodies_unit_id"))

    op.drop_table("bodies")
    with op.batch_alter_table("area_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_aliases_unit_id"))
        batch_op.drop_index(batch_op.f("ix_area_aliases_district_id"))

    op.drop_table("area_aliases")
    with op.batch_alter_table("agencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agencies_unit_id"))
        batch_op.drop_index(batch_op.f("ix_agencies_name"))
        batch_op.drop_index(batch_op.f("ix_agencies_district_id"))

    op.drop_table("agencies")
    op.drop_table("user_scopes")
    with op.batch_alter_table("user_roles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_roles_role_id"))

    op.drop_table("user_roles")
    op.drop_table("role_permissions")
    op.drop_table("origins")
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_login_sessions_user")

    op.drop_table("login_sessions")
    with op.batch_alter_table("former_passwords", schema=None) as batch_op:
        batch_op.drop_index("ix_former_passwords_user")

    op.drop_table("former_passwords")
    with op.batch_alter_table("field_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_field_aliases_field_id"))

    op.drop_table("field_aliases")
    with op.batch_alter_table("admin_units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_admin_units_name"))
        batch_op.drop_index(batch_op.f("ix_admin_units_district_id"))

    op.drop_table("admin_units")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_active"))

    op.drop_table("users")
    with op.batch_alter_table("sign_in_brakes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_brakes_first_at"))

    op.drop_table("sign_in_brakes")
    op.drop_table("roll_versions")
    op.drop_table("roles")
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_messages_order")

    op.drop_table("outbox_messages")
    with op.batch_alter_table("journal_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_entries_subject")
        batch_op.drop_index(batch_op.f("ix_journal_entries_by_id"))
        batch_op.drop_index(batch_op.f("ix_journal_entries_act"))

    op.drop_table("journal_entries")
    op.drop_table("intake_settings")
    with op.batch_alter_table("fields", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fields_parent_id"))

    op.drop_table("fields")
    op.drop_table("districts")
    with op.batch_alter_table("delegates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegates_name"))

    op.drop_table("delegates")
    op.drop_table("competence_levels")
    op.drop_table("channels")
    op.drop_table("area_editions")
    op.drop_table("agency_editions")
