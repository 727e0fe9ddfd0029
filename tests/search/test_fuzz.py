"""Whatever is typed: an answer, never an exception, and quickly. And the quick scorer agrees with Whoosh's own matchers."""

import math
import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import scoring as whoosh_scoring
from whoosh.query.compound import Or
from whoosh.query.terms import Term
from whoosh.reading import SegmentReader

from petitions.search import candidates, postings, schema, scoring, segments, snippets
from petitions.search.parsing import MOST_WORDS, parse
from petitions.search.requests import SearchRequest
from tests.search.conftest import Index
from tests.search.notes import document

NAMES = {"ward": ("đvbc", "đơn vị bầu cử", "constituency"), "field": ("lĩnh vực", "field")}
PIECES = ["đèn", "đường", "ngap", "20", "a" * 80, "🙂", "\x00", "\u0301", "<b>", "%", "''", "\\"]
PIECES += ['"', "“", "-", "OR", "HOẶC", "NOT", "*", ":", "|", ",", "(", ")", "đvbc:", "từ:", "đến:01/2023", "mã:", "lĩnh vực:", "xyz:"]
spaced = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
glued = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
queries = st.one_of(st.text(max_size=60), spaced, glued)


@pytest.fixture(scope="module")
def shelf_of_lamps(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index(tmp_path_factory.mktemp("fuzz") / "index")
    index.add(*(document(n, f"đèn đường ngõ {n} ngập úng", ward=str(n % 4)) for n in range(20)))
    index.add(*(document(n, f"thoát nước phố {n}", ward="20") for n in range(20, 30)))
    return index


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries)
def test_anything_typed_is_answered(shelf_of_lamps: Index, text: str) -> None:
    query = parse(text, NAMES, lambda _facet, words: (words,) if words.isdigit() else ())
    results = shelf_of_lamps.engine.search(SearchRequest(query, facets=["ward"], limit=5))
    assert results.ready
    assert results.total >= len(results.hits)
    assert all(math.isfinite(hit.score) for hit in results.hits)
    for hint in (*results.hints, *results.notices):
        assert str(hint)
    snippets.snippet({"body": text or "x"}, snippets.wanted(query))
    assert len(query.items) <= MOST_WORDS + 20


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_a_snippet_is_made_of_its_text(text: str) -> None:
    pieces = snippets.highlight(text, snippets.wanted(parse(text[:20])))
    assert "".join(piece.text for piece in pieces).split() == text.split()


class ByWeight(whoosh_scoring.WeightingModel):
    """BM25 on stored weights, scored posting by posting by Whoosh itself."""

    class Scorer(whoosh_scoring.BaseScorer):
        def __init__(self, rare: float) -> None:
            self.rare = rare

        def supports_block_quality(self) -> bool:
            return False

        def score(self, matcher: Any) -> float:
            weight = float(matcher.weight())
            return self.rare * weight * (scoring.K1 + 1) / (weight + scoring.K1)

    def __init__(self, rarities: dict[bytes, float]) -> None:
        self.rarities = rarities

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: float = 1) -> Any:
        return self.Scorer(self.rarities[text])


@pytest.mark.parametrize("seed", range(8))
def test_the_scorer_agrees_with_whooshs_own_matchers(tmp_path: Path, seed: int) -> None:
    """Random texts, many segments, deletions: same documents, same scores."""
    rng = random.Random(seed)
    words = ["đèn", "đường", "ngõ", "phố", "cầu", "rác", "nước", "điện"]
    index = Index(tmp_path / "index")
    for start in range(0, 120, rng.choice([7, 20, 40])):
        index.add(*(document(n, " ".join(rng.choices(words, k=rng.randint(1, 12)))) for n in range(start, min(start + 40, 120))))
    index.remove(*(f"note:{rng.randrange(120)}" for _ in range(25)))
    asked = rng.sample(words, 2)
    snapshot = index.engine.reader.snapshot()
    rarities = {word.encode(): scoring.rarity(snapshot.all_documents, snapshot.frequency(schema.EXACT, word)) for word in asked}
    with schema.open_index(index.generation).searcher(weighting=ByWeight(rarities)) as searcher:
        plain = searcher.search(Or([Term(schema.EXACT, word) for word in asked]), limit=None, optimize=False)
        theirs = {hit["doc"][1]: hit.score for hit in plain}
    groups = [scoring.Group(word, [scoring.Alternative(tuple(part.segment.postings(schema.EXACT, word) for part in snapshot.segments))]) for word in asked]
    ours = {}
    for part, scores in zip(snapshot.segments, scoring.score(snapshot, groups), strict=True):
        for place in np.flatnonzero((scores.score > 0) & part.alive):
            ours[int(part.segment.column(schema.NUMBER)[place])] = float(scores.score[place])
    assert ours == pytest.approx(theirs, rel=1e-4)


def test_both_readers_of_postings_agree_over_many_blocks(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    index.add(*(document(n, "đèn " * (1 + n % 5) + ("phố" if n % 3 else "")) for n in range(1300)))
    reader = schema.open_index(index.generation).reader()
    assert isinstance(reader, SegmentReader)
    for term in ("đèn", "phố", "n", "không-có"):
        one, other = postings.quick(reader, schema.EXACT, term.encode()), postings.plain(reader, schema.EXACT, term.encode())
        assert np.array_equal(one.documents, other.documents)
        assert np.array_equal(one.weights, other.weights)


# One block of two postings as the tested Whoosh (3.54, the format of 2.7.4) writes it: magic, negative length of the last block, pickled head, pickled body.
BLOCK = bytes.fromhex("5733426c")


def test_bytes_of_a_posting_block(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    index.add(document(1, "đèn"), document(2, "phố"), document(3, "đèn đèn"))
    reader = schema.open_index(index.generation).reader()
    offset, length = reader._terms.term_info(schema.EXACT, "đèn".encode()).extent()
    data = bytes(reader._terms._postfile.get(offset, length[0] if isinstance(length, tuple) else length))
    assert data[:4] == BLOCK
    assert postings._unpack(data).documents.tolist() == [0, 2]
    broken = data[:4] + data[4:].replace(b"\x80\x02", b"\x80\x09")
    with pytest.raises(postings.UnknownFormat):
        postings._unpack(broken)
    with pytest.raises(postings.UnknownFormat):
        postings._unpack(b"W4Bl" + data[4:])
    with pytest.raises(postings.UnknownFormat):
        postings._unpack(data[:-3])


def test_a_segment_the_quick_reader_does_not_know_is_read_through_whoosh(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def strange(*_: object) -> None:
        raise postings.UnknownFormat

    monkeypatch.setattr(postings, "quick", strange)
    index.add(document(1, "đèn đường"), document(2, "đèn"))
    assert index.ids("đèn đường")[0] == 1
    assert not index.engine.reader.snapshot().segments[0].segment.quick


def test_a_column_is_read_at_once_or_through_whoosh(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [None, date(2023, 5, 4), None, date(1, 1, 1), date(2026, 1, 20), None]
    index.add(*(document(n, f"đèn {n}", day=day) for n, day in enumerate(days, 1)))
    segment = index.engine.reader.snapshot().segments[0].segment
    wanted = [day.toordinal() if day else 0 for day in days]
    assert segment.column(schema.DAY).tolist() == wanted
    column = segment.reader.column_reader(schema.DAY, translate=False)
    assert type(column).__name__ == "Reader"
    monkeypatch.setattr(type(column), "load", lambda self: pytest.fail("not at once"))
    assert postings.numbers(column).tolist() == wanted[:5]  # what follows the last number is not written
    monkeypatch.undo()
    monkeypatch.setattr(column, "_typecode", "l")
    assert postings.numbers(column).tolist() == wanted


def test_no_class_of_ours_is_in_an_index(index: Index) -> None:
    index.add(document(1, "đèn"))
    for path in index.generation.iterdir():
        assert b"petitions." not in path.read_bytes()


@pytest.mark.parametrize("seed", range(6))
def test_looking_up_the_complete_ones_gives_the_same_as_scoring_all(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random texts, segments, deletions, filters: the short way and the long way find, rank and count alike."""
    rng = random.Random(seed)
    words = ["đèn", "đường", "ngõ", "phố", "cầu", "rác", "nước", "điện", "duong", "ngo"]
    index = Index(tmp_path / "index")
    for start in range(0, 400, 50):
        index.add(*(document(n, " ".join(rng.choices(words, k=rng.randint(3, 14))), ward=str(n % 4)) for n in range(start, start + 50)))
    index.remove(*(f"note:{rng.randrange(400)}" for _ in range(60)))
    for asked in ("đèn", "đường ngõ", "duong ngo", "đèn đường phố", "rác -cầu", '"đèn đường" phố', "nước OR điện ngõ"):
        for filters in ({}, {"ward": frozenset({"1", "2"})}):
            answers = []
            for sparse in (0, 10**9):
                monkeypatch.setattr(candidates, "SPARSE", sparse)
                monkeypatch.setattr(segments, "SPARSE", 10**9 - sparse)
                found = index.search(asked, filters=filters, facets=["ward"], limit=60)
                answers.append((found.total, found.complete, [(hit.subject_id, hit.score, hit.tier) for hit in found.hits], found.facets, found.notices))
            assert answers[0] == answers[1]
