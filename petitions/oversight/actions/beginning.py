"""From which day a demand is followed: its first step and day as rows with validity, its term, its duties, the due days of its reports."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.agencies.directory import Directory
from petitions.core.identity import Identity
from petitions.duties.actions.acts import INDEX
from petitions.duties.actions.direct import Owed
from petitions.journal.actions import record
from petitions.outbox.actions import promise
from petitions.oversight import naming
from petitions.oversight.actions import following
from petitions.oversight.models.recommendation import LEAD, Recommendation, RecommendationAgency, RecommendationDate, RecommendationStep, RecommendationTerm
from petitions.oversight.splitting import dues
from petitions.oversight.workflow import NOT_STARTED

RULES = {dues.DATE: "conclusion_date", dues.QUARTER: "conclusion_date", dues.MULTI_YEAR: "conclusion_date", dues.SESSION: "conclusion_session"}
CONTINUOUS_RULE = "conclusion_continuous"


def follow(session: Session, one: Recommendation, act: str, *, since: date, term_id: int | None, by: Identity, now: datetime, today: date) -> None:
    """Follow it from `since` on; what its agencies owe is made by `owed`."""
    one.made_on = since
    made = {"made_by": by.user_id, "made_by_name": by.name, "made_at": now}
    session.add(RecommendationStep(recommendation_id=one.id, progress=NOT_STARTED, since=since, act=act, **made))
    session.add(RecommendationDate(recommendation_id=one.id, due_on=one.due_on, cause="document", since=since, made_at=now))
    if term_id is not None:
        session.add(RecommendationTerm(recommendation_id=one.id, term_id=term_id, from_on=since))
    following.lay_out(session, one, since, today=today)
    record(session, "recommendation.make", (following.KIND, one.id), by=by, now=now, changes={"code": (None, one.code), "due_on": (None, one.due_on)})
    promise(session, INDEX, (following.KIND, one.id), now=now)


def owed(one: Recommendation, parties: Sequence[RecommendationAgency], directory: Directory, since: date, today: date) -> list[Owed]:
    """A duty for each agency that is named; a group that leads stands for its members."""
    parts: dict[int, str] = {}
    for party in parties:
        ids = [party.agency_id] if party.agency_id else naming.members(directory, party.name, since) if party.part == LEAD else []
        for number in ids:
            parts.setdefault(naming.holder(directory, number, today), party.part)
    rule = RULES.get(one.due_kind, CONTINUOUS_RULE) if one.due_on or one.due_kind == dues.SESSION else CONTINUOUS_RULE
    return [Owed(one.body_id, following.KIND, one.id, number, part, rule, since, one.due_on) for number, part in parts.items()]
