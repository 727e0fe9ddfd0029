"""The ladder as it stands, and what of it was used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.words import say
from petitions.duties.urging.ladder import Ladder, Rung
from petitions.duties.urging.models import Urging, UrgingDecision, UrgingRung
from petitions.workdays import queries as workdays
from petitions.workdays.calendar import Calendar, Name

LIMIT = 1000
DEFAULT_KIND = "petition"  # a kind of subject without rungs of its own climbs these


@dataclass(frozen=True)
class Ground:
    """What a day's proposals are worked out by: the calendar and the rungs of every kind, read once."""

    calendar: Calendar
    today: date
    rungs: Mapping[int, Rung]
    ladder: Callable[[str], Ladder]

    @classmethod
    def read(cls, session: Session, today: date) -> "Ground":
        """As they stand."""
        calendar, every = workdays.calendar(session), rungs(session)
        own = {kind: Ladder((one for one in every if one.subject_kind == kind), calendar, today) for kind in {one.subject_kind for one in every}}
        empty = Ladder((), calendar, today)
        return cls(calendar, today, {one.id: one for one in every}, lambda kind: own.get(kind) or own.get(DEFAULT_KIND, empty))

    def horizon(self) -> date | None:
        """The latest day that any rung of any kind reaches today."""
        kinds = {one.subject_kind for one in self.rungs.values()}
        return max((day for kind in kinds if (day := self.ladder(kind).horizon())), default=None)


def rungs(session: Session) -> list[Rung]:
    """Every rung there is or was, by kind of subject and level."""
    rows = session.scalars(select(UrgingRung).order_by(UrgingRung.subject_kind, UrgingRung.level, UrgingRung.id).limit(LIMIT))
    return [rung_of(row) for row in rows]


def rung_of(row: UrgingRung) -> Rung:
    """The rung of a row."""
    return Rung(
        row.id,
        row.code,
        row.subject_kind,
        row.level,
        Name(row.name, row.name_en),
        row.form,
        row.offset_days,
        row.rank,
        row.authority,
        row.interval_days,
        row.after_letters,
        row.letter_kind,
        row.valid_from,
        row.valid_to,
        row.applies_from,
        row.legal_basis,
        row.confirmed,
    )


def rows(session: Session) -> Sequence[UrgingRung]:
    """The rows, for the page of the ladder."""
    return session.scalars(select(UrgingRung).order_by(UrgingRung.subject_kind, UrgingRung.level, UrgingRung.valid_from, UrgingRung.id).limit(LIMIT)).all()


def row(session: Session, rung_id: int) -> UrgingRung:
    """One of them; NotFound."""
    found = session.get(UrgingRung, rung_id)
    if found is None:
        raise NotFound(say("Không có nấc đôn đốc này."))
    return found


def used(session: Session, rung_id: int) -> bool:
    """Whether anything was proposed or decided by this rung: then it is ended, not changed."""
    tables = (Urging, UrgingDecision)
    return bool(session.scalar(select(or_(*(exists().where(table.rung_id == rung_id) for table in tables)))))
