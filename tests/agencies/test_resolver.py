"""Which agency the words mean on a day, and who stands in for those that ended."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.agencies.resolver import Outcome, find
from petitions.core.text import fold
from tests.make import agencies as make

OLD, NEW = date(2024, 5, 1), date(2025, 9, 1)
DIRECTORY = make.hanoi()


def ask(words, on):
    return find(DIRECTORY, words, on)


def code(found):
    return DIRECTORY.agencies[found.agency_id].code if found.agency_id else None


def offered(found):
    return {candidate.label for candidate in found.candidates}


@pytest.mark.parametrize(
    ("words", "on", "expected"),
    [
        ("Sở GTVT", OLD, "so-gtvt"),
        ("Sở TN&MT", OLD, "so-tnmt"),
        ("Sở TNMT", OLD, "so-tnmt"),
        ("Sở KHĐT", OLD, "so-khdt"),
        ("Sở Nông nghiệp và PTNT", OLD, "so-nnptnt"),
        ("BHXH", OLD, "bhxh-tp"),
        ("CATP", NEW, "cong-an-tp"),
        ("EVN Hà Nội", NEW, "evn-ha-noi"),
        ("UBND quận HBT", OLD, "ubnd-q-hai-ba-trung"),
        ("UBND Q. Hai Bà Trưng", OLD, "ubnd-q-hai-ba-trung"),
        ("Uỷ ban nhân dân huyện Gia Lâm", OLD, "ubnd-h-gia-lam"),
        ("UBND TP", NEW, "ubnd-tp"),
        ("UBND Thành phố Hà Nội", NEW, "ubnd-tp"),
        ("VP UBND TP", NEW, "vp-ubnd-tp"),
        ("UBND xã Gia Lâm", NEW, "ubnd-x-gia-lam.2025-07"),
        ("so xay dung", NEW, "so-xay-dung"),
        ("SỞ Y TẾ", NEW, "so-y-te"),
        ("Sở Y tế TP Hà Nội", NEW, "so-y-te"),
        ("Sở Quy hoạch - Kiến trúc", NEW, "so-qhkt"),
        ("Bộ Nông nghiệp và Môi trường", NEW, "bo-nnmt"),
        ("Sở GTVT", NEW, "so-xay-dung"),
        ("Sở TN&MT", NEW, "so-nnmt"),
        ("Sở Ngoại vụ", NEW, "vp-ubnd-tp"),
    ],
)
def test_one_agency(words, on, expected):
    found = ask(words, on)
    assert (found.outcome, code(found)) == (Outcome.AGENCY, expected)


def test_an_old_name_says_when_it_ended_and_who_succeeds():
    found = ask("Sở GTVT", NEW)
    assert (DIRECTORY.agencies[found.named_id].code, found.how) == ("so-gtvt", "successor")
    assert "28/02/2025" in str(found.said)


@pytest.mark.parametrize(
    ("words", "on", "how", "some"),
    [
        ("UBND quận Hà Đông", NEW, "divided", {"Ủy ban nhân dân phường Hà Đông", "Ủy ban nhân dân phường Kiến Hưng"}),
        ("Bộ GTVT", NEW, "unconfirmed", {"Bộ Xây dựng"}),
        ("Sở Nông nghiệp và Môi trường", OLD, "not_yet", {"Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"}),
        ("Sở Xây dưng", NEW, "near", {"Sở Xây dựng"}),
        ("UBND phường Vĩnh Hưng", OLD, "former_committee", {"Ủy ban nhân dân phường Vĩnh Hưng"}),
        ("UBND phường Minh Khai", NEW, "several", {"Ủy ban nhân dân phường Bạch Mai", "Ủy ban nhân dân phường Thượng Cát"}),
    ],
)
def test_several_are_offered_never_chosen(words, on, how, some):
    found = ask(words, on)
    assert (found.outcome, found.how, found.agency_id) == (Outcome.CANDIDATES, how, None)
    assert some <= offered(found)


@pytest.mark.parametrize("words", ["", "  ", "các sở", "bộ ngành", "UBND thành phố Tuyên Quang", "UBND huyện Na Hang", "???"])
def test_unknown_is_said(words):
    found = ask(words, NEW)
    assert found.outcome is Outcome.UNKNOWN
    assert str(found.said)


def test_without_a_day_an_ended_agency_comes_with_its_successors():
    found = ask("Sở GTVT", None)
    assert (code(found), found.how, offered(found)) == ("so-gtvt", "ended", {"Sở Xây dựng"})


def test_fifteen_city_bodies_live_after_march_2025():
    kinds = ("department", "office", "inspectorate")
    living = [entry for entry in DIRECTORY.agencies.values() if entry.level == "city" and entry.kind in kinds and entry.lives(date(2025, 3, 1))]
    assert len(living) == 15


def test_every_ended_agency_of_the_list_has_a_living_successor():
    for entry in DIRECTORY.agencies.values():
        if entry.valid_to is not None:
            heirs = DIRECTORY.living_successors(entry.id, date(2026, 1, 20))
            assert heirs, entry.code
            assert all(heir.on and heir.basis for heir in heirs)


def test_every_row_says_its_basis_and_general_knowledge_is_not_confirmed():
    for row in (*make.rows("agencies"), *make.rows("successions")):
        assert row["basis"]
        assert row["confirmed"] == "0" or "kiến thức chung" not in row["basis"]


AGENCIES = st.sampled_from(sorted(DIRECTORY.agencies))


@given(AGENCIES, st.sampled_from(["nfd", "upper", "lower"]))
@settings(max_examples=100, deadline=None)
def test_a_full_name_is_found_however_it_is_written(number, way):
    entry = DIRECTORY.agencies[number]
    on = entry.valid_to or NEW
    ways = {"nfd": lambda text: unicodedata.normalize("NFD", text), "upper": str.upper, "lower": str.lower}
    assert ask(ways[way](entry.name), on).agency_id == number


@given(AGENCIES)
@settings(max_examples=100, deadline=None)
def test_without_marks_it_is_found_or_offered(number):
    entry = DIRECTORY.agencies[number]
    found = ask(fold(entry.name), entry.valid_to or NEW)
    assert found.agency_id == number or number in {candidate.agency_id for candidate in found.candidates}


@given(st.text(max_size=120), st.one_of(st.none(), st.dates()))
@settings(max_examples=100, deadline=None)
def test_no_words_break_it(words, on):
    found = ask(words, on)
    assert (found.agency_id is not None) == (found.outcome is Outcome.AGENCY)
    assert found.agency_id is None or DIRECTORY.agencies[found.agency_id].lives(on)


@given(AGENCIES, st.dates(date(2020, 1, 1), date(2027, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_who_stands_in_lives_that_day(number, on):
    assert all(DIRECTORY.agencies[heir.agency_id].lives(on) for heir in DIRECTORY.living_successors(number, on))
