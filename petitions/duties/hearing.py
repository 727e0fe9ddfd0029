"""Who hears of what happens to duties: the agency of what it is given, granted, refused or asked again; the office of what agencies send."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core import db
from petitions.core.dates import format_day
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties import subjects
from petitions.duties.models.answers import AnswerLetter
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, TransferLetter
from petitions.jobs.register import Job, register
from petitions.notifications import actions as notifications
from petitions.notifications.kinds import Kind
from petitions.notifications.kinds import register as register_kind
from petitions.notifications.models import AT_ONCE, DAILY, Notification

P = Permission
GIVEN, FILED, AGAIN, TAKEN = "duty.given", "answer.filed", "answer.asked_again", "candidate.taken"
EXTENSION, EXTENDED, RETURN, RETURNED = "extension.asked", "extension.decided", "return.asked", "return.decided"
LETTER, DUTY, ANSWER = "transfer_letter", "duty", "answer"
KINDS = (
    Kind(GIVEN, say("Kiến nghị chuyển đến cơ quan"), wish=AT_ONCE, permissions=(P.DUTY_ANSWER, P.DUTY_DISTRIBUTE)),
    Kind(FILED, say("Cơ quan đã trả lời"), wish=DAILY, permissions=(P.DUTY_JUDGE,)),
    Kind(AGAIN, say("Yêu cầu trả lời lại"), wish=AT_ONCE, permissions=(P.DUTY_ANSWER,)),
    Kind(EXTENSION, say("Đề nghị gia hạn chờ quyết định"), wish=DAILY, permissions=(P.DUTY_DECIDE,)),
    Kind(EXTENDED, say("Quyết định về đề nghị gia hạn"), wish=AT_ONCE, permissions=(P.DUTY_ANSWER,)),
    Kind(RETURN, say("Đề nghị trả lại chờ quyết định"), wish=DAILY, permissions=(P.DUTY_DECIDE,)),
    Kind(RETURNED, say("Quyết định về đề nghị trả lại"), wish=AT_ONCE, permissions=(P.DUTY_ANSWER,)),
    Kind(TAKEN, say("Ban đã nhận một việc quá hạn"), wish=DAILY, permissions=(P.CANDIDATE_TAKE,)),
)
LOOK_BACK = timedelta(days=14)  # a letter that left before is not announced any more
AT_MOST = 1000


def introduce() -> None:
    """Register what people can be told, and the jobs that announce letters once they have left."""
    for kind in KINDS:
        register_kind(kind)
    register(Job("announce-letters", say("Báo cơ quan về công văn chuyển đã gửi (sáng)"), run=announce, at=time(8), workdays_only=True))
    register(Job("announce-letters-2", say("Báo cơ quan về công văn chuyển đã gửi (chiều)"), run=announce, at=time(14), workdays_only=True))


# -- letters ---------------------------------------------------------------------------------------------------------------------


def announce(office: Office, today: date, now: datetime) -> Message:
    """Tell the agencies of letters that have left since; each once."""
    with db.transaction(office.engine) as session:
        told = [letter for letter in left(session, now) if gone(session, letter, now=now)]
    return say_n("Đã báo {n} công văn chuyển.", "Đã báo {n} công văn chuyển.", len(told))


def left(session: Session, now: datetime, *, hold: bool = True) -> Sequence[TransferLetter]:
    """Letters that have left and that nobody was told of; not those recalled, nor those that ask nothing of an agency."""
    t, n = TransferLetter, Notification
    told = exists().where(n.subject_kind == LETTER, n.subject_id == t.id, n.kind == GIVEN)
    asks = exists().where(Duty.letter_id == t.id)
    query = select(t).where(t.recalled_at.is_(None), t.leaves_at <= now, t.leaves_at > now - LOOK_BACK, ~told, asks).order_by(t.id).limit(AT_MOST)
    return session.scalars(query.with_for_update() if hold else query).all()


def gone(session: Session, letter: TransferLetter, *, now: datetime) -> int:
    """The letter has left: its agencies are told, and who distributes where it goes through the City's office. How many messages."""
    whom = session.scalars(select(Duty.agency_id).where(Duty.letter_id == letter.id).distinct().order_by(Duty.agency_id)).all()
    if letter.leaves_at > now or not whom:
        return 0
    title = say("Công văn {number} chuyển kiến nghị của cử tri đến cơ quan", number=letter.full_number)
    body = say("Đề nghị xác nhận đã nhận và trả lời đúng hạn ghi ở từng việc.")
    told = {"kind": GIVEN, "subject": (LETTER, letter.id), "body": body, "url": f"/letters/{letter.id}", "now": now}
    n = notifications.tell(session, title=title, permission=P.DUTY_ANSWER, scope=("agency", whom), **told)  # type: ignore[arg-type]
    if session.scalar(select(Bundle.recipient_kind).where(Bundle.id == letter.bundle_id)) == "ubnd_office":
        title = say("Công văn {number} chuyển kiến nghị của cử tri, chờ giao việc", number=letter.full_number)
        n += notifications.tell(session, title=title, permission=P.DUTY_DISTRIBUTE, **told)  # type: ignore[arg-type]
    return n


# -- what happens to one duty ----------------------------------------------------------------------------------------------------


def given(session: Session, duty: Duty, *, by: Identity, now: datetime) -> None:
    """Another agency has been given the duty."""
    if duty.leaves_at is None or duty.leaves_at <= now:
        title = say("Việc {code} được giao cho {agency}", code=_code(session, duty), agency=_agency(session, duty.agency_id))
        _agencies(session, GIVEN, [duty], title, by=by, now=now)


def answered(session: Session, letter: AnswerLetter, duties: Sequence[Duty], *, by: Identity, now: datetime) -> None:
    """An agency has answered: those who judge for these bodies are told once for the whole letter."""
    name = _agency(session, letter.agency_id)
    title = say_n("{agency} đã trả lời {n} việc", "{agency} đã trả lời {n} việc", len(duties), agency=name)
    where = {"subject": (ANSWER, letter.id), "url": f"/answers/{letter.id}"}
    _office(session, FILED, P.DUTY_JUDGE, {one.body_id for one in duties}, title, by=by, now=now, **where)  # type: ignore[arg-type]


def asked_again(session: Session, duties: Sequence[Duty], due: date, *, by: Identity, now: datetime) -> None:
    """An answer was not enough: who gave it, and who signed with it, is told by when another is wanted."""
    title = say("Việc {code} phải được trả lời lại chậm nhất ngày {day}", code=_code(session, duties[0]), day=format_day(due))
    _agencies(session, AGAIN, duties, title, by=by, now=now)


def extension_asked(session: Session, duty: Duty, wanted: date, *, by: Identity, now: datetime) -> None:
    """A later day is asked for."""
    title = say("{agency} xin gia hạn việc {code} đến ngày {day}", agency=_agency(session, duty.agency_id), code=_code(session, duty), day=format_day(wanted))
    _office(session, EXTENSION, P.DUTY_DECIDE, {duty.body_id}, title, by=by, now=now, subject=(DUTY, duty.id), url=_url(duty))


def extension_decided(session: Session, duty: Duty, until: date | None, *, by: Identity, now: datetime) -> None:
    """The later day is granted, or (None) refused."""
    code = _code(session, duty)
    granted = say("Việc {code} được gia hạn đến ngày {day}", code=code, day=format_day(until)) if until else None
    _agencies(session, EXTENDED, [duty], granted or say("Đề nghị gia hạn việc {code} không được đồng ý", code=code), by=by, now=now)


def return_asked(session: Session, duty: Duty, *, by: Identity, now: datetime) -> None:
    """The agency says that it is not its task."""
    title = say("{agency} đề nghị trả lại việc {code}", agency=_agency(session, duty.agency_id), code=_code(session, duty))
    _office(session, RETURN, P.DUTY_DECIDE, {duty.body_id}, title, by=by, now=now, subject=(DUTY, duty.id), url=_url(duty))


def return_decided(session: Session, duty: Duty, *, accepted: bool, by: Identity, now: datetime) -> None:
    """The office takes it back, or does not."""
    code = _code(session, duty)
    title = say("Đề nghị trả lại việc {code} được đồng ý", code=code) if accepted else say("Đề nghị trả lại việc {code} không được đồng ý", code=code)
    _agencies(session, RETURNED, [duty], title, by=by, now=now)


def candidate_taken(session: Session, duty: Duty, committee_id: int, *, by: Identity, now: datetime) -> None:
    """A committee has taken an overdue item: its members are told."""
    title = say("Ban đã nhận việc quá hạn {code} của {agency}", code=_code(session, duty), agency=_agency(session, duty.agency_id))
    told = {"subject": (DUTY, duty.id), "url": _url(duty), "but": by.user_id, "now": now}
    scope = ("committee", [committee_id])
    notifications.tell(session, kind=TAKEN, title=title, permission=P.CANDIDATE_TAKE, scope=scope, **told)  # type: ignore[arg-type]


def _agencies(session: Session, kind: str, duties: Sequence[Duty], title: Message, *, by: Identity, now: datetime) -> None:
    scope = ("agency", sorted({one.agency_id for one in duties}))
    told = {"subject": (DUTY, duties[0].id), "url": _url(duties[0]), "but": by.user_id, "now": now}
    notifications.tell(session, kind=kind, title=title, permission=P.DUTY_ANSWER, scope=scope, **told)  # type: ignore[arg-type]


def _office(
    session: Session, kind: str, permission: str, bodies: Collection[int], title: Message, *, subject: tuple[str, int], url: str, by: Identity, now: datetime
) -> None:
    scope = ("body", sorted(bodies))
    notifications.tell(session, kind=kind, title=title, permission=permission, scope=scope, subject=subject, url=url, but=by.user_id, now=now)


def _url(duty: Duty) -> str:
    return f"/duties/{duty.id}"


def _agency(session: Session, agency_id: int) -> str:
    return session.scalar(select(Agency.name).where(Agency.id == agency_id)) or ""


def _code(session: Session, duty: Duty) -> str:
    key = (duty.subject_kind, duty.subject_id)
    return subjects.captions(session, [key])[key].code
