"""Days off from an iCalendar file: what is taken, what is said about the rest."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.core.errors import Invalid
from petitions.workdays import ical

HEAD, TAIL = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n"


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


MONTHS = [(year, month) for year in (2027, 2028) for month in range(1, 13)]
MANY = (HEAD + "".join(event(f"DTSTART:{year}{month:02}01", f"DTEND:{year}{month:02}28", "SUMMARY:a") for year, month in MONTHS)).encode()


def read(*events: str, head: str = HEAD) -> ical.Reading:
    return ical.read((head + "".join(events) + TAIL).encode(), basis="Công văn thử", source="tệp thử", confirmed=False)


def test_all_day_events_become_days() -> None:
    found = read(
        event("DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20270102", "SUMMARY:Tết Dương lịch"),
        event("DTSTART;VALUE=DATE:20270204", "DTEND;VALUE=DATE:20270209", "SUMMARY:Nghỉ Tết Nguyên đán"),
        event("DTSTART;VALUE=DATE:20270213", "SUMMARY:Làm bù"),
        event("DTSTART:20270503T000000", "DURATION:P1D", "SUMMARY:Nghỉ bù 1/5"),
        event("DTSTART;VALUE=DATE:20270902", "SUMMARY:Quốc khánh\\, ngày", "  2/9"),
    )
    assert found.remarks == ()
    assert [(edit.day, edit.kind, edit.reason) for edit in found.edits] == [
        (date(2027, 1, 1), "off", "lunar"),
        *((date(2027, 2, day), "off", "lunar") for day in range(4, 9)),
        (date(2027, 2, 13), "worked", "swap"),
        (date(2027, 5, 3), "off", "compensatory"),
        (date(2027, 9, 2), "off", "fixed"),
    ]
    assert found.edits[-1].name_vi == "Quốc khánh, ngày 2/9"
    assert {(edit.basis, edit.source, edit.confirmed) for edit in found.edits} == {("Công văn thử", "tệp thử", False)}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("DTSTART;VALUE=DATE:20270101", "SUMMARY:Tết", "STATUS:CANCELLED"), "hủy"),
        (("DTSTART;VALUE=DATE:20270101", "SUMMARY:Tết", "RRULE:FREQ=YEARLY"), "lặp lại"),
        (("DTSTART:20270101T083000Z", "SUMMARY:Họp"), "cả ngày"),
        (("DTSTART;VALUE=DATE:20270101",), "tên"),
        (("DTSTART;VALUE=DATE:20270231", "SUMMARY:Tết"), "không tồn tại"),
        (("DTSTART;VALUE=DATE:19710101", "SUMMARY:Tết"), "ngoài lịch"),
        (("DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20280101", "SUMMARY:Nghỉ"), "31 ngày"),
        (("SUMMARY:Tết",), "cả ngày"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_line(lines: tuple[str, ...], said: str) -> None:
    found = read(event(*lines))
    assert found.edits == ()
    assert found.remarks[0].line == 3
    assert said in str(found.remarks[0].message)


def test_a_day_named_twice_keeps_the_first_and_says_so() -> None:
    found = read(event("DTSTART;VALUE=DATE:20270101", "SUMMARY:Một"), event("DTSTART;VALUE=DATE:20270101", "SUMMARY:Hai"))
    assert [edit.name_vi for edit in found.edits] == ["Một"]
    assert "«Một» và «Hai»" in str(found.remarks[0].message)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "iCalendar"),
        (b"", "iCalendar"),
        (b"\xff\xfe\x00B", "UTF-8"),
        (b"BEGIN:VCALENDAR" + b" " * 1_000_000, "1 MB"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "VEVENT"),
        ((HEAD + event("SUMMARY:a") * 2001).encode(), "quá nhiều"),
        (MANY, "nhiều nhất 400"),
    ],
)
def test_files_that_are_no_calendar_are_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ical.read(data, basis="a", source="b", confirmed=True)
    assert said in str(refusal.value.fields["file"][0])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("ABDEGINSTUVY:;=\\, \t\r\n0123456789P"), max_size=60), max_size=12))
def test_no_file_however_odd_breaks_the_reader(lines: list[str]) -> None:
    body = "".join(event(*lines[at : at + 3]) for at in range(0, len(lines), 3))
    with suppress(Invalid):
        assert all(edit.name_vi for edit in read(body).edits)
