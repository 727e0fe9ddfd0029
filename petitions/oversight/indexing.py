"""Recommendations, issued documents and supervision activities in the one search, each with all that is said in it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.dates import format_day
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import language, say
from petitions.council import queries as council
from petitions.documents import queries as papers
from petitions.duties.queries import papers as duty_papers
from petitions.oversight import captions, files, timing
from petitions.oversight.actions import programme
from petitions.oversight.models.document import CONFIRMED, Clause, IssuedDocument
from petitions.oversight.models.programme import ActivityAgency, ActivityVisit, SupervisionActivity, SupervisionKind
from petitions.oversight.models.recommendation import Recommendation, RecommendationAgency
from petitions.oversight.models.report import AgencyReportItem, RecommendationEvidence
from petitions.oversight.queries.reading import AUDITOR, CITY
from petitions.oversight.subject import KIND
from petitions.oversight.workflow import CLOSED, IMPLEMENTED, STATES
from petitions.search.documents import AGENCY, ANSWER, ATTACHMENT, BODY, CODE, SUMMARY, SearchDocument
from petitions.search.sources import EVERYTHING, NOTHING, Caption, Condition, Facet, Labels, Scope, SubjectSource

TITLE = 300
COLOURS = {"quiet": "grey", "act": "blue", "near": "amber", "done": "green", "late": "red"}
# The same names and words as petitions give these facets: one column for all kinds.
SHARED = (
    Facet("agency", say("Cơ quan giải quyết"), ("cơ quan", "agency")),
    Facet("session", say("Kỳ họp"), ("kỳ họp", "session")),
    Facet("body", say("Cơ quan nhận"), ("gửi", "body"), shown=False),
    Facet("side", say("Cấp cơ quan"), (), shown=False),
)


class _Source(SubjectSource):
    """What recommendations and documents have in common."""

    permission = Permission.OVERSIGHT_READ

    def scope(self, session: Session, identity: Identity) -> Scope:
        """The same rule as `queries.reading.visible`."""
        if identity is SYSTEM or AUDITOR in identity.roles:
            return EVERYTHING
        if not identity.may(self.permission):
            return NOTHING
        ways: list[Condition] = []
        if bodies := identity.scope("body"):
            ways.append({"body": frozenset(map(str, bodies))})
        if own := identity.scope("agency"):
            ways.append({"agency": frozenset(map(str, own))})
        if identity.may(Permission.DUTY_DISTRIBUTE):
            ways.append({"side": frozenset({CITY})})
        return Scope(tuple(ways))

    def external_ids(self, session: Session) -> Iterable[str]:
        """None."""
        return ()

    def labels(self, session: Session, wanted: Mapping[str, Sequence[str]]) -> Labels:
        """Facet values in words."""
        found: dict[str, dict[str, str]] = {"progress": {value: str(STATES[value]) for value in wanted.get("progress", ()) if value in STATES}}
        if "agency" in wanted:
            known = agencies.directory(session).agencies
            found["agency"] = {value: known[int(value)].name for value in wanted["agency"] if value.isdigit() and int(value) in known}
        if "session" in wanted:
            chosen = [one for term in council.terms(session) for one in council.session_choices(session, term.id)]
            found["session"] = {str(one.value): str(one.label) for one in chosen if str(one.value) in wanted["session"]}
        return found


class Recommendations(_Source):
    """Recommendations for the search room."""

    kind = KIND
    browse = ((say("Xem kiến nghị sau giám sát"), "/oversight"),)
    facets = (*SHARED, Facet("progress", say("Tiến độ"), ("tiến độ", "progress")))

    def load(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        """The documents of `ids`; drafts are left out."""
        query = select(Recommendation, Clause, IssuedDocument).join(Clause, Clause.id == Recommendation.clause_id)
        query = query.join(IssuedDocument, IssuedDocument.id == Recommendation.document_id)
        rows = session.execute(query.where(Recommendation.id.in_(ids), Recommendation.made_on.is_not(None)).order_by(Recommendation.id)).all()
        named, known = _named(session, ids), agencies.directory(session).agencies
        said = _texts(session, ids)
        attached = papers.texts_of(session, [(KIND, number) for number in ids])
        proofs = duty_papers.texts_of(session, KIND, ids, most=papers.MOST_INDEXED)
        return [
            SearchDocument(
                kind=KIND,
                subject_id=row.id,
                code=row.code,
                texts={
                    SUMMARY: row.text,
                    BODY: "\n".join((clause.source, row.product, row.post)),
                    ANSWER: said.get(row.id, ""),
                    ATTACHMENT: "\n".join(text for text in (attached.get((KIND, row.id)), proofs.get(row.id)) if text),
                    AGENCY: "; ".join(party.name for party in named.get(row.id, ())),
                    CODE: f"{row.code} {document.full_number}",
                },
                filters={
                    "agency": tuple(str(party.agency_id) for party in named.get(row.id, ()) if party.agency_id),
                    "session": (str(document.council_session_id),) if document.council_session_id else (),
                    "body": (str(row.body_id),),
                    "side": (CITY,) if any(party.agency_id and known[party.agency_id].level == CITY for party in named.get(row.id, ())) else (),
                    "progress": (row.progress,),
                },
                received_on=document.dated_on,
            )
            for row, clause, document in rows
        ]

    def all_ids(self, session: Session, after: int, limit: int) -> list[int]:
        """Ids behind `after`, ascending."""
        query = select(Recommendation.id).where(Recommendation.id > after, Recommendation.made_on.is_not(None)).order_by(Recommendation.id)
        return list(session.scalars(query.limit(limit)))

    def captions(self, session: Session, ids: Sequence[int]) -> Mapping[int, Caption]:
        """How the hits are shown, as the rows stand now."""
        query = select(Recommendation, Clause, IssuedDocument).join(Clause, Clause.id == Recommendation.clause_id)
        query = query.join(IssuedDocument, IssuedDocument.id == Recommendation.document_id).where(Recommendation.id.in_(ids))
        said, today = _texts(session, ids), clock.today()
        return {
            row.id: Caption(
                url=f"/oversight/recommendations/{row.code}",
                code=row.code,
                title=row.text[:TITLE],
                place=f"{document.full_number}, {clause.label}".strip(", "),
                state=row.progress,
                state_label=timing.words(row.progress, row.due_on, row.done_on, today),
                tone=COLOURS[_tone(row)],
                received_on=document.dated_on,
                days=[(say("Hạn"), format_day(row.due_on))] if row.due_on else [],
                texts={SUMMARY: row.text, BODY: clause.source, ANSWER: said.get(row.id, "")},
            )
            for row, clause, document in session.execute(query)
        }


class Documents(_Source):
    """Issued documents for the search room: found by their whole text."""

    kind = files.DOCUMENT  # no facets of its own: petitions and recommendations give them

    def load(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        """The documents of `ids` whose split is confirmed."""
        rows = session.scalars(select(IssuedDocument).where(IssuedDocument.id.in_(ids), IssuedDocument.state == CONFIRMED)).all()
        known = agencies.directory(session).agencies
        query = select(Recommendation.document_id, RecommendationAgency.agency_id).join(
            RecommendationAgency, RecommendationAgency.recommendation_id == Recommendation.id
        )
        owing: dict[int, set[int]] = {}
        for number, agency in session.execute(query.where(Recommendation.document_id.in_(ids), RecommendationAgency.agency_id.is_not(None))):
            owing.setdefault(number, set()).add(agency or 0)
        attached = papers.texts_of(session, [(files.DOCUMENT, number) for number in ids])
        return [
            SearchDocument(
                kind=files.DOCUMENT,
                subject_id=row.id,
                code=row.full_number,
                texts={SUMMARY: row.title, BODY: row.text, CODE: row.full_number, ATTACHMENT: attached.get((files.DOCUMENT, row.id), "")},
                filters={
                    "agency": tuple(str(number) for number in sorted(owing.get(row.id, ()))),
                    "session": (str(row.council_session_id),) if row.council_session_id else (),
                    "body": (str(row.body_id),),
                    "side": (CITY,) if any(known[number].level == CITY for number in owing.get(row.id, ())) else (),
                },
                received_on=row.dated_on,
            )
            for row in rows
        ]

    def all_ids(self, session: Session, after: int, limit: int) -> list[int]:
        """Ids behind `after`, ascending."""
        query = select(IssuedDocument.id).where(IssuedDocument.id > after, IssuedDocument.state == CONFIRMED).order_by(IssuedDocument.id)
        return list(session.scalars(query.limit(limit)))

    def captions(self, session: Session, ids: Sequence[int]) -> Mapping[int, Caption]:
        """How the hits are shown."""
        rows = session.scalars(select(IssuedDocument).where(IssuedDocument.id.in_(ids)))
        return {
            row.id: Caption(
                url=f"/oversight/documents/{row.id}",
                code=row.full_number,
                title=row.title[:TITLE],
                state=row.kind,
                state_label=captions.DOCUMENT_KINDS[row.kind],
                tone="grey",
                received_on=row.dated_on,
                days=[(say("Ngày"), format_day(row.dated_on))],
                texts={SUMMARY: row.title, BODY: row.text},
            )
            for row in rows
        }


class Activities(_Source):
    """Supervision activities for the search room: found by title, plan, report and what was noted on visits; whoever may see the programme."""

    kind = programme.KIND

    def load(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        """The activities of `ids`."""
        query = select(SupervisionActivity, SupervisionKind.name).join(SupervisionKind, SupervisionKind.code == SupervisionActivity.kind_code)
        rows = session.execute(query.where(SupervisionActivity.id.in_(ids))).all()
        known, supervised, told = agencies.directory(session).agencies, dict[int, list[int]](), dict[int, list[str]]()
        own = select(ActivityAgency.activity_id, ActivityAgency.agency_id).where(ActivityAgency.activity_id.in_(ids)).order_by(ActivityAgency.id)
        for number, agency in session.execute(own):
            supervised.setdefault(number, []).append(agency)
        visits = select(ActivityVisit.activity_id, ActivityVisit.place, ActivityVisit.note).where(ActivityVisit.activity_id.in_(ids)).order_by(ActivityVisit.id)
        for number, place, note in session.execute(visits):
            told.setdefault(number, []).append(f"{place} {note}".strip())
        return [
            SearchDocument(
                kind=self.kind,
                subject_id=row.id,
                code=row.decision or None,
                texts={
                    SUMMARY: row.title,
                    BODY: "\n".join((name, row.plan, row.delegation)),
                    ANSWER: "\n".join((row.report, *told.get(row.id, ()))),
                    AGENCY: "; ".join(known[number].name for number in supervised.get(row.id, ())),
                    CODE: row.decision,
                },
                filters={
                    "agency": tuple(str(number) for number in supervised.get(row.id, ())),
                    "session": (str(row.council_session_id),) if row.council_session_id else (),
                    "body": (str(row.body_id),),
                    "side": (CITY,) if any(known[number].level == CITY for number in supervised.get(row.id, ())) else (),
                },
                received_on=_day_of(row),
            )
            for row, name in rows
        ]

    def all_ids(self, session: Session, after: int, limit: int) -> list[int]:
        """Ids behind `after`, ascending."""
        query = select(SupervisionActivity.id).where(SupervisionActivity.id > after).order_by(SupervisionActivity.id)
        return list(session.scalars(query.limit(limit)))

    def captions(self, session: Session, ids: Sequence[int]) -> Mapping[int, Caption]:
        """How the hits are shown."""
        query = select(SupervisionActivity, SupervisionKind).join(SupervisionKind, SupervisionKind.code == SupervisionActivity.kind_code)
        return {
            row.id: Caption(
                url=f"/oversight/programme/{row.id}",
                code=row.decision or str(row.year),
                title=row.title[:TITLE],
                state=kind.code,
                state_label=kind.name_en if language() == "en" else kind.name,
                tone="grey",
                received_on=_day_of(row),
                days=[(say("Bắt đầu"), format_day(row.starts_on))] if row.starts_on else [],
                texts={SUMMARY: row.title, BODY: row.plan, ANSWER: row.report},
            )
            for row, kind in session.execute(query.where(SupervisionActivity.id.in_(ids)))
        }


def _day_of(row: SupervisionActivity) -> date:
    return row.starts_on or row.decided_on or date(row.year, 1, 1)


def _tone(row: Recommendation) -> str:
    if row.progress in CLOSED:
        return "done" if row.progress == IMPLEMENTED else "quiet"
    return "late" if row.due_on and row.due_on < clock.today() else captions.TONES[row.progress]


def _named(session: Session, ids: Sequence[int]) -> dict[int, list[RecommendationAgency]]:
    found: dict[int, list[RecommendationAgency]] = {}
    query = select(RecommendationAgency).where(RecommendationAgency.recommendation_id.in_(ids)).order_by(RecommendationAgency.position)
    for party in session.scalars(query):
        found.setdefault(party.recommendation_id, []).append(party)
    return found


def _texts(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What reports and evidence say, by recommendation."""
    found: dict[int, list[str]] = {}
    reports = select(AgencyReportItem.recommendation_id, AgencyReportItem.text).where(AgencyReportItem.recommendation_id.in_(ids))
    proofs = select(RecommendationEvidence.recommendation_id, RecommendationEvidence.note).where(RecommendationEvidence.recommendation_id.in_(ids))
    for query in (reports.order_by(AgencyReportItem.id), proofs.order_by(RecommendationEvidence.id)):
        for number, text in session.execute(query):
            found.setdefault(number, []).append(text)
    return {number: "\n".join(texts) for number, texts in found.items()}
