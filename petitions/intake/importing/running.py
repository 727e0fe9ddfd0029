"""Running: chunk after chunk of at most 500 rows or about half a second, so that clerks' saves get their turn in between.

Planning is done outside the writing transaction; the transaction only writes what was planned. A chunk that will not go in is
planned once more (somebody was faster), then halved, down to the one row that is to blame: it is reported, the others go in.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from petitions.core import clock, db
from petitions.core.errors import RuleBroken
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.words import say
from petitions.intake.importing import actions, plan
from petitions.intake.importing.columns import Header
from petitions.intake.importing.matching import Ledger
from petitions.intake.importing.plan import Candidate, Planned, Tally

MOST_ROWS, FIRST_ROWS, LEAST_ROWS = 500, 100, 25
SLOW, QUICK = 0.25, 0.1  # seconds that a chunk holds the database
PAUSE = 0.12  # SQLite's waiting writers ask again at most every 100 ms
TRIES = 4
log = logging.getLogger(__name__)
Told = Callable[[int, int], None]


@dataclass(slots=True)
class Pace:
    """How many rows the next chunk has, by how long the last one held the database."""

    size: int = FIRST_ROWS

    def learn(self, seconds: float) -> None:
        """Grow after a quick chunk, shrink after a slow one."""
        if seconds > SLOW:
            self.size = max(LEAST_ROWS, self.size // 2)
        elif seconds < QUICK:
            self.size = min(MOST_ROWS, self.size * 3 // 2)


@dataclass
class Run:
    """One file on its way in (or, without a batch, in a dry run)."""

    office: Office
    rows: Sequence[Candidate]
    header: Header
    ledger: Ledger
    by: Identity
    batch_id: int | None = None
    tally: Tally = field(default_factory=Tally)
    held: float = 0.0

    def dry(self, told: Told) -> Tally:
        """Plan every row; nothing is written."""
        for start in range(0, len(self.rows), MOST_ROWS):
            self.tally.add(self._attempt(self.rows[start : start + MOST_ROWS], self._plan, lambda one, problem: [plan.failed(one, problem)]))
            told(self.tally.done, len(self.rows))
        return self.tally

    def real(self, told: Told, start: int = 0) -> Tally:
        """Plan and write from row `start` (counted from 0) on; what is in stays in, whatever happens after."""
        pace = Pace()
        while start < len(self.rows):
            chunk = self.rows[start : start + pace.size]
            self.held = 0.0
            begun = start

            def give_up(one: Candidate, problem: Exception, first: int = begun, part: Sequence[Candidate] = chunk) -> list[Planned]:
                planned = [plan.failed(one, problem)]
                self._count(planned, first + part.index(one) + 1)
                return planned

            def go_in(part: Sequence[Candidate], first: int = begun, whole: Sequence[Candidate] = chunk) -> list[Planned]:
                return self._write(part, first + whole.index(part[0]) + len(part))

            self.tally.add(self._attempt(chunk, go_in, give_up))
            start += len(chunk)
            pace.learn(self.held)
            told(start, len(self.rows))
            if start < len(self.rows) and self.held and self.office.engine.dialect.name == "sqlite":
                time.sleep(PAUSE)
        return self.tally

    def _plan(self, rows: Sequence[Candidate]) -> list[Planned]:
        with db.reading(self.office.engine) as session:
            return plan.plan(session, rows, header=self.header, ledger=self.ledger, key=self.office.settings.secret_key)

    def _write(self, rows: Sequence[Candidate], next_row: int) -> list[Planned]:
        assert self.batch_id is not None
        planned = self._plan(rows)
        now = clock.now()
        begun = time.monotonic()
        with db.transaction(self.office.engine) as session:
            key = self.office.settings.secret_key
            actions.write(session, planned, self.batch_id, context=self.ledger.context, by=self.by, now=now, key=key)
            self._note(session, planned, next_row, now)
        self.held = max(self.held, time.monotonic() - begun)
        return planned

    def _count(self, planned: Sequence[Planned], next_row: int) -> None:
        with db.transaction(self.office.engine) as session:
            self._note(session, planned, next_row, clock.now())

    def _note(self, session: Session, planned: Sequence[Planned], next_row: int, now: datetime) -> None:
        assert self.batch_id is not None
        counts = Tally()
        counts.add(planned)
        actions.count(session, self.batch_id, counts.counts, next_row=next_row, now=now)

    def _attempt(
        self, rows: Sequence[Candidate], work: Callable[[Sequence[Candidate]], list[Planned]], give_up: Callable[[Candidate, Exception], list[Planned]]
    ) -> list[Planned]:
        """`work` on all rows; where it fails, once more, then on halves, until only the failing rows are left out."""
        problem: Exception | None = None
        for _again in range(2):
            try:
                return _patiently(work, rows)
            except OperationalError as stopped:
                raise _stopped(stopped) from stopped
            except Exception as unexpected:  # whatever a row brings about, the rows after it go on
                log.info("import: %s among %d rows", type(unexpected).__name__, len(rows))
                problem = unexpected
        assert problem is not None
        if len(rows) == 1:
            return give_up(rows[0], problem)
        half = len(rows) // 2
        return self._attempt(rows[:half], work, give_up) + self._attempt(rows[half:], work, give_up)


def _patiently(work: Callable[[Sequence[Candidate]], list[Planned]], rows: Sequence[Candidate]) -> list[Planned]:
    """`work`, asked again when the database was busy for longer than a statement waits."""
    for attempt in range(TRIES):
        try:
            return work(rows)
        except OperationalError as problem:
            if attempt == TRIES - 1 or not _busy(problem):
                raise
            time.sleep(0.5 * (attempt + 1))
    raise AssertionError


def _busy(problem: OperationalError) -> bool:
    words = str(problem.orig).lower()
    return any(sign in words for sign in ("locked", "busy", "deadlock", "could not serialize", "timeout"))


def _stopped(problem: OperationalError) -> RuleBroken:
    words = str(problem.orig).lower()
    if "full" in words or "no space" in words:
        return RuleBroken(say("Ổ đĩa của máy chủ đã đầy. Những dòng đã nhập vẫn còn; hãy dọn ổ đĩa rồi nhập lại đúng tệp này để đi tiếp."))
    return RuleBroken(say("Cơ sở dữ liệu không trả lời. Những dòng đã nhập vẫn còn; hãy nhập lại đúng tệp này để đi tiếp."))
