"""What the roll answers: a constituency or candidates, and the group that holds a place today, always with the reason in words."""

from dataclasses import dataclass

from petitions.core.words import Message
from petitions.council.labels import constituency_label


@dataclass(frozen=True, slots=True)
class ConstituencyRef:
    """A constituency as it is named; `confirmed` speaks of its number."""

    id: int
    term_id: int
    number: int
    name: str
    former: bool
    confirmed: bool
    body: str
    term: str

    @property
    def label(self) -> Message:
        """ "ĐVBC số 20 HĐND (Gia Lâm cũ)"."""
        return constituency_label(number=self.number, body=self.body, term=self.term, name=self.name, former=self.former)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One constituency that could be meant, and why."""

    constituency: ConstituencyRef
    why: Message


@dataclass(frozen=True, slots=True)
class Assignment:
    """The answer. `constituency` when there is one; else `candidates` (several) or neither (none), and `said` tells why.

    `basis`: unit_list | district_list | successors | predecessors | former_district | shared | no_term | no_list | no_place;
    candidates: intake's, when all places that can be meant belong to the one.
    `confirmed`: the lines used are published or confirmed, and so is the constituency's number.
    """

    basis: str
    said: Message
    constituency: ConstituencyRef | None = None
    candidates: tuple[Candidate, ...] = ()
    confirmed: bool = False
    term_id: int | None = None

    @property
    def outcome(self) -> str:
        """one | several | none."""
        return "one" if self.constituency else "several" if self.candidates else "none"


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A deputy group as it is named."""

    id: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class GroupToday:
    """Who holds a place today: `group` and its constituency, or neither; `confirmed` False is shown as "chưa xác nhận", with `said`."""

    said: Message
    group: GroupRef | None = None
    constituency: ConstituencyRef | None = None
    candidates: tuple[Candidate, ...] = ()
    confirmed: bool = False
