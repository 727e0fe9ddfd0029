"""Words that keep company, phrases that really stand in a row, slips mended beside known words, words in other marks."""

import pytest

from petitions.search import said
from tests.search.conftest import Index
from tests.search.notes import document


@pytest.fixture
def dogs(index: Index) -> Index:
    """Ten petitions about dogs, all with "rọ mõm" but the last two; far down one of two that have a word of the query says it too."""
    index.add(*(document(n, f"chó thả rông không rọ mõm ở ngõ {n}") for n in range(1, 9)))
    index.add(document(20, "bảng thông báo thả diều chiều nay gió to"), document(21, "bảng thông báo thả nuôi không rọ mõm gió to"))
    index.add(*(document(n, f"chuyện khác số {n}") for n in range(30, 130)))
    return index


def test_company_moves_what_follows(dogs: Index) -> None:
    plain, fed = dogs.ids("chó thả rông", feedback=False), dogs.ids("chó thả rông")
    assert sorted(plain) == sorted(fed)  # nothing comes in that the words did not find
    assert fed[0] == plain[0]
    assert fed.index(21) < fed.index(20)
    assert plain.index(20) < plain.index(21)


def test_feedback_leaves_tiers_pages_and_other_orders_alone(dogs: Index) -> None:
    found = dogs.search("chó thả rông", limit=50)
    assert [hit.tier for hit in found.hits] == sorted((hit.tier for hit in found.hits), reverse=True)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert [hit.subject_id for hit in found.hits] == [number for start in range(0, 12, 4) for number in dogs.ids("chó thả rông", offset=start, limit=4)]
    assert dogs.ids("chó thả rông", sort="newest") == dogs.ids("chó thả rông", sort="newest", feedback=False)
    assert dogs.ids("chó") == dogs.ids("chó", feedback=False)  # one word has no company to judge by


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"trạm y tế"', [1]),
        ('"tram y te"', [1]),
        ('"y tế phường"', [1]),
        ('"đường phố"', [3]),
        ('"duong pho"', [3, 4]),
        ('"phố cổ"', [3, 4]),
    ],
)
def test_a_phrase_stands_in_a_row(index: Index, query: str, found: list[int]) -> None:
    index.add(document(1, "trạm y tế phường xuống cấp"), document(2, "trạm y học; y tế thôn"))  # 2 has both pairs, apart
    index.add(document(3, "đường phố cổ"), document(4, "dương phố cổ, đường xa"))  # 4 has the word with its mark elsewhere
    assert sorted(hit.subject_id for hit in index.search(query).hits if hit.tier == 2) == found


def test_a_phrase_does_not_run_over_the_end_of_a_part(index: Index) -> None:
    index.add(document(1, "sửa trạm", place="y tế"))
    assert index.search('"trạm y tế"', correct=False).total == 0
    assert index.search('"trạm y tế"').corrected is not None  # the words alone, and it is said


def test_what_is_said_is_kept_and_cut() -> None:
    kept = said.unpack(said.pack({"body": "Đường Hòa Bình", "summary": "ngập"}))
    assert (kept.parts["body"], kept.parts["summary"], kept.whole) == (["đường", "hoà", "bình"], ["ngập"], True)
    cut = said.unpack(said.pack({"body": "một " * 3000, "place": "Gia Lâm"}))
    assert not cut.whole
    assert sum(len(run) for run in cut.parts.values()) == said.MOST
    assert not said.unpack("").whole


def test_one_word_in_other_marks_does_not_widen(index: Index) -> None:
    index.add(document(1, "đường ngập sâu"), document(2, "dương xỉ mọc"), document(3, "đường sạch"))
    found = index.search("đường ngập úng")
    assert 2 not in [hit.subject_id for hit in found.hits]
    assert index.search("dưỡng").total  # alone it still finds what is written otherwise


@pytest.mark.parametrize(("query", "first"), [("ngập unsg kéo dài", 1), ("ngap ugn", 1), ("chiếu sagn ngõ", 2)])
def test_a_slip_among_known_words_is_mended_by_its_company(index: Index, query: str, first: int) -> None:
    index.add(document(1, "ngập úng kéo dài"), document(2, "chiếu sáng ngõ xóm"), *(document(n, f"ung dung san {n}") for n in range(3, 9)))
    found = index.search(query)
    assert found.hits[0].subject_id == first
    assert found.corrected is not None
    assert found.notices
