"""Filling an empty database with the demo office: people first, then the petitions in the order of their meetings."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.accounts import demo as demo_accounts
from petitions.accounts import queries as accounts
from petitions.agencies import queries as agencies
from petitions.agencies import resolver as agency_resolver
from petitions.agencies.directory import Directory
from petitions.core import clock, db
from petitions.core.errors import Conflict
from petitions.core.identity import SYSTEM, Identity
from petitions.core.office import Office
from petitions.core.words import say
from petitions.council import queries as council
from petitions.council.actions import delegates
from petitions.council.models import Term
from petitions.demo import conclusions, following, hearings, people, sheets, supervision, urging
from petitions.demo.playing import Play
from petitions.demo.sheets import Answer, Item, Meeting
from petitions.documents.store import Store, open_store
from petitions.intake.actions import entry, moves
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.values import AgencyValues, AnswerValues, PetitionValues
from petitions.intake.workflow import CLASSIFIED, DRAFT
from petitions.notifications import actions as notifications

DAY = date(2026, 1, 20)
TERM, NA_TERM = 16, 15
CLERK_HOUR, LEAD_HOUR = timedelta(hours=9), timedelta(hours=34)
FRESH, LATEST = "J", "K"
IMPORTED = frozenset("ABC")  # rounds whose answers came with a file; from then on letters are recorded (following.py)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made: account names, and how many petitions; `password` to be printed when it was drawn now."""

    accounts: list[str]
    petitions: int
    password: str | None


@dataclass(frozen=True)
class Desk:
    """Who works in the demo office, and what they look things up in."""

    clerk: Identity
    lead: Identity
    terms: Mapping[str, Term]
    fields: Mapping[str, int]
    sessions: Mapping[int, int]
    constituencies: Mapping[str, int]
    directory: Directory
    answers: Mapping[str, Answer]
    key: str


def has_petitions(session: Session) -> bool:
    """Whether the database holds any petition: then it is not the demo's to fill."""
    return session.scalar(select(Petition.id).limit(1)) is not None


def load(office: Office, *, progress: Callable[[int], None] = lambda done: None) -> Loaded:
    """Fill the database of `office`; raises Conflict when it holds petitions already. One transaction: all of it or nothing."""
    secret = demo_accounts.secret(office.settings.demo_password)
    with notifications.quietly(), db.transaction(office.engine) as session:
        if has_petitions(session):
            raise Conflict(say("Cơ sở dữ liệu đã có kiến nghị: văn phòng mẫu chỉ nạp vào cơ sở dữ liệu trống."))
        start = clock.midnight(date(2021, 7, 1))
        made = demo_accounts.load(session, secret, reset=(), scopes=_scopes(session), now=start)
        _seat_delegates(session, now=start)
        desk = _desk(session, office.settings.secret_key)
        count = 0
        for meeting, (items, diverted) in sheets.meetings().items():
            count += _enter(session, desk, meeting, items, count)
            count += _divert(session, desk, meeting, diverted)
            progress(count)
        _follow(session, desk, open_store(office.settings.data_dir))
    return Loaded(made, count, None if secret.given else secret.text)


def _follow(session: Session, desk: Desk, store: Store) -> None:
    """What became of them at the agencies, and a few laid aside."""
    rounds: dict[str, tuple[date, date]] = {}
    for meeting in sheets.meetings():
        first, last = rounds.get(meeting.round, (meeting.met_on, meeting.met_on))
        rounds[meeting.round] = (min(first, meeting.met_on), max(last, meeting.met_on))
    people_ = {name: _person(session, name) for name in ("standing", "agency")}
    play = Play(session, desk.clerk, desk.lead, people_["standing"], people_["agency"], desk.directory, desk.answers, DAY)
    following.play(play, rounds)
    urging.play(play, store)
    workers = {"clerk": desk.clerk, "standing": people_["standing"], "committee": _person(session, "committee")}
    body_id = council.body_by_code(session, "HD").id
    conclusions.play(session, body_id, workers, DAY)
    supervision.play(session, body_id, desk.clerk)
    hearings.play(session, body_id, workers | {"agency": people_["agency"]})
    waiting = select(Petition.id).where(Petition.state == CLASSIFIED, Petition.met_on >= rounds["J"][0]).order_by(Petition.id.desc()).limit(2)
    for number in session.scalars(waiting).all():
        day = date(2025, 12, 22)
        moves.defer(session, number, reason=DEFERRED, until=date(2026, 6, 1), by=desk.clerk, now=clock.midnight(day) + CLERK_HOUR, today=day)


DEFERRED = "Chờ quy hoạch phân khu được phê duyệt mới có căn cứ giải quyết."


def renew_password(office: Office) -> Collection[str]:
    """Give the demo accounts the password that the settings name, where they have another; the names of those changed."""
    if not office.settings.demo_password:
        return ()
    secret = demo_accounts.secret(office.settings.demo_password)
    with db.reading(office.engine) as session:
        stale = demo_accounts.stale(session, secret)
    if stale:
        with db.transaction(office.engine) as session:
            demo_accounts.load(session, secret, reset=stale, scopes=_scopes(session), now=clock.now())
    return stale


def _scopes(session: Session) -> Mapping[str, Mapping[str, Collection[int]]]:
    council_body, assembly = council.body_by_code(session, "HD"), council.body_by_code(session, "QH")
    both = {"body": [council_body.id, assembly.id]}
    own = {"body": [council_body.id]}
    term = _term(session, council_body.id, TERM)
    gia_lam = council.constituency_numbered(session, term.id, 20)
    urban = [row.id for row in council.committees(session, council_body.id) if "Đô thị" in row.name]
    building = agency_resolver.find(agencies.directory(session), "Sở Xây dựng", DAY).agency_id
    return {
        "clerk": both,
        "lead": both,
        "supervisor": both,
        "auditor": both,
        "delegate": own | {"constituency": [gia_lam.id] if gia_lam else []},
        "standing": own,
        "committee": own | {"committee": urban},
        "agency": {"agency": [building] if building else []},
        "ubnd": own,
    }


def _term(session: Session, body_id: int, number: int) -> Term:
    return next(term for term in council.terms(session, body_id) if term.number == number)


def _seat_delegates(session: Session, *, now: datetime) -> None:
    term = _term(session, council.body_by_code(session, "HD").id, TERM)
    for constituency in council.constituencies(session, term.id):
        for seat, name in enumerate(people.delegates_of(constituency.number)):
            delegate = delegates.add_delegate(session, name=name, source="văn phòng mẫu", by=SYSTEM, now=now)
            role: dict[str, Any] = {"group_role": "head" if seat == 0 else "member"}
            delegates.give_mandate(session, delegate, term=term, constituency_id=constituency.id, from_on=term.starts_on or DAY, by=SYSTEM, now=now, **role)


def _desk(session: Session, key: str) -> Desk:
    bodies = {code: council.body_by_code(session, code) for code in ("HD", "QH")}
    terms = {"HD": _term(session, bodies["HD"].id, TERM), "QH": _term(session, bodies["QH"].id, NA_TERM)}
    return Desk(
        clerk=_person(session, "clerk"),
        lead=_person(session, "lead"),
        terms=terms,
        fields={node.code: node.id for node in read_lists(session).fields.values()},
        sessions={row.number: row.id for row in council.sessions(session, terms["HD"].id) if row.number},
        constituencies={row.name: row.id for row in council.constituencies(session, terms["HD"].id)},
        directory=agencies.directory(session),
        answers=sheets.answers(),
        key=key,
    )


def _person(session: Session, username: str) -> Identity:
    user = accounts.by_username(session, username)
    identity = accounts.identity_of(session, user.id) if user else None
    if identity is None:
        raise Conflict(say("Chưa có tài khoản mẫu «{name}».", name=username))
    return identity


def _enter(session: Session, desk: Desk, meeting: Meeting, items: list[Item], before: int) -> int:
    """The clerk enters what was raised, the lead accepts it the next day, the clerk classifies; the newest wait at each step."""
    entered = clock.midnight(meeting.met_on + timedelta(days=1)) + CLERK_HOUR
    values = [_values(desk, meeting, item, before + n) for n, item in enumerate(items)]
    petitions = entry.add_all(session, values, state=DRAFT, by=desk.clerk, now=entered, key=desk.key)
    for number, (petition, given) in enumerate(zip(petitions, values, strict=True), before):
        if meeting.round == LATEST and number % 2:
            continue
        moves.submit(session, petition.id, by=desk.clerk, now=entered + timedelta(minutes=number % 50))
        if meeting.round == LATEST:
            continue
        accepted = entered - CLERK_HOUR + LEAD_HOUR
        moves.accept(session, petition.id, by=desk.lead, now=accepted)
        if petition.state != CLASSIFIED and (meeting.round != FRESH or number % 3) and given.field_id and given.level:
            moves.classify(session, petition.id, field_id=given.field_id, level=given.level, by=desk.clerk, now=accepted + CLERK_HOUR)
    return len(petitions)


def _divert(session: Session, desk: Desk, meeting: Meeting, papers: list[sheets.Diverted]) -> int:
    entered = clock.midnight(meeting.met_on + timedelta(days=1)) + CLERK_HOUR
    for paper in papers:
        values = PetitionValues(text=paper.text, place_words=paper.place, **_common(desk, meeting, "HD"))
        [petition] = entry.add_all(session, [values], state=DRAFT, by=desk.clerk, now=entered, key=desk.key)
        day = meeting.met_on + timedelta(days=3)
        moves.submit(session, petition.id, by=desk.clerk, now=entered)
        moves.divert(
            session,
            petition.id,
            kind=paper.kind,
            reason=paper.reason,
            sent_to=paper.sent_to,
            by=desk.lead,
            now=clock.midnight(day) + CLERK_HOUR,
            today=day,
        )
    return len(papers)


def _values(desk: Desk, meeting: Meeting, item: Item, number: int) -> PetitionValues:
    answer = desk.answers.get(item.summary)
    persons = people.petitioners_of(number)
    central = item.level == "central"
    found = agency_resolver.find(desk.directory, item.agency, meeting.met_on)
    return PetitionValues(
        text=item.text,
        summary=item.summary,
        place_words=item.place or meeting.district,
        constituency_id=None if item.place or central else desk.constituencies.get(meeting.district),
        field_id=desk.fields[item.field],
        level=item.level,
        voters_count=None if persons else number % 9 * 3 + 1,
        petitioners=persons,
        agencies=(AgencyValues(as_written=item.agency, agency_id=found.agency_id),),
        answers=(_answer(answer, meeting.met_on),) if answer and (meeting.round in IMPORTED or found.agency_id is None) else (),
        **_common(desk, meeting, "QH" if central else "HD"),
    )


def _common(desk: Desk, meeting: Meeting, body: str) -> dict[str, Any]:
    origin = {"before": "contact_before", "both": "contact_before"}.get(meeting.timing or "", "contact")
    own = body == "HD"
    return {
        "body_id": desk.terms[body].body_id,
        "origin": origin,
        "channel": "meeting",
        "met_on": meeting.met_on,
        "received_on": meeting.met_on + timedelta(days=1),
        "council_session_id": desk.sessions.get(meeting.session_number or 0) if own else None,
        "timing": meeting.timing if own else None,
        "notes": meeting.note,
    }


def _answer(answer: Answer, met_on: date) -> AnswerValues:
    return AnswerValues(number=answer.number, answered_on=met_on + timedelta(days=answer.days), text=answer.text, answer_class=answer.answer_class)
