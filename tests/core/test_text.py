"""Vietnamese text: one form, folding, tone placement."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.core.text import clean, fold, tone_normal


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("Ủy ban", "uỷ ban"), ("Trung Hòa", "trung hoà"), ("hoạ", "họa")],
)
def test_both_schools_of_tone_placement_compare_equal(one: str, other: str) -> None:
    assert tone_normal(one) == tone_normal(other)


@pytest.mark.parametrize("word", ["quý", "giải", "hoàn", "toán", "quỳnh", "khoảng", "thuyền", "của", "mía"])
def test_a_closed_or_other_syllable_stays_as_it_is(word: str) -> None:
    assert tone_normal(word) == word


@pytest.mark.parametrize(("text", "folded"), [("Đường Hoà Lạc", "duong hoa lac"), ("NGẬP ÚNG", "ngap ung"), ("ở Ơ ư", "o o u")])
def test_fold_drops_every_mark(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_clean_mends_what_cannot_be_seen() -> None:
    assert clean("  ngập\u00a0\u00a0úng\u200b \x00\r\nđường \t 179 ") == "ngập úng\nđường 179"
    assert clean(unicodedata.normalize("NFD", "Ngập úng")) == "Ngập úng"


@given(st.text(max_size=60))
def test_clean_is_settled_after_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="aăâeêioôơuưyàáảãạòóỏõọùúủũụỳýỷỹỵhtqgnđ ", max_size=30))
def test_normal_forms_agree_whatever_the_composition(text: str) -> None:
    assert tone_normal(text) == tone_normal(unicodedata.normalize("NFD", text))
    assert tone_normal(tone_normal(text)) == tone_normal(text)
    assert fold(tone_normal(text)) == fold(text)
