"""Tables of accounts: users, roles, permissions as rows, scopes, former passwords, login sessions, brakes on guessing."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import true as sql_true
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

USERNAME_LENGTH = 60
NAME_LENGTH = 200
EMAIL_LENGTH = 254
HASH_LENGTH = 64
SCOPE_KINDS = ("body", "constituency", "agency", "committee", "deputy_group")


class Role(Base):
    """A role: a name for a set of permissions. The ten of the seed keep their codes; names may be edited."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_en: Mapped[str] = mapped_column(String(NAME_LENGTH))
    position: Mapped[int]


class RolePermission(Base):
    """Whether a role holds a permission. A row that says no remembers that the office took it away, so that a new seed does not bring it back."""

    __tablename__ = "role_permissions"

    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(80), primary_key=True)
    granted: Mapped[bool] = mapped_column(server_default=sql_true())


class User(Base):
    """A person who may sign in. Never deleted: the journal speaks of them; `active` says whether they may still come in."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("language IN ('vi', 'en')", name="language"), CheckConstraint("username = lower(username)", name="username_lower"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(USERNAME_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    folded: Mapped[str] = mapped_column(String(USERNAME_LENGTH + NAME_LENGTH + 1))  # user name and name without marks, for finding
    language: Mapped[str] = mapped_column(String(2), server_default="vi")
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_set_at: Mapped[datetime]
    must_change: Mapped[bool]
    active: Mapped[bool] = mapped_column(server_default=sql_true(), index=True)
    demo: Mapped[bool]
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")


class UserRole(Base):
    """A user has a role."""

    __tablename__ = "user_roles"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id"), primary_key=True, index=True)


class UserScope(Base):
    """What a user stands for: an id of a kind. No foreign key: this room does not know what a constituency is."""

    __tablename__ = "user_scopes"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "ref_id"),
        CheckConstraint("kind IN ('body', 'constituency', 'agency', 'committee', 'deputy_group')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    ref_id: Mapped[int]


class FormerPassword(Base):
    """A hash that was in use, the present one included: none of the last ten may be taken again (QCVN 12:2026/BCA)."""

    __tablename__ = "former_passwords"
    __table_args__ = (Index("ix_former_passwords_user", "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    password_hash: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]


class LoginSession(Base):
    """One signed-in device. The cookie holds a random id, this row its hash only: who reads the table cannot come in with it."""

    __tablename__ = "login_sessions"
    __table_args__ = (Index("ix_login_sessions_user", "user_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    device: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(20))


class SignInBrake(Base):
    """Wrong tries for one user name or one address, known or not; `key` is a keyed digest, so that no name or address stands here."""

    __tablename__ = "sign_in_brakes"

    key: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    tries: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(index=True)
    locked_at: Mapped[datetime | None]
