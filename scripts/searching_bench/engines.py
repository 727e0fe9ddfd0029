"""The engines compared. Each gets the same papers and does the same work: the 20 best of those that hold all words, within a filter,
with counts over four facets, with 20 snippets, or by date.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from whoosh import highlight
from whoosh.analysis import LowercaseFilter, RegexTokenizer  # type: ignore[attr-defined]
from whoosh.query import And, Term  # type: ignore[attr-defined]
from whoosh.sorting import Count, FieldFacet

from petitions.core.text import fold
from petitions.search import analysis, schema, snippets
from petitions.search.engine import Engine as Searching
from petitions.search.parsing import parse
from petitions.search.requests import NEWEST, RELEVANCE, SearchRequest
from scripts.searching_bench.questions import FACETS, Paper, Question

TOP = 20
BATCH = 5000


class Engine(ABC):
    """One engine: built once, asked often."""

    name: str

    @abstractmethod
    def build(self, papers: Iterable[Sequence[Paper]]) -> None:
        """Take all papers, and make them searchable."""

    @abstractmethod
    def ask(self, question: Question) -> int:
        """Do all that is asked; how many hits came back."""


class Ours(Engine):
    """The engine of this project; texts for snippets come from the database's rows, as on the page."""

    name = "petitions"

    def __init__(self, folder: Path, texts: Callable[[Sequence[int]], dict[int, str]]) -> None:
        self.engine, self.texts = Searching(folder), texts

    def build(self, papers: Iterable[Sequence[Paper]]) -> None:
        """Built by `index rebuild`, measured apart."""

    def ask(self, question: Question) -> int:
        query = parse(question.text)
        filters = {"constituency": frozenset({question.constituency})} if question.constituency else {}
        request = SearchRequest(query, filters=filters, facets=FACETS if question.facets else (), sort=NEWEST if question.by_date else RELEVANCE, limit=TOP)
        results = self.engine.search(request)
        if question.snippets and results.hits:
            wanted = snippets.wanted(results.corrected or query)
            for one in self.texts([hit.subject_id for hit in results.hits]).values():
                snippets.snippet({"body": one}, wanted)
        return len(results.hits)


class Plain(Engine):
    """Whoosh's own matchers, scorer, grouping and highlighting over the very same index."""

    name = "whoosh"

    def __init__(self, generation: Path, texts: Callable[[Sequence[int]], dict[int, str]]) -> None:
        self.searcher, self.texts = schema.open_index(generation).searcher(), texts
        self.analyzer = RegexTokenizer() | LowercaseFilter()

    def build(self, papers: Iterable[Sequence[Paper]]) -> None:
        """The same index."""

    def ask(self, question: Question) -> int:
        folded = [analysis.terms_of(word)[1] for word in question.words]
        terms = [Term(schema.PAIRS, pair) for pair in analysis.pairs(folded)] if question.phrase else [Term(schema.FOLDED, word) for word in folded]
        within = Term(schema.FACETS, f"constituency={question.constituency}") if question.constituency else None
        wishes: dict[str, Any] = {"limit": TOP, "filter": within}
        if question.facets:
            wishes |= {"groupedby": FieldFacet(schema.FACETS, allow_overlap=True), "maptype": Count}
        if question.by_date:
            wishes |= {"sortedby": FieldFacet(schema.DAY, reverse=True)}
        results = self.searcher.search(And(terms), **wishes)
        if question.facets:
            results.groups()
        hits = [hit[schema.STORED][1] for hit in results]
        if question.snippets and hits:
            marked = frozenset(question.words)
            for one in self.texts(hits).values():
                highlight.highlight(one, marked, self.analyzer, highlight.ContextFragmenter(), highlight.UppercaseFormatter(), top=1)
        return len(hits)


class Fts5(Engine):
    """SQLite FTS5, unicode61 without diacritics, bm25; facets by joining the table of values."""

    name = "fts5"

    def __init__(self, file: Path) -> None:
        self.file, fresh = file, not file.exists()
        self.connection = sqlite3.connect(file)
        self.connection.execute("PRAGMA cache_size = -200000")
        self.fresh = fresh

    def build(self, papers: Iterable[Sequence[Paper]]) -> None:
        run = self.connection.execute
        run("CREATE TABLE papers (id INTEGER PRIMARY KEY, text, constituency, field, level, state, day)")
        run("CREATE VIRTUAL TABLE words USING fts5(text, content='papers', content_rowid='id', tokenize='unicode61 remove_diacritics 2')")
        for many in papers:
            rows = [(p.id, p.text.replace("đ", "d").replace("Đ", "D"), p.constituency, p.field, p.level, p.state, p.day) for p in many]
            self.connection.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self.connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", [row[:2] for row in rows])
        run("CREATE INDEX of_constituency ON papers (constituency)")
        run("INSERT INTO words (words) VALUES ('optimize')")
        self.connection.commit()
        run("ANALYZE")

    def ask(self, question: Question) -> int:
        words = [word.replace("đ", "d").replace("Đ", "D") for word in question.words]
        match = f'"{" ".join(words)}"' if question.phrase else " ".join(f'"{word}"' for word in words)
        shown = "snippet(words, 0, '[', ']', '…', 30)" if question.snippets else "words.rowid"
        joined = "JOIN papers p ON p.id = words.rowid" if question.constituency or question.by_date else ""
        within, values = ("AND p.constituency = ?", [question.constituency]) if question.constituency else ("", [])
        order = "p.day DESC" if question.by_date else "bm25(words)"
        hits = self.connection.execute(
            f"SELECT words.rowid, {shown} FROM words {joined} WHERE words MATCH ? {within} ORDER BY {order} LIMIT {TOP}", [match, *values]
        ).fetchall()
        if question.facets:
            for facet in FACETS:
                self.connection.execute(
                    f"SELECT p.{facet}, count(*) FROM words JOIN papers p ON p.id = words.rowid WHERE words MATCH ? {within} GROUP BY 1",
                    [match, *values],
                ).fetchall()
        return len(hits)


class Postgres(Engine):
    """PostgreSQL: tsvector of unaccented text under GIN, ts_rank_cd, ts_headline."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        self.connection = create_engine(url).connect()

    def build(self, papers: Iterable[Sequence[Paper]]) -> None:
        run = self.connection.execute
        run(text("CREATE EXTENSION unaccent"))
        run(text("CREATE TEXT SEARCH CONFIGURATION vietnamese (COPY = simple)"))
        run(text("ALTER TEXT SEARCH CONFIGURATION vietnamese ALTER MAPPING FOR asciiword, word, numword WITH unaccent, simple"))
        run(text("CREATE TABLE papers (id integer PRIMARY KEY, text text, constituency text, field text, level text, state text, day integer, words tsvector)"))
        insert = text("INSERT INTO papers VALUES (:id, :text, :constituency, :field, :level, :state, :day, to_tsvector('vietnamese', :text))")
        for many in papers:
            run(insert, [{**vars(paper)} for paper in many])
        run(text("CREATE INDEX ON papers USING gin (words)"))
        run(text("CREATE INDEX ON papers (constituency)"))
        self.connection.commit()
        run(text("ANALYZE papers"))
        self.connection.commit()

    def ask(self, question: Question) -> int:
        made = "phraseto_tsquery" if question.phrase else "plainto_tsquery"
        values = {"q": " ".join(question.words), "constituency": question.constituency}
        within = "AND constituency = :constituency" if question.constituency else ""
        order = "day DESC" if question.by_date else "ts_rank_cd(words, q) DESC"
        base = f"FROM papers, {made}('vietnamese', :q) q WHERE words @@ q {within}"
        top = f"SELECT id, text, q {base} ORDER BY {order} LIMIT {TOP}"
        shown = f"SELECT id, ts_headline('vietnamese', text, q) FROM ({top}) best" if question.snippets else f"SELECT id FROM ({top}) best"
        hits = self.connection.execute(text(shown), values).all()
        if question.facets:
            sets = ", ".join(f"({facet})" for facet in FACETS)
            self.connection.execute(text(f"SELECT {', '.join(FACETS)}, count(*) {base} GROUP BY GROUPING SETS ({sets})"), values).all()
        return len(hits)


class Tantivy(Engine):
    """Tantivy on folded words; one thread for one question, as the others."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy  # noqa: PLC0415 (a package of the bench alone: requirements-bench.lock)

        self.t = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", stored=True)
        for facet in FACETS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw")
        builder.add_integer_field("day", fast=True)
        self.schema = builder.build()
        self.fresh = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(self.schema, str(folder))
        self.searcher = self.index.searcher()

    def build(self, papers: Iterable[Sequence[Paper]]) -> None:
        writer = self.index.writer(heap_size=200_000_000, num_threads=2)
        for many in papers:
            for paper in many:
                values = {facet: getattr(paper, facet) for facet in FACETS}
                writer.add_document(self.t.Document(words=fold(paper.text), day=paper.day, **values))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, question: Question) -> int:
        t, words = self.t, [fold(word) for word in question.words]
        if question.phrase and len(words) > 1:
            query = t.Query.phrase_query(self.schema, "words", words)
        else:
            query = t.Query.boolean_query([(t.Occur.Must, t.Query.term_query(self.schema, "words", word)) for word in words])
        if question.constituency:
            within = t.Query.const_score_query(t.Query.term_query(self.schema, "constituency", question.constituency), 0.0)
            query = t.Query.boolean_query([(t.Occur.Must, query), (t.Occur.Must, within)])
        found = self.searcher.search(query, TOP, order_by_field="day") if question.by_date else self.searcher.search(query, TOP)
        if question.snippets:
            generator = t.SnippetGenerator.create(self.searcher, query, self.schema, "words")
            for _, address in found.hits:
                generator.snippet_from_doc(self.searcher.doc(address)).to_html()
        if question.facets:
            self.searcher.aggregate(query, {facet: {"terms": {"field": facet, "size": 60}} for facet in FACETS})
        return len(found.hits)
