"""The seed of roles and permissions: section "who does what" of the architecture, as rows. What the office edited is never overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.accounts.models import Role, RolePermission
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.journal.actions import record


@dataclass(frozen=True, slots=True)
class Seed:
    """One role as it comes with the product."""

    name: str
    name_en: str
    permissions: frozenset[Permission]


def _may(*permissions: Permission) -> frozenset[Permission]:
    return frozenset(permissions)


P = Permission
READS = _may(P.PETITION_READ, P.DUTY_READ, P.OVERSIGHT_READ, P.REFERENCE_READ)
FILES = _may(P.DOCUMENT_ADD, P.DOCUMENT_ORIGINAL)
SEED: Mapping[str, Seed] = {
    "administrator": Seed(
        "Quản trị viên",
        "Administrator",
        _may(P.ACCOUNT_MANAGE, P.INDEX_MANAGE, P.JOB_MANAGE, P.JOB_READ, P.LETTER_MANAGE, P.REFERENCE_MANAGE, P.REFERENCE_READ),
    ),
    "clerk": Seed(
        "Chuyên viên",
        "Clerk",
        READS
        | FILES
        | _may(P.PETITION_ENTER, P.PETITION_IMPORT, P.PETITION_CLASSIFY, P.PETITION_DIVERT, P.PETITIONER_READ)
        | _may(P.TRANSFER_DRAFT, P.DUTY_RECORD, P.DUTY_HAND_OVER, P.DUTY_TELL)
        | _may(P.LETTER_READ, P.LETTER_DRAFT, P.URGING_DRAFT)
        | _may(P.OVERSIGHT_REGISTER, P.OVERSIGHT_REPORT),
    ),
    "lead": Seed(
        "Lãnh đạo Văn phòng",
        "Office lead",
        READS
        | FILES
        | _may(P.PETITION_ACCEPT, P.PETITION_CLASSIFY, P.PETITION_DIVERT, P.PETITIONER_READ)
        | _may(P.TRANSFER_DRAFT, P.TRANSFER_APPROVE, P.TRANSFER_ISSUE, P.PUBLISH_APPROVE)
        | _may(P.DUTY_RECORD, P.DUTY_DECIDE, P.DUTY_HAND_OVER, P.DUTY_JUDGE, P.DUTY_TELL)
        | _may(P.LETTER_READ, P.LETTER_DRAFT, P.LETTER_ISSUE, P.LETTER_MANAGE)
        | _may(P.URGING_DRAFT, P.URGING_ISSUE)
        | _may(P.OVERSIGHT_REGISTER, P.OVERSIGHT_REPORT),
    ),
    "delegate": Seed("Đại biểu", "Delegate", READS | _may(P.DUTY_TELL)),
    "standing": Seed(
        "Thường trực HĐND",
        "Standing Committee",
        READS
        | _may(P.DOCUMENT_ORIGINAL, P.TRANSFER_APPROVE, P.TRANSFER_ISSUE, P.DUTY_DECIDE, P.DUTY_CLOSE, P.PUBLISH_APPROVE)
        | _may(P.LETTER_READ, P.LETTER_ISSUE, P.URGING_ISSUE, P.URGING_ESCALATE, P.CANDIDATE_TAKE, P.OVERSIGHT_CONFIRM),
    ),
    "committee": Seed("Ban của HĐND", "Council committee", READS | FILES | _may(P.DUTY_JUDGE, P.LETTER_READ, P.CANDIDATE_TAKE, P.OVERSIGHT_VERIFY)),
    "supervisor": Seed("Theo dõi, giám sát", "Supervisor", READS | FILES | _may(P.DUTY_JUDGE, P.LETTER_READ, P.LETTER_DRAFT, P.URGING_DRAFT)),
    # An agency's own items only: the scope is applied where rows are read.
    "agency": Seed("Cán bộ cơ quan giải quyết", "Agency officer", READS | FILES | _may(P.DUTY_ANSWER, P.LETTER_READ, P.OVERSIGHT_REPORT)),
    "ubnd": Seed("Văn phòng UBND", "People's Committee office", READS | FILES | _may(P.DUTY_ANSWER, P.DUTY_DISTRIBUTE, P.LETTER_READ, P.OVERSIGHT_REPORT)),
    "auditor": Seed("Kiểm tra, kiểm toán", "Auditor", READS | _may(P.DOCUMENT_ORIGINAL, P.JOB_READ, P.JOURNAL_READ, P.LETTER_READ)),
}


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add the roles and grants that are not there yet; how many rows were added. A permission the office took away stays away."""
    known = {role.code: role for role in session.scalars(select(Role).order_by(Role.position, Role.id))}
    rows = {(role_id, code) for role_id, code in session.execute(select(RolePermission.role_id, RolePermission.permission))}
    added = 0
    for position, (code, seed) in enumerate(SEED.items(), start=1):
        role = known.get(code)
        if role is None:
            role = Role(code=code, name=seed.name, name_en=seed.name_en, position=position)
            session.add(role)
            session.flush()
            added += 1
        new = sorted(permission.value for permission in seed.permissions if (role.id, permission.value) not in rows)
        session.add_all(RolePermission(role_id=role.id, permission=permission, granted=True) for permission in new)
        if new:
            added += len(new)
            record(session, "role.seed", ("role", role.id), by=by, now=now, changes={"permissions": ([], new)})
    session.flush()
    return added
