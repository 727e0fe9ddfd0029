"""The port through which duties speak of recommendations (petitions/duties/subjects.py); the factory registers it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.dates import format_day
from petitions.core.errors import RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.duties.models.duty import Duty
from petitions.duties.subjects import Caption
from petitions.journal.actions import record
from petitions.oversight.captions import DOCUMENT_KINDS
from petitions.oversight.models.document import Clause, IssuedDocument
from petitions.oversight.models.recommendation import Recommendation, RecommendationDate, RecommendationDuty

KIND = "recommendation"
EXCERPT = 300
EXTENDED = "duty.decide_extension"
# What is done to a petition's duty, and to a recommendation on its own page: reports with evidence, verified, confirmed.
ELSEWHERE = frozenset(
    (
        *("answer", "record_answer", "countersign", "record_countersign", "override", "accept_resolved", "accept_in_progress", "accept_explained"),
        *("ask_again", "wrong_competence", "confirm_resolved", "close", "reopen", "object", "tell"),
    )
)


class RecommendationSubject:
    """Recommendations as subjects of duties."""

    kind = KIND
    label = say("Kiến nghị sau giám sát")
    elsewhere: Collection[str] = ELSEWHERE

    def captions(self, session: Session, ids: Collection[int]) -> Mapping[int, Caption]:
        """Code, words, and the document with its clause."""
        if not ids:
            return {}
        query = select(Recommendation, Clause.label, IssuedDocument).join(Clause, Clause.id == Recommendation.clause_id)
        rows = session.execute(query.join(IssuedDocument, IssuedDocument.id == Recommendation.document_id).where(Recommendation.id.in_(sorted(ids))))
        return {row.id: _caption(row, label, document) for row, label, document in rows}

    def readable(self, identity: Identity) -> Select[tuple[int]] | None:
        """Whoever may see the duty may see what it is about."""
        return None

    def check(self, session: Session, ids: Collection[int]) -> Mapping[int, Message]:
        """No letter transfers them: the document itself says who owes what."""
        return {number: say("kiến nghị sau giám sát không chuyển bằng công văn chuyển kiến nghị.") for number in ids}

    def linked(self, session: Session, pairs: Sequence[tuple[int, int]]) -> None:
        """Keep the link to each new duty."""
        session.add_all(RecommendationDuty(recommendation_id=number, duty_id=duty) for number, duty in pairs)
        session.flush()

    def changed(self, session: Session, ids: Collection[int], *, act: str, by: Identity, now: datetime) -> None:
        """What has a page of its own is refused here; another due day is followed."""
        if act.removeprefix("duty.") in ELSEWHERE:
            raise RuleBroken(say("Việc này thuộc kiến nghị sau giám sát: hãy báo cáo, kiểm tra, xác nhận ở trang của kiến nghị."))
        if act != EXTENDED:
            return
        on = clock.day_of(now)
        for row, due in _moved(session, ids):
            session.execute(
                update(RecommendationDate).where(RecommendationDate.recommendation_id == row.id, RecommendationDate.until.is_(None)).values(until=on)
            )
            session.add(RecommendationDate(recommendation_id=row.id, due_on=due, cause=act[:40], since=on, made_at=now))
            record(session, "recommendation.due", (KIND, row.id), by=by, now=now, changes={"due_on": (row.due_on, due)}, reason=act)
            row.due_on = due
        session.flush()

    def objection(self, session: Session, subject_id: int, *, answer_item_id: int | None, text: str, by: Identity, now: datetime, today: date) -> int:
        """Voters object to answers, not to recommendations."""
        raise RuleBroken(say("Kiến nghị sau giám sát không ghi ý kiến không đồng tình của cử tri."))


def _caption(row: Recommendation, label: str, document: IssuedDocument) -> Caption:
    """`origin` is what a letter cites, in Vietnamese where a letter is written."""
    return Caption(
        row.code,
        row.text[:EXCERPT],
        f"/oversight/recommendations/{row.code}",
        field=f"{document.full_number}, {label}".strip(", "),
        origin=f"{DOCUMENT_KINDS[document.kind]} số {document.full_number} ngày {format_day(document.dated_on)}",
        clause=label,
    )


def _moved(session: Session, ids: Collection[int]) -> list[tuple[Recommendation, date]]:
    """Recommendations whose leading duty runs to another day now (an extension was granted): the latest of these days."""
    query = (
        select(Recommendation, Duty.next_due)
        .join(RecommendationDuty, RecommendationDuty.recommendation_id == Recommendation.id)
        .join(Duty, Duty.id == RecommendationDuty.duty_id)
        .where(Recommendation.id.in_(sorted(ids)), Duty.part == "lead", Duty.next_due.is_not(None), Recommendation.due_on.is_not(None))
    )
    latest: dict[int, tuple[Recommendation, date]] = {}
    for row, due in session.execute(query):
        if due is not None and (row.id not in latest or due > latest[row.id][1]):
            latest[row.id] = (row, due)
    return [(row, due) for row, due in latest.values() if due != row.due_on]
