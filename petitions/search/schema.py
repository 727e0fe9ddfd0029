"""The Whoosh schema and the one way documents get into an index: as finished, weighted terms.

Only classes of Whoosh's own are pickled into an index, in the format that Whoosh 2.7.4 reads too.
"""

from pathlib import Path
from typing import Any, cast

from whoosh import columns, fields, formats, index
from whoosh.analysis.analyzers import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from petitions.search.documents import SearchDocument
from petitions.search.weights import weigh

EXACT, FOLDED, PAIRS, FACETS, KEY, DAY, NUMBER, STORED = "x", "f", "p", "v", "key", "day", "num", "doc"
KIND = "kind"  # the facet every document has
EQUALS = "="  # facet=value is one term of the field FACETS
BLOCK = 512  # postings in a block: fewer, larger blocks are quicker to read whole


def schema() -> fields.Schema:
    """x exact, f folded, p pairs (weights only); v facet values; key unique; day and num (subject id) columns; doc stored for verify."""
    return fields.Schema(
        **{EXACT: _terms(), FOLDED: _terms(), PAIRS: _terms(), FACETS: _terms()},
        **{KEY: fields.ID(unique=True), DAY: _numbers(), NUMBER: _numbers(), STORED: fields.STORED()},
    )


def _terms() -> Any:
    return fields.FieldType(formats.Existence(), IDAnalyzer())  # type: ignore[arg-type]


def _numbers() -> Any:
    return fields.COLUMN(columns.NumericColumn("i"))


def create(folder: Path) -> Any:
    """An empty Whoosh index in `folder`."""
    return index.create_in(str(folder), schema())


def open_index(folder: Path) -> Any:
    """The Whoosh index in `folder`."""
    return index.open_dir(str(folder))


class Writer(SegmentWriter):
    """Whoosh's writer, taking terms with their weights instead of text to analyse."""

    def __init__(self, whoosh_index: Any, memory_mb: int = 128) -> None:
        super().__init__(whoosh_index, limitmb=memory_mb, codec=W3Codec(blocklimit=BLOCK))  # type: ignore[no-untyped-call]

    def put(self, document: SearchDocument) -> None:
        """Add `document`. Nothing of the same key may be in the index: `remove` it first."""
        weighted = weigh(document.texts)
        values = {f"{name}{EQUALS}{value}": 1.0 for name, many in document.filters.items() for value in many}
        values[f"{KIND}{EQUALS}{document.kind}"] = 1.0
        shown = (document.kind, document.subject_id, document.digest)
        day = document.received_on.toordinal() if document.received_on else 0
        number, pool = self.docnum, cast(Any, self.pool)
        row: Any = self.perdocwriter
        fields_of: Any = self.schema
        row.start_doc(number)
        for name, terms in ((EXACT, weighted.exact), (FACETS, values), (FOLDED, weighted.folded), (PAIRS, weighted.pairs)):
            for term, weight in terms.items():
                pool.add((name, term.encode(), number, weight, b""))
        pool.add((KEY, document.key.encode(), number, 1.0, b""))
        row.add_field(STORED, fields_of[STORED], shown, 0)
        row.add_column_value(DAY, fields_of[DAY].column_type, day)
        row.add_column_value(NUMBER, fields_of[NUMBER].column_type, document.subject_id)
        row.finish_doc()
        self._added = True
        self.docnum += 1

    def remove(self, key: str) -> None:
        """Take the document of `key` out, if it is in."""
        self.delete_by_term(KEY, key)
