"""The entries of the sidebar and of the person's menu. Rooms register theirs in views.py; a reader sees those that are open to him.

menu.register(Entry("intake.listing", say("Kiến nghị"), "clipboard-text", Permission.PETITION_READ, order=20))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app, request

from petitions.core.identity import Identity
from petitions.core.words import Message

MOST = 7
_bell: list[Callable[[], "Bell | None"]] = []
NEW = "n"
_entries: dict[str, "Entry"] = {}
_personal: dict[str, "Entry"] = {}


@dataclass(frozen=True, slots=True)
class Bell:
    """What the bell in the top bar shows: how many messages nobody has read, and where they are."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A way to a page: shown to those who hold `permission` (any one of several; None: everyone signed in), smaller `order` first.

    `key`: the keys that open it: "n" new (drawn as a button), "/" the search page (also shows the search field in the top bar), "g x" others.
    `phone`: offered in the bottom bar of a phone (there is room for two beside Home and More).
    `hidden`: reached by its key or the top bar only, not drawn in the sidebar.
    """

    endpoint: str
    label: Message
    icon: str
    permission: str | Sequence[str] | None
    order: int
    key: str = ""
    phone: bool = False
    hidden: bool = False

    def open_to(self, who: Identity) -> bool:
        """Whether `who` sees this entry; entries of rooms that this application does not carry are shown to nobody."""
        if self.endpoint not in current_app.view_functions:
            return False
        wanted = (self.permission,) if isinstance(self.permission, str) else self.permission
        return wanted is None or any(who.may(one) for one in wanted)

    @property
    def active(self) -> bool:
        """Whether the present page is this entry's, or another page of its blueprint that has no entry of its own."""
        here, own = request.endpoint or "", self.endpoint.partition(".")[0]
        if here == self.endpoint or here in _entries:
            return here == self.endpoint
        return here.partition(".")[0] == own and _first_of(own) == self.endpoint


def _first_of(room: str) -> str:
    """The endpoint of the room's first entry: its other pages light that one."""
    own = [entry for entry in _entries.values() if entry.endpoint.partition(".")[0] == room]
    return min(own, key=lambda entry: (entry.order, entry.endpoint)).endpoint


def register(entry: Entry) -> None:
    """Put `entry` into the sidebar; the same endpoint again replaces it."""
    _entries[entry.endpoint] = entry


def register_personal(entry: Entry) -> None:
    """Put `entry` into the person's menu (top right): own password, own sessions."""
    _personal[entry.endpoint] = entry


def ring_with(ask: Callable[[], Bell | None]) -> None:
    """Notifications' port: `ask()` says what the bell shows to the present reader."""
    _bell[:] = [ask]


def bell() -> Bell | None:
    """The bell of the present reader; None where no room rings it."""
    return _bell[0]() if _bell else None


def entries(who: Identity | None) -> list[Entry]:
    """All entries open to `who`, in order, hidden ones included."""
    if who is None:
        return []
    return sorted((entry for entry in _entries.values() if entry.open_to(who)), key=lambda entry: (entry.order, entry.endpoint))


def sidebar(who: Identity | None) -> list[Entry]:
    """At most seven entries; the one for something new is drawn as a button of its own."""
    return _drawn(who)[:MOST]


def overflow(who: Identity | None) -> list[Entry]:
    """What the sidebar has no room for, behind "More pages"."""
    return _drawn(who)[MOST:]


def _drawn(who: Identity | None) -> list[Entry]:
    return [entry for entry in entries(who) if not entry.hidden and entry.key != NEW]


def bottom_bar(who: Identity | None) -> list[Entry]:
    """The two entries that a phone's bottom bar shows between Home and More."""
    return [entry for entry in entries(who) if entry.phone][:2]


def by_key(who: Identity | None, key: str) -> Entry | None:
    """The entry that `key` opens."""
    return next((entry for entry in entries(who) if entry.key == key), None)


def personal(who: Identity | None) -> list[Entry]:
    """The entries of the person's menu."""
    return [] if who is None else sorted((entry for entry in _personal.values() if entry.open_to(who)), key=lambda entry: entry.order)
