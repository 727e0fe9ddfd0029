"""What hangs on one recommendation, read in one statement: days of reports, evidence, verdicts, petitions of voters, terms, files."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, String, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from petitions.council.models import Term
from petitions.documents.models import DocumentLink
from petitions.intake.models import Petition
from petitions.oversight.models.recommendation import RecommendationPetition, RecommendationTerm
from petitions.oversight.models.report import RecommendationEvidence, ReportDue, Verification
from petitions.oversight.queries.reading import papers_of

DUE, PROOF, VERDICT, PETITION, TERM = "due", "proof", "verdict", "petition", "term"
PAPER = "paper"
MOST = 2000


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A day on which a report is due; `item_id`: what answered it, `ended_on`: it is wanted no more."""

    due_on: date
    item_id: int | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence of a report."""

    item_id: int | None
    method: str
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the committee found of a report."""

    item_id: int | None
    verdict: str
    method: str
    note: str
    found_on: date
    made_by: int | None
    made_by_name: str


@dataclass
class Attached:
    """All of it, each in its order."""

    dues: list[ReportDay] = field(default_factory=list)
    evidence: list[Proof] = field(default_factory=list)
    verdicts: list[Found] = field(default_factory=list)
    petitions: list[tuple[str, str]] = field(default_factory=list)
    terms: list[tuple[str, date, date | None]] = field(default_factory=list)
    papers: int = 0


def of(session: Session, recommendation_id: int) -> Attached:
    """Of one recommendation."""
    every = union_all(*_parts(recommendation_id)).subquery()
    made = Attached()
    for row in session.execute(select(every).order_by(every.c.what, every.c.on, every.c.place, every.c.id).limit(MOST)):
        if row.what == DUE:
            made.dues.append(ReportDay(row.on, row.item_id, row.until))
        elif row.what == PROOF:
            made.evidence.append(Proof(row.item_id, row.method, row.words))
        elif row.what == VERDICT:
            made.verdicts.append(Found(row.item_id, row.code, row.method, row.words, row.until, row.person, row.name))
        elif row.what == PETITION:
            made.petitions.append((row.code, row.words))
        elif row.what == PAPER:
            made.papers += 1
        else:
            made.terms.append((row.code, row.on, row.until))
    return made


def _parts(number: int) -> list[Select[Any]]:
    d, e, v, p, t = ReportDue, RecommendationEvidence, Verification, RecommendationPetition, RecommendationTerm
    dues = _row(DUE, d.id, item_id=d.item_id, on=d.due_on, until=d.ended_on).where(d.recommendation_id == number)
    proofs = _row(PROOF, e.id, item_id=e.item_id, method=e.method, words=e.note).where(e.recommendation_id == number)
    said = {"item_id": v.item_id, "code": v.verdict, "method": v.method, "words": v.note, "name": v.made_by_name, "person": v.made_by}
    verdicts = _row(VERDICT, v.id, until=v.found_on, **said).where(v.recommendation_id == number)
    petitions = _row(PETITION, p.petition_id, place=Petition.code, code=Petition.code, words=Petition.summary).join(Petition, Petition.id == p.petition_id)
    terms = _row(TERM, t.id, code=Term.label, on=t.from_on, until=t.to_on).join(Term, Term.id == t.term_id).where(t.recommendation_id == number)
    papers = _row(PAPER, DocumentLink.id).where(*papers_of(number))
    return [dues, proofs, verdicts, petitions.where(p.recommendation_id == number, p.living), terms, papers]  # the first says what is a day


def _row(what: str, number: Any, **given: Any) -> Select[Any]:
    """A row of the one shape; `place`: by what it stands in order before its number."""
    numbers = [cast(given.get(name, null()), Integer).label(name) for name in ("item_id", "person")]
    texts = [cast(given.get(name, literal("")), String).label(name) for name in ("code", "method", "words", "name")]
    days = [type_coerce(given.get(name, null()), Date).label(name) for name in ("on", "until")]
    place = cast(given.get("place", literal("")), String).label("place")
    return select(literal(what).label("what"), number.label("id"), place, *numbers, *texts, *days)
