"""Numbered clauses as a tree: Điều 2 → a), II → 1 → 1.1 → dash lines. A clause is called as people call it: "II.1", "Điều 2.a". Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from petitions.oversight.splitting.paragraphs import MARKER, shouted

DASHES = frozenset({"dash", "plus"})
# Kinds of numbering from the outermost to the innermost, as decree 30/2020 writes them; the order found in the document decides where two could be meant.
_RANK = {"part": 0, "capital": 1, "roman": 2, "article": 2, "arabic": 3, "ordinal": 4, "deep": 4, "letter": 5, "bracket": 6, "dash": 7, "plus": 8}


@dataclass
class Clause:
    """One numbered item: its own label part, its first paragraph and the unnumbered ones below it, then its parts in reading order."""

    kind: str
    mark: str
    lines: list[str] = field(default_factory=list)
    parts: list["Clause | str"] = field(default_factory=list)  # a str is a paragraph of its own between parts
    above: "Clause | None" = None

    @property
    def clauses(self) -> list["Clause"]:
        """The numbered parts alone."""
        return [part for part in self.parts if isinstance(part, Clause)]

    @property
    def label(self) -> str:
        """What people call it; dash lines bear the name of what they stand under."""
        if self.above is None:
            return ""
        own, upper = self.mark, self.above.label
        if self.kind in DASHES:
            return upper
        if self.kind == "deep" and self.above.kind in ("arabic", "deep") and own.startswith(self.above.mark + "."):
            own = own[len(self.above.mark) + 1 :]
        if self.above.kind == "part":
            return own if self.kind in ("article", "roman") else f"{upper}.{own}"
        return f"{upper}.{own}" if upper else own


def outline(paragraphs: Sequence[str]) -> Clause:
    """The tree of a document's paragraphs; what stands before the first number belongs to the root."""
    root = Clause("root", "")
    here = root
    for line in paragraphs:
        found = MARKER.match(line)
        if found is None or not (rest := line[found.end() :].strip()) or _is_sum(line, here):
            if found is not None and found.lastgroup in ("part_no", "article_no"):
                here = _under(root, here, found, "")
            else:
                _append(here, line)
            continue
        here = _under(root, here, found, rest)
    return root


def _is_sum(line: str, here: Clause) -> bool:
    """A line that begins with a figure which is no number of a clause ("30. 000 đồng")."""
    return bool(re.match(r"^\d{1,3}\.\s*\d{3}\b", line)) and here is not None


def _append(here: Clause, line: str) -> None:
    """A paragraph without a number belongs to the clause it stands in; a dash line ends with its paragraph, a heading in capitals opens nothing."""
    while here.kind in DASHES and here.above is not None and (shouted(line) or line[0].isupper()):
        here = here.above
    (here.parts if here.parts else here.lines).append(line)


def _under(root: Clause, here: Clause, found: re.Match[str], rest: str) -> Clause:
    kind, mark = _kind(found)
    above = _place(here, kind, mark)
    made = Clause(kind, mark, [rest] if rest else [], above=above or root)
    (above or root).parts.append(made)
    return made


def _kind(found: re.Match[str]) -> tuple[str, str]:
    """The kind of number and how it is called."""
    groups = found.groupdict()
    if groups["article"]:
        return "article", f"Điều {groups['article_no']}"
    if groups["part"]:
        return "part", f"{groups['part'].capitalize()} {groups['part_no']}"
    kind = next(name for name in ("ordinal", "roman", "deep", "arabic", "capital", "letter", "bracket", "dash", "plus") if groups[name])
    return kind, str(groups[kind])


def _place(here: Clause, kind: str, mark: str) -> Clause | None:
    """Where an item of this kind hangs: beside the nearest open one of its kind, else below what is open and outranks it."""
    line = list(_upwards(here))
    if kind == "deep":
        head = mark.rsplit(".", 1)[0]
        if parent := next((one for one in line if one.kind in ("arabic", "deep") and one.mark == head), None):
            return parent
    for one in line:
        if one.kind == kind and not (kind == "deep" and one.mark.count(".") < mark.count(".")):
            if kind in DASHES or _follows(one.mark, mark) or not _starts(mark):
                return one.above
            break  # 1. again, below another 1.: a new list within it
    for one in line:
        if _RANK[one.kind] < _RANK[kind]:
            return one
    return None


def _upwards(here: Clause | None) -> Iterator[Clause]:
    while here is not None and here.above is not None:
        yield here
        here = here.above


def _starts(mark: str) -> bool:
    """A number that begins a list."""
    return mark in ("1", "a", "A", "I", "i", "Một là", "Thứ nhất") or mark.endswith(".1")


def _follows(before: str, mark: str) -> bool:
    """Whether `mark` can come after `before` in one list."""
    return not _starts(mark) or before == mark
