"""An activity opened on what stayed undone: its items, and what was answered for each. The Council's side alone acts; a committee within its field."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.text import clean
from petitions.core.words import say
from petitions.duties import subjects
from petitions.duties.actions.acts import not_future, wanted
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading as duties
from petitions.duties.urging import fields
from petitions.duties.urging.models import TAKEN, UrgingDecision
from petitions.duties.urging.queries import candidates
from petitions.duties.workflow import RECALLED
from petitions.journal.actions import record
from petitions.oversight import hearing
from petitions.oversight.actions import programme
from petitions.oversight.models.escalation import ActivityItem
from petitions.oversight.models.programme import ActivityAgency, SupervisionActivity
from petitions.oversight.values import ActivityValues, AnswerValues, Asked

KIND = programme.KIND
MOST = 100
OTHERS = say("Bạn chỉ làm việc này ở hoạt động của Ban mình.")


def may_run(by: Identity, body_id: int, actor: str, committee_id: int | None) -> bool:
    """Whether `by` may open such an activity and note what happens there: who keeps the programme of the body, its Standing Committee, and a
    committee where it supervises itself."""
    if by is SYSTEM:
        return True
    if body_id not in by.scope("body"):
        return False
    if by.may(Permission.OVERSIGHT_REGISTER):
        return True
    own = by.scope("committee")
    return by.may(Permission.CANDIDATE_TAKE) and (not own or (actor == "committee" and committee_id in own))


def open_on(session: Session, values: ActivityValues, asked: Sequence[Asked], *, by: Identity, now: datetime, today: date) -> SupervisionActivity:
    """Take an activity into the programme together with what it asks about. Invalid, NotAllowed; Conflict for a second one alike, or a candidate of
    which an activity was made already; RuleBroken for an item outside the committee's field."""
    _allowed(by, values.body_id, values.actor, values.committee_id)
    if not asked:
        raise Invalid({"items": [say("Hãy chọn ít nhất một việc.")]})
    duties.locked(session, min(one.duty_id for one in asked))  # a second click waits here, and then finds the first
    alike = SupervisionActivity.kind_code == values.kind_code, SupervisionActivity.title == clean(values.title), SupervisionActivity.year == values.year
    same = select(SupervisionActivity.id).where(SupervisionActivity.body_id == values.body_id, SupervisionActivity.starts_on == values.starts_on, *alike)
    if session.scalar(same.limit(1)) is not None:
        raise Conflict(say("Hoạt động «{title}» đã có trong chương trình. Hãy thêm việc ở trang của hoạt động.", title=clean(values.title)))
    row = programme.enter(session, values, by=by, now=now, today=today)
    _ask(session, row, asked, by=by, now=now)
    return row


def ask(session: Session, activity_id: int, asked: Sequence[Asked], *, by: Identity, now: datetime) -> list[ActivityItem]:
    """Ask about more in an activity that is there. As `open_on`; Conflict for what it asks about already."""
    row = held(session, activity_id, by)
    if not asked:
        raise Invalid({"code": [say("Hãy chọn ít nhất một việc.")]})
    return _ask(session, row, asked, by=by, now=now)


def answer(session: Session, item_id: int, values: AnswerValues, *, version: int, by: Identity, now: datetime, today: date) -> ActivityItem:
    """Note who answered for an item and what; once more to correct it. Stale when another has written meanwhile."""
    item, row = held_item(session, item_id, by, version)
    wanted(person=values.person, answer=values.answer)
    not_future("answered_on", values.answered_on, today)
    if row.starts_on is None:
        raise Invalid({"answered_on": [say("Hoạt động chưa có ngày bắt đầu. Hãy ghi ngày bắt đầu trước.")]})
    if values.answered_on < row.starts_on:
        raise Invalid({"answered_on": [say("Ngày trả lời không thể trước ngày bắt đầu hoạt động ({day}).", day=format_day(row.starts_on))]})
    before = item.person or None, item.answered_on
    item.person, item.post, item.answer = clean(values.person)[:200], clean(values.post)[:300], clean(values.answer)
    item.answered_on, item.version = values.answered_on, item.version + 1
    session.flush()
    changes = {"asked": (None, code_of(session, item.duty_id)), "person": (before[0], item.person), "answered_on": (before[1], item.answered_on)}
    record(session, "activity.answer", (KIND, row.id), by=by, now=now, changes=changes, reason=item.answer)
    return item


def held(session: Session, activity_id: int, by: Identity) -> SupervisionActivity:
    """The activity, held for writing by whoever may run it. NotFound, NotAllowed."""
    query = select(SupervisionActivity).where(SupervisionActivity.id == activity_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(programme.MISSING)
    _allowed(by, row.body_id, row.actor, row.committee_id)
    return row


def held_item(session: Session, item_id: int, by: Identity, version: int) -> tuple[ActivityItem, SupervisionActivity]:
    """An item and its activity, held for writing. NotFound, NotAllowed, Stale."""
    item = session.get(ActivityItem, item_id)
    if item is None:
        raise NotFound(programme.MISSING)
    row = held(session, item.activity_id, by)
    session.refresh(item)
    if item.version != version:
        raise Stale(say("Việc này vừa được người khác cập nhật. Hãy xem lại rồi làm tiếp."), current=item)
    return item, row


def code_of(session: Session, duty_id: int) -> str:
    """The code of what a duty is about."""
    duty = session.get_one(Duty, duty_id)
    return subjects.captions(session, [(duty.subject_kind, duty.subject_id)])[duty.subject_kind, duty.subject_id].code


# -- parts -----------------------------------------------------------------------------------------------------------------


def _allowed(by: Identity, body_id: int, actor: str, committee_id: int | None) -> None:
    if not may_run(by, body_id, actor, committee_id):
        raise NotAllowed(OTHERS if by.may(Permission.CANDIDATE_TAKE) and body_id in by.scope("body") else say("Việc này không thuộc phạm vi của bạn."))


def _ask(session: Session, row: SupervisionActivity, asked: Sequence[Asked], *, by: Identity, now: datetime) -> list[ActivityItem]:
    if len(asked) > MOST:
        raise Invalid({"items": [say("Mỗi lần chọn nhiều nhất {n} việc.", n=MOST)]})
    query = select(ActivityItem.duty_id).where(ActivityItem.activity_id == row.id)
    known, made = set(session.scalars(query)), list[ActivityItem]()
    for one in asked:
        duty = duties.duty(session, one.duty_id, SYSTEM, now)
        if duty.id in known:
            raise Conflict(say("{code} đã có trong hoạt động này.", code=code_of(session, duty.id)))
        known.add(duty.id)
        _fits(session, row, duty, one)
        _supervise(session, row, duty.agency_id)
        told = {"question": clean(one.question), "person": "", "post": "", "answer": "", "version": 1}
        made.append(ActivityItem(activity_id=row.id, duty_id=duty.id, decision_id=one.decision_id, made_by=by.user_id, made_at=now, **told))
    session.add_all(made)
    session.flush()
    codes = [code_of(session, item.duty_id) for item in made]
    record(session, "activity.ask", (KIND, row.id), by=by, now=now, changes={"asked": (None, ", ".join(codes))})
    hearing.called(session, row, [item.duty_id for item in made], by=by, now=now)
    return made


def _fits(session: Session, row: SupervisionActivity, duty: Duty, one: Asked) -> None:
    """Whether the activity may ask about this duty."""
    code = code_of(session, duty.id)
    if duty.body_id != row.body_id:
        raise Invalid({"items": [say("{code} thuộc cơ quan dân cử khác.", code=code)]})
    if duty.state == RECALLED:
        raise Invalid({"items": [say("{code}: công văn giao việc đã thu hồi.", code=code)]})
    took = _decision(session, duty, one.decision_id) if one.decision_id is not None else None
    if row.actor != "committee" or row.committee_id is None or (took is not None and took.committee_id == row.committee_id):
        return
    others, offered = [field for field, owner in candidates.fields(session).items() if owner != row.committee_id], fields.offered()
    if offered is not None and others and session.scalar(select(exists().where(Duty.id == duty.id, offered.narrow(others)))):
        raise RuleBroken(say("{code} thuộc lĩnh vực do Ban khác theo dõi.", code=code))


def _decision(session: Session, duty: Duty, decision_id: int) -> UrgingDecision:
    """The candidate that was taken, of which no activity was made yet."""
    took = session.scalar(select(UrgingDecision).where(UrgingDecision.id == decision_id, UrgingDecision.duty_id == duty.id))
    if took is None or took.decision != TAKEN:
        raise NotFound(say("Không có đề nghị này, hoặc đề nghị không được nhận."))
    title = select(SupervisionActivity.title).join(ActivityItem, ActivityItem.activity_id == SupervisionActivity.id)
    used = session.scalar(title.where(ActivityItem.decision_id == decision_id))
    if used is not None:
        raise Conflict(say("Đề nghị này đã được đưa vào hoạt động «{title}».", title=used))
    return took


def _supervise(session: Session, row: SupervisionActivity, agency_id: int) -> None:
    known = select(ActivityAgency.id).where(ActivityAgency.activity_id == row.id, ActivityAgency.agency_id == agency_id)
    if session.scalar(known) is None:
        session.add(ActivityAgency(activity_id=row.id, agency_id=agency_id))
        session.flush()
