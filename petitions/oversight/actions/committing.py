"""What is promised in the hall. A promise becomes a recommendation of the activity's minutes: its agency owes it, the ladder climbs, the committee
verifies, the figures count it. Where it came from is kept beside it, so that the item it answers and the promise lead to each other."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import Identity
from petitions.core.text import clean
from petitions.core.words import say
from petitions.duties.actions import direct
from petitions.duties.actions.acts import INDEX, wanted
from petitions.journal.actions import record
from petitions.outbox.actions import promise as outbox
from petitions.oversight import hearing
from petitions.oversight.actions import beginning, programme
from petitions.oversight.actions.escalating import KIND, code_of, held_item
from petitions.oversight.models.document import CONFIRMED, MINUTES, Clause, IssuedDocument
from petitions.oversight.models.escalation import ActivityItem, Commitment
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import LEAD, Recommendation, RecommendationAgency
from petitions.oversight.queries import terms
from petitions.oversight.splitting import dues
from petitions.oversight.values import PromiseValues
from petitions.oversight.workflow import NOT_STARTED

DOCUMENT = "issued_document"
TITLE, LABEL, NUMBER, CODE = "Biên bản: {title}", "Cam kết {n}", "BB-{id}", "CK{id:04}-{n:02}"
LAST = 480  # letters of a document's title that are left for the activity's


def promise(session: Session, item_id: int, values: PromiseValues, *, version: int, by: Identity, now: datetime, today: date) -> Recommendation:
    """Register a promise made when an item was answered. Invalid: a day before the session, an agency that is not supervised; RuleBroken before there
    is an answer; Conflict: the same promise is there already (a second click); Stale."""
    item, row = held_item(session, item_id, by, version)
    wanted(person=values.person, text=values.text)
    if item.answered_on is None:
        raise RuleBroken(say("Hãy ghi câu trả lời trước, rồi ghi cam kết."))
    if values.due_on < item.answered_on:
        raise Invalid({"due_on": [say("Hạn cam kết không thể trước ngày cam kết ({day}).", day=format_day(item.answered_on))]})
    if values.agency_id not in programme.supervised(session, row.id):
        raise Invalid({"agency_id": [say("Cơ quan này không thuộc diện chịu giám sát của hoạt động.")]})
    _once(session, item, values)
    minutes = _minutes(session, row, item.answered_on, by=by, now=now)
    made = _demand(session, row, minutes, item.answered_on, values)
    session.add(
        Commitment(
            item_id=item.id,
            recommendation_id=made.id,
            person=clean(values.person)[:200],
            promised_on=item.answered_on,
            made_by=by.user_id,
            made_at=now,
        )
    )
    directory = agencies.directory(session)
    party = RecommendationAgency(
        recommendation_id=made.id, agency_id=values.agency_id, name=directory.agencies[values.agency_id].name[:200], part=LEAD, position=1
    )
    session.add(party)
    term = terms.term_of(session, row.body_id, item.answered_on)
    beginning.follow(session, made, "promise", since=item.answered_on, term_id=term.id if term else None, by=by, now=now, today=today)
    direct.owe(session, beginning.owed(made, [party], directory, item.answered_on, today), by=by, now=now)
    item.version += 1
    session.flush()
    changes = {"commitment": (None, made.code), "asked": (None, code_of(session, item.duty_id)), "due_on": (None, values.due_on)}
    record(session, "activity.promise", (KIND, row.id), by=by, now=now, changes=changes, reason=made.text)
    outbox(session, INDEX, (DOCUMENT, minutes.id), now=now)
    hearing.promised(session, made, values.agency_id, by=by, now=now)
    return made


def _once(session: Session, item: ActivityItem, values: PromiseValues) -> None:
    same = select(Recommendation.code).join(Commitment, Commitment.recommendation_id == Recommendation.id)
    known = session.scalar(
        same.where(Commitment.item_id == item.id, Recommendation.text == clean(values.text), Recommendation.due_on == values.due_on).limit(1)
    )
    if known is not None:
        raise Conflict(say("Cam kết này đã được ghi ({code}).", code=known))


def _minutes(session: Session, row: SupervisionActivity, said_on: date, *, by: Identity, now: datetime) -> IssuedDocument:
    """The minutes of the activity: kept by the program, one paragraph for each promise."""
    found = session.scalar(select(IssuedDocument).where(IssuedDocument.activity_id == row.id, IssuedDocument.kind == MINUTES).limit(1))
    if found is not None:
        return found
    made = IssuedDocument(
        body_id=row.body_id,
        activity_id=row.id,
        council_session_id=row.council_session_id,
        kind=MINUTES,
        number=NUMBER.format(id=row.id),
        symbol="",
        dated_on=min(row.starts_on or said_on, said_on),
        issuer=row.actor,
        title=TITLE.format(title=row.title[:LAST]),
        text="",
        state=CONFIRMED,
        made_by=by.user_id,
        made_at=now,
        confirmed_by=by.user_id,
        confirmed_at=now,
        version=1,
    )
    session.add(made)
    session.flush()
    record(session, "document.minutes", (DOCUMENT, made.id), by=by, now=now, changes={"number": (None, made.full_number)})
    return made


def _demand(session: Session, row: SupervisionActivity, minutes: IssuedDocument, said_on: date, values: PromiseValues) -> Recommendation:
    """The paragraph of the minutes, its clause, and the demand that is followed."""
    n = 1 + (session.scalar(select(func.max(Clause.position)).where(Clause.document_id == minutes.id)) or 0)
    person = ", ".join(part for part in (clean(values.person), clean(values.post)) if part)
    source = f"{format_day(said_on)}, {person}: {clean(values.text)}".replace("\n", " ")
    start = len(minutes.text) + 1 if minutes.text else 0
    minutes.text = f"{minutes.text}\n{source}" if minutes.text else source
    minutes.version += 1
    clause = Clause(document_id=minutes.id, position=n, label=LABEL.format(n=n), source=source, start=start, end=start + len(source))
    session.add(clause)
    session.flush()
    made = Recommendation(
        code=CODE.format(id=row.id, n=n),
        body_id=row.body_id,
        document_id=minutes.id,
        clause_id=clause.id,
        position=n,
        text=clean(values.text),
        post=person[:300],
        product=clean(values.product)[:500],
        due_kind=dues.DATE,
        first_due=values.due_on,
        due_on=values.due_on,
        progress=NOT_STARTED,
        version=1,
    )
    session.add(made)
    session.flush()
    return made
