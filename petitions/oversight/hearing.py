"""Who hears of what happens to recommendations: committees of reports, who confirms of what was verified, agencies of what was found."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.dates import format_day
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.council.models import CouncilSession
from petitions.duties.models.duty import Duty
from petitions.notifications import actions as notifications
from petitions.notifications import kinds
from petitions.notifications.models import AT_ONCE, DAILY
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.models.report import AgencyReport

P = Permission
REPORTED, VERIFIED, SENT_BACK, CONFIRMED = "oversight.reported", "oversight.verified", "oversight.sent_back", "oversight.confirmed"
CALLED, PROMISED, TABLED = "oversight.called", "oversight.promised", "oversight.tabled"
KINDS = (
    kinds.Kind(REPORTED, say("Báo cáo thực hiện kiến nghị giám sát"), wish=DAILY, permissions=(P.OVERSIGHT_VERIFY,)),
    kinds.Kind(VERIFIED, say("Kiến nghị giám sát chờ xác nhận"), wish=DAILY, permissions=(P.OVERSIGHT_CONFIRM,)),
    kinds.Kind(SENT_BACK, say("Kiến nghị giám sát chưa đạt, phải làm tiếp"), wish=AT_ONCE, permissions=(P.OVERSIGHT_REPORT,)),
    kinds.Kind(CONFIRMED, say("Kiến nghị giám sát được xác nhận đã xong"), wish=DAILY, permissions=(P.OVERSIGHT_REPORT,)),
    kinds.Kind(CALLED, say("Cơ quan được hỏi tại phiên giải trình, chất vấn"), wish=AT_ONCE, permissions=(P.OVERSIGHT_REPORT,)),
    kinds.Kind(PROMISED, say("Cam kết tại phiên được đưa vào theo dõi"), wish=AT_ONCE, permissions=(P.OVERSIGHT_REPORT,)),
    kinds.Kind(TABLED, say("Việc chậm được báo cáo Hội đồng nhân dân"), wish=AT_ONCE, permissions=(P.OVERSIGHT_REPORT,)),
)
# By the act as `following.step` names it: what the agencies are told.
TO_AGENCIES: Mapping[str, tuple[str, Message]] = {
    "send_back": (SENT_BACK, say("Kiến nghị {code} chưa đạt, cơ quan phải làm tiếp")),
    "confirm": (CONFIRMED, say("Kiến nghị {code} được xác nhận đã thực hiện xong")),
}


def introduce() -> None:
    """Register what people can be told."""
    for kind in KINDS:
        kinds.register(kind)


def reported(session: Session, report: AgencyReport, count: int, *, by: Identity, now: datetime) -> None:
    """An agency has reported: who verifies for the body is told once for the whole report."""
    name = session.scalar(select(Agency.name).where(Agency.id == report.agency_id)) or ""
    title = say_n("{agency} báo cáo về {n} kiến nghị giám sát", "{agency} báo cáo về {n} kiến nghị giám sát", count, agency=name)
    told = {
        "kind": REPORTED,
        "subject": ("agency_report", report.id),
        "title": title,
        "url": f"/oversight/agencies/{report.agency_id}",
        "but": by.user_id,
        "now": now,
    }
    notifications.tell(session, permission=P.OVERSIGHT_VERIFY, scope=("body", [report.body_id]), **told)  # type: ignore[arg-type]


def moved(session: Session, row: Recommendation, act: str, *, by: Identity, now: datetime) -> None:
    """What an act means for others: verified waits for who confirms; sent back and confirmed concern the agencies."""
    told = {"subject": ("recommendation", row.id), "url": f"/oversight/recommendations/{row.code}", "but": by.user_id, "now": now}
    if act == "verify":
        title = say("Kiến nghị {code} đã được kiểm tra đạt, chờ xác nhận", code=row.code)
        scope = ("body", [row.body_id])
        notifications.tell(session, kind=VERIFIED, title=title, permission=P.OVERSIGHT_CONFIRM, scope=scope, **told)  # type: ignore[arg-type]
    elif act in TO_AGENCIES:
        kind, words = TO_AGENCIES[act]
        owed = select(Duty.agency_id).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id)
        whom = session.scalars(owed.where(RecommendationDuty.recommendation_id == row.id).distinct().order_by(Duty.agency_id)).all()
        title = Message(words.text, {"code": row.code})
        notifications.tell(session, kind=kind, title=title, permission=P.OVERSIGHT_REPORT, scope=("agency", whom), **told)  # type: ignore[arg-type]


def called(session: Session, row: SupervisionActivity, duty_ids: Sequence[int], *, by: Identity, now: datetime) -> None:
    """The agencies are told once each that an activity asks about what they owe."""
    url = f"/oversight/programme/{row.id}"
    counted = select(Duty.agency_id, func.count()).where(Duty.id.in_(duty_ids)).group_by(Duty.agency_id).order_by(Duty.agency_id)
    for agency, n in session.execute(counted):
        title = say_n("{n} việc của cơ quan được đưa vào «{title}»", "{n} việc của cơ quan được đưa vào «{title}»", n, title=row.title)
        told = {"subject": ("activity", row.id), "url": url, "but": by.user_id, "now": now, "scope": ("agency", [agency])}
        notifications.tell(session, kind=CALLED, title=title, permission=P.OVERSIGHT_REPORT, **told)  # type: ignore[arg-type]


def promised(session: Session, row: Recommendation, agency_id: int, *, by: Identity, now: datetime) -> None:
    """An agency's promise is followed from now on."""
    title = say("Cam kết {code} được đưa vào theo dõi, hạn {day}", code=row.code, day=format_day(row.due_on) if row.due_on else "")
    told = {"subject": ("recommendation", row.id), "url": f"/oversight/recommendations/{row.code}", "but": by.user_id, "now": now}
    notifications.tell(session, kind=PROMISED, title=title, permission=P.OVERSIGHT_REPORT, scope=("agency", [agency_id]), **told)  # type: ignore[arg-type]


def tabled(session: Session, duties: Sequence[Duty], held: CouncilSession, *, by: Identity, now: datetime) -> None:
    """The agencies are told once each what of theirs was reported to the Council."""
    url = f"/oversight/council?session={held.id}"
    for agency in sorted({duty.agency_id for duty in duties}):
        own = [duty for duty in duties if duty.agency_id == agency]
        words = say_n(
            "{n} việc chậm của cơ quan được báo cáo HĐND tại kỳ họp thứ {number}",
            "{n} việc chậm của cơ quan được báo cáo HĐND tại kỳ họp thứ {number}",
            len(own),
            number=held.number,
        )
        told = {"subject": ("duty", own[0].id), "url": url, "but": by.user_id, "now": now, "scope": ("agency", [agency])}
        notifications.tell(session, kind=TABLED, title=words, permission=P.OVERSIGHT_REPORT, **told)  # type: ignore[arg-type]
