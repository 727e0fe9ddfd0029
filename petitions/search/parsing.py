"""The query language: words, "a phrase", -without, OR, prefix*, field:value with Vietnamese and English names, từ:01/2023, mã:HD16-20-00123.

Pure: text → `Query`. Nothing typed is an error: what cannot be read is searched as plain words, with a hint that says so.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from petitions.core.dates import not_a_loose_day, parse_loose
from petitions.core.text import clean, fold
from petitions.core.words import Message, say
from petitions.search import analysis

LONGEST_QUERY = 600
MOST_WORDS = 32
MOST_VALUE_WORDS = 7
SHORTEST_PREFIX = 2
LONGEST_NAME = 4

SINCE, UNTIL, ON, CODE = "since", "until", "on", "code"
_OWN_NAMES = {
    SINCE: ("từ", "từ ngày", "since", "from"),
    UNTIL: ("đến", "đến ngày", "until", "to"),
    ON: ("ngày", "date", "on"),
    CODE: ("mã", "mã số", "code", "id"),
}
_OR, _AND, _NOT = frozenset({"OR", "HOẶC", "HOAC", "|", "||"}), frozenset({"AND", "VÀ", "&", "&&"}), frozenset({"NOT", "KHÔNG"})
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_CHUNK = re.compile(r'(?P<minus>(?<!\S)[-−–](?=[^\s\-]))?(?:"(?P<phrase>[^"]*)"|(?P<open>")|(?P<rest>[^\s"()\[\]{}]+))')
_NAMED = re.compile(r"^([^\W\d_][^:]*):(.*)$", re.DOTALL)

Resolve = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable: its exact and folded term, and how it was typed."""

    typed: str
    exact: str
    folded: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables that must stand together: "…", or a number with its strokes (179/QĐ-UBND); `code` is that number as one term."""

    words: tuple[Word, ...]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Everything that begins with this."""

    typed: str
    exact: str
    folded: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be met as a whole, or its beginning."""

    folded: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    items: tuple["Item", ...]


Item = Word | Phrase | Prefix | Code | Either


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. filters/excluding: facet → values; `without`: items that must not be there; since/until inclusive."""

    text: str = ""
    items: tuple[Item, ...] = ()
    without: tuple[Item, ...] = ()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excluding: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    hints: tuple[Message, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The plain words, in order."""
        return tuple(item for item in self.items if isinstance(item, Word))


@dataclass(slots=True)
class _Chunk:
    text: str
    minus: bool = False
    phrase: bool = False
    glued: bool = False  # stands right behind the chunk before it: name:"two words"


def parse(text: str, names: Mapping[str, Sequence[str]] | None = None, resolve: Resolve | None = None) -> Query:
    """Read `text`. `names`: facet → the words one may type before the colon; `resolve(facet, words)` → its values, none when unknown."""
    return _Parser(text, names or {}, resolve or (lambda _facet, value: (value,))).read()


class _Parser:
    def __init__(self, text: str, names: Mapping[str, Sequence[str]], resolve: Resolve) -> None:
        whole = clean(text.encode("utf-8", "replace").decode("utf-8"))
        self.hints: list[Message] = []
        if len(whole) > LONGEST_QUERY:
            whole = whole[:LONGEST_QUERY]
            self.hints.append(say("Câu tìm quá dài: chỉ {n} chữ cái đầu được dùng.", n=LONGEST_QUERY))
        self.text = " ".join(whole.split())
        self.names = {fold(word): facet for facet, many in {**names, **_OWN_NAMES}.items() for word in many}
        self.known = [many[0] for many in (*names.values(), *_OWN_NAMES.values()) if many]
        self.resolve = resolve
        self.items: list[Item] = []
        self.without: list[Item] = []
        self.filters: dict[str, frozenset[str]] = {}
        self.excluding: dict[str, frozenset[str]] = {}
        self.since: date | None = None
        self.until: date | None = None
        self.count = 0

    def read(self) -> Query:
        chunks = self._chunks()
        place, either = 0, False
        negate = False
        while place < len(chunks):
            chunk = chunks[place]
            if not chunk.phrase and not chunk.minus and chunk.text in _OR | _AND | _NOT:
                either, negate = (either or chunk.text in _OR), chunk.text in _NOT
                place += 1
                continue
            taken = self._named(chunks, place)
            if taken:
                place += taken
                either = negate = False
                continue
            found = self._plain(chunk)
            if chunk.minus or negate:
                self.without.extend(found)
            elif either and self.items and found:
                self._join(found)
            else:
                self.items.extend(found)
            either = negate = False
            place += 1
        return Query(
            self.text,
            tuple(self.items),
            tuple(self.without),
            self.filters,
            self.excluding,
            self.since,
            self.until,
            tuple(self.hints),
        )

    def _chunks(self) -> list[_Chunk]:
        chunks: list[_Chunk] = []
        end = -1
        for found in _CHUNK.finditer(self.text.translate(_QUOTES)):
            if found.group("open"):
                self.hints.append(say("Thiếu dấu ngoặc kép đóng: các chữ sau đó được tìm như chữ thường."))
            else:
                phrase = found.group("phrase")
                text = phrase if phrase is not None else found.group("rest")
                chunks.append(_Chunk(text, bool(found.group("minus")), phrase is not None, found.start() == end))
            end = found.end()
        return chunks

    def _join(self, found: list[Item]) -> None:
        last = self.items.pop()
        before = last.items if isinstance(last, Either) else (last,)
        self.items.append(Either((*before, *found)))

    # name:value ---------------------------------------------------------------------------------------------

    def _named(self, chunks: list[_Chunk], place: int) -> int:
        """Read a field and its value from `place`; the number of chunks taken, 0 when there is none."""
        for length in range(LONGEST_NAME, 0, -1):  # names may have several words: "lĩnh vực:"
            run = chunks[place : place + length]
            if len(run) < length or any(c.phrase or (i and (c.minus or c.glued)) or ":" in c.text for i, c in enumerate(run[:-1])) or run[-1].phrase:
                continue
            named = _NAMED.match(" ".join(c.text for c in run))
            name = self.names.get(fold(named.group(1)).strip()) if named else None
            if named and name:
                return length + self._value(name, named.group(2).strip(), chunks[place + length :], run[0].minus)
        self._unknown_name(chunks[place])
        return 0

    def _unknown_name(self, chunk: _Chunk) -> None:
        named = None if chunk.phrase else _NAMED.match(chunk.text)
        if named and len(named.group(1)) > 1 and not named.group(2).startswith("//"):
            known = ", ".join(f"{name}:" for name in self.known)
            self.hints.append(say("Không có tiêu chí “{name}:”. Có thể dùng: {known}", name=named.group(1), known=known))

    def _value(self, name: str, first: str, rest: list[_Chunk], minus: bool) -> int:
        if not first and rest and (rest[0].phrase or rest[0].text):
            if rest[0].phrase:
                self._apply(name, [rest[0].text], minus)
                return 1
            return 1 + self._value(name, rest[0].text, rest[1:], minus) if ":" not in rest[0].text else self._nothing(name)
        if not first:
            return self._nothing(name)
        if name in _OWN_NAMES:
            self._own(name, first, minus)
            return 0
        words = [first]
        for chunk in rest[: MOST_VALUE_WORDS - 1]:
            if chunk.phrase or chunk.minus or ":" in chunk.text or chunk.text in _OR | _AND | _NOT:
                break
            words.append(chunk.text)
        return self._apply(name, words, minus) - 1

    def _nothing(self, name: str) -> int:
        self.hints.append(say("Sau dấu hai chấm chưa có giá trị: tiêu chí này được bỏ qua."))
        return 0

    def _apply(self, name: str, words: list[str], minus: bool) -> int:
        """Take the longest run of words that names a value; the number of words taken (1 when none does, with a hint)."""
        if name in _OWN_NAMES:
            self._own(name, words[0], minus)
            return 1
        for length in range(len(words), 0, -1):
            text = " ".join(words[:length])
            values = [value for part in text.split(",") if part.strip() for value in self.resolve(name, part.strip())]
            if values:
                into = self.excluding if minus else self.filters
                into[name] = into.get(name, frozenset()) | frozenset(values)
                return length
        self.hints.append(say("Không rõ giá trị “{value}” của một tiêu chí: được tìm như chữ thường.", value=words[0]))
        self.items.extend(self._plain(_Chunk(words[0])))
        return 1

    def _own(self, name: str, text: str, minus: bool) -> None:
        if name == CODE:
            folded = fold(text).strip()
            prefix = folded.endswith("*")
            self._put(Code(folded.rstrip("*")[: analysis.LONGEST], prefix), minus)
            return
        day = parse_loose(text)
        if day is None:
            self.hints.append(say("“{typed}” không phải là ngày. {why}", typed=text[:40], why=not_a_loose_day(text)))
            return
        if name in (SINCE, ON):
            self.since = day.first
        if name in (UNTIL, ON):
            self.until = day.last

    def _put(self, item: Item, minus: bool) -> None:
        (self.without if minus else self.items).append(item)

    # plain words --------------------------------------------------------------------------------------------

    def _plain(self, chunk: _Chunk) -> list[Item]:
        words = [Word(chunk.text[s.start : s.end], s.exact, s.folded) for s in analysis.syllables(chunk.text)]
        room = MOST_WORDS - self.count
        if len(words) > room:
            self.hints.append(say("Câu tìm có quá nhiều từ: chỉ {n} từ đầu được dùng.", n=MOST_WORDS))
            words = words[: max(room, 0)]
        self.count += len(words)
        if not words:
            return []
        if chunk.phrase:
            return [Phrase(tuple(words))] if len(words) > 1 else list(words)
        if chunk.text.endswith("*") and len(words) == 1:
            return self._prefix(words[0])
        if len(words) > 1 and any(c.isdigit() for c in chunk.text):
            whole = analysis.codes(chunk.text)
            return [Phrase(tuple(words), whole[0] if len(whole) == 1 else None)]
        return list(words)

    def _prefix(self, word: Word) -> list[Item]:
        if len(word.folded) < SHORTEST_PREFIX:
            self.hints.append(say("Trước dấu * cần ít nhất {n} chữ cái.", n=SHORTEST_PREFIX))
            return [word]
        return [Prefix(word.typed, word.exact, word.folded)]
