"""How long the numbers of oversight take on a large base: 20 agencies, 500 documents, 20,000 recommendations, 100,000 reports. By hand."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the package beside the scripts, installed or not

from sqlalchemy import ColumnElement, insert
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core import db, migrate
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.council.models import Body
from petitions.duties.models.duty import Duty, DutyHolder
from petitions.oversight.models.document import Clause, IssuedDocument
from petitions.oversight.models.recommendation import Recommendation, RecommendationAgency, RecommendationDate, RecommendationDuty, RecommendationStep
from petitions.oversight.models.report import AgencyReport, AgencyReportItem, ReportDue
from petitions.oversight.queries import figures, grid, history, reading

TODAY, NOW = date(2026, 1, 20), datetime(2026, 1, 20, tzinfo=UTC)
READER = Identity(1, "reader", "Reader", frozenset(), frozenset({Permission.OVERSIGHT_READ}), {"body": frozenset({1})})
AGENCIES, DOCUMENTS, EACH, REPORTS = 20, 500, 40, 5
STATES = ("not_started", "in_progress", "partial", "reported_done", "implemented", "implemented", "sent_back", "dropped")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--url", default="", help="an empty database to fill; SQLite in a folder of its own without it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = db.make_engine(given.url or f"sqlite:///{folder}/bench.sqlite")
        migrate.upgrade(engine)
        with db.transaction(engine) as session:
            fill(session)
        seen = reading.visible(READER)
        wish = figures.Wish(date(2025, 3, 31))
        cases: dict[str, Callable[[Session], Any]] = {
            "board": lambda session: _board(session, seen),
            "document": lambda session: (history.demands(session, 7), history.proofs(session, list(range(240, 280)))),
            "figures of a past day": lambda session: (figures.figures(session, seen, wish), figures.by_agency(session, seen, wish)),
            "list": lambda session: grid.page_of(session, [seen, grid.late(TODAY)], number=1),
        }
        for case, work in cases.items():
            took, busy = [], []
            for _ in range(given.rounds):
                with db.reading(engine) as session:
                    start, worked = perf_counter(), process_time()
                    work(session)
                    took.append((perf_counter() - start) * 1000)
                    busy.append((process_time() - worked) * 1000)
            took.sort()
            p50, p95 = (round(took[min(len(took) - 1, int(len(took) * share))], 1) for share in (0.5, 0.95))
            line = {"bench": "oversight", "case": case, "engine": engine.dialect.name, "size": DOCUMENTS * EACH, "p50_ms": p50, "p95_ms": p95}
            line["cpu_p50_ms"] = round(sorted(busy)[len(busy) // 2], 1)
            print(json.dumps(line, ensure_ascii=False), flush=True)
        engine.dispose()


def _board(session: Session, seen: ColumnElement[bool]) -> Any:
    """What the board's page asks."""
    missing = grid.silent(session, seen, TODAY)
    return grid.counts(session, seen, TODAY, missing), grid.grid(session, seen, TODAY, missing)


def fill(session: Session) -> None:
    """The rows, without going through the actions."""
    session.add(Body(id=1, code="HD", name="HĐND", short_name="HĐND", kind="city_council"))
    session.add_all(Agency(id=n, code=f"a{n}", name=f"Sở số {n}", kind="department", level="city", basis="thử", confirmed=True) for n in range(1, AGENCIES + 1))
    session.flush()
    rows: dict[Any, list[dict[str, Any]]] = {}

    def put(model: Any, **values: Any) -> None:
        rows.setdefault(model, []).append(values)

    number = 0
    for document in range(1, DOCUMENTS + 1):
        issued = date(2021, 7, 1) + timedelta(days=document * 3)
        given = {"kind": "notice", "number": str(document), "symbol": "TB", "issuer": "chair", "title": "Kết luận", "text": "x" * 4000, "state": "confirmed"}
        put(IssuedDocument, id=document, body_id=1, dated_on=issued, made_at=NOW, version=1, **given)
        for position in range(1, EACH + 1):
            number += 1
            _one(put, number, document, position, issued)
    for model in (IssuedDocument, Clause, Recommendation, RecommendationAgency, Duty, DutyHolder, RecommendationDuty, RecommendationStep, RecommendationDate):
        _insert(session, model, rows.pop(model))
    for told in (AgencyReport, AgencyReportItem, ReportDue):
        _insert(session, told, rows.pop(told))


def _one(put: Callable[..., None], number: int, document: int, position: int, issued: date) -> None:
    agency, state = number % AGENCIES + 1, STATES[number % len(STATES)]
    due = issued + timedelta(days=60 + number % 900)
    closed = state in ("implemented", "dropped")
    put(Clause, id=number, document_id=document, position=position, label=f"I.{position}", source="Nội dung", start=0, end=10)
    given = {"text": "Hoàn thành việc " * 8, "due_kind": "date", "first_due": due, "due_on": due, "progress": state, "made_on": issued, "version": 1}
    put(Recommendation, id=number, code=f"GS{number}", body_id=1, document_id=document, clause_id=number, position=position, **given)
    put(RecommendationAgency, recommendation_id=number, agency_id=agency, name=f"Sở số {agency}", part="lead", position=1)
    duty = {"subject_kind": "recommendation", "subject_id": number, "part": "lead", "state": "closed" if closed else "sent", "made_at": NOW, "version": 1}
    put(Duty, id=number, body_id=1, agency_id=agency, recipient_kind="direct", start_on=issued, closed_on=TODAY if closed else None, **duty)
    put(DutyHolder, duty_id=number, agency_id=agency, from_on=issued, cause="issue", made_at=NOW)
    put(RecommendationDuty, recommendation_id=number, duty_id=number)
    middle = issued + timedelta(days=40)
    put(RecommendationStep, recommendation_id=number, progress="not_started", since=issued, until=middle, act="x", made_at=NOW)
    put(RecommendationStep, recommendation_id=number, progress=state, since=middle, until=None, act="x", made_at=NOW)
    put(RecommendationDate, recommendation_id=number, due_on=due, cause="document", since=issued, made_at=NOW)
    for turn in range(REPORTS):
        report = number * REPORTS + turn
        put(AgencyReport, id=report, body_id=1, agency_id=agency, dated_on=middle, entered_at=NOW)
        put(AgencyReportItem, id=report, report_id=report, recommendation_id=number, claim="progress", text="Đang làm")
    put(ReportDue, recommendation_id=number, due_on=due, rhythm="quarterly", item_id=number * REPORTS if number % 3 else None)


def _insert(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        session.execute(insert(model), rows[start : start + 5000])


if __name__ == "__main__":
    main()
