"""Whom urging tells what: those who issue of drafts, the agency of letters and reminders once they have left, the office of the acknowledgement."""

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core import db
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties.urging import job
from petitions.duties.urging.actions.filling import KIND, Made
from petitions.duties.urging.ladder import NOTICE
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import reading
from petitions.duties.urging.workflow import ISSUED
from petitions.jobs.register import Job, register
from petitions.notifications import actions as notifications
from petitions.notifications import kinds
from petitions.notifications.models import AT_ONCE, DAILY

PROPOSED, SENT, REMINDED, ACKNOWLEDGED = "urging.proposed", "urging.sent", "urging.reminder", "urging.acknowledged"
P = Permission
MORNING, AFTERNOON = time(8), time(14)
CHUNK = 200


def introduce() -> None:
    """Register what people can be told, and the jobs of this room."""
    kinds.register(kinds.Kind(PROPOSED, say("Dự thảo đôn đốc chờ phát hành"), wish=DAILY, permissions=(P.URGING_ISSUE, P.URGING_ESCALATE)))
    kinds.register(kinds.Kind(SENT, say("Công văn đôn đốc gửi đến cơ quan"), wish=AT_ONCE, permissions=(P.DUTY_ANSWER,)))
    kinds.register(kinds.Kind(REMINDED, say("Nhắc việc sắp đến hạn"), wish=DAILY, permissions=(P.DUTY_ANSWER,)))
    kinds.register(kinds.Kind(ACKNOWLEDGED, say("Cơ quan đã nhận công văn đôn đốc"), wish=DAILY, permissions=(P.URGING_ISSUE, P.URGING_DRAFT)))
    register(Job(job.NAME, say("Lập dự thảo đôn đốc"), run=propose, at=time(6), workdays_only=True))
    register(Job("announce-urgings", say("Báo cơ quan về công văn đôn đốc đã gửi (sáng)"), run=announce, at=MORNING, workdays_only=True))
    register(Job("announce-urgings-2", say("Báo cơ quan về công văn đôn đốc đã gửi (chiều)"), run=announce, at=AFTERNOON, workdays_only=True))


def propose(office: Office, today: date, now: datetime) -> Message:
    """The daily run, and a word to those who issue."""
    made = job.propose_all(office, today, now)
    if made.drafts:
        with db.transaction(office.engine) as session:
            drafted(session, made, now=now)
    return job.told(made)


def drafted(session: Session, made: Made, *, now: datetime) -> None:
    """Tell those who issue that drafts wait for them."""
    title = say_n("{n} dự thảo đôn đốc mới chờ phát hành", "{n} dự thảo đôn đốc mới chờ phát hành", made.drafts)
    body = say("Gồm {n} việc quá hạn. Không công văn nào được gửi đi trước khi người có thẩm quyền phát hành.", n=made.items)
    notifications.tell(session, kind=PROPOSED, subject=(KIND, 0), title=title, body=body, url="/urgings", permission=P.URGING_ISSUE, now=now)


def announce(office: Office, today: date, now: datetime) -> Message:
    """Tell the agencies of letters and reminders that have left since; each once."""
    told = 0
    while True:
        with db.transaction(office.engine) as session:
            waiting = left(session, now)
            for urging in waiting:
                arrived(session, urging, now=now)
        told += len(waiting)
        if len(waiting) < CHUNK:
            return say_n("Đã báo {n} công văn, lượt nhắc.", "Đã báo {n} công văn, lượt nhắc.", told)


def left(session: Session, now: datetime, *, hold: bool = True) -> list[Urging]:
    """What has left and nobody was told of."""
    query = select(Urging).where(Urging.state == ISSUED, Urging.told_at.is_(None), Urging.leaves_at <= now).order_by(Urging.id).limit(CHUNK)
    return list(session.scalars(query.with_for_update() if hold else query))


def arrived(session: Session, urging: Urging, *, now: datetime) -> None:
    """Tell the addressee, and the agency that the letter is about."""
    urging.told_at = now
    whom = sorted({urging.agency_id, urging.to_agency_id})
    n = len(reading.item_rows(session, urging.id))
    name = agencies.agency_name(session, urging.agency_id)
    if urging.form == NOTICE:
        title = say_n("{agency}: {n} việc sắp đến hạn", "{agency}: {n} việc sắp đến hạn", n, agency=name)
        kind, body = REMINDED, say("Nhắc để trả lời đúng hạn; chưa phải công văn đôn đốc.")
    else:
        title = say_n("{agency}: công văn đôn đốc {n} việc quá hạn", "{agency}: công văn đôn đốc {n} việc quá hạn", n, agency=name)
        kind, body = SENT, say("Đề nghị xác nhận đã nhận và báo cáo kết quả đúng ngày ghi trong công văn.")
    told = {"permission": P.DUTY_ANSWER, "scope": ("agency", whom), "url": f"/urgings/{urging.id}", "now": now}
    notifications.tell(session, kind=kind, subject=(KIND, urging.id), title=title, body=body, **told)  # type: ignore[arg-type]


def received(session: Session, urging: Urging, *, now: datetime) -> None:
    """Tell who issued the letter that it was acknowledged."""
    if urging.issued_by is None:
        return
    title = say("{agency} đã nhận công văn đôn đốc", agency=agencies.agency_name(session, urging.to_agency_id))
    users = [urging.issued_by]
    notifications.tell(session, kind=ACKNOWLEDGED, subject=(KIND, urging.id), title=title, url=f"/urgings/{urging.id}", users=users, now=now)
