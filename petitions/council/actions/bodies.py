"""Bodies, terms, council sessions and committees: what the office adds and corrects."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.council.actions.versions import edit, renew
from petitions.council.models import COMMUNE_COUNCIL, Body, CouncilSession, Term
from petitions.journal.actions import record


def add_commune_council(session: Session, *, code: str, name: str, short_name: str, unit_id: int | None, by: Identity, now: datetime) -> Body:
    """A commune's council as a new body. Raises Conflict when the code is taken."""
    if session.scalar(select(Body.id).where(Body.code == code)) is not None:
        raise Conflict(say("Mã «{code}» đã có cơ quan khác dùng.", code=code))
    body = Body(code=code, name=name, short_name=short_name, kind=COMMUNE_COUNCIL, unit_id=unit_id, source=by.name, edited=True)
    session.add(body)
    session.flush()
    record(session, "council.add_body", ("body", body.id), by=by, now=now, changes={"code": (None, code), "name": (None, name)})
    renew(session)
    return body


def save_body(session: Session, body: Body, values: Mapping[str, Any], *, by: Identity, now: datetime) -> None:
    """Correct a body's names (its code is part of petitions' codes and stays)."""
    edit(session, body, {name: values[name] for name in ("name", "short_name") if name in values}, ("body", body.id), by=by, now=now)


def save_term(session: Session, term: Term | None, values: Mapping[str, Any], *, body_id: int, by: Identity, now: datetime) -> Term:
    """Add or correct a term. Terms of one body do not overlap, and end after they start (Invalid)."""
    _check_term(session, term, values, body_id)
    if term is None:
        term = Term(body_id=body_id, source=by.name, edited=True, **values)
        session.add(term)
        session.flush()
        record(session, "council.add_term", ("term", term.id), by=by, now=now, changes={name: (None, value) for name, value in values.items()})
        renew(session)
    else:
        edit(session, term, values, ("term", term.id), by=by, now=now)
    return term


def _check_term(session: Session, term: Term | None, values: Mapping[str, Any], body_id: int) -> None:
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        raise Invalid({"ends_on": [say("Ngày kết thúc phải sau ngày bắt đầu.")]})
    for other in session.scalars(select(Term).where(Term.body_id == body_id).order_by(Term.number)):
        if term is not None and other.id == term.id:
            continue
        if other.number == values["number"]:
            raise Invalid({"number": [say("Khóa số {number} đã có.", number=other.number)]})
        if starts and other.starts_on and starts <= (other.ends_on or starts) and other.starts_on <= (ends or other.starts_on):
            raise Invalid({"starts_on": [say("Trùng thời gian với khóa {label}: hãy ghi ngày kết thúc của khóa trước.", label=other.label)]})


def save_session(session: Session, row: CouncilSession | None, values: Mapping[str, Any], *, term: Term, by: Identity, now: datetime) -> CouncilSession:
    """Add or correct a council session. Its number is unique in the term; it closes after it opens (Invalid)."""
    opened, closed = values.get("opened_on"), values.get("closed_on")
    if opened and closed and closed < opened:
        raise Invalid({"closed_on": [say("Ngày bế mạc phải sau ngày khai mạc.")]})
    same = session.scalar(select(CouncilSession).where(CouncilSession.term_id == term.id, CouncilSession.number == values["number"]))
    if same is not None and (row is None or same.id != row.id):
        raise Invalid({"number": [say("Kỳ họp thứ {number} đã có.", number=same.number)]})
    values = {**values, "earliest_on": opened or values.get("earliest_on"), "latest_on": closed or values.get("latest_on") or opened}
    if values.get("confirmed") and not opened:
        raise RuleBroken(say("Chưa có ngày khai mạc nên chưa thể xác nhận."))
    if row is None:
        row = CouncilSession(term_id=term.id, source=by.name, edited=True, **values)
        session.add(row)
        session.flush()
        shown = {name: (None, value) for name, value in values.items() if value not in (None, "")}
        record(session, "council.add_session", ("council_session", row.id), by=by, now=now, changes=shown)
    else:
        edit(session, row, values, ("council_session", row.id), by=by, now=now)
    return row
