"""Change of term: what is open passes over with its lineage and running clocks; what is closed stays in its term, and starts anew only linked."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.errors import NotAllowed, RuleBroken, Stale
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
from petitions.oversight.queries import terms
from petitions.oversight.workflow import IN_PROGRESS

ONE = timedelta(days=1)


def carry_over(session: Session, old_id: int, new_id: int, *, by: Identity, now: datetime, today: date, mark: str | None = None) -> int:
    """Pass what was open at the end of the old term into the new one, from its first day; how many. A second time nothing is left to pass.
    `mark`: what the preview showed. RuleBroken when the terms do not follow or the new one has not begun; Stale when something else would pass now."""
    old, new = session.get_one(Term, old_id), session.get_one(Term, new_id, with_for_update=True)
    if by is not SYSTEM and not by.may(Permission.OVERSIGHT_CONFIRM):
        raise NotAllowed
    may_write(by, new.body_id)
    given = terms.change(old, new)
    first = given.last + ONE
    if first > today:
        raise RuleBroken(say("Nhiệm kỳ mới chưa bắt đầu."))
    ids, present = terms.passing_ids(session, given)
    if not ids:
        return 0
    if mark is not None and mark != present:
        raise Stale(say("Từ lúc bạn xem đã có kiến nghị thay đổi. Hãy xem lại danh sách dưới đây rồi chuyển."))
    held = RecommendationTerm.recommendation_id.in_(select(Recommendation.id).where(terms.passing(given))), RecommendationTerm.term_id == old.id
    session.execute(update(RecommendationTerm).where(*held).values(to_on=given.last).execution_options(synchronize_session=False))
    session.execute(insert(RecommendationTerm), [{"recommendation_id": number, "term_id": new.id, "from_on": first} for number in ids])
    session.flush()
    record(session, "oversight.carry_over", ("term", new.id), by=by, now=now, changes={"recommendations": (0, len(ids)), "from": (None, old.label)})
    return len(ids)


def again_in_new_term(
    session: Session, old: Recommendation, term_id: int, due_on: date | None, *, reason: str, by: Identity, now: datetime, today: date
) -> Recommendation:
    """A linked recommendation in the present term; the old one and its figures stay as they were."""
    directory = agencies.directory(session)
    document = session.get_one(IssuedDocument, old.document_id)
    made = Recommendation(
        code=f"{old.code}-K{session.get_one(Term, term_id).number}",
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
