"""Building the shipped template of each kind of letter, as DOCX bytes."""

from functools import cache
from io import BytesIO

from petitions.letters.kinds import KINDS, WITH_FIELDS
from petitions.letters.layout import parts
from petitions.letters.layout.measures import ANNEXES
from petitions.letters.layout.wordings import WORDINGS


@cache
def template(kind: str) -> bytes:
    """The shipped template of `kind`: the letter, and its annex where the kind has one. Always the same bytes in a process."""
    chosen = KINDS[kind]
    document = parts.paper(chosen.label.text)
    parts.head(document)
    parts.addressee(document)
    parts.says(document, WORDINGS[kind])
    parts.foot(document)
    if chosen.annex:
        parts.annex(document, ANNEXES[chosen.annex], totals=chosen.annex == WITH_FIELDS)
    return _bytes(document)


def _bytes(document: object) -> bytes:
    made = BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()
