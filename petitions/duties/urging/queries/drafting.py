"""What drafts are made of: open items that a rung may have reached, with what was done about each; the drafts that are open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.words import say
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import ASKED, Extension
from petitions.duties.urging import ladder
from petitions.duties.urging.ladder import Act, Item
from petitions.duties.urging.models import Urging, UrgingItem
from petitions.duties.urging.workflow import DRAFT, ISSUED, TAKEN_OUT, WITHDRAWN
from petitions.duties.workflow import RETURN_ASKED, RUNNING
from petitions.letters.models import Letter
from petitions.letters.workflow import ISSUED as LETTER_ISSUED


@dataclass(frozen=True, slots=True)
class Running:
    """A duty whose clock runs, as the ladder asks for it."""

    id: int
    subject_kind: str
    state: str
    due: date
    extension_asked: bool

    def item(self, acts: Sequence[Act]) -> Item:
        """With what was done about it. A return or an extension that was asked for waits for the office: nobody is urged meanwhile."""
        return Item(self.due, self.extension_asked or self.state == RETURN_ASKED, acts)


def running(until: date, now: datetime) -> list[ColumnElement[bool]]:
    """Owed, the clock runs, the day lies not after `until`, and the letter that brought it has left."""
    left = or_(Duty.leaves_at.is_(None), Duty.leaves_at <= now)
    return [Duty.state.in_(RUNNING), Duty.suspended_on.is_(None), Duty.next_due <= until, left]


def owing(session: Session, until: date, now: datetime) -> list[tuple[int, int]]:
    """(body, agency) of everybody who has something that a rung may have reached, or an open draft that may have to be cleared."""
    owe = select(Duty.body_id, Duty.agency_id).where(*running(until, now))
    drafted = select(Urging.body_id, Urging.agency_id).where(Urging.state == DRAFT)
    return sorted((body, agency) for body, agency in session.execute(owe.union(drafted)))


def items(session: Session, body_id: int, agency_id: int, until: date, now: datetime) -> list[Running]:
    """The running items of one agency, the earliest day first."""
    return _running(session, Duty.body_id == body_id, Duty.agency_id == agency_id, *running(until, now))


def among(session: Session, ids: Collection[int], now: datetime) -> list[Running]:
    """Those of these duties whose clock runs."""
    return _running(session, Duty.id.in_(ids), *running(date.max, now))


def _running(session: Session, *where: ColumnElement[bool]) -> list[Running]:
    asked = exists().where(Extension.duty_id == Duty.id, Extension.state == ASKED)
    query = select(Duty.id, Duty.subject_kind, Duty.state, Duty.next_due, asked).where(*where)
    rows = session.execute(query.order_by(Duty.next_due, Duty.id))
    return [Running(number, kind, state, due, waits) for number, kind, state, due, waits in rows if due is not None]


def acts(session: Session, *where: ColumnElement[bool]) -> Mapping[int, list[Act]]:
    """What was drafted, issued or withdrawn about each duty that meets `where` (conditions on UrgingItem, or on Duty by a subquery).

    A letter that was recalled, from whatever page, is none; nor is an item that left a draft for a higher one or because it was answered.
    """
    i, u = UrgingItem, Urging
    columns = (i.duty_id, i.due_on, i.left_out, i.open_duty_id, u.level, u.form, u.state, u.made_on, u.sent_on, Letter.state)
    query = select(*columns).join(u, u.id == i.urging_id).outerjoin(Letter, Letter.id == u.letter_id).where(*where)
    found: dict[int, list[Act]] = {}
    for duty, due, left, open_duty, level, form, state, made_on, sent_on, letter in session.execute(query.order_by(i.id)):
        if open_duty is not None and state == DRAFT:
            act = Act(level, ladder.DRAFTED, made_on, due, form)
        elif state == ISSUED and sent_on is not None and left is None and letter in (None, LETTER_ISSUED):
            act = Act(level, ladder.ISSUED, sent_on, due, form)
        elif left == TAKEN_OUT or (state == WITHDRAWN and left is None):
            act = Act(level, ladder.WITHDRAWN, made_on, due, form)
        else:
            continue
        found.setdefault(duty, []).append(act)
    return found


def of_agency(body_id: int, agency_id: int) -> ColumnElement[bool]:
    """The items about duties that an agency holds and still owes."""
    return UrgingItem.duty_id.in_(select(Duty.id).where(Duty.body_id == body_id, Duty.agency_id == agency_id, Duty.state.in_(RUNNING)))


def of_duties(ids: Collection[int]) -> ColumnElement[bool]:
    """The items about these duties."""
    return UrgingItem.duty_id.in_(ids)


def drafts(session: Session, body_id: int, agency_id: int) -> list[Urging]:
    """The open drafts about an agency, held for writing."""
    query = select(Urging).where(Urging.body_id == body_id, Urging.agency_id == agency_id, Urging.state == DRAFT).order_by(Urging.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def items_of(session: Session, urging_ids: Collection[int]) -> list[UrgingItem]:
    """What lies in these urgings and was not left out, in order."""
    query = select(UrgingItem).where(UrgingItem.urging_id.in_(urging_ids), UrgingItem.left_out.is_(None)).order_by(UrgingItem.id)
    return list(session.scalars(query))


def hold_agency(session: Session, agency_id: int) -> Agency:
    """The agency's row, held until the end of the transaction, so that two who draft at once do so one after the other."""
    found = session.scalar(select(Agency).where(Agency.id == agency_id).with_for_update())
    if found is None:
        raise NotFound(say("Không có cơ quan này."))
    return found


def agency_of_code(session: Session, code: str) -> Agency | None:
    """The agency of this code, if there is one."""
    return session.scalar(select(Agency).where(Agency.code == code))


def hold(session: Session, urging_id: int) -> Urging:
    """The urging, held for writing; NotFound."""
    query = select(Urging).where(Urging.id == urging_id).with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("Không có đôn đốc này, hoặc bạn không được xem."))
    return found


def rows_in(session: Session, urging_id: int, duty_ids: Collection[int]) -> Mapping[int, int]:
    """Duty → row of this urging, left out or not, for those of these duties that were ever put in."""
    rows = session.execute(select(UrgingItem.duty_id, UrgingItem.id).where(UrgingItem.urging_id == urging_id, UrgingItem.duty_id.in_(duty_ids)))
    return {duty: row for duty, row in rows}  # noqa: C416 (rows are Row objects)


def left(session: Session, urging_id: int, why: str) -> bool:
    """Whether an item left this draft for that reason."""
    return bool(session.scalar(select(exists().where(UrgingItem.urging_id == urging_id, UrgingItem.left_out == why))))


def duties(session: Session, ids: Collection[int]) -> Sequence[Duty]:
    """These duties."""
    return session.scalars(select(Duty).where(Duty.id.in_(ids)).order_by(Duty.id)).all()


def of_letter(session: Session, letter_id: int) -> Urging | None:
    """The urging that this letter carries, held for writing."""
    query = select(Urging).where(Urging.letter_id == letter_id).with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def of_letters(session: Session, letter_ids: Collection[int]) -> Mapping[int, int]:
    """Letter → urging."""
    rows = session.execute(select(Urging.letter_id, Urging.id).where(Urging.letter_id.in_(letter_ids)).order_by(Urging.id))
    return {letter: urging for letter, urging in rows if letter is not None}


def drafts_with(session: Session, duty_ids: Collection[int]) -> list[int]:
    """The open drafts in which these duties lie."""
    query = select(UrgingItem.urging_id).where(UrgingItem.open_duty_id.in_(duty_ids)).distinct().order_by(UrgingItem.urging_id)
    return list(session.scalars(query))
