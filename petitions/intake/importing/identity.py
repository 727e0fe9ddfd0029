"""Which rows are the same petition: by the external id, else by a digest of text, place and day; and whether a row has changed."""

import hashlib
import json
from collections.abc import Iterable

from petitions.core.text import tone_normal
from petitions.intake.importing.values import Day, Row

BY_ID, BY_DIGEST = "id", "digest"


def key_of(row: Row, body: str) -> str:
    """The identity of `row` within `body` (its code): "id:HD:KN-1" or "digest:HD:…" (64 hexadecimal digits)."""
    if row.external_id:
        return f"{BY_ID}:{body}:{row.external_id}"
    day = row.met if row.met.day or row.met.words else row.received
    return f"{BY_DIGEST}:{body}:{digest([_plain(row.text), _plain(row.place), _day(day)])}"


def content_of(row: Row) -> str:
    """A digest of all that the row says, its notes included: equal digests, nothing to do."""
    parts = [
        *(row.text, row.summary, row.place, row.constituency, row.field, row.level, row.origin, row.session, row.timing),
        *(_day(row.received), _day(row.met), _day(row.answered), "; ".join(row.agencies)),
        *(row.answer_number, row.answer, row.answer_class, row.petitioner),
        json.dumps(dict(row.notes), ensure_ascii=False, sort_keys=True),
    ]
    return digest(parts)


def digest(parts: Iterable[str]) -> str:
    """SHA-256 over `parts`, each with its length, so that no two lists of parts read alike."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def _plain(words: str) -> str:
    """Words as they count for sameness: case, blanks and the school of tone marks do not."""
    return " ".join(tone_normal(words).split())


def _day(day: Day) -> str:
    return day.day.isoformat() if day.day else day.words
