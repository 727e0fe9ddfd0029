"""What a document says, kept beside its postings: exact syllables in their order, part by part.

Postings tell which words a document holds, not in which order nor which others. Phrases of three syllables and more are verified
here, feedback takes its words from here, and suggestions see how words are written. At most `MOST` syllables are kept of a document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from petitions.search import analysis
from petitions.search.documents import AGENCY, ANSWER, BODY, CODE, FIELD, KIN, PLACE, SUMMARY

MOST = 2_000
PARTS = (SUMMARY, BODY, PLACE, FIELD, AGENCY, CODE, KIN, ANSWER)  # what is long comes last: it is what is cut
FEEDING = (SUMMARY, BODY, FIELD)  # what voters said and what it was taken for; answers say much that nobody asked
_PART, _CUT = "\n", "\f"


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a document as runs of exact terms; `whole` unless something was cut."""

    parts: Mapping[str, Sequence[str]]
    whole: bool = True


def pack(texts: Mapping[str, str]) -> str:
    """The texts of a document in one string; Whoosh compresses what it stores."""
    return pack_runs({part: [exact for exact, _ in analysis.words(text)] for part, text in texts.items()})


def pack_runs(said: Mapping[str, Sequence[str]]) -> str:
    """The same of parts that are analysed already: their exact terms."""
    left, cut, runs = MOST, not set(said) <= set(PARTS), []
    for part in PARTS:
        words = said.get(part, ())
        cut = cut or len(words) > left
        runs.append(" ".join(words[:left]))
        left -= min(len(words), left)
    return (_CUT if cut else "") + _PART.join(runs)


def unpack(packed: str) -> Said:
    """What was packed."""
    runs = packed.removeprefix(_CUT).split(_PART)
    return Said({part: run.split() for part, run in zip(PARTS, runs, strict=False)}, whole(packed))


def whole(packed: str) -> bool:
    """Whether nothing of the document was cut off."""
    return bool(packed) and not packed.startswith(_CUT)
