"""What a subject room hands over for one row: texts by part, values to filter by, and the day to sort by."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# Parts of a document, weighted apart. `kin` holds names that stand near: former and later names of the place, of the agency.
SUMMARY, BODY, ANSWER, PLACE, KIN, FIELD, AGENCY, CODE = "summary", "body", "answer", "place", "kin", "field", "agency", "code"
ATTACHMENT = "attachment"  # what can be read in the documents that belong to it
PARTS = (SUMMARY, BODY, ANSWER, ATTACHMENT, PLACE, KIN, FIELD, AGENCY, CODE)


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One subject as the index sees it. Never put a petitioner's name, address or phone into it.

    texts: part (one of PARTS) → plain text, NFC; missing parts are empty. `code` may hold several codes parted by blanks.
    filters: facet name → stable values as strings (ids, codes; never words that are translated): {"state": ("registered",)}.
    received_on: the day results are sorted and filtered by.
    """

    kind: str
    subject_id: int
    code: str | None = None
    external_id: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    received_on: date | None = None

    def __post_init__(self) -> None:
        unknown = set(self.texts) - set(PARTS)
        if unknown:
            raise ValueError(f"unknown parts of a search document: {sorted(unknown)}")

    @property
    def key(self) -> str:
        """The unique key inside the index: kind:id."""
        return f"{self.kind}:{self.subject_id}"

    @property
    def digest(self) -> str:
        """A short digest of everything the index would hold; `index verify` compares it."""
        plain = [
            self.kind,
            self.subject_id,
            self.code,
            self.external_id,
            sorted((part, text) for part, text in self.texts.items() if text),
            sorted((name, sorted(values)) for name, values in self.filters.items() if values),
            self.received_on.isoformat() if self.received_on else None,
        ]
        return hashlib.blake2b(json.dumps(plain, ensure_ascii=False).encode(), digest_size=12).hexdigest()
