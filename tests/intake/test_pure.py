"""Pure rules: words of lists, differences of texts, addresses of filters, suggestions."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.core.words import Message, using_language
from petitions.duties import workflow as duty
from petitions.duties.sentences import SENTENCES
from petitions.intake import timeline
from petitions.intake.differences import marked
from petitions.intake.filters import Filters
from petitions.intake.listing import said_once
from petitions.intake.lists import FieldNode, Lists, find_timing, in_tree_order
from petitions.intake.schemas import FilterQuery
from petitions.intake.suggesting import fields_for, names_in
from petitions.intake.workflow import WORKFLOW

NODES = [
    FieldNode(1, "urban", None, "Đô thị", "Urban matters", 2),
    FieldNode(2, "urban.drainage", 1, "Thoát nước, ngập úng", "Drainage", 2, aliases=("ngap ung", "thoat nuoc")),
    FieldNode(3, "urban.traffic", 1, "Giao thông", "Traffic", 2, aliases=("duong xa",)),
]
LISTS = Lists({}, {}, {}, in_tree_order(NODES, {1: 0, 2: 1, 3: 2}), {})


@settings(max_examples=80)
@given(st.text(alphabet="abă đ.,\n ", max_size=60), st.text(alphabet="abă đ.,\n ", max_size=60))
def test_marked_pieces_joined_are_the_texts(one: str, other: str) -> None:
    mine, theirs = marked(one, other)
    assert "".join(piece.text for piece in mine) == one
    assert "".join(piece.text for piece in theirs) == other
    assert (one == other) == (not any(piece.differs for piece in (*mine, *theirs)))


@pytest.mark.parametrize(
    ("words", "timing"),
    [
        ("Trước kỳ họp", "before"),
        ("sau", "after"),
        ("trước và sau kỳ họp", "both"),
        ("both", "both"),
        ("truoc ky hop", "before"),
        ("", None),
        ("chuyên đề", None),
    ],
)
def test_timing_words(words: str, timing: str | None) -> None:
    assert find_timing(words) == timing


def test_a_field_is_known_by_name_alias_and_in_both_languages() -> None:
    assert [LISTS.find_field(words) for words in ("GIAO THÔNG", "giao thong", "Ngập úng", "Drainage", "chim muông", "")] == [3, 3, 2, 2, None, None]
    assert LISTS.descendants(1) == (1, 2, 3)
    with using_language("en"):
        assert LISTS.field_path(2) == "Urban matters › Drainage"


def test_a_suggestion_says_which_words_led_to_it() -> None:
    [first, *_] = fields_for("Đề nghị chống NGẬP ÚNG, cải tạo thoát nước; ngập úng đã lâu.", LISTS)
    assert (first.field.id, first.because) == (2, "NGẬP ÚNG")
    assert fields_for("Cảm ơn Thành phố", LISTS) == []


def test_the_name_of_an_agency_is_no_topic() -> None:
    named = names_in(["Sở Giao thông vận tải", "Ban Thoát nước", "Thoát nước"], LISTS)
    assert fields_for("Đề nghị Sở Giao thông vận tải, Ban thoát nước sớm làm.", LISTS, named) == []
    [only] = fields_for("Đề nghị Sở Giao thông vận tải sớm chống ngập úng.", LISTS, named)
    assert only.field.id == 2
    assert fields_for("Thoát nước kém", LISTS, named)[0].field.id == 2


@settings(max_examples=80)
@given(
    st.builds(
        Filters,
        body=st.none() | st.integers(1, 9),
        constituency=st.none() | st.integers(1, 99),
        as_of=st.sampled_from([None, "today"]),
        state=st.sampled_from([None, "draft", "registered"]),
        since=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        sort=st.sampled_from(["newest", "code"]),
    )
)
def test_an_address_gives_back_its_filters(filters: Filters) -> None:
    pairs = dict(pair.split("=") for pair in filters.query().split("&") if pair)
    assert FilterQuery().load(pairs)["filters"] == filters


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("huyện Gia Lâm, Gia Lâm, Hà Nội, hà nội", "huyện Gia Lâm, Hà Nội"),
        ("xã Gia Lâm, huyện Gia Lâm", "xã Gia Lâm, huyện Gia Lâm"),  # two places of one name
        ("phường Minh Khai", "phường Minh Khai"),
        ("xã Hoà Lạc, Hòa Lạc", "xã Hoà Lạc"),
        ("ngõ Hạ Nội, Hà Nội", "ngõ Hạ Nội, Hà Nội"),
        ("", ""),
    ],
)
def test_a_place_says_nothing_twice(place: str, said: str) -> None:
    assert said_once(place) == said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_done_is_a_whole_sentence_with_who_did_it(language: str) -> None:
    assert {f"duty.{move.name}" for move in duty.WORKFLOW.moves} <= set(SENTENCES)
    assert {f"petition.{move.name}" for move in WORKFLOW.moves} <= set(timeline.ACTS)
    with using_language(language):
        for message in (*timeline.ACTS.values(), *timeline.FOLLOWS.values(), timeline.OTHER, *SENTENCES.values()):
            said = str(Message(message.text, {"by": "Trần Thị Chuyên"}))
            assert said.endswith(".")
            assert "Trần Thị Chuyên" in said
            assert language == "en" or " đã " in f" {said.lower()}"
