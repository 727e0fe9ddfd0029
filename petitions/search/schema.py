"""The Whoosh schema and the one way documents get into an index: as finished, weighted terms.

Only classes of Whoosh's own are pickled into an index, in the format that Whoosh 2.7.4 reads too.
"""

from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats, index
from whoosh.analysis.analyzers import IDAnalyzer

from petitions.search.mapping import MappedStorage

EXACT, FOLDED, PAIRS, FACETS, KEY, DAY, NUMBER, STORED = "x", "f", "p", "v", "key", "day", "num", "doc"
KIND = "kind"  # the facet every document has
EQUALS = "="  # facet=value is one term of the field FACETS
BLOCK = 512  # postings in a block: fewer, larger blocks are quicker to read whole


def schema() -> fields.Schema:
    """x exact, f folded, p pairs (weights only); v facet values; key unique; day and num (subject id) columns.

    doc, stored: kind, id, digest for verify, and what the document says (`said`).
    """
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
    return index.FileIndex.create(MappedStorage(folder), schema())


def open_index(folder: Path) -> Any:
    """The Whoosh index in `folder`."""
    return index.FileIndex(MappedStorage(folder))
