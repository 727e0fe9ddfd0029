"""Changing what runs: rhythm of reports (only days to come move), the due day, petitions linked, progress of a whole by its parts."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties.actions.acts import wanted
from petitions.intake.models import Petition
from petitions.oversight.actions import following
from petitions.oversight.models.recommendation import RHYTHMS, Recommendation, RecommendationPetition
from petitions.oversight.models.report import ReportDue


def change_rhythm(
    session: Session, recommendation_id: int, *, rhythm: str | None, reason: str, version: int | None, by: Identity, now: datetime, today: date
) -> Recommendation:
    """Another rhythm from today on: due days to come are laid out anew; those past and those that were reported on stay."""
    wanted(reason=reason)
    if rhythm and rhythm not in RHYTHMS:
        raise Invalid({"rhythm": [say("Hãy chọn một giá trị trong danh sách.")]})
    row, leads = following.begin(session, recommendation_id, "change_rhythm", by=by, version=version)
    to_come = ReportDue.recommendation_id == row.id, ReportDue.item_id.is_(None), ReportDue.due_on > today
    session.execute(delete(ReportDue).where(*to_come))
    before, row.rhythm = row.rhythm, rhythm or None
    following.lay_out(session, row, today, today=today)
    following.step(session, row, leads, "change_rhythm", by=by, now=now, today=today, reason=reason, changes={"rhythm": (before, row.rhythm)})
    return row


def change_due(
    session: Session, recommendation_id: int, *, due_on: date, reason: str, version: int | None, by: Identity, now: datetime, today: date
) -> Recommendation:
    """Another last day, by decision of the Council's side; the first one stays known."""
    wanted(reason=reason)
    row, leads = following.begin(session, recommendation_id, "change_due", by=by, version=version)
    if row.made_on is not None and due_on < row.made_on:
        raise Invalid({"due_on": [say("Hạn không thể trước ngày văn bản ({day}).", day=format_day(row.made_on))]})
    before = row.due_on
    following.put_due(session, row, due_on, "change_due", now=now, today=today, reason=reason)
    row.first_due = row.first_due or due_on
    following.move_duties(session, row, due_on, by=by, now=now, today=today, reason=reason)
    following.step(session, row, leads, "change_due", by=by, now=now, today=today, reason=reason, changes={"due_on": (before, due_on)})
    return row


def link_petition(session: Session, recommendation_id: int, *, code: str, version: int | None, by: Identity, now: datetime, today: date) -> Recommendation:
    """Note that the demand answers a petition of voters."""
    row, leads = following.begin(session, recommendation_id, "link_petition", by=by, version=version)
    petition = session.scalar(select(Petition).where(Petition.code == code.strip().upper(), Petition.deleted_at.is_(None), Petition.body_id == row.body_id))
    if petition is None:
        raise Invalid({"code": [say("Không có kiến nghị mang mã «{code}».", code=code.strip()[:60])]})
    if session.get(RecommendationPetition, (row.id, petition.id)) is not None:
        raise Conflict(say("Kiến nghị {code} đã được gắn.", code=petition.code))
    session.add(RecommendationPetition(recommendation_id=row.id, petition_id=petition.id, made_by=by.user_id, made_at=now))
    following.step(session, row, leads, "link_petition", by=by, now=now, today=today, reason=petition.code)
    return row
