"""Change of term: what is open passes over with its lineage and running clocks; what is closed stays in its term, and starts anew only linked."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.errors import NotAllowed, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.council.models import Term
from petitions.duties.actions import direct
from petitions.duties.actions.acts import INDEX, may_write
from petitions.duties.actions.direct import Owed
from petitions.journal.actions import record
from petitions.outbox.actions import promise
from petitions.oversight import naming
from petitions.oversight.actions import following
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.recommendation import Recommendation, RecommendationAgency, RecommendationDate, RecommendationStep, RecommendationTerm
from petitions.oversight.workflow import IN_PROGRESS, OPEN

ONE = timedelta(days=1)


def carry_over(session: Session, old_id: int, new_id: int, *, by: Identity, now: datetime, today: date) -> int:
    """Pass every open recommendation of the old term into the new one, from its first day; how many. Idempotent. RuleBroken when the terms do not follow."""
    old, new = session.get_one(Term, old_id), session.get_one(Term, new_id)
    if by is not SYSTEM and not by.may(Permission.OVERSIGHT_CONFIRM):
        raise NotAllowed
    may_write(by, new.body_id)
    if old.body_id != new.body_id or new.number != old.number + 1 or new.starts_on is None:
        raise RuleBroken(say("Hai nhiệm kỳ phải liền nhau của cùng một cơ quan, và nhiệm kỳ mới đã có ngày bắt đầu."))
    if new.starts_on > today:
        raise RuleBroken(say("Nhiệm kỳ mới chưa bắt đầu."))
    there = select(RecommendationTerm.recommendation_id).where(RecommendationTerm.term_id == new.id)
    own = RecommendationTerm.term_id == old.id, RecommendationTerm.to_on.is_(None), RecommendationTerm.recommendation_id.not_in(there)
    query = select(Recommendation.id).join(RecommendationTerm, RecommendationTerm.recommendation_id == Recommendation.id)
    ids = list(session.scalars(query.where(*own, Recommendation.progress.in_(sorted(OPEN))).order_by(Recommendation.id)))
    if ids:
        held = RecommendationTerm.recommendation_id.in_(ids), RecommendationTerm.term_id == old.id
        session.execute(update(RecommendationTerm).where(*held).values(to_on=new.starts_on - ONE).execution_options(synchronize_session=False))
        session.add_all(RecommendationTerm(recommendation_id=number, term_id=new.id, from_on=new.starts_on) for number in ids)
        session.flush()
        for number in ids:
            promise(session, INDEX, (following.KIND, number), now=now)
    record(session, "oversight.carry_over", ("term", new.id), by=by, now=now, changes={"recommendations": (0, len(ids)), "from": (None, old.label)})
    return len(ids)


def again_in_new_term(
    session: Session, old: Recommendation, term_id: int, due_on: date | None, *, reason: str, by: Identity, now: datetime, today: date
) -> Recommendation:
    """A linked recommendation in the present term; the old one and its figures stay as they were."""
    directory = agencies.directory(session)
    document = session.get_one(IssuedDocument, old.document_id)
    made = Recommendation(
        code=f"{old.code}-{term_id}",
        reopened_from_id=old.id,
        made_on=today,
        progress=IN_PROGRESS,
        first_due=due_on,
        due_on=due_on,
        version=1,
        **{name: getattr(old, name) for name in ("body_id", "document_id", "clause_id", "position", "text", "post", "product", "due_kind", "rhythm")},
    )
    session.add(made)
    session.flush()
    owed: dict[int, str] = {}
    for party in session.scalars(select(RecommendationAgency).where(RecommendationAgency.recommendation_id == old.id).order_by(RecommendationAgency.position)):
        values = {name: getattr(party, name) for name in ("agency_id", "name", "part", "position")}
        session.add(RecommendationAgency(recommendation_id=made.id, **values))
        ids = [party.agency_id] if party.agency_id else naming.members(directory, party.name, document.dated_on) if party.part == "lead" else []
        for number in ids:
            owed.setdefault(naming.holder(directory, number, today), party.part)
    session.add(
        RecommendationStep(
            recommendation_id=made.id, progress=IN_PROGRESS, since=today, act="reopen", reason=reason, made_by=by.user_id, made_by_name=by.name, made_at=now
        )
    )
    session.add(RecommendationDate(recommendation_id=made.id, due_on=due_on, cause="reopen", since=today, made_at=now))
    session.add(RecommendationTerm(recommendation_id=made.id, term_id=term_id, from_on=today))
    rule = "conclusion_date" if due_on else "conclusion_continuous"
    direct.owe(session, [Owed(made.body_id, following.KIND, made.id, number, part, rule, today, due_on) for number, part in owed.items()], by=by, now=now)
    following.lay_out(session, made, today, today=today)
    record(session, "recommendation.reopen", (following.KIND, made.id), by=by, now=now, changes={"from": (None, old.code)}, reason=reason)
    promise(session, INDEX, (following.KIND, made.id), now=now)
    return made
