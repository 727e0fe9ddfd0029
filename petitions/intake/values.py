"""What a clerk, a file or the demo office says of a petition: plain values, complete, already cleaned and checked for form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PetitionerValues:
    """One person who asks (protected data)."""

    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceValues:
    """The number of this petition in another system or on paper."""

    system: str
    reference: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyValues:
    """An agency as written and, when one was found or chosen, its id; `part` is "lead" or "with"."""

    as_written: str = ""
    agency_id: int | None = None
    part: str = "lead"


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """An answer that came with a file; `answer_class` is resolved, in_progress, explained or None when the words are not known."""

    number: str = ""
    answered_on: date | None = None
    answered_as_written: str = ""
    text: str = ""
    class_as_written: str = ""
    answer_class: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionValues:
    """Everything that is entered of one petition.

    The place: give `place_words` alone to have them resolved; `unit_id` when the clerk chose one of the candidates. The constituency
    follows from the place and the day; give `constituency_id` only when it was chosen by hand or came with a file (then
    `constituency_from` is "as_written"). `met_as_written` holds a month or a year when no exact day is known. `as_written` keeps words
    that a list did not know, by field name; `digest` is an import's own key. `outside` may be set to "other_place" by an import;
    "before_term" is found from the day. `petitioners` None leaves those of the petition alone (a correction that did not show them).
    """

    body_id: int
    text: str
    summary: str = ""
    origin: str | None = None
    channel: str | None = None
    met_on: date | None = None
    met_as_written: str | None = None
    received_on: date | None = None
    council_session_id: int | None = None
    timing: str | None = None
    place_words: str = ""
    unit_id: int | None = None
    constituency_id: int | None = None
    constituency_from: str = "clerk"
    report_group: int | None = None
    field_id: int | None = None
    level: str | None = None
    voters_count: int | None = None
    notes: str = ""
    outside: str | None = None
    petitioners: tuple[PetitionerValues, ...] | None = ()
    references: tuple[ReferenceValues, ...] = ()
    agencies: tuple[AgencyValues, ...] = ()
    answers: tuple[AnswerValues, ...] = ()
    as_written: Mapping[str, str] = field(default_factory=dict)
    digest: str | None = None
