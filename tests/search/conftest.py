"""An index in a temporary folder, with or without a database behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from petitions.core.office import Office
from petitions.search import schema, sources, storage
from petitions.search.documents import SearchDocument
from petitions.search.engine import Engine as SearchEngine
from petitions.search.parsing import parse
from petitions.search.requests import SearchRequest, SearchResults
from petitions.search.segment_writer import Writer
from petitions.settings import Settings
from tests.search import notes


@pytest.fixture
def only_notes() -> Iterator[None]:
    """No source but the notes."""
    before = sources.registered()
    for source in before:
        sources.unregister(source.kind)
    notes.register()
    yield
    sources.unregister("note")
    for source in before:
        sources.register(source)


@pytest.fixture
def shelf(own_engine: Engine, tmp_path: Path, only_notes: None) -> Office:
    """An office on both engines that knows only notes, with an empty index folder."""
    notes.tables.create_all(own_engine)
    settings = Settings(data_dir=tmp_path / "data", database_url=own_engine.url.render_as_string(hide_password=False), secret_key="for-tests-" * 5)
    return Office(settings, own_engine)


class Index:
    """A plain index to write documents into, some commits apart, and to search."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.generation = storage.new_generation(folder)
        schema.create(self.generation)
        storage.seal(self.generation)
        storage.switch(folder, self.generation)
        self.engine = SearchEngine(folder)

    def add(self, *documents: SearchDocument) -> None:
        """One commit, one segment; nothing is merged."""
        writer = Writer(schema.open_index(self.generation))
        for document in documents:
            writer.remove(document.key)
        for document in documents:
            writer.put(document)
        writer.commit(merge=False)

    def remove(self, *keys: str) -> None:
        """Delete by key."""
        writer = Writer(schema.open_index(self.generation))
        for key in keys:
            writer.remove(key)
        writer.commit(merge=False)

    def search(self, text: str, **wishes: object) -> SearchResults:
        """Search plain text."""
        return self.engine.search(SearchRequest(parse(text, {"ward": ("đvbc", "constituency")}), **wishes))

    def ids(self, text: str, **wishes: object) -> list[int]:
        """Subject ids, best first."""
        return [hit.subject_id for hit in self.search(text, **wishes).hits]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An empty index."""
    return Index(tmp_path / "index")


@pytest.fixture
def texts(index: Index) -> Callable[..., Index]:
    """An index over these texts, numbered from 1."""

    def make(*bodies: str) -> Index:
        index.add(*(notes.document(number, body) for number, body in enumerate(bodies, 1)))
        return index

    return make
