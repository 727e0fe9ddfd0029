"""Publishing an answer: its clock starts when the answer is accepted; a redacted text is approved by a second person (NQLT72, Điều 51)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, NotAllowed, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties import rules
from petitions.duties.actions.acts import KIND, may_write, not_future, on_or_after, told, wanted
from petitions.duties.models.duty import Duty
from petitions.duties.models.voters import APPROVED, DRAFTED, PLANNED, PUBLISHED, WITHDRAWN, Publication
from petitions.duties.queries import rules as law_queries
from petitions.journal.actions import record
from petitions.workdays import queries as workdays

PUBLISH, POST = "publish_answers", "post_answers"


def plan(session: Session, duty: Duty, *, answered_on: date) -> Publication | None:
    """An accepted answer is due to be published so many working days after its answering period ends. None before the rule was in force: neither an
    answer nor a period of that time comes under it."""
    found = session.scalar(select(Publication).where(Publication.duty_id == duty.id))
    if found is not None:
        return found
    ends = duty.statutory_due or duty.reply_due or answered_on
    book = law_queries.rulebook(session)
    if book.find(PUBLISH, answered_on) is None or book.find(PUBLISH, ends) is None:
        return None
    due = rules.due(book, workdays.calendar(session), PUBLISH, ends)
    version = due.rule_version
    made = Publication(duty_id=duty.id, subject_kind=duty.subject_kind, subject_id=duty.subject_id, state=PLANNED, event_on=ends, due_on=due.date, version=1)
    made.length, made.unit, made.rule_version_id = version.signed, version.unit.value, version.id
    session.add(made)
    session.flush()
    return made


def draft_publication(session: Session, duty_id: int, *, text: str, by: Identity, now: datetime, version: int | None = None) -> Publication:
    """Write the text that the public will see, without names or addresses. An approved text that is changed must be approved anew."""
    wanted(text=text)
    duty, row = _hold(session, duty_id, Permission.DUTY_RECORD, by)
    if version is not None and version != row.version:
        raise Stale(current=row)
    if row.state == PUBLISHED:
        raise Conflict(say("Đã công bố. Muốn sửa, hãy rút công bố trước."))
    changes = {"text": (row.text, text), "state": (row.state, DRAFTED)}
    row.text, row.state, row.drafted_by, row.approved_by, row.approved_at = text, DRAFTED, by.user_id, None, None
    return _end(session, duty, row, "draft", by=by, now=now, changes=changes)


def approve_publication(session: Session, duty_id: int, *, version: int, by: Identity, now: datetime) -> Publication:
    """Approve exactly the text that was read (`version`), written by somebody else."""
    duty, row = _hold(session, duty_id, Permission.PUBLISH_APPROVE, by)
    if row.state != DRAFTED:
        raise Conflict(say("Chưa có bản công bố nào chờ duyệt."))
    if version != row.version:
        raise Stale(current=row)
    if by.user_id is not None and row.drafted_by == by.user_id:
        raise RuleBroken(say("Người soạn bản công bố không tự duyệt."))
    row.state, row.approved_by, row.approved_at = APPROVED, by.user_id, now
    return _end(session, duty, row, "approve", by=by, now=now, changes={"state": (DRAFTED, APPROVED)})


def publish(session: Session, duty_id: int, *, on: date, url: str = "", by: Identity, now: datetime, today: date) -> Publication:
    """Note that the approved text was published, on which day and where."""
    duty, row = _hold(session, duty_id, Permission.DUTY_RECORD, by)
    if row.state != APPROVED:
        raise Conflict(say("Bản công bố phải được duyệt trước."))
    not_future("on", on, today)
    on_or_after("on", on, duty.answered_on, say("ngày trả lời"))
    row.state, row.published_on, row.url = PUBLISHED, on, url
    return _end(session, duty, row, "publish", by=by, now=now, changes={"state": (APPROVED, PUBLISHED), "published_on": (None, on)})


def post(session: Session, duty_id: int, *, posted_from: date, place: str = "", by: Identity, now: datetime, today: date) -> Publication:
    """Note that the result was posted at the citizens' reception office; the last day follows from the rule."""
    duty, row = _hold(session, duty_id, Permission.DUTY_RECORD, by)
    if row.state not in (APPROVED, PUBLISHED):
        raise Conflict(say("Bản công bố phải được duyệt trước."))
    not_future("posted_from", posted_from, today)
    until = rules.due(law_queries.rulebook(session), workdays.calendar(session), POST, posted_from).date
    row.posted_from, row.posted_to, row.posted_at = posted_from, until, place
    return _end(session, duty, row, "post", by=by, now=now, changes={"posted_from": (None, posted_from), "posted_to": (None, until)})


def withdraw_publication(session: Session, duty_id: int, *, reason: str, by: Identity, now: datetime) -> Publication:
    """Take back what was published or approved; the text stays on record, for mending."""
    wanted(reason=reason)
    duty, row = _hold(session, duty_id, Permission.PUBLISH_APPROVE, by)
    if row.state not in (APPROVED, PUBLISHED):
        raise Conflict(say("Chưa có gì để rút."))
    before, row.state, row.withdrawn_reason = row.state, WITHDRAWN, reason
    return _end(session, duty, row, "withdraw", by=by, now=now, changes={"state": (before, WITHDRAWN)}, reason=reason)


def _hold(session: Session, duty_id: int, permission: Permission, by: Identity) -> tuple[Duty, Publication]:
    """The duty and its publication, held for writing; the row is made when the rule did not plan one."""
    duty = session.get(Duty, duty_id)
    if duty is None:
        raise NotFound
    if by is not SYSTEM and not by.may(permission):
        raise NotAllowed
    may_write(by, duty.body_id)
    query = select(Publication).where(Publication.duty_id == duty_id).with_for_update().execution_options(populate_existing=True)
    row = session.scalar(query)
    if row is None and duty.answer_item_id is None:
        raise Conflict(say("Chưa có câu trả lời để công bố."))
    if row is None:
        row = Publication(duty_id=duty.id, subject_kind=duty.subject_kind, subject_id=duty.subject_id, state=PLANNED, text="", version=1)
        session.add(row)
    return duty, row


def _end(
    session: Session, duty: Duty, row: Publication, act: str, *, by: Identity, now: datetime, changes: dict[str, tuple[Any, Any]], reason: str | None = None
) -> Publication:
    row.version += 1
    session.flush()
    record(session, f"publication.{act}", (KIND, duty.id), by=by, now=now, changes=changes, reason=reason)
    told(session, [(duty.subject_kind, duty.subject_id)], f"publication.{act}", by=by, now=now)
    return row
