"""The port through which subject rooms are searched: each registers one `SubjectSource` per kind; the factory calls `register`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message
from petitions.search.documents import SearchDocument
from petitions.search.lexicon import Lexicon

Condition = Mapping[str, frozenset[str]]
Labels = Mapping[str, Mapping[str, str]]  # facet → value → words


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person may find: documents that meet at least one condition; a condition is facet → allowed values, all facets must match."""

    any_of: tuple[Condition, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing at all may be found."""
        return not self.any_of


EVERYTHING = Scope(({},))
NOTHING = Scope(())


@dataclass(frozen=True, slots=True)
class Facet:
    """A value one can filter by. `words` are the names typed before the colon, in both languages, any case, with or without marks."""

    name: str
    label: Message
    words: tuple[str, ...] = ()
    shown: bool = True  # as a column of counts on the page


@dataclass(frozen=True, slots=True)
class Caption:
    """How one hit is shown: read from the database after the search, so it is never older than the row.

    constituency: its number ("20") for JSON, constituency_label for people. state: its code, state_label for people,
    tone: grey, blue, green, amber or red. chip: the clock in words, if any. texts: part → text for the snippet. days: what a day is, and the day
    as it is shown; received_on is the one that results are filtered and sorted by.
    """

    url: str
    code: str | None = None
    external_id: str | None = None
    title: str = ""
    place: str = ""
    constituency: str | None = None
    constituency_label: str = ""
    state: str = ""
    state_label: Message | str = ""
    tone: str = "grey"
    received_on: date | None = None
    days: Sequence[tuple[Message, str]] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    chip: Message | str = ""
    chip_tone: str = "grey"


class SubjectSource(ABC):
    """What the search room asks of a subject room. Ids are those of the subject's own table."""

    kind: str
    facets: Sequence[Facet] = ()
    permission: str  # what a person needs to search this kind at all
    browse: Sequence[tuple[Message, str]] = ()  # lists of this kind to look around in, when a search finds nothing: words, address

    @abstractmethod
    def load(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        """The documents of `ids` that exist and are to be found; ids left out are removed from the index. Few statements, however many ids."""

    @abstractmethod
    def all_ids(self, session: Session, after: int, limit: int) -> list[int]:
        """The next `limit` ids greater than `after`, ascending: rebuild and verify walk them."""

    @abstractmethod
    def scope(self, session: Session, identity: Identity) -> Scope:
        """What `identity` may find."""

    @abstractmethod
    def captions(self, session: Session, ids: Sequence[int]) -> Mapping[int, Caption]:
        """How the hits `ids` are shown; a row deleted meanwhile is left out."""

    @abstractmethod
    def labels(self, session: Session, wanted: Mapping[str, Sequence[str]]) -> Labels:
        """Words for the wanted values of facets in the reader's language, all at once; a value left out is shown as it is."""

    def external_ids(self, session: Session) -> Iterable[str]:
        """Every external id that this kind holds: the evaluation counts only those. By default all documents are loaded; say it by a SELECT."""
        last = 0
        while ids := self.all_ids(session, last, 500):
            last = ids[-1]
            yield from (document.external_id for document in self.load(session, ids) if document.external_id)

    def lexicons(self, session: Session) -> Sequence[Lexicon]:
        """Other names of what a query may name (former and later names of places …): searched along, shown, and switched off at a wish."""
        return ()

    def named(self, session: Session, text: str) -> Condition:
        """Facet → values that words of a query name ("đất đai" names a field): documents with them are lifted a little, shown, switched off at a wish."""
        return {}

    def vocabulary(self, session: Session) -> Sequence[tuple[str, Message]]:
        """Names that may be offered to everybody who types, each with what it names: nothing that is written in a document."""
        return ()

    def count(self, session: Session) -> int | None:
        """How many rows `all_ids` will walk, for the progress bar; None when that is not cheap to know."""
        return None

    def mine(self, session: Session, identity: Identity) -> Condition:
        """The narrower filter "my constituency" of this person; empty when there is none."""
        return {}

    def resolve(self, session: Session, facet: str, text: str) -> Sequence[str]:
        """Facet values meant by what a person typed after the colon, or gave to --constituency ("20", "thoát nước"); none when unknown."""
        return (text,)


_sources: dict[str, SubjectSource] = {}


def register(source: SubjectSource) -> None:
    """Make `source` searchable; a second source of the same kind takes the first one's place (tests)."""
    _sources[source.kind] = source


def unregister(kind: str) -> None:
    """Forget the source of `kind` (tests)."""
    _sources.pop(kind, None)


def registered() -> tuple[SubjectSource, ...]:
    """All sources, by kind."""
    return tuple(_sources[kind] for kind in sorted(_sources))


def source_of(kind: str) -> SubjectSource | None:
    """The source of `kind`, or None."""
    return _sources.get(kind)


def facets() -> tuple[Facet, ...]:
    """The facets of all sources, each name once, in the order the sources give."""
    seen: dict[str, Facet] = {}
    for source in registered():
        for facet in source.facets:
            seen.setdefault(facet.name, facet)
    return tuple(seen.values())
