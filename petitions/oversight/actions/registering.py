"""Registering a document: its text is split at once, the clerk corrects the split, confirming it makes recommendations and duties."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.agencies.directory import Directory
from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, NotAllowed, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.text import clean
from petitions.core.words import Message, say
from petitions.duties.actions import direct
from petitions.duties.actions.acts import INDEX, may_write, not_future, wanted
from petitions.duties.actions.direct import Owed
from petitions.journal.actions import record
from petitions.outbox.actions import promise
from petitions.oversight import naming
from petitions.oversight.actions import beginning
from petitions.oversight.models.document import CONFIRMED, DRAFT, Clause, IssuedDocument
from petitions.oversight.models.recommendation import (
    LEAD,
    WITH,
    Recommendation,
    RecommendationAgency,
)
from petitions.oversight.queries import reading, terms
from petitions.oversight.splitting import dues
from petitions.oversight.splitting.document import split
from petitions.oversight.values import DocumentValues, Line
from petitions.oversight.workflow import NOT_STARTED
from petitions.workdays import queries as workdays

DOCUMENT = "issued_document"
MOST_LINES = 300


def _may_register(by: Identity, body_id: int) -> None:
    if by is not SYSTEM and not by.may(Permission.OVERSIGHT_REGISTER):
        raise NotAllowed
    may_write(by, body_id)


def register(session: Session, values: DocumentValues, *, by: Identity, now: datetime, today: date) -> IssuedDocument:
    """Take a document in as a draft with the proposed split. Invalid; Conflict when number, symbol and day are known already."""
    _may_register(by, values.body_id)
    wanted(number=values.number, title=values.title, text=values.text)
    not_future("dated_on", values.dated_on, today)
    number, symbol = values.number.strip(), values.symbol.strip()
    same = select(IssuedDocument.id).where(IssuedDocument.body_id == values.body_id, IssuedDocument.number == number)
    known = session.scalar(same.where(IssuedDocument.symbol == symbol, IssuedDocument.dated_on == values.dated_on))
    if known is not None:
        raise Conflict(
            say("Văn bản số {number}/{symbol} ngày {day} đã được ghi (hồ sơ {id}).", number=number, symbol=symbol, day=format_day(values.dated_on), id=known)
        )
    directory, calendar = agencies.directory(session), workdays.calendar(session)
    found = split(values.text, directory, issued=values.dated_on, workdays=calendar.add)
    given = {name: getattr(values, name) for name in ("body_id", "kind", "dated_on", "issuer", "activity_id", "council_session_id")}
    row = IssuedDocument(
        number=number,
        symbol=symbol,
        title=clean(values.title),
        signatory=clean(values.signatory),
        text=found.text,
        state=DRAFT,
        made_by=by.user_id,
        made_at=now,
        version=1,
        **given,
    )
    session.add(row)
    session.flush()
    lines = [
        Line(
            label=one.clause,
            text=one.text,
            lead="; ".join(name.name for name in one.lead),
            together="; ".join(name.name for name in one.together),
            **{name: getattr(one, name) for name in ("post", "product", "due_kind", "due_on", "rhythm", "source", "start", "end")},
        )
        for one in found.proposals
    ]
    _put_lines(session, row, lines, directory)
    record(session, "document.register", (DOCUMENT, row.id), by=by, now=now, changes={"number": (None, row.full_number), "proposals": (None, len(lines))})
    return row


def save_split(session: Session, document_id: int, lines: Sequence[Line], *, version: int, by: Identity, now: datetime) -> IssuedDocument:
    """Keep the clerk's corrections of a draft's split. Stale, WrongState (RuleBroken) once it is confirmed."""
    row = _draft(session, document_id, version, by)
    if len(lines) > MOST_LINES:
        raise Invalid({"": [say("Mỗi văn bản tách thành nhiều nhất {n} kiến nghị.", n=MOST_LINES)]})
    _put_lines(session, row, lines, agencies.directory(session))
    row.version += 1
    record(session, "document.split", (DOCUMENT, row.id), by=by, now=now, changes={"lines": (None, len(lines))})
    return row


def discard(session: Session, document_id: int, *, reason: str, by: Identity, now: datetime) -> None:
    """Take a draft away that was registered by mistake."""
    wanted(reason=reason)
    row = _draft(session, document_id, None, by)
    _clear(session, row)
    session.delete(row)
    session.flush()
    record(session, "document.discard", (DOCUMENT, document_id), by=by, now=now, changes={"number": (row.full_number, None)}, reason=reason)


def confirm_split(session: Session, document_id: int, *, version: int, by: Identity, now: datetime, today: date) -> IssuedDocument:
    """The split stands: each line becomes a recommendation that is followed, with its duties. Invalid with the lines that are not fit."""
    row = _draft(session, document_id, version, by)
    drafts = list(session.scalars(select(Recommendation).where(Recommendation.document_id == row.id).order_by(Recommendation.position)))
    if not drafts:
        raise RuleBroken(say("Văn bản này chưa có kiến nghị nào để theo dõi."))
    directory = agencies.directory(session)
    parties = _parties(session, [one.id for one in drafts])
    _check(row, drafts, parties, directory)
    term = terms.term_of(session, row.body_id, row.dated_on)
    owed: list[Owed] = []
    for one in drafts:
        beginning.follow(session, one, "confirm_split", since=row.dated_on, term_id=term.id if term else None, by=by, now=now, today=today)
        owed += beginning.owed(one, parties.get(one.id, []), directory, row.dated_on, today)
    direct.owe(session, owed, by=by, now=now)
    row.state, row.confirmed_by, row.confirmed_at, row.version = CONFIRMED, by.user_id, now, row.version + 1
    session.flush()
    record(session, "document.confirm", (DOCUMENT, row.id), by=by, now=now, changes={"state": (DRAFT, CONFIRMED), "duties": (0, len(owed))})
    promise(session, INDEX, (DOCUMENT, row.id), now=now)
    return row


# -- parts -----------------------------------------------------------------------------------------------------------------


def _draft(session: Session, document_id: int, version: int | None, by: Identity) -> IssuedDocument:
    row = reading.held_document(session, document_id)
    _may_register(by, row.body_id)
    if row.state != DRAFT:
        raise RuleBroken(say("Văn bản này đã xác nhận tách; sửa ở từng kiến nghị."))
    if version is not None and row.version != version:
        raise Stale(current=row)
    return row


def _clear(session: Session, row: IssuedDocument) -> None:
    ids = select(Recommendation.id).where(Recommendation.document_id == row.id)
    session.execute(delete(RecommendationAgency).where(RecommendationAgency.recommendation_id.in_(ids)))
    session.execute(delete(Recommendation).where(Recommendation.document_id == row.id))
    session.execute(delete(Clause).where(Clause.document_id == row.id))


def _put_lines(session: Session, row: IssuedDocument, lines: Sequence[Line], directory: Directory) -> None:
    _clear(session, row)
    wrong: dict[str, list[Message | str]] = {}
    for position, line in enumerate(lines, start=1):
        if not line.text.strip():
            wrong[f"lines-{position - 1}-text"] = [say("Hãy điền ô này.")]
            continue
        start = line.start if row.text[line.start : line.end].strip() else max(row.text.find(line.source[:80]), 0)
        made = Clause(document_id=row.id, position=position, label=line.label[:60], source=line.source or line.text, start=start, end=max(line.end, start))
        session.add(made)
        session.flush()
        demand = Recommendation(
            code=f"GS{row.id:04}-{position:02}",
            body_id=row.body_id,
            document_id=row.id,
            clause_id=made.id,
            position=position,
            text=clean(line.text),
            post=clean(line.post)[:300],
            product=clean(line.product)[:500],
            due_kind=line.due_kind,
            first_due=line.due_on,
            due_on=line.due_on,
            rhythm=line.rhythm or None,
            progress=NOT_STARTED,
            version=1,
        )
        session.add(demand)
        session.flush()
        _put_agencies(session, row, demand, line, directory)
    if wrong:
        raise Invalid(wrong)
    session.flush()


def _put_agencies(session: Session, row: IssuedDocument, demand: Recommendation, line: Line, directory: Directory) -> None:
    place, seen = 0, set[str]()
    for part, words in ((LEAD, line.lead), (WITH, line.together)):
        for one in naming.named(directory, words, row.dated_on):
            if one.name in seen:
                continue
            seen.add(one.name)
            place += 1
            session.add(RecommendationAgency(recommendation_id=demand.id, agency_id=one.agency_id, name=one.name[:200], part=part, position=place))


def _parties(session: Session, ids: Sequence[int]) -> dict[int, list[RecommendationAgency]]:
    found: dict[int, list[RecommendationAgency]] = {}
    query = select(RecommendationAgency).where(RecommendationAgency.recommendation_id.in_(ids)).order_by(RecommendationAgency.position)
    for party in session.scalars(query):
        found.setdefault(party.recommendation_id, []).append(party)
    return found


def _check(row: IssuedDocument, drafts: Sequence[Recommendation], parties: dict[int, list[RecommendationAgency]], directory: Directory) -> None:
    wrong: dict[str, list[Message | str]] = {}
    for place, one in enumerate(drafts):
        leads = [party for party in parties.get(one.id, []) if party.part == LEAD]
        if not leads:
            wrong[f"lines-{place}-lead"] = [say("Kiến nghị {n}: chưa rõ cơ quan chủ trì.", n=place + 1)]
        for party in leads:
            if party.agency_id is None and not naming.members(directory, party.name, row.dated_on):
                wrong[f"lines-{place}-lead"] = [say("Kiến nghị {n}: «{name}» không có trong danh mục cơ quan.", n=place + 1, name=party.name)]
        if one.due_on is not None and one.due_on < row.dated_on:
            day = format_day(one.due_on)
            wrong[f"lines-{place}-due_on"] = [
                say("Kiến nghị {n}: thời hạn {day} trước ngày văn bản ({issued}).", n=place + 1, day=day, issued=format_day(row.dated_on))
            ]
        if one.due_kind == dues.DATE and one.due_on is None:
            wrong[f"lines-{place}-due_on"] = [say("Kiến nghị {n}: hãy ghi ngày hết hạn.", n=place + 1)]
    if wrong:
        raise Invalid(wrong)
