"""The address of a search page: everything that narrows a search stands in it, so it can be shared; and links that change one thing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from petitions.core.dates import LooseDay, format_day, not_a_loose_day, parse_loose
from petitions.core.words import Message, say, say_n
from petitions.search import sources
from petitions.search.finding import CITY, MINE, STORED, Asked, Column, Findings
from petitions.search.parsing import LONGEST_QUERY
from petitions.search.requests import RELEVANCE, SORTS
from petitions.web.pages import here

PAGE_SIZE = 20
MOST_PAGES = 50
MOST_CHOSEN = 40
SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a facet as a switch: its words, how many, whether it is on, and where switching it leads."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A facet with its switches; `more` are behind "show more"."""

    label: Message
    links: tuple[Link, ...]
    more: tuple[Link, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from an empty page: what it does, with its count, and where it leads."""

    label: Message
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: what it is, and the address without it."""

    label: str
    value: str
    href: str


def asked_of(args: "MultiDict[str, str]") -> tuple[Asked, list[Message]]:
    """What an address asks, and hints about what in it cannot be read. Nothing in it is an error."""
    hints: list[Message] = []
    first, last = _day(args.get("from", ""), hints), _day(args.get("to", ""), hints)
    names = [facet.name for facet in sources.facets()]
    text = args.get("q", "")[: LONGEST_QUERY * 2].replace("\x00", "")
    scope, sort = args.get("scope", ""), args.get("sort", "")
    asked = Asked(
        text=text,
        filters={name: tuple(args.getlist(name)[:MOST_CHOSEN]) for name in names if args.getlist(name)},
        since=first.first if first else None,
        until=last.last if last else None,
        scope=scope if scope in (MINE, CITY) else "",
        sort=sort if sort in SORTS else RELEVANCE,
        offset=(page_of(args) - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        expand=args.get("words") != "0",
    )
    return asked, hints


def page_of(args: "MultiDict[str, str]") -> int:
    """The number of the page; the first when it cannot be read."""
    text = args.get("page", "1")
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _day(text: str, hints: list[Message]) -> LooseDay | None:
    if not text.strip():
        return None
    day = parse_loose(text)
    if day is None:
        hints.append(say("“{typed}” không phải là ngày. {why}", typed=text[:40], why=not_a_loose_day(text)))
    return day


def choices(found: Findings) -> list[Choices]:
    """The facets that have something to choose."""
    shown: list[Choices] = []
    for column in found.columns:
        if column.facet.shown and column.values:
            links = _links(column, _without(column))
            cut = max(SHOWN_VALUES, sum(value.chosen for value in column.values))
            picked = any(value.chosen for value in column.values)
            shown.append(Choices(column.facet.label, links[:cut], links[cut:], picked or len(shown) < 3))
    return shown


def _without(column: Column) -> str:
    """This search without the facet: worked out once for all its values."""
    return here(**{column.facet.name: None, "page": None})


def _links(column: Column, without: str) -> tuple[Link, ...]:
    """Each value as a switch, `without` being the address without the facet. A page has two hundred: what they share is put together once."""
    known = {value.value: f"{column.facet.name}={quote_plus(STORED + value.value)}" for value in column.values}
    chosen = [value.value for value in column.values if value.chosen]
    mark = "&" if "?" in without else "?"
    before = mark.join([without, "&".join(known[one] for one in chosen)]) + "&" if chosen else without + mark
    return tuple(
        Link(value.label, value.count, value.chosen, _switched_off(value.value, chosen, known, without, mark) if value.chosen else before + known[value.value])
        for value in column.values
    )


def _switched_off(value: str, chosen: list[str], known: dict[str, str], without: str, mark: str) -> str:
    others = "&".join(known[one] for one in chosen if one != value)
    return f"{without}{mark}{others}" if others else without


def chips(found: Findings) -> list[Chip]:
    """What narrows this search, each with a way out. Filters typed into the query are the query's; the address cannot drop them."""
    shown: list[Chip] = []
    for column in found.columns:
        if column.facet.name in found.asked.filters and any(value.chosen for value in column.values):
            shown.extend(Chip(str(column.facet.label), link.label, link.href) for link in _links(column, _without(column)) if link.chosen)
    shown.extend(_day_chips(found.asked.since, found.asked.until))
    return shown


def _day_chips(since: date | None, until: date | None) -> Iterable[Chip]:
    if since:
        yield Chip(str(say("Từ ngày")), format_day(since), here(**{"from": None, "page": None}))
    if until:
        yield Chip(str(say("Đến ngày")), format_day(until), here(to=None, page=None))


def bare(**changes: str | None) -> str:
    """The same query without any filter, and with `changes`."""
    names = [facet.name for facet in sources.facets()]
    return here(**dict.fromkeys([*names, "from", "to", "page"]), **changes)


def tries(found: Findings) -> list[Way]:
    """Where to go from an empty page, what is likeliest to help first; each with exactly how many it leads to."""
    offers, made = found.offers, list[Way]()
    if offers.city:
        made.append(Way(say_n("Tìm toàn Thành phố: {n} kết quả", "Tìm toàn Thành phố: {n} kết quả", offers.city), here(scope=CITY, page=None)))
    if offers.unfiltered:
        made.append(Way(say_n("Bỏ các bộ lọc: {n} kết quả", "Bỏ các bộ lọc: {n} kết quả", offers.unfiltered), bare()))
    if offers.simpler:
        words, many = offers.simpler
        label = say_n("Chỉ tìm các từ “{words}”: {n} kết quả", "Chỉ tìm các từ “{words}”: {n} kết quả", many, words=words)
        made.append(Way(label, bare(q=words)))
    if offers.elsewhere:
        words, many = offers.elsewhere
        label = say_n("Chỉ tìm các từ “{words}” toàn Thành phố: {n} kết quả", "Chỉ tìm các từ “{words}” toàn Thành phố: {n} kết quả", many, words=words)
        made.append(Way(label, bare(q=words, scope=CITY)))
    return made


def browses(found: Findings) -> list[Way]:
    """Ways to look around without a word: everything of this scope with its filters, and the lists of the rooms."""
    mine = say("Xem mọi kiến nghị của đơn vị bầu cử này") if found.scope == MINE else say("Xem tất cả, chọn dần theo bộ lọc")
    return [Way(mine, bare(q=None, words=None)), *(Way(label, href) for source in sources.registered() for label, href in source.browse)]


def download(kind: str) -> str:
    """The address of the listed rows as a file."""
    return f"/search/results.{kind}{here(page=None).removeprefix('/search')}"


def listed(asked: Asked) -> Asked:
    """The same search with all the rows that its pages list."""
    return replace(asked, offset=0, limit=MOST_PAGES * PAGE_SIZE)


def kept(args: "MultiDict[str, str]") -> list[tuple[str, str]]:
    """What the search form carries along besides its own fields."""
    own = {"q", "page", "lang", "from", "to", "sort"}
    return [(name, value) for name in args for value in args.getlist(name) if name not in own]
