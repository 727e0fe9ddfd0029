"""Makers of the council: bodies, terms, constituencies, lines, delegates."""

from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy.orm import Session

from petitions.areas.models import AdminUnit, District
from petitions.core.identity import Identity
from petitions.council.actions.versions import renew
from petitions.council.models import Body, Constituency, ConstituencyUnit, Delegate, DeputyGroup, Mandate, Term

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
OFFICER = Identity(user_id=1, username="admin", name="Người quản trị", permissions=frozenset({"reference.manage", "reference.read"}))
_numbers = count(1)


def body(session: Session, *, code: str = "", kind: str = "city_council", short_name: str = "HĐND") -> Body:
    row = Body(code=code or f"B{next(_numbers)}", name="Hội đồng nhân dân thành phố", short_name=short_name, kind=kind)
    session.add(row)
    session.flush()
    return row


def term(session: Session, *, of: Body, number: int = 16, starts_on: date | None = date(2021, 6, 23), ends_on: date | None = date(2026, 3, 15)) -> Term:
    row = Term(body_id=of.id, number=number, label={15: "XV", 16: "XVI", 17: "XVII"}[number], years="2021-2026", starts_on=starts_on, ends_on=ends_on)
    session.add(row)
    session.flush()
    return row


def constituency(session: Session, *, of: Term, number: int = 1, name: str = "Gia Lâm", confirmed: bool = True, former: bool = True) -> Constituency:
    row = Constituency(term_id=of.id, number=number, name=name, former=former, confirmed=confirmed)
    session.add(row)
    session.flush()
    session.add(DeputyGroup(term_id=of.id, number=number, name=f"Tổ đại biểu số {number}", constituency_id=row.id))
    session.flush()
    return row


def district(session: Session, *, name: str = "Gia Lâm", kind: str = "huyen", valid_to: date | None = date(2025, 6, 30)) -> District:
    row = District(code=f"d{next(_numbers)}", kind=kind, name=name, valid_to=valid_to, source="thử")
    session.add(row)
    session.flush()
    return row


def unit(
    session: Session,
    *,
    name: str = "Gia Lâm",
    kind: str = "xa",
    valid_from: date | None = date(2025, 7, 1),
    valid_to: date | None = None,
    of: District | None = None,
) -> AdminUnit:
    row = AdminUnit(code=f"u{next(_numbers)}", kind=kind, name=name, valid_from=valid_from, valid_to=valid_to, district_id=of.id if of else None, source="thử")
    session.add(row)
    session.flush()
    return row


def line(
    session: Session,
    *,
    of: Constituency,
    unit: AdminUnit | None = None,
    district: District | None = None,
    valid_from: date = date(2025, 7, 1),
    valid_to: date | None = None,
    certainty: str = "draft",
    share: str = "whole",
) -> ConstituencyUnit:
    row = ConstituencyUnit(
        constituency_id=of.id, unit_id=unit.id if unit else None, district_id=district.id if district else None, valid_from=valid_from, valid_to=valid_to
    )
    row.certainty, row.share = certainty, share
    session.add(row)
    session.flush()
    renew(session)
    return row


def mandate(
    session: Session,
    *,
    of: Constituency,
    name: str = "Đại biểu Một",
    from_on: date = date(2021, 6, 23),
    to_on: date | None = None,
    ended_by: str | None = None,
    role: str = "member",
) -> Mandate:
    who = Delegate(name=name)
    session.add(who)
    session.flush()
    row = Mandate(
        delegate_id=who.id, term_id=of.term_id, constituency_id=of.id, from_on=from_on, to_on=to_on, began_by="elected", ended_by=ended_by, group_role=role
    )
    session.add(row)
    session.flush()
    return row
