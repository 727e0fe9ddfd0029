"""Who may see which duty; one by id with what its moves depend on."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties import subjects
from petitions.duties.models.answers import AnswerItem, AnswerLetter
from petitions.duties.models.duty import Duty, DutyHolder
from petitions.duties.models.rules import DeadlineRuleVersion
from petitions.duties.models.time import ASKED, Extension
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.workflow import LEAD, RECALLED, Facts
from petitions.journal.models import JournalEntry

AUDITOR = "auditor"
CITY = "city"


def visible(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """The condition on `Duty` that holds for what `identity` may see.

    Auditors and the system see all; the supervising side the duties of its bodies; an agency those that it holds or held, the People's Committee
    office those of the city's agencies, each once the letter has left (never one recalled). Nobody without `duty.read`.
    """
    if identity is SYSTEM:
        return true()
    if not identity.may(Permission.DUTY_READ):
        return false()
    if AUDITOR in identity.roles:
        return true()
    left = and_(Duty.state != RECALLED, or_(Duty.leaves_at.is_(None), Duty.leaves_at <= now))
    ways: list[ColumnElement[bool]] = []
    if bodies := identity.scope("body"):
        ways.append((Duty.body_id + 0).in_(sorted(bodies)))  # see of_city
    if agencies := sorted(identity.scope("agency")):
        held = exists().where(DutyHolder.duty_id == Duty.id, DutyHolder.agency_id.in_(agencies))
        ways.append(and_(or_(Duty.agency_id.in_(agencies), held), left))
    if identity.may(Permission.DUTY_DISTRIBUTE):
        ways.append(and_(of_city(), left))
    narrow = [_of_kind(port, identity) for port in subjects.kinds()]
    return and_(or_(*ways), *(condition for condition in narrow if condition is not None)) if ways else false()


def of_city() -> ColumnElement[bool]:
    """The duties of the city's agencies: nearly all. "+ 0" keeps databases from looking them up agency by agency and sorting: an index lies in the
    order of lists already (ix_duties_open)."""
    return (Duty.agency_id + 0).in_(select(Agency.id).where(Agency.level == CITY))


def _of_kind(port: subjects.Subject, identity: Identity) -> ColumnElement[bool] | None:
    ids = port.readable(identity)
    return None if ids is None else or_(Duty.subject_kind != port.kind, Duty.subject_id.in_(ids))


def duty(session: Session, duty_id: int, identity: Identity, now: datetime) -> Duty:
    """The duty, if `identity` may see it; NotFound."""
    found = session.scalar(select(Duty).where(Duty.id == duty_id, visible(identity, now)))
    if found is None:
        raise NotFound(say("Không có việc này, hoặc bạn không được xem."))
    return found


def locked(session: Session, duty_id: int) -> Duty:
    """The duty, held for writing until the end of the transaction; NotFound."""
    query = select(Duty).where(Duty.id == duty_id).with_for_update(of=Duty).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("Không có việc này, hoặc bạn không được xem."))
    return found


def facts(session: Session, of: Duty, now: datetime) -> Facts:
    """What the moves of a duty depend on: one statement."""
    asked = select(Extension.asked_by).where(Extension.duty_id == of.id, Extension.state == ASKED)
    pending = select(Extension.id).where(Extension.duty_id == of.id, Extension.state == ASKED)
    entered = select(AnswerLetter.entered_by).join(AnswerItem, AnswerItem.letter_id == AnswerLetter.id).where(AnswerItem.id == of.answer_item_id)
    judged = select(AnswerItem.judged_by).where(AnswerItem.id == of.answer_item_id)
    level = select(Agency.level).where(Agency.id == of.agency_id)
    confirmed = select(JournalEntry.by_id).where(
        JournalEntry.subject_kind == "duty", JournalEntry.subject_id == of.id, JournalEntry.act == "duty.confirm_resolved"
    )
    last = confirmed.order_by(JournalEntry.id.desc()).limit(1)
    unit = select(DeadlineRuleVersion.unit).where(DeadlineRuleVersion.id == of.rule_version_id)
    columns = [query.scalar_subquery() for query in (level, pending, asked, entered, judged, last, unit)]
    row = session.execute(select(*columns)).one()
    return Facts(
        state=of.state,
        part=of.part,
        agency_id=of.agency_id,
        body_id=of.body_id,
        city_side=row[0] == CITY,
        left=of.leaves_at is None or of.leaves_at <= now,
        suspended=of.suspended_on is not None,
        extension_asked=row[1] is not None,
        extension_asked_by=row[2],
        hands=frozenset(user for user in row[3:6] if user is not None),
        unit=row[6],
    )


def siblings(session: Session, of: Duty) -> list[Duty]:
    """The other duties on the same item: lead and co-ordinating agencies of one transfer."""
    if of.item_id is None:
        return []
    query = select(Duty).where(Duty.item_id == of.item_id, Duty.letter_id == of.letter_id, Duty.id != of.id)
    return list(session.scalars(query.order_by(Duty.part != LEAD, Duty.id).limit(100)))


def letter(session: Session, letter_id: int) -> TransferLetter:
    """The letter; NotFound."""
    found = session.get(TransferLetter, letter_id)
    if found is None:
        raise NotFound(say("Không có công văn này."))
    return found
