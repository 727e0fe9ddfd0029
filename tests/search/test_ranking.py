"""What is found, and in which order."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from unicodedata import normalize

import pytest

from petitions.search import spelling
from petitions.search.parsing import parse
from petitions.search.requests import NEWEST, OLDEST, SearchRequest
from petitions.search.segments import Snapshot
from petitions.search.sources import NOTHING, Scope
from tests.search.conftest import Index
from tests.search.notes import document

Texts = Callable[..., Index]


@pytest.mark.parametrize(
    ("query", "bodies", "first"),
    [
        pytest.param("đường ngập", ["con dương xỉ ngáp", "đường ngập sâu", "duong ngap"], 2, id="marks put the exact word first"),
        pytest.param("thoát nước", ["nước sạch, thoát nghèo", "hệ thống thoát nước", "nước"], 2, id="neighbours before words apart"),
        pytest.param("trạm y tế xuống cấp", ["trạm bơm xuống cấp", "trạm y tế xuống cấp", "y tế"], 2, id="all words before some"),
        pytest.param("cầu vượt", ["cầu " + "đường sá hư hỏng nhiều nơi " * 40 + "vượt", "xây cầu vượt"], 2, id="short before long"),
        pytest.param("chiếu sáng ngõ", ["ngõ sâu chưa chiếu sáng", "chiếu sáng sáng sáng phố phố"], 1, id="every word counts more than one word often"),
    ],
)
def test_what_stands_first(texts: Texts, query: str, bodies: list[str], first: int) -> None:
    assert texts(*bodies).ids(query)[0] == first


@pytest.mark.parametrize("query", ["hoà bình", "hòa bình", normalize("NFD", "hòa bình"), "HOÀ BÌNH", "hoa binh", "Hòa  Bình!"])
def test_spellings_find_the_same(texts: Texts, query: str) -> None:
    index = texts("công viên Hoà Bình", normalize("NFD", "công viên Hòa Bình"), "trường mầm non")
    assert sorted(index.ids(query)) == [1, 2]


@pytest.mark.parametrize(
    ("query", "body"), [("thủy lợi", "thuỷ lợi"), ("bác sĩ", "bác sỹ"), ("kĩ thuật", "kỹ thuật"), ("đê điều", "ĐÊ ĐIỀU"), ("quí", "quí 3")]
)
def test_one_spelling_finds_the_other(texts: Texts, query: str, body: str) -> None:
    results = texts(body, "chuyện khác").search(query)
    assert [hit.subject_id for hit in results.hits] == [1]
    assert not results.notices


def test_without_marks_all_are_found(texts: Texts) -> None:
    assert sorted(texts("đường phố", "dương xỉ", "dưỡng lão", "cầu").ids("duong")) == [1, 2, 3]


def test_a_text_without_marks_is_found_with_marks(texts: Texts) -> None:
    assert texts("duong ngap ung nang", "rác thải").ids("đường ngập úng") == [1]


def test_d_with_stroke(texts: Texts) -> None:
    index = texts("Đào tạo nghề", "cây dao")
    assert index.ids("đào") == [1, 2]  # the knife only after the peach
    assert sorted(index.ids("dao")) == [1, 2]


def test_fewer_words_are_said(texts: Texts) -> None:
    results = texts("sửa cầu gỗ cũ", "sửa nhà văn hóa").search("sửa cầu gỗ qua kênh")
    assert results.hits[0].subject_id == 1
    assert any("5 từ" in str(notice) or "4 từ" in str(notice) for notice in results.notices)


def test_small_words_need_not_be_there(texts: Texts) -> None:
    results = texts("sửa đường Trần Phú", "nhà").search("sửa đường ở Trần Phú")
    assert results.complete == 1
    assert not results.notices


@pytest.mark.parametrize(
    ("query", "found"),
    [("ngấp", 1), ("ngapp ung", 1), ("ngaap ung", 1), ("ngapung", 1), ("nagp ung", 1), ("chiêusáng", 2), ("chieu sangg", 2), ("chieusang", 2)],
)
def test_a_slip_still_finds(texts: Texts, query: str, found: int) -> None:
    assert texts("ngập úng kéo dài", "chiếu sáng ngõ xóm").ids(query)[:1] == [found]


def test_many_unknown_words_are_looked_up_within_bounds(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    index = texts("đường phố ngập úng", "thoát nước chung cư", "qa qb qc qd xe")
    asked: list[str] = []
    frequency = Snapshot.frequency

    def counted(self: Snapshot, name: str, term: str) -> int:
        asked.append(term)
        return frequency(self, name, term)

    monkeypatch.setattr(Snapshot, "frequency", counted)
    results = index.search("duongg phoo ngapp ungg thoatt nuocc chungg cuu")
    assert "duong pho ngap ung thoat nuoc chung cu" in str(results.notices[0])
    asked.clear()
    index.search(" ".join(f"{one}{other}wzfkjhgvbnmlprtysdfghjk" for one in "qw" for other in "acegikmoqsuwy"))
    assert len(asked) < spelling.MOST_TRIED + 26 * 60
    assert max(Counter(term[:2] for term in asked if len(term) > 20).values()) < 400  # hardly a word begins so: few slips are tried


def test_what_was_corrected_is_said(texts: Texts) -> None:
    results = texts("ngập úng kéo dài").search("ngapung")
    assert "ngapung" in str(results.notices[0])
    assert results.corrected is not None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"thoát nước"', [1]),
        ('"thoat nuoc"', [1]),
        ("nước -thoát", [2]),
        ("nước -“thoát nước”", [2]),
        ("đèn OR vỉa", [3, 4]),
        ("đèn HOẶC vỉa", [3, 4]),
        ("chiếu*", [3]),
        ("chi*", [3]),
        ("mã:N-2", [2]),
        ("N-2", [2]),
        ("mã:N*", [1, 2, 3, 4]),
        ("ngày:2024", []),
    ],
)
def test_the_language(texts: Texts, query: str, found: list[int]) -> None:
    index = texts("thoát nước kém", "nước sạch chưa thoát", "đèn chiếu sáng", "vỉa hè")
    if query == "nước -thoát":
        index.add(document(2, "nước sạch"))
    assert sorted(index.ids(query)) == found


def test_words_of_the_trade(texts: Texts) -> None:
    index = texts("UBND xã chưa trả lời", "Ủy ban nhân dân xã chưa trả lời", "ủy quyền cho nhân viên")
    both = index.search("UBND")
    assert sorted(hit.subject_id for hit in both.hits) == [1, 2]
    assert both.said[0].typed == "UBND"
    assert index.ids("UBND", expand=False) == [1]
    assert set(index.ids("ủy ban nhân dân")[:2]) == {1, 2}
    assert set(index.ids("uy ban nhan dan")[:2]) == {1, 2}


def test_filters_facets_and_scope(index: Index) -> None:
    index.add(*(document(n, "đèn đường", ward=str(20 + n % 3), day=date(2024, n, 1)) for n in range(1, 7)))
    wanted = {"facets": ["ward"], "filters": {"ward": frozenset({"20"})}}
    results = index.search("đèn", **wanted)
    assert results.total == 2
    assert results.facets["ward"] == {"20": 2, "21": 2, "22": 2}  # one's own filter does not hide the other values
    assert index.search("đèn đvbc:21").total == 2
    assert index.search("-đvbc:21").total == 4
    scope = Scope(({"ward": frozenset({"22"})},))
    assert index.search("đèn", scope=scope, facets=["ward"]).facets["ward"] == {"22": 2}
    assert index.search("đèn", scope=NOTHING).total == 0
    assert index.search("đèn từ:03/2024 đến:04/2024").total == 2
    assert index.ids("", sort=NEWEST) == [6, 5, 4, 3, 2, 1]
    assert index.ids("đèn", sort=OLDEST, limit=2, offset=1) == [2, 3]


def test_segments_deletions_and_updates(index: Index) -> None:
    for number in range(1, 13):
        index.add(document(number, f"cầu số {number}"))
    index.remove("note:3", "note:4")
    index.add(document(5, "hầm mới"))
    assert sorted(index.ids("cầu", limit=50)) == [1, 2, 6, 7, 8, 9, 10, 11, 12]
    assert index.ids("hầm") == [5]
    assert index.search("cầu", facets=["ward"]).facets["ward"] == {"20": 9}


def test_scores_fall_and_pages_join(texts: Texts) -> None:
    index = texts(*(f"đèn hỏng {'ngõ ' * (n % 7)}" for n in range(60)))
    results = index.search("đèn ngõ", limit=100)
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    paged = [number for start in range(0, 60, 7) for number in index.ids("đèn ngõ", offset=start, limit=7)]
    assert paged == [hit.subject_id for hit in results.hits]


def test_no_index_is_said(index: Index, tmp_path: object) -> None:
    index.engine.reader._folder = index.folder / "elsewhere"
    results = index.engine.search(SearchRequest(parse("đèn")))
    assert not results.ready
    assert results.notices
