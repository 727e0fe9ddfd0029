"""Reading the words of a place: which names of districts and units, provinces, and kinds (phường, quận …) stand in them. Pure.

A name counts when a kind stands before it ("phường Yên Hoà"), or when it fills its part of the text ("…, Gia Lâm"). After other words
("đường Lĩnh Nam", "chung cư Định Công", "số 418 Bạch Mai") it is only a hint: the name of a street or of an estate.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from petitions.areas import outside
from petitions.areas.gazetteer import Gazetteer
from petitions.areas.spelling import Name, plain_key, syllable, written_so
from petitions.core.text import clean, fold

MOST_CHARACTERS = 600
UNIT_KINDS = frozenset({"phuong", "xa", "thi_tran"})
DISTRICT_KINDS = frozenset({"quan", "huyen", "thi_xa"})
PROVINCE_KINDS = frozenset({"tinh", "thanh_pho"})
KINDS: dict[tuple[str, ...], str] = {
    ("phường",): "phuong",
    ("p",): "phuong",
    ("ph",): "phuong",
    ("xã",): "xa",
    ("x",): "xa",
    ("thị", "trấn"): "thi_tran",
    ("tt",): "thi_tran",
    ("quận",): "quan",
    ("q",): "quan",
    ("huyện",): "huyen",
    ("h",): "huyen",
    ("thị", "xã"): "thi_xa",
    ("tx",): "thi_xa",
    ("tỉnh",): "tinh",
    ("thành", "phố"): "thanh_pho",
    ("tp",): "thanh_pho",
}
_FOLDED_KINDS = {tuple(plain_key(syllable(word)) for word in words): (tuple(syllable(word) for word in words), kind) for words, kind in KINDS.items()}
_SHORT = frozenset({"p", "ph", "x", "tt", "q", "h", "tx", "tp"})
_WORD = re.compile(r"[^\W_]+")
_HARD = re.compile(r"[,;:()\[\]{}/\\|+&\n<>\"“”]")
_SOFT = re.compile(r"[-–—]")
_AND = frozenset({"và", "va", "với", "cùng", "hoặc", "hay"})
_FORMER = frozenset({"cũ", "cu"})
_FILLING_WORDS = """
    cử tri các tại ở thuộc địa bàn nhân dân bà con của trên là khu vực ubnd hđnd mttq đoàn đơn vị nơi một những trong trước đây nay mới cũ toàn
    cu cac tai o thuoc dia ban nhan dan ba cua tren la vuc hdnd doan don vi noi mot nhung truoc day moi toan
"""
_FILLING = frozenset(syllable(word) for word in _WORD.findall(_FILLING_WORDS))
# What goes on after a name without being part of it: the next line of an address, or what is asked.
_GOING_ON_WORDS = _FILLING_WORDS + "tổ thôn xóm ngõ ngách số đường khu cụm chung tòa đội đề kiến phản"
_ALONE = frozenset("bcdđghklmnpqrstvx")  # a consonant by itself is no word but a slip of the hand
_GOING_ON = frozenset(form for word in _WORD.findall(_GOING_ON_WORDS) for form in (syllable(word), plain_key(syllable(word))))


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as typed, in its normal form, folded; what separates it from the word before ('', 'soft', 'hard')."""

    typed: str
    normal: str
    plain: str
    gap: str
    dot: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A place the words speak of. `names` are what it may mean (none: a kind with a name nobody knows); `loose`: only a hint.

    `longer`: the whole name as typed when more of it stands behind the known one ("xã Gia Lâm Đồng"), else empty.
    """

    typed: tuple[str, ...]
    text: str
    kind: str | None
    names: tuple[Name, ...]
    loose: bool = False
    former: bool = False
    inherited: str | None = None
    longer: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, in order."""

    mentions: tuple[Mention, ...]
    provinces: tuple[str, ...]
    maybe_provinces: tuple[str, ...]
    city: bool
    everywhere: bool
    rest: str


def read(gazetteer: Gazetteer, words: str) -> Reading:
    """Read the words (at most 600 characters of them)."""
    return _Reader(gazetteer, _tokens(clean(words)[:MOST_CHARACTERS])).read()


def _tokens(text: str) -> list[Token]:
    made: list[Token] = []
    end = 0
    separator = False
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        gap = "hard" if separator or _HARD.search(between) else "soft" if _SOFT.search(between) else ""
        end, typed = found.end(), found.group()
        separator = False
        if made and "." in between[:1]:
            made[-1] = replace(made[-1], dot=True)
        if typed in _AND:
            separator = True
            continue
        normal = syllable(typed)
        made.append(Token(typed, normal, plain_key(normal), gap or ""))
    return made


class _Reader:
    """One pass over the tokens, part by part (parts end at commas, brackets, "và")."""

    def __init__(self, gazetteer: Gazetteer, tokens: list[Token]) -> None:
        self.gazetteer, self.tokens = gazetteer, tokens
        self.mentions: list[Mention] = []
        self.provinces: list[str] = []
        self.maybe: list[str] = []
        self.city = self.everywhere = False
        self.rest: list[str] = []
        self.shouting = all(token.typed == token.typed.upper() for token in tokens)
        self.whispering = all(token.typed == token.typed.lower() for token in tokens)

    def read(self) -> Reading:
        """Read all parts, in order."""
        inherited: str | None = None
        for start, end in self._parts():
            before = len(self.mentions)
            self._part(start, end, inherited)
            fresh = self.mentions[before:]
            inherited = next((mention.kind or mention.inherited for mention in reversed(fresh) if not mention.loose), inherited if fresh else None)
        return Reading(tuple(self.mentions), tuple(self.provinces), tuple(self.maybe), self.city, self.everywhere, " ".join(self.rest))

    def _parts(self) -> Iterator[tuple[int, int]]:
        start = 0
        for i in range(1, len(self.tokens) + 1):
            if i == len(self.tokens) or self.tokens[i].gap == "hard":
                yield start, i
                start = i

    def _part(self, start: int, end: int, inherited: str | None) -> None:
        i, explained = start, True
        while i < end:
            kind, after = self._kind(i, end)
            if kind and (taken := self._typed(kind, i, after, end)):
                i, explained = taken, True
                continue
            if whole := self._untyped(i, end, inherited, explained=explained):
                i = whole
                continue
            if self.tokens[i].normal not in _FILLING:
                explained = False
                self.rest.append(self.tokens[i].typed)
            i += 1

    # -- kinds ---------------------------------------------------------------------------------------------------------

    def _kind(self, i: int, end: int) -> tuple[str | None, int]:
        for length in (2, 1):
            if i + length < end and (known := _FOLDED_KINDS.get(tuple(token.plain for token in self.tokens[i : i + length]))):
                exact, kind = known
                if written_so(tuple(token.normal for token in self.tokens[i : i + length]), exact) and not any(
                    token.gap == "hard" for token in self.tokens[i + 1 : i + length + 1]
                ):
                    return kind, i + length
        return None, i

    def _typed(self, kind: str, start: int, i: int, end: int) -> int:
        """Take the name after a kind; returns where it ends, 0 when there is none."""
        if kind in PROVINCE_KINDS:
            return self._province(i, end, sure=True)
        group = UNIT_KINDS if kind in UNIT_KINDS else DISTRICT_KINDS
        for length in range(min(self.gazetteer.longest, end - i), 0, -1):
            names = tuple(name for name in self._names(i, length) if self.gazetteer.place(name).kind in group)
            if names:
                self._add(i, length, end, kind, names)
                self.mentions[-1] = replace(self.mentions[-1], longer=self._longer(i, length, end))
                return i + length
        if self._name_follows(start, i):
            length = self._unknown_length(i, end)
            self._add(i, length, end, kind, ())
            return i + length
        return 0

    def _name_follows(self, start: int, i: int) -> bool:
        kind, first = self.tokens[i - 1], self.tokens[i]
        if kind.plain in _SHORT and not (kind.dot or kind.typed.isupper()):
            return False
        if start == i - 1 and kind.typed == fold(kind.typed) and kind.plain not in _SHORT and not self.whispering and not self.shouting:
            return first.typed[:1].isupper()
        return first.plain != "hoi" and (first.typed[:1].isupper() or first.typed[:1].isdigit() or self.whispering)

    def _unknown_length(self, i: int, end: int) -> int:
        length = 1
        while i + length < end and length < 5 and not self._kind(i + length, end)[0]:
            token = self.tokens[i + length]
            if token.gap or not (token.typed[:1].isupper() or self.whispering) or token.normal in _FORMER:
                break
            length += 1
        return length

    def _longer(self, i: int, length: int, end: int) -> str:
        """The name with the unknown syllables that go on right behind its known beginning; empty when none do."""
        last = i + length
        lower = all(token.typed == token.typed.lower() for token in self.tokens[i:last])
        if last == end or self.tokens[last - 1].dot or self.tokens[last].normal in _GOING_ON or self._starts_another(last, end):
            return ""
        while last < end and not (token := self.tokens[last]).gap and (token.typed[:1].isupper() or token.typed in _ALONE or (lower and token.typed.isalpha())):
            last += 1
        return " ".join(token.typed for token in self.tokens[i:last]) if last > i + length else ""

    def _starts_another(self, i: int, end: int) -> bool:
        """Whether a kind, a known name, the city or a province begins at `i`; a short name counts only when nothing else follows it."""
        if self._kind(i, end)[0]:
            return True
        tables = (outside.city(), outside.everywhere(), outside.provinces())
        lengths = range(1, min(max(5, self.gazetteer.longest), end - i) + 1)
        if any(self._is(table, i, length) for table in tables for length in lengths):
            return True
        return any(self._names(i, length) and (length > 1 or self._only_filling(i + 1, end)) for length in lengths)

    # -- names ---------------------------------------------------------------------------------------------------------

    def _names(self, i: int, length: int) -> tuple[Name, ...]:
        """Names of places that the words i … may be, those written exactly so before those written without marks."""
        taken = self.tokens[i : i + length]
        if any(token.gap == "hard" for token in taken[1:]):
            return ()
        typed = tuple(token.normal for token in taken)
        known = [name for name in self.gazetteer.names.get(tuple(token.plain for token in taken), ()) if written_so(typed, name.exact)]
        known = [name for name in known if not name.alias or length > 1 or self.tokens[i].typed.isupper()]
        return tuple([name for name in known if name.exact == typed] or known)

    def _untyped(self, i: int, end: int, inherited: str | None, *, explained: bool) -> int:
        """Take a name without a kind at `i`; it is loose unless it fills what stands between two separators."""
        stop = next((j for j in range(i + 1, end) if self.tokens[j].gap), end)
        if explained and (taken := self._elsewhere(i, stop, end)):
            return taken
        if [token.normal for token in self.tokens[i : i + 2]] == ["hà", "nội"]:
            self.city = True
            return i + 2
        for length in range(min(self.gazetteer.longest, end - i), 0, -1):
            names = self._names(i, length)
            if not names:
                continue
            filled = explained and self._only_filling(i + length, end)
            if length == 1 and not filled:
                continue
            self._add(i, length, end, None, names, loose=not filled, inherited=inherited)
            return i + length
        return 0

    def _only_filling(self, i: int, end: int) -> bool:
        return i >= end or self.tokens[i].gap == "soft" or all(token.normal in _FILLING for token in self.tokens[i:end])

    def _elsewhere(self, i: int, stop: int, end: int) -> int:
        for table in (outside.everywhere(), outside.city()):
            for length in range(stop - i, 0, -1):
                if self._is(table, i, length) and (table is outside.everywhere() or self._only_filling(i + length, end)):
                    self.everywhere = self.everywhere or table is outside.everywhere()
                    self.city = self.city or table is outside.city()
                    return i + length
        return self._province(i, end, sure=False)

    def _province(self, i: int, end: int, *, sure: bool) -> int:
        for length in range(min(5, end - i), 0, -1):
            if sure and self._is(outside.city(), i, length):
                self.city = True
                return i + length
            name = self._is(outside.provinces(), i, length)
            if not name or not (sure or self._only_filling(i + length, end)):
                continue
            if not sure and self._names(i, length):
                self.maybe.append(name)
                return 0
            self.provinces.append(name)
            return i + length
        return 0

    def _is(self, table: outside.Keys, i: int, length: int) -> str | None:
        taken = self.tokens[i : i + length]
        typed = tuple(token.normal for token in taken)
        known = table.get(tuple(token.plain for token in taken), ())
        return next((name for exact, name in known if written_so(typed, exact)), None)

    def _add(self, i: int, length: int, end: int, kind: str | None, names: tuple[Name, ...], *, loose: bool = False, inherited: str | None = None) -> None:
        taken = self.tokens[i : i + length]
        former = i + length < end and self.tokens[i + length].normal in _FORMER
        text = " ".join(token.typed for token in taken)
        self.mentions.append(Mention(tuple(token.normal for token in taken), text, kind, names, loose, former, inherited))
