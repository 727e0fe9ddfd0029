"""A whole document split: its heading, the text that the proposals point into, the proposals. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from petitions.agencies.directory import Directory
from petitions.oversight.splitting.mentions import Register
from petitions.oversight.splitting.outline import outline
from petitions.oversight.splitting.paragraphs import Heading, heading, paragraphs
from petitions.oversight.splitting.proposals import Proposal, Reader


@dataclass(frozen=True, slots=True)
class Split:
    """What was found; `text`: the paragraphs, one a line."""

    heading: Heading
    text: str
    proposals: tuple[Proposal, ...]


def split(text: str, directory: Directory, *, issued: date | None = None, workdays: Callable[[date, int], date] | None = None) -> Split:
    """Split the text of a document; `issued`: its day where it is known, else what its heading says. `workdays(day, n)` counts working days."""
    lines = paragraphs(text)
    top = heading(lines)
    day = issued or top.dated_on
    whole = "\n".join(lines)
    reader = Reader(whole, Register(directory, day), day, workdays)
    return Split(top, whole, tuple(reader.read(outline(lines))))
