"""What people say of a document and its demands, as plain data."""

from dataclasses import dataclass, field
from datetime import date

from petitions.oversight.splitting import dues


@dataclass(frozen=True, slots=True)
class DocumentValues:
    """What a clerk says of a document."""

    body_id: int
    kind: str
    number: str
    symbol: str
    dated_on: date
    issuer: str
    title: str
    text: str
    signatory: str = ""
    activity_id: int | None = None
    council_session_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One demand as the clerk leaves it; agencies by name, parted by ";"."""

    label: str
    text: str
    lead: str = ""
    together: str = ""
    post: str = ""
    product: str = ""
    due_kind: str = dues.NONE
    due_on: date | None = None
    rhythm: str | None = None
    source: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ItemValues:
    """What a report says of one recommendation; `evidence` words of it, `method` what it is."""

    recommendation_id: int
    claim: str
    text: str
    percent: int | None = None
    method: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ReportValues:
    """A report of an agency."""

    agency_id: int
    body_id: int
    dated_on: date
    number: str = ""
    text: str = ""
    items: tuple[ItemValues, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """What a clerk says of a supervision activity; `agencies` the supervised bodies by name, parted by ";"."""

    body_id: int
    year: int
    kind_code: str
    actor: str
    title: str
    agencies: str = ""
    committee_id: int | None = None
    council_session_id: int | None = None
    again_id: int | None = None
    decision: str = ""
    delegation: str = ""
    plan: str = ""
    report: str = ""
    decided_on: date | None = None
    noticed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One duty that an activity is to ask about; `decision_id`: the candidate from which it comes."""

    duty_id: int
    question: str = ""
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """Who answered for an item, and what."""

    person: str
    post: str
    answer: str
    answered_on: date


@dataclass(frozen=True, slots=True)
class PromiseValues:
    """What was promised for an item, by whom, for which day; `agency_id`: who owes it now."""

    person: str
    post: str
    text: str
    due_on: date
    agency_id: int
    product: str = ""
