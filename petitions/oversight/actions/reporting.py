"""An agency reports on its recommendations: one report, many items. What is said to be done needs evidence; it never closes anything."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotAllowed
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.text import clean
from petitions.core.words import Message, say
from petitions.duties.actions import direct
from petitions.duties.actions.acts import not_future
from petitions.duties.workflow import LEAD
from petitions.journal.actions import record
from petitions.oversight import hearing
from petitions.oversight.actions import following
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.models.report import DONE, METHODS, PART, PROGRESS, AgencyReport, AgencyReportItem, RecommendationEvidence, ReportDue
from petitions.oversight.parts import of_parts
from petitions.oversight.queries import reading
from petitions.oversight.values import ItemValues, ReportValues
from petitions.oversight.workflow import REPORTED_DONE

EARLY = timedelta(days=31)
MOVES = {PROGRESS: "report_progress", PART: "report_part", DONE: "report_done"}


def report(session: Session, values: ReportValues, *, by: Identity, now: datetime, today: date) -> AgencyReport:
    """Take a report in. Invalid (nothing said, done without evidence), NotAllowed (not its agency), WrongState."""
    if by is not SYSTEM and not by.may(Permission.OVERSIGHT_REPORT):
        raise NotAllowed
    own = not by.scope("agency") or values.agency_id in by.scope("agency") or by.may(Permission.DUTY_DISTRIBUTE)
    if by is not SYSTEM and not own:
        raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))
    if not values.items:
        raise Invalid({"": [say("Hãy báo cáo ít nhất một kiến nghị.")]})
    not_future("dated_on", values.dated_on, today)
    row = AgencyReport(
        body_id=values.body_id,
        agency_id=values.agency_id,
        number=clean(values.number)[:120],
        dated_on=values.dated_on,
        text=clean(values.text),
        entered_by=by.user_id,
        entered_by_name=by.name,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    wrong: dict[str, list[Message | str]] = {}
    for item in values.items:
        wrong |= _item(session, row, item, by=by, now=now, today=today)
    if wrong:
        raise Invalid(wrong)
    record(session, "report.enter", ("agency_report", row.id), by=by, now=now, changes={"items": (0, len(values.items)), "number": (None, row.number)})
    hearing.reported(session, row, len(values.items), by=by, now=now)
    return row


def _item(session: Session, report_row: AgencyReport, item: ItemValues, *, by: Identity, now: datetime, today: date) -> dict[str, list[Message | str]]:
    box = f"items-{item.recommendation_id}"
    if not item.text.strip():
        return {f"{box}-text": [say("Hãy ghi kết quả thực hiện.")]}
    if item.percent is not None and not 0 <= item.percent <= 100:
        return {f"{box}-percent": [say("Tỷ lệ từ 0 đến 100.")]}
    row, leads = following.begin(session, item.recommendation_id, MOVES[item.claim], by=by)
    if report_row.dated_on < (row.made_on or report_row.dated_on):
        return {"dated_on": [say("Báo cáo không thể trước ngày văn bản giám sát.")]}
    owed = following.duties(session, row, [report_row.agency_id])
    if not owed:
        return {box: [say("{code}: cơ quan này không được giao.", code=row.code)]}
    facts = reading.facts(session, row)
    proven = bool(item.evidence.strip()) and item.method in METHODS
    if item.claim == DONE and not proven and not facts.evidence:
        return {f"{box}-evidence": [say("{code}: báo cáo xong phải kèm minh chứng.", code=row.code)]}
    made = AgencyReportItem(
        report_id=report_row.id, recommendation_id=row.id, claim=item.claim, percent=100 if item.claim == DONE else item.percent, text=clean(item.text)
    )
    session.add(made)
    session.flush()
    if proven:
        proof = {"method": item.method, "note": clean(item.evidence), "seen_on": report_row.dated_on}
        session.add(RecommendationEvidence(recommendation_id=row.id, item_id=made.id, made_by=by.user_id, made_by_name=by.name, made_at=now, **proof))
    row.percent = made.percent if made.percent is not None else row.percent
    _answer_dues(session, row, made, report_row.dated_on)
    following.lay_out(session, row, row.made_on or today, today=today)
    for duty in owed:
        direct.received(session, duty, report_row.dated_on, by=by, now=now)
        if item.claim == DONE:
            direct.waits_for_office(session, duty, by=by, now=now, reason=item.text[:300])
    # A co-ordinating agency reports its own share; those who lead say together how far the whole is (parts.py).
    led = [one.progress for one in reading.shares(session, row) if one.part == LEAD]
    leads = (of_parts(led) or leads) if any(duty.part == LEAD for duty in owed) else row.progress
    if leads == REPORTED_DONE:
        row.done_on = report_row.dated_on
    following.step(session, row, leads, MOVES[item.claim], by=by, now=now, today=today, reason=made.text[:2000])
    return {}


def _answer_dues(session: Session, row: Recommendation, item: AgencyReportItem, on: date) -> None:
    """The report answers every due day of reports up to its own; with none of them open, one that is less than a month off."""
    open_ = (ReportDue.recommendation_id == row.id, ReportDue.item_id.is_(None), ReportDue.ended_on.is_(None))
    following_day = session.scalar(select(ReportDue.due_on).where(*open_).order_by(ReportDue.due_on).limit(1))
    latest = session.scalar(select(ReportDue.due_on).where(*open_, ReportDue.due_on <= on).order_by(ReportDue.due_on.desc()).limit(1))
    until = latest or (following_day if following_day and following_day - on <= EARLY else None)
    if until is not None:
        session.execute(update(ReportDue).where(*open_, ReportDue.due_on <= until).values(item_id=item.id))
