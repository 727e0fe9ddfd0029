"""A row's values: days, numbers, words of lists; and which rows are the same."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from petitions.core.words import say
from petitions.intake.importing import identity, values
from petitions.intake.importing.columns import Header, letter
from petitions.intake.importing.lines import Line
from petitions.intake.importing.remarks import Weight, gather

HEADER = Header(1, ("Mã", "Nội dung", "Ngày", "Cơ quan", "Ghi chú"), {"external_id": 0, "text": 1, "received_on": 2, "agency": 3}, {4: "Ghi chú"})


def read(*cells, odd=None):
    remarks = []
    row = values.read_row(Line(7, list(cells), odd or {}), HEADER, remarks)
    return row, remarks


def test_a_row_is_read_with_its_notes():
    row, remarks = read("KN-1", "Đề nghị", "5/3/2024", "Sở Xây dựng; UBND Thành phố;", "xem lại")
    assert (row.number, row.external_id, row.text) == (7, "KN-1", "Đề nghị")
    assert row.received.day == date(2024, 3, 5)
    assert row.agencies == ("Sở Xây dựng", "UBND Thành phố")
    assert row.notes == {"Ghi chú": "xem lại"}
    assert remarks == []


def test_only_an_empty_text_refuses_a_row():
    row, remarks = read("KN-1", "", "khi nào đó")
    assert row is None
    assert [(remark.weight, remark.row, remark.column) for remark in remarks] == [(Weight.ERROR, 7, "Nội dung")]
    row, remarks = read("KN-1", "x", "khi nào đó")
    assert row.received.words == "khi nào đó"
    assert [remark.weight for remark in remarks] == [Weight.WARNING]


def test_a_cell_of_100_000_characters_is_reported_by_row():
    row, remarks = read("KN-1", "x" * 100_000)
    assert row is None
    assert "100000" in str(remarks[0].message)


@pytest.mark.parametrize(
    ("cell", "day", "words", "said"),
    [
        ("5/3/2024", date(2024, 3, 5), "", 0),
        ("2024-03-05", date(2024, 3, 5), "", 0),
        ("05/03/2024 09:30", date(2024, 3, 5), "", 0),
        ("03/2024", None, "03/2024", 0),
        ("2017", None, "2017", 0),
        ("2017..2023", None, "2017..2023", 1),
        ("30/02/2024", None, "30/02/2024", 1),
        ("45000", None, "45000", 1),
        ("", None, "", 0),
    ],
)
def test_days_months_and_years(cell, day, words, said):
    remarks = []
    found = values.read_day(cell, 2, "Ngày", remarks)
    assert (found.day, found.words, len(remarks)) == (day, words, said)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("kỳ họp thứ 20", 20),
        ("20", 20),
        ("XX", 20),
        ("Kỳ họp thứ XIX", 19),
        ("thứ nhất", 1),
        ("kỳ họp thứ mười", 10),
        ("20 HĐND Thành phố", 20),
        ("chuyên đề", None),
        ("IIII", None),
        ("", None),
    ],
)
def test_council_sessions(words, number):
    assert values.session_number(words) == number


@pytest.mark.parametrize(
    ("words", "code"),
    [("Trước", "before"), ("sau kỳ họp", "after"), ("truoc ky hop", "before"), ("trước và sau kỳ họp", "both"), ("giữa", None), ("BEFORE", "before")],
)
def test_timing(words, code):
    assert values.timing(words) == code


@pytest.mark.parametrize(("words", "number"), [("20", 20), ("Đơn vị bầu cử số 05", 5), ("ĐVBC 7 (Đống Đa)", 7), ("Gia Lâm", None), ("123", None)])
def test_constituency_numbers(words, number):
    assert values.constituency_number(words) == number


@pytest.mark.parametrize(
    ("words", "code"), [("Đã giải quyết", "resolved"), ("giao-xem-xet", "in_progress"), ("Giải trình, cung cấp thông tin", "explained"), ("khác", None)]
)
def test_answer_classes(words, code):
    assert values.answer_class(words) == code


def test_an_error_cell_refuses_the_row_only_where_the_text_stands():
    row, remarks = read("KN-1", "x", "", odd={2: say("Ô báo lỗi {value} của Excel.", value="#REF!")})
    assert row is not None
    assert remarks[0].weight == Weight.WARNING
    row, remarks = read("KN-1", "", "", odd={1: say("Ô báo lỗi {value} của Excel.", value="#REF!")})
    assert row is None
    assert len(remarks) == 1


def test_identity_is_the_id_else_text_place_and_day():
    row, _ = read("KN-1", "Đề nghị", "5/3/2024")
    assert identity.key_of(row, "HD") == "id:HD:KN-1"
    bare = replace(row, external_id="")
    same = replace(bare, text="  ĐỀ  nghị", summary="khác", notes={})
    assert identity.key_of(bare, "HD") == identity.key_of(same, "HD")
    for other in (replace(bare, text="Đề nghi"), replace(bare, place="x"), replace(bare, received=values.Day())):
        assert identity.key_of(other, "HD") != identity.key_of(bare, "HD")
    assert identity.key_of(bare, "QH") != identity.key_of(bare, "HD")


def test_content_changes_with_every_field():
    row, _ = read("KN-1", "Đề nghị", "5/3/2024")
    changed = [replace(row, summary="a"), replace(row, agencies=("b",)), replace(row, petitioner="c"), replace(row, notes={"d": "e"}), replace(row, answer="f")]
    assert len({identity.content_of(other) for other in [row, *changed]}) == 6


@given(some.lists(some.text(max_size=5), max_size=4), some.lists(some.text(max_size=5), max_size=4))
@settings(max_examples=50)
def test_two_lists_of_parts_never_read_alike(one, other):
    assert (identity.digest(one) == identity.digest(other)) == (one == other)


@given(some.text(max_size=30))
@settings(max_examples=80)
def test_no_words_break_the_readers(words):
    values.session_number(words)
    values.timing(words)
    values.constituency_number(words)
    values.answer_class(words)
    values.read_day(words, 1, "x", [])
    values.split_agencies(words)


@given(some.integers(1, 399))
@settings(max_examples=60)
def test_roman_numbers_come_back(number):
    assert values.roman(values._as_roman(number)) == number


def test_equal_remarks_are_gathered_with_their_rows():
    remarks = []
    for row in range(2, 30):
        values.read_day("hôm qua", row, "Ngày", remarks)
    (group,) = gather(remarks)
    assert group.rows == tuple(range(2, 30))
    assert "20" in str(group.where)


def test_column_letters():
    assert [letter(0), letter(25), letter(26), letter(701), letter(702)] == ["A", "Z", "AA", "ZZ", "AAA"]
