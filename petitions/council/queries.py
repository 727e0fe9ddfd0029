"""Every SELECT of the council: which constituency, which term, whose delegates on a day; lists for pages and select fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.areas.models import AreaEdition
from petitions.areas.queries import gazetteer
from petitions.core.dates import format_day
from petitions.core.errors import NotFound
from petitions.core.words import Message, say
from petitions.council.answers import Assignment, ConstituencyRef, GroupRef, GroupToday
from petitions.council.labels import BEGINNING_WORDS, ENDING_WORDS, ROLE_WORDS, SESSION_WORDS, term_label
from petitions.council.models import (
    Body,
    Committee,
    Constituency,
    ConstituencyUnit,
    CouncilSession,
    Delegate,
    DeputyGroup,
    Mandate,
    RollVersion,
    Term,
)
from petitions.council.roll import Ground, Roll, TermSpan

LIMIT = 500
Thing = TypeVar("Thing")
ROLLS = 4
GROUP_ORDER = {"head": 0, "deputy_head": 1, "member": 2}
_rolls: dict[tuple[str | None, str | None], Roll] = {}  # tokens are random: one never names two contents


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a select field: what is stored, what is read, and the group it stands under."""

    value: int
    label: Message
    group: Message | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A delegate by mandate: the person, since when and until when, in which part of which group, how it began and ended."""

    mandate_id: int
    delegate_id: int
    name: str
    position: str
    group_role: str
    from_on: date
    to_on: date | None
    began_by: str
    ended_by: str | None
    reason: str
    constituency_id: int | None
    term_ends_on: date | None

    @classmethod
    def of(cls, held: Mandate, who: Delegate, ends: date | None) -> "Member":
        """From the rows."""
        how = (held.group_role, held.from_on, held.to_on, held.began_by, held.ended_by, held.reason)
        return cls(held.id, who.id, who.name, who.position, *how, held.constituency_id, ends)

    @property
    def role_words(self) -> Message:
        """The part in the group."""
        return ROLE_WORDS[self.group_role]

    @property
    def began_words(self) -> Message:
        """How it began."""
        return BEGINNING_WORDS[self.began_by]

    @property
    def ended_words(self) -> Message | None:
        """Why it ended."""
        return ENDING_WORDS[self.ended_by] if self.ended_by else None

    def holds(self, day: date) -> bool:
        """Whether the mandate holds on `day`."""
        last = min((one for one in (self.to_on, self.term_ends_on) if one is not None), default=day)
        return self.from_on <= day <= last


# Which constituency ------------------------------------------------------------------------------------------------------------


def constituency_of(session: Session, *, body_id: int, unit_id: int | None = None, district_id: int | None = None, day: date) -> Assignment:
    """The constituency of `body_id` to which the place belonged on `day` (domain 8.4, rules 4 and 6). Reads are cached: one statement."""
    return roll(session).assign(body_id=body_id, unit_id=unit_id, district_id=district_id, day=day)


def group_today(session: Session, *, body_id: int, unit_id: int | None = None, district_id: int | None = None, today: date) -> GroupToday:
    """The deputy group that holds the place today; `confirmed` is False, and `said` tells why, where that is not publicly known."""
    return roll(session).group_today(body_id=body_id, unit_id=unit_id, district_id=district_id, today=today)


def term_on(session: Session, body_id: int, day: date) -> Term | None:
    """The body's term on `day`; None before the first and after the last known. See `TermSpan.covers`."""
    found = roll(session).term_on(body_id, day)
    return session.get(Term, found.id) if found else None


def roll(session: Session) -> Roll:
    """The roll of all constituencies; kept per process, read anew when the areas' token or ours has changed."""
    stamp = tuple(session.execute(select(select(AreaEdition.token).scalar_subquery(), select(RollVersion.token).scalar_subquery())).one())
    if None in stamp:
        return _read_roll(session)
    if stamp not in _rolls:
        while len(_rolls) >= ROLLS:
            _rolls.pop(next(iter(_rolls)), None)
        _rolls[stamp] = _read_roll(session)
    return _rolls[stamp]


def _read_roll(session: Session) -> Roll:
    spans = (Term.id, Term.body_id, Body.short_name, Term.label, Term.elected_on, Term.starts_on, Term.ends_on)
    refs = select(Constituency, Term.label, Body.short_name).join(Term, Term.id == Constituency.term_id).join(Body, Body.id == Term.body_id)
    own = ConstituencyUnit
    ground = select(own.constituency_id, own.unit_id, own.district_id, own.valid_from, own.valid_to, own.share, own.certainty, own.basis)
    groups = select(DeputyGroup).where(DeputyGroup.constituency_id.is_not(None)).order_by(DeputyGroup.id)
    return Roll(
        terms=[TermSpan(*row) for row in session.execute(select(*spans).join(Body, Body.id == Term.body_id))],
        constituencies={row.id: _ref(row, term, body) for row, term, body in session.execute(refs)},
        ground=[Ground(*row) for row in session.execute(ground.where(own.superseded_at.is_(None)).order_by(own.valid_from, own.id))],
        places=gazetteer(session),
        groups={row.constituency_id: GroupRef(row.id, row.number, row.name) for row in session.scalars(groups) if row.constituency_id is not None},
    )


def _ref(row: Constituency, term: str, body: str) -> ConstituencyRef:
    return ConstituencyRef(row.id, row.term_id, row.number, row.name, row.former, row.confirmed, body, term)


# Bodies, terms, sessions ---------------------------------------------------------------------------------------------------------


def bodies(session: Session) -> Sequence[Body]:
    """All bodies: the City Council and the delegation first, then communes' councils by name."""
    return session.scalars(select(Body).order_by(Body.kind == "commune_council", Body.code, Body.id).limit(LIMIT)).all()


def body_by_code(session: Session, code: str) -> Body:
    """The body with `code` (HD, QH …); raises NotFound."""
    return found(session.scalar(select(Body).where(Body.code == code)))


def terms(session: Session, body_id: int | None = None) -> Sequence[Term]:
    """Terms, newest first; of one body or of all."""
    chosen = select(Term).order_by(Term.body_id, Term.number.desc(), Term.id).limit(LIMIT)
    return session.scalars(chosen if body_id is None else chosen.where(Term.body_id == body_id)).all()


def sessions(session: Session, term_id: int) -> Sequence[CouncilSession]:
    """The sessions of a term, newest first."""
    return session.scalars(select(CouncilSession).where(CouncilSession.term_id == term_id).order_by(CouncilSession.number.desc()).limit(LIMIT)).all()


def committees(session: Session, body_id: int | None = None) -> Sequence[Committee]:
    """The committees (Ban) of a body, or of all."""
    chosen = select(Committee).order_by(Committee.body_id, Committee.id).limit(LIMIT)
    return session.scalars(chosen if body_id is None else chosen.where(Committee.body_id == body_id)).all()


def session_label(row: CouncilSession) -> Message:
    """ "Kỳ họp thứ 28 (26/11/2025)"; days known only in part as they are known ("tháng 7/2022"). How they came to be known is the row's note."""
    when = row.dates_as_known or (format_day(row.opened_on) if row.opened_on else "")
    if not when:
        return say("Kỳ họp thứ {number} (chưa rõ ngày)", number=row.number)
    return say("Kỳ họp thứ {number} ({when})", number=row.number, when=when)


def session_choices(session: Session, term_id: int) -> list[Choice]:
    """The sessions of a term for a select field, newest first; `group` is the kind."""
    return [Choice(row.id, session_label(row), SESSION_WORDS[row.kind]) for row in sessions(session, term_id)]


def session_before(session: Session, term_id: int, day: date) -> CouncilSession | None:
    """The next session that opens on or after `day`: a contact on `day` is usually held before it. None when none is known."""
    opens = func.coalesce(CouncilSession.opened_on, CouncilSession.latest_on)
    following = select(CouncilSession).where(CouncilSession.term_id == term_id, opens >= day).order_by(opens, CouncilSession.number).limit(1)
    return session.scalars(following).first()


# Constituencies and delegates ----------------------------------------------------------------------------------------------------


def constituencies(session: Session, term_id: int) -> Sequence[Constituency]:
    """The constituencies of a term by number."""
    return session.scalars(select(Constituency).where(Constituency.term_id == term_id).order_by(Constituency.number, Constituency.id).limit(LIMIT)).all()


def constituency_labels(session: Session, ids: Sequence[int] | None = None) -> Mapping[int, Message]:
    """Labels by id ("ĐVBC số 20 HĐND (Gia Lâm cũ)"), of `ids` or of all."""
    known = roll(session).constituencies
    return {one: known[one].label for one in (known if ids is None else ids) if one in known}


def constituency_choices(session: Session, term_id: int) -> list[Choice]:
    """The constituencies of a term for a select field, by number, always naming the body."""
    own = sorted((ref for ref in roll(session).constituencies.values() if ref.term_id == term_id), key=lambda ref: (ref.number, ref.id))
    return [Choice(ref.id, ref.label) for ref in own]


def constituency_numbered(session: Session, term_id: int, number: int) -> Constituency | None:
    """The constituency with this number in the term."""
    return session.scalar(select(Constituency).where(Constituency.term_id == term_id, Constituency.number == number))


def term_choices(session: Session, body_id: int | None = None) -> list[Choice]:
    """Terms for a select field: "HĐND khóa XVI (2021-2026)"."""
    names = {body.id: body.short_name for body in bodies(session)}
    return [Choice(term.id, term_label(body=names[term.body_id], term=term.label, years=term.years)) for term in terms(session, body_id)]


def lines(session: Session, constituency_ids: Sequence[int], *, superseded: bool = False) -> Sequence[ConstituencyUnit]:
    """The lines of these constituencies' ground, in order of validity; superseded ones only when asked for."""
    chosen = select(ConstituencyUnit).where(ConstituencyUnit.constituency_id.in_(constituency_ids)).order_by(ConstituencyUnit.valid_from, ConstituencyUnit.id)
    return session.scalars(chosen if superseded else chosen.where(ConstituencyUnit.superseded_at.is_(None))).all()


def groups(session: Session, term_id: int) -> Sequence[DeputyGroup]:
    """The deputy groups of a term by number."""
    return session.scalars(select(DeputyGroup).where(DeputyGroup.term_id == term_id).order_by(DeputyGroup.number).limit(LIMIT)).all()


def delegates_on(session: Session, constituency_id: int, day: date) -> list[Member]:
    """Who held a mandate of the constituency on `day`: head of the group first, then by name. The term's end ends every mandate."""
    return [one for one in members(session, constituency_ids=[constituency_id]) if one.holds(day)]


def members(session: Session, *, constituency_ids: Sequence[int] | None = None, term_id: int | None = None) -> list[Member]:
    """All mandates of constituencies or of a term: heads first, then by name and day."""
    rows = select(Mandate, Delegate, Term.ends_on).join(Delegate, Delegate.id == Mandate.delegate_id).join(Term, Term.id == Mandate.term_id)
    if constituency_ids is not None:
        rows = rows.where(Mandate.constituency_id.in_(constituency_ids))
    if term_id is not None:
        rows = rows.where(Mandate.term_id == term_id)
    people = [Member.of(held, who, ends) for held, who, ends in session.execute(rows.order_by(Mandate.id).limit(LIMIT))]
    return sorted(people, key=lambda one: (GROUP_ORDER[one.group_role], one.name, one.from_on, one.mandate_id))


def delegate_named(session: Session, name: str) -> Delegate | None:
    """The delegate of exactly this name, when there is one alone."""
    same = session.scalars(select(Delegate).where(Delegate.name == name).order_by(Delegate.id).limit(2)).all()
    return same[0] if len(same) == 1 else None


def found(thing: Thing | None) -> Thing:
    """`thing`, or NotFound."""
    if thing is None:
        raise NotFound
    return thing
