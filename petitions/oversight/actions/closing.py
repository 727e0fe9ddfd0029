"""The Council's side closes: the committee verifies, the Standing Committee confirms, drops, supersedes, reopens. Nobody closes the own report."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Invalid, NotFound, RuleBroken
from petitions.core.identity import Identity
from petitions.core.text import clean
from petitions.core.words import say
from petitions.duties.actions import direct
from petitions.duties.actions.acts import not_future, wanted
from petitions.oversight.actions import following
from petitions.oversight.actions.terms import again_in_new_term
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.models.report import MET, METHODS, NOT_MET, Verification
from petitions.oversight.queries import reading, terms
from petitions.oversight.workflow import DROPPED, IMPLEMENTED, NOT_IMPLEMENTED, SUPERSEDED


def verify(
    session: Session, recommendation_id: int, *, method: str, note: str, found_on: date, version: int | None, by: Identity, now: datetime, today: date
) -> Recommendation:
    """The committee finds that the evidence shows it done. RuleBroken without evidence, or by whoever entered the report."""
    row, leads = following.begin(session, recommendation_id, "verify", by=by, version=version)
    _find(session, row, MET, method, note, found_on, by=by, now=now, today=today)
    following.step(session, row, leads, "verify", by=by, now=now, today=today, reason=note)
    return row


def send_back(
    session: Session,
    recommendation_id: int,
    *,
    method: str,
    note: str,
    found_on: date,
    due_on: date | None,
    version: int | None,
    by: Identity,
    now: datetime,
    today: date,
) -> Recommendation:
    """What was reported is not good enough: the agency owes it again, by `due_on` where one is set. The chain of reports stays."""
    row, leads = following.begin(session, recommendation_id, "send_back", by=by, version=version)
    if due_on is not None and due_on < today:
        raise Invalid({"due_on": [say("Hạn mới không thể trước hôm nay ({day}).", day=format_day(today))]})
    _find(session, row, NOT_MET, method, note, found_on, by=by, now=now, today=today)
    if due_on is not None and due_on != row.due_on:
        following.put_due(session, row, due_on, "send_back", now=now, today=today, reason=note)
    for duty in following.duties(session, row):
        direct.owed_again(session, duty, row.due_on, by=by, now=now, today=today, reason=note)
    row.done_on = None
    following.step(session, row, leads, "send_back", by=by, now=now, today=today, reason=note)
    return row


def _find(session: Session, row: Recommendation, verdict: str, method: str, note: str, found_on: date, *, by: Identity, now: datetime, today: date) -> None:
    wanted(note=note)
    not_future("found_on", found_on, today)
    if method not in METHODS:
        raise Invalid({"method": [say("Hãy chọn một giá trị trong danh sách.")]})
    item = reading.last_item(session, row.id)
    made = {"made_by": by.user_id, "made_by_name": by.name, "made_at": now}
    found = {"verdict": verdict, "method": method, "note": clean(note), "found_on": found_on}
    session.add(Verification(recommendation_id=row.id, item_id=item.id if item else None, **found, **made))
    session.flush()


def confirm(session: Session, recommendation_id: int, *, note: str, version: int | None, by: Identity, now: datetime, today: date) -> Recommendation:
    """The Standing Committee confirms what the committee verified: implemented. Another person than who reported and who verified."""
    row, leads = following.begin(session, recommendation_id, "confirm", by=by, version=version)
    row.closed_on = today
    following.end_duties(session, row, IMPLEMENTED, by=by, now=now, today=today, reason=note or row.code)
    following.step(session, row, leads, "confirm", by=by, now=now, today=today, reason=clean(note))
    return row


def give_up(
    session: Session,
    recommendation_id: int,
    *,
    outcome: str,
    decision: str,
    reason: str,
    impossible: bool,
    version: int | None,
    by: Identity,
    now: datetime,
    today: date,
) -> Recommendation:
    """By decision and with a reason: not implemented, or dropped. `impossible`: it cannot be done, as was approved in writing."""
    moves = {NOT_IMPLEMENTED: "find_not_implemented", DROPPED: "drop"}
    if outcome not in moves:
        raise Invalid({"outcome": [say("Hãy chọn một giá trị trong danh sách.")]})
    wanted(decision=decision, reason=reason)
    row, leads = following.begin(session, recommendation_id, moves[outcome], by=by, version=version)
    row.closed_on, row.impossible, row.done_on = today, impossible and outcome == DROPPED, None
    following.end_duties(session, row, leads, by=by, now=now, today=today, reason=reason)
    following.step(session, row, leads, moves[outcome], by=by, now=now, today=today, reason=clean(reason), decision=clean(decision)[:120])
    return row


def supersede(
    session: Session, recommendation_id: int, *, other: str, decision: str, reason: str, version: int | None, by: Identity, now: datetime, today: date
) -> Recommendation:
    """Another recommendation takes its place. RuleBroken when that one was itself replaced by this one, however far round."""
    wanted(other=other, decision=decision, reason=reason)
    row, leads = following.begin(session, recommendation_id, "supersede", by=by, version=version)
    found = session.scalar(select(Recommendation).where(Recommendation.code == other.strip().upper(), Recommendation.body_id == row.body_id))
    if found is None or found.made_on is None:
        raise Invalid({"other": [say("Không có kiến nghị mang mã «{code}».", code=other.strip()[:60])]})
    _no_circle(session, row, found)
    row.superseded_by_id, row.closed_on, row.done_on = found.id, today, None
    following.end_duties(session, row, SUPERSEDED, by=by, now=now, today=today, reason=reason)
    following.step(session, row, leads, "supersede", by=by, now=now, today=today, reason=clean(reason), decision=clean(decision)[:120])
    return row


def _no_circle(session: Session, row: Recommendation, by_other: Recommendation) -> None:
    here: Recommendation | None = by_other
    while here is not None:
        if here.id == row.id:
            raise RuleBroken(say("{other} lại được thay bằng {code}: không thay vòng tròn.", other=by_other.code, code=row.code))
        here = session.get(Recommendation, here.superseded_by_id) if here.superseded_by_id else None


def reopen(
    session: Session, recommendation_id: int, *, reason: str, due_on: date | None, version: int | None, by: Identity, now: datetime, today: date
) -> Recommendation:
    """Take a closed one up again. Within its term it runs on; after its term a linked one starts in the present term, and the old one stays as it is."""
    wanted(reason=reason)
    row, leads = following.begin(session, recommendation_id, "reopen", by=by, version=version)
    if due_on is not None and due_on < today:
        raise Invalid({"due_on": [say("Hạn mới không thể trước hôm nay ({day}).", day=format_day(today))]})
    if (present := terms.begun_after(session, row, today)) is not None:
        if session.scalar(select(func.count()).select_from(Recommendation).where(Recommendation.reopened_from_id == row.id)):
            raise RuleBroken(say("Kiến nghị này đã được mở lại trong nhiệm kỳ mới."))
        return again_in_new_term(session, row, present.id, due_on, reason=reason, by=by, now=now, today=today)
    row.closed_on = row.done_on = row.superseded_by_id = None
    row.impossible = False
    if due_on is not None:
        following.put_due(session, row, due_on, "reopen", now=now, today=today, reason=reason)
    for duty in following.duties(session, row):
        direct.owed_again(session, duty, row.due_on, by=by, now=now, today=today, reason=reason)
    following.step(session, row, leads, "reopen", by=by, now=now, today=today, reason=clean(reason))
    following.lay_out(session, row, today, today=today)
    return row


def found(session: Session, code: str) -> Recommendation:
    """The recommendation of a code, for actions of other rooms; NotFound."""
    row = session.scalar(select(Recommendation).where(Recommendation.code == code))
    if row is None:
        raise NotFound(reading.MISSING)
    return row
