"""What the child answers, and what all readers share: the limit of text, and the marks of secret documents."""

import re
from dataclasses import dataclass, field
from typing import Any

from petitions.core.text import clean

MOST_TEXT = 500_000  # characters kept of one file
FIRST = 3_000  # characters in which a mark of secrecy would stand
# A line that is nothing but the mark, however it is spaced out: "MẬT", "T Ố I  M Ậ T", "Độ mật: Tuyệt mật".
_MARK = re.compile(r"(?:ĐỘMẬT:?)?(TUYỆTMẬT|TỐIMẬT|MẬT)")


@dataclass
class Answer:
    """facts: what can be said in JSON ("problem": why the file is refused); parts: named bytes (text, page-1 …)."""

    facts: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)

    def with_text(self, text: str) -> "Answer":
        """Keep `text`, cleaned and cut to the limit."""
        kept = clean(text[: MOST_TEXT + 1])
        self.facts["cut"] = len(text) > MOST_TEXT
        self.parts["text"] = kept[:MOST_TEXT].encode("utf-8", "replace")
        return self


def refused(problem: str) -> Answer:
    """The file is not taken; `problem` is a word that the parent knows."""
    return Answer({"problem": problem})


def marking(text: str) -> str | None:
    """The mark of secrecy that stands as a line of its own near the beginning, as it is written in the law; None without one."""
    for line in clean(text[:FIRST]).upper().split("\n"):
        match = _MARK.fullmatch(re.sub(r"\s+", "", line).strip(".-*"))
        if match:
            return match.group(1)
    return None
