"""What a page says of duties: the panel of a subject's page, and the page of one duty. Reads; ready for the templates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import lateness, showing
from petitions.duties.lateness import Bands
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.queries import history
from petitions.duties.queries import rules as law
from petitions.duties.queries.history import Happening, Held, History
from petitions.duties.queries.reading import visible
from petitions.duties.showing import AnswerShown, Chip, Former, Promise
from petitions.duties.workflow import LEAD, STATES
from petitions.workdays import queries as workdays
from petitions.workdays.calendar import Calendar

PARTS: Mapping[str, Message] = {LEAD: say("chủ trì"), "with": say("phối hợp")}


@dataclass(frozen=True)
class Shown:
    """One duty with everything that happened on it, in words."""

    duty: Duty
    letter: TransferLetter | None
    agency: str
    part: Message
    state: Message
    tone: str
    chips: Sequence[Chip]
    dates: Sequence[Former]
    answers: Sequence[AnswerShown]
    promises: Sequence[Promise]
    happened: Mapping[str, Sequence[Happening]]

    def of(self, kind: str) -> Sequence[Happening]:
        """What happened of one kind, in order."""
        return self.happened.get(kind, ())

    @property
    def publication(self) -> tuple[Happening, Message] | None:
        """The publication and its state in words."""
        row = next(iter(self.of(history.PUBLICATION)), None)
        return (row, showing.PUBLICATIONS[row.state]) if row else None

    @property
    def moved(self) -> bool:
        """Whether a date was ever another one."""
        return any(not row.living for row in self.dates)

    @property
    def open_questions(self) -> Sequence[Happening]:
        """What was asked again and is not answered yet."""
        return [row for row in self.of(history.REASK) if row.number is None]


@dataclass(frozen=True)
class Panel:
    """The duties of a subject, those that count first. `ended`: re-routed and recalled ones."""

    duties: Sequence[Shown]
    ended: Sequence[Shown]

    @property
    def names(self) -> Mapping[int, str]:
        """Agencies that held these duties, by id."""
        held = [row for one in (*self.duties, *self.ended) for row in one.of(history.HOLDER)]
        return {row.number: row.name for row in held if row.number}

    @property
    def chips(self) -> Sequence[Chip]:
        """The clocks of the one that leads: beside the state at the head of the page."""
        lead = next((one for one in self.duties if one.duty.part == LEAD), None)
        return lead.chips if lead else ()


@dataclass(frozen=True)
class Desk:
    """What duties are shown by, read once: calendar, bands, and for lists of several agencies their names and which of them live no more."""

    calendar: Calendar
    at: lateness.Bounds
    names: Mapping[int, str]
    ended: Collection[int] = ()

    @classmethod
    def read(cls, session: Session, today: date, *, named: bool = True, calendar: Calendar | None = None) -> "Desk":
        """As they stand: two short statements (one where the calendar is at hand), one more for the names."""
        calendar = calendar or workdays.calendar(session)
        known = agencies.directory(session).agencies if named else {}
        names = {number: entry.name for number, entry in known.items()}
        ended = {number for number, entry in known.items() if entry.valid_to is not None and entry.valid_to < today}
        return cls(calendar, lateness.bounds(calendar, today, law.settings(session).bands), names, ended)


def panel_of(session: Session, subject: tuple[str, int], *, identity: Identity, now: datetime, today: date) -> Panel | None:
    """The panel of a subject's page; None where `identity` sees no duty of it."""
    if not identity.may(Permission.DUTY_READ):
        return None
    found = history.of_subject(session, *subject, visible(identity, now), now=now)
    if not found.duties:
        return None
    desk = _desk(session, found, today)
    every = [shown(held, found, desk) for held in found.duties]
    ended = [one for one in every if one.duty.state in ("rerouted", "recalled")]
    living = sorted((one for one in every if one not in ended), key=lambda one: (one.duty.part != LEAD, one.duty.id))
    return Panel(living, ended)


def _desk(session: Session, found: History, today: date) -> Desk:
    calendar = workdays.calendar(session)
    return Desk(calendar, lateness.bounds(calendar, today, Bands(found.choices["due_soon_days"], found.choices["long_overdue_days"])), {})


def one_of(session: Session, duty_id: int, *, identity: Identity, now: datetime, today: date) -> Shown:
    """One duty for its own page; NotFound when `identity` may not see it."""
    found = history.of_duty(session, duty_id, visible(identity, now), now=now)
    if not found.duties:
        raise NotFound(say("Không có việc này, hoặc bạn không được xem."))
    return shown(found.duties[0], found, _desk(session, found, today))


def shown(held: Held, found: History, desk: Desk) -> Shown:
    """One duty of a history in words."""
    duty = held.duty
    dates = [row for row in found.dates if row.duty_id == duty.id]
    happened: dict[str, list[Happening]] = {}
    for row in found.happenings:
        if row.duty_id == duty.id:
            happened.setdefault(row.kind, []).append(row)
    return Shown(
        duty,
        held.letter,
        held.agency,
        PARTS[duty.part],
        STATES[duty.state],
        showing.tone(duty.state),
        showing.clocks(duty, dates, desk.calendar, desk.at),
        showing.former(dates, desk.calendar),
        [showing.answer(row) for row in found.answers if row.duty_id == duty.id],
        [showing.promise(row, desk.calendar, desk.at.today) for row in happened.get(history.COMMITMENT, ())],
        happened,
    )
