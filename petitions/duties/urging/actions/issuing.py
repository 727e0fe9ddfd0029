"""Issuing: the authorised person makes a letter of a draft, with the registry's number; every item notes it. Recalling it until it leaves."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, NotAllowed, PetitionsError, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.words import say, using_language
from petitions.documents.store import Store
from petitions.duties.actions.acts import KIND as DUTY
from petitions.duties.actions.acts import may_write, told, wanted
from petitions.duties.models.duty import Duty
from petitions.duties.urging import wording
from petitions.duties.urging.actions.filling import KIND
from petitions.duties.urging.actions.lines import lines_of
from petitions.duties.urging.actions.proposing import clear
from petitions.duties.urging.ladder import Rung
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import drafting
from petitions.duties.urging.queries import ladder as laws
from petitions.duties.urging.workflow import DRAFT, ISSUED, RECALLED, URGINGS, issuing
from petitions.journal.actions import record
from petitions.letters.actions import drafting as letter_drafts
from petitions.letters.actions import issuing as letter_acts
from petitions.letters.actions import readying
from petitions.letters.actions.readying import Ready
from petitions.letters.models import Letter
from petitions.letters.values import DraftValues, IssueValues
from petitions.workdays import queries as workdays
from petitions.workdays.calendar import Calendar

REPORT_DAYS = 5  # working days after the letter by which it asks for a report, unless somebody writes another day


@dataclass(frozen=True, slots=True)
class Signing:
    """What the registry gave. `number` may be empty only where numbers are drawn here."""

    dated_on: date
    number: str = ""
    signatory_id: int | None = None
    again: bool = False

    def given(self) -> IssueValues:
        """The same for the letter."""
        return IssueValues(self.dated_on, self.number, self.signatory_id, self.again)


def ready(session: Session, urging_id: int, values: Signing, *, today: date) -> Ready | None:
    """The copy that `issue` would freeze, rendered before its transaction; None where nothing can be made yet (issue says why). Only reads."""
    urging = session.get(Urging, urging_id)
    if urging is None or urging.state != DRAFT:
        return None
    try:
        rung = laws.rung_of(laws.row(session, urging.rung_id))
        made = letter_values(session, urging, rung, workdays.calendar(session), values.dated_on, today)
        sheet, book, signatory = letter_drafts.sheet_for(session, made, today=today)
        return readying.rendered(session, sheet, book, values.given(), signatory_id=signatory, today=today)
    except PetitionsError:
        return None


def issue(
    session: Session,
    urging_id: int,
    values: Signing,
    *,
    store: Store,
    by: Identity,
    now: datetime,
    today: date,
    version: int | None = None,
    ready: Ready | None = None,
) -> tuple[Urging, Letter]:
    """Issue a draft as one letter with an annex. Items that were answered meanwhile are left out first; each of the others notes the letter.

    Raises NotAllowed (not with this authority), WrongState, Stale, Invalid (fields missing), Conflict (number used), RuleBroken (nothing is left, nobody
    signs). It leaves within the office's hours of a working day; the agency does not see it before.
    """
    urging, rung = _held(session, urging_id, "issue", by, version)
    running = {one.id: one for one in drafting.among(session, [row.duty_id for row in drafting.items_of(session, [urging.id])], now)}
    clear(session, [urging], running)
    calendar = workdays.calendar(session)
    made = letter_values(session, urging, rung, calendar, values.dated_on, today)
    if not made.rows:
        raise RuleBroken(say("Mọi việc trong dự thảo này đã có trả lời hoặc hạn không còn chạy: không còn gì để đôn đốc. Hãy bỏ dự thảo."))
    letter = letter_drafts.draft(session, made, by=SYSTEM, now=now, today=today)
    letter_acts.issue(session, letter.id, values.given(), store=store, by=by, now=now, today=today, ready=ready)
    if letter.leaves_at is None:
        raise Conflict(say("Công văn chưa được phát hành."))
    urging.state, urging.letter_id, urging.leaves_at = ISSUED, letter.id, letter.leaves_at
    urging.sent_on, urging.issued_by, urging.issued_at = clock.day_of(letter.leaves_at), by.user_id, now
    urging.new_due_on = report_by(urging, calendar, values.dated_on)
    urging.version += 1
    n = note(session, urging, "duty.urge", letter.full_number, by=by, now=now)
    record(session, "urging.issue", (KIND, urging.id), by=by, now=now, changes={"number": (None, letter.full_number), "items": (0, n)})
    return urging, letter


def letter_values(session: Session, urging: Urging, rung: Rung, calendar: Calendar, dated_on: date, today: date) -> DraftValues:
    """The letter that the draft would be."""
    with using_language("vi"):
        return wording.draft_values(
            rung,
            lines_of(session, urging, calendar, today),
            body_id=urging.body_id,
            agency_id=urging.to_agency_id,
            agency=agencies.agency_name(session, urging.agency_id),
            addressee=urging.addressee,
            report_by=report_by(urging, calendar, dated_on),
            remark=urging.remark,
        )


def report_by(urging: Urging, calendar: Calendar, dated_on: date) -> date:
    """The day before which the letter asks for a report."""
    return urging.new_due_on or calendar.add(dated_on, REPORT_DAYS)


def note(session: Session, urging: Urging, act: str, number: str, *, by: Identity, now: datetime, reason: str | None = None) -> int:
    """The event on each item and on its subject; the items are open for what comes next. How many."""
    rows = drafting.items_of(session, [urging.id])
    duties = {duty.id: duty for duty in drafting.duties(session, [row.duty_id for row in rows])}
    for row in rows:
        row.open_duty_id = None
        changes = {"urging": (None, number), "round": (None, row.round), "report_by": (None, urging.new_due_on)}
        record(session, act, (DUTY, row.duty_id), by=by, now=now, changes=changes, reason=reason)
    session.flush()
    told(session, {_subject(duties[row.duty_id]) for row in rows if row.duty_id in duties}, act, by=by, now=now)
    return len(rows)


def _subject(duty: Duty) -> tuple[str, int]:
    return duty.subject_kind, duty.subject_id


def recall(session: Session, urging_id: int, *, reason: str, by: Identity, now: datetime) -> Urging:
    """Take the letter back before it leaves: its items may be urged anew. RuleBroken once it has left."""
    wanted(reason=reason)
    urging, _ = _held(session, urging_id, "recall", by, None)
    if urging.letter_id is None:
        raise RuleBroken(say("Lượt nhắc trong phần mềm không thu hồi được."))
    letter_acts.recall(session, urging.letter_id, reason=reason, by=by, now=now)
    followed(session, urging, reason=reason, by=by, now=now)
    return urging


def followed(session: Session, urging: Urging, *, reason: str, by: Identity, now: datetime) -> None:
    """The letter was recalled, here or on the letter's own page."""
    if urging.state != ISSUED:
        return
    urging.state, urging.end_reason = RECALLED, reason
    urging.version += 1
    note(session, urging, "duty.urge_recall", "", by=by, now=now, reason=reason)
    record(session, "urging.recall", (KIND, urging.id), by=by, now=now, changes={"state": (ISSUED, RECALLED)}, reason=reason)


def _held(session: Session, urging_id: int, move: str, by: Identity, version: int | None) -> tuple[Urging, Rung]:
    urging = drafting.hold(session, urging_id)
    rung = laws.rung_of(laws.row(session, urging.rung_id))
    may_write(by, urging.body_id)
    if by is not SYSTEM and not by.may(issuing(rung.authority)):
        raise NotAllowed(say("Nấc này do Thường trực HĐND phát hành: bạn không có thẩm quyền."))
    if by is not SYSTEM:
        URGINGS.target(move, urging.state, by)
    if version is not None and urging.version != version:
        raise Stale(say("Dự thảo vừa thay đổi. Hãy xem lại rồi phát hành."), current=urging)
    if move == "issue" and urging.state != DRAFT:
        raise Conflict(say("Đôn đốc này không còn là dự thảo."))
    return urging, rung


def check_day(day: date | None, dated_on: date) -> None:
    """Invalid when a report is asked for before the letter is written."""
    if day is not None and day <= dated_on:
        raise Invalid({"new_due_on": [say("Ngày yêu cầu báo cáo phải sau ngày công văn.")]})
