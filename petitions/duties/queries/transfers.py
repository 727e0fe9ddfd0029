"""Bundles and letters: lists and one of each, with what lies in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.words import say
from petitions.council.models import Body, CouncilSession, DeputyGroup
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, BundleAgency, BundleItem, TransferLetter
from petitions.duties.queries.reading import AUDITOR, visible

LIMIT = 2000


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A line of the list of bundles."""

    id: int
    title: str
    state: str
    kind: str
    recipient_kind: str
    made_at: datetime
    made_by: str | None
    approved_by: str | None
    items: int


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A line of the list of letters."""

    id: int
    number: str
    symbol: str
    dated_on: date
    due_on: date | None
    signatory: str
    recalled_at: datetime | None
    title: str
    recipient_kind: str
    duties: int

    @property
    def full_number(self) -> str:
        """Number and symbol as they are printed."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


@dataclass(frozen=True)
class BundleShown:
    """A bundle with its lines, who leads and works with whom, and the words around it."""

    bundle: Bundle
    items: Sequence[BundleItem]
    agencies: Mapping[int, Sequence[tuple[int, str, str]]]
    body: str
    council_session: CouncilSession | None
    recipient: str
    made_by: str
    approved_by: str
    letters: Sequence[TransferLetter]


def own(identity: Identity) -> ColumnElement[bool]:
    """Bundles of the bodies that `identity` works for."""
    if identity is SYSTEM or AUDITOR in identity.roles:
        return true()
    bodies = sorted(identity.scope("body"))
    return Bundle.body_id.in_(bodies) if bodies else false()


def bundles(session: Session, identity: Identity, *, state: str | None = None, number: int = 1, size: int = PAGE_SIZE) -> Page[BundleRow]:
    """The bundles, newest first."""
    where = [own(identity), *([Bundle.state == state] if state else [])]
    total = session.scalar(select(func.count()).select_from(Bundle).where(*where)) or 0
    lines = select(func.count()).where(BundleItem.bundle_id == Bundle.id).scalar_subquery()
    columns = (Bundle.id, Bundle.title, Bundle.state, Bundle.kind, Bundle.recipient_kind, Bundle.made_at)
    query = select(*columns, _name(Bundle.made_by), _name(Bundle.approved_by), lines).where(*where).order_by(Bundle.id.desc())
    number = max(1, min(number, -(-total // size) or 1))
    rows: Sequence[Any] = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page([BundleRow(*row) for row in rows], number, size, total)


def bundle_counts(session: Session, identity: Identity) -> Mapping[str, int]:
    """How many bundles are in each state."""
    rows = session.execute(select(Bundle.state, func.count()).where(own(identity)).group_by(Bundle.state).order_by(Bundle.state))
    return {state: n for state, n in rows}  # noqa: C416 (rows are Row objects)


def _name(user: Any) -> Any:
    return select(User.name).where(User.id == user).scalar_subquery()


def bundle(session: Session, bundle_id: int, identity: Identity) -> BundleShown:
    """One bundle with everything its page shows; NotFound."""
    group, body = DeputyGroup.name, Body.short_name
    query = select(Bundle, body, CouncilSession, Agency.name, group, _name(Bundle.made_by), _name(Bundle.approved_by))
    query = query.join(Body, Body.id == Bundle.body_id).outerjoin(CouncilSession, CouncilSession.id == Bundle.council_session_id)
    query = query.outerjoin(Agency, Agency.id == Bundle.recipient_agency_id).outerjoin(DeputyGroup, DeputyGroup.id == Bundle.recipient_group_id)
    row = session.execute(query.where(Bundle.id == bundle_id, own(identity))).one_or_none()
    if row is None:
        raise NotFound(say("Không có tập hợp này, hoặc bạn không được xem."))
    found, body_name, held, agency, group_name, maker, approver = row
    letters = session.scalars(select(TransferLetter).where(TransferLetter.bundle_id == found.id).order_by(TransferLetter.id).limit(100)).all()
    items, agencies = lines(session, found.id)
    return BundleShown(found, items, agencies, body_name, held, agency or group_name or "", maker or "", approver or "", letters)


def lines(session: Session, bundle_id: int) -> tuple[Sequence[BundleItem], Mapping[int, Sequence[tuple[int, str, str]]]]:
    """(the lines of a bundle in order, per line (agency, its name, its part), leads first)."""
    items = session.scalars(select(BundleItem).where(BundleItem.bundle_id == bundle_id).order_by(BundleItem.position, BundleItem.id).limit(LIMIT)).all()
    query = select(BundleAgency.item_id, Agency.id, Agency.name, BundleAgency.part).join(Agency, Agency.id == BundleAgency.agency_id)
    query = query.join(BundleItem, BundleItem.id == BundleAgency.item_id).where(BundleItem.bundle_id == bundle_id)
    agencies: dict[int, list[tuple[int, str, str]]] = {}
    for item, agency_id, name, part in session.execute(query.order_by(BundleAgency.part, BundleAgency.id)):
        agencies.setdefault(item, []).append((agency_id, name, part))
    return items, agencies


def leaving(session: Session, ids: Collection[int]) -> Mapping[int, datetime | None]:
    """When these letters leave or left."""
    rows = session.execute(select(TransferLetter.id, TransferLetter.leaves_at).where(TransferLetter.id.in_(sorted(ids))).order_by(TransferLetter.id))
    return {number: moment for number, moment in rows}  # noqa: C416 (rows are Row objects)


def recipient(session: Session, bundle: Bundle) -> str:
    """To whom a bundle goes, by name; "" where only its way is known."""
    agency = select(Agency.name).where(Agency.id == bundle.recipient_agency_id).scalar_subquery()
    group = select(DeputyGroup.name).where(DeputyGroup.id == bundle.recipient_group_id).scalar_subquery()
    return session.scalar(select(func.coalesce(agency, group))) or ""


def letters(session: Session, identity: Identity, now: datetime, *, number: int = 1, size: int = PAGE_SIZE) -> Page[LetterRow]:
    """The transfer letters, newest first: those of the own bodies; an agency those that brought it something."""
    where = _seen(identity, now)
    total = session.scalar(select(func.count()).select_from(TransferLetter).join(Bundle, Bundle.id == TransferLetter.bundle_id).where(where)) or 0
    number = max(1, min(number, -(-total // size) or 1))
    t = TransferLetter
    duties = select(func.count()).where(Duty.letter_id == t.id).scalar_subquery()
    columns = (t.id, t.number, t.symbol, t.dated_on, t.due_on, t.signatory, t.recalled_at, Bundle.title, Bundle.recipient_kind, duties)
    query = select(*columns).join(Bundle, Bundle.id == t.bundle_id).where(where).order_by(t.dated_on.desc(), t.id.desc())
    rows: Sequence[Any] = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page([LetterRow(*row) for row in rows], number, size, total)


def letter(session: Session, letter_id: int, identity: Identity, now: datetime) -> tuple[TransferLetter, Bundle]:
    """One letter with its bundle; NotFound when `identity` may not see it."""
    query = select(TransferLetter, Bundle).join(Bundle, Bundle.id == TransferLetter.bundle_id).where(TransferLetter.id == letter_id, _seen(identity, now))
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(say("Không có công văn này, hoặc bạn không được xem."))
    return row[0], row[1]


def _seen(identity: Identity, now: datetime) -> ColumnElement[bool]:
    brought = select(Duty.id).where(Duty.letter_id == TransferLetter.id, visible(identity, now)).exists()
    arrived = and_(TransferLetter.recalled_at.is_(None), TransferLetter.leaves_at <= now, brought)
    return or_(own(identity), arrived)
