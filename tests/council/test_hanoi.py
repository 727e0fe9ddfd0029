"""The shipped lists: the four that were seen, and that no place is in two constituencies or in none."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from petitions.council import queries, reference
from petitions.council.drafting import draft
from petitions.council.models import Constituency, ConstituencyUnit, CouncilSession, DeputyGroup, Mandate, Term
from tests.make.council import NOW, OFFICER

AUGUST = date(2025, 8, 1)
SPRING = date(2024, 5, 2)
NA_1 = "Đống Đa, Kim Liên, Văn Miếu - Quốc Tử Giám, Láng, Ô Chợ Dừa, Ba Đình, Ngọc Hà, Giảng Võ, Bạch Mai, Hai Bà Trưng, Vĩnh Tuy"
NA_4 = "Gia Lâm, Bát Tràng, Phù Đổng, Thuận An, Hoàng Mai, Lĩnh Nam, Vĩnh Hưng, Tương Mai, Định Công, Hoàng Liệt, Yên Sở"
NA_5 = "Tây Tựu, Phú Diễn, Xuân Đỉnh, Đông Ngạc, Thượng Cát, Hoài Đức, Dương Hòa, Sơn Đồng, An Khánh, Tây Hồ, Phú Thượng"
GROUP_19 = "Ngọc Hồi, Nam Phù, Đại Thanh, Thanh Trì, Thanh Liệt"
GROUP_20 = "Gia Lâm, Phù Đổng, Bát Tràng, Thuận An"


def names(hanoi, body, number, day=AUGUST):
    answers = {unit.name: hanoi.ask(body, day, unit.code) for unit in hanoi.new_units()}
    return {name for name, answer in answers.items() if answer.constituency and answer.constituency.number == number}


@pytest.mark.parametrize(("body", "number", "expected"), [("QH", 1, NA_1), ("QH", 4, NA_4), ("QH", 5, NA_5), ("HD", 19, GROUP_19), ("HD", 20, GROUP_20)])
def test_seen_list(hanoi, body, number, expected):
    assert names(hanoi, body, number) == set(expected.split(", "))


def test_the_bare_rule_knows_unit_1_and_group_20_and_errs_where_it_is_known_to(hanoi):
    drafts = draft(reference._pieces(hanoi.session))
    by_name = {unit.name: unit.id for unit in hanoi.new_units()}
    ours = {
        name: {hanoi.districts[code].id for code in codes}
        for name, codes in {
            "na1": ["q-ba-dinh", "q-dong-da", "q-hai-ba-trung"],
            "na5": ["q-tay-ho", "q-bac-tu-liem", "h-hoai-duc"],
            "na4": ["q-hoang-mai", "h-gia-lam"],
        }.items()
    }

    def ruled(key):
        return {name for name, unit_id in by_name.items() if drafts[unit_id].district_id in ours[key]}

    assert ruled("na1") == set(NA_1.split(", "))
    assert set(NA_4.split(", ")) - ruled("na4") == {"Hoàng Liệt"}
    assert ruled("na5") - set(NA_5.split(", ")) == {"Hồng Hà"}
    assert drafts[by_name["Vĩnh Tuy"]].tied


@pytest.mark.parametrize("body", ["HD", "QH"])
def test_every_new_unit_has_exactly_one_constituency(hanoi, body):
    units = hanoi.new_units()
    answers = [hanoi.ask(body, AUGUST, unit.code) for unit in units]
    assert len(units) == 126
    assert {(answer.outcome, answer.basis) for answer in answers} == {("one", "unit_list")}
    assert {answer.constituency.number for answer in answers} == set(range(1, 31 if body == "HD" else 11))


@pytest.mark.parametrize("body", ["HD", "QH"])
def test_every_district_and_old_unit_has_exactly_one_before_the_change(hanoi, body):
    assert {hanoi.ask(body, SPRING, district=code).basis for code in hanoi.districts} == {"district_list"}
    living = [unit for unit in hanoi.units.values() if unit.district_id and (unit.valid_from or SPRING) <= SPRING <= (unit.valid_to or SPRING)]
    assert len(living) == 579
    assert {hanoi.ask(body, SPRING, unit.code).outcome for unit in living} == {"one"}


def test_no_place_lies_in_two_constituencies_of_one_term_on_any_day(hanoi):
    rows = hanoi.session.execute(select(ConstituencyUnit, Constituency.term_id).join(Constituency).where(ConstituencyUnit.superseded_at.is_(None))).all()
    days = sorted({line.valid_from for line, _term in rows} | {line.valid_to + timedelta(days=1) for line, _term in rows if line.valid_to})
    for day in days:
        held = Counter(
            (term, line.unit_id, line.district_id) for line, term in rows if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)
        )
        assert not [place for place, times in held.items() if times > 1]


def test_the_next_assembly_lists_cover_all_units_once(hanoi):
    answers = [hanoi.ask("QH", date(2026, 6, 1), unit.code) for unit in hanoi.new_units()]
    assert {answer.constituency.number for answer in answers} == set(range(1, 12))


def test_the_next_council_is_not_invented(hanoi):
    answer = hanoi.ask("HD", date(2026, 6, 1), "x-gia-lam.2025-07")
    assert (answer.outcome, answer.basis) == ("none", "no_list")
    assert "XVII" in str(answer.said)
    term = queries.term_on(hanoi.session, hanoi.body("HD"), date(2026, 6, 1))
    assert (term.number, term.starts_on, term.confirmed, term.constituencies_fixed) == (17, None, False, 31)
    assert queries.constituencies(hanoi.session, term.id) == []
    today = queries.group_today(hanoi.session, body_id=hanoi.body("HD"), unit_id=hanoi.units["x-gia-lam.2025-07"].id, today=date(2026, 6, 1))
    assert (today.group, today.confirmed) == (None, False)
    assert str(today.said).startswith("Chưa xác nhận")


def test_old_ward_on_a_later_day_goes_through_its_successors(hanoi):
    whole = hanoi.ask("HD", AUGUST, "tt-trau-quy.gia-lam")
    assert (whole.basis, whole.constituency.number, whole.confirmed) == ("successors", 20, True)
    split = hanoi.ask("HD", AUGUST, "p-dai-mo.nam-tu-liem")
    assert (split.outcome, [one.constituency.number for one in split.candidates]) == ("several", [10, 12])
    assert all("phần nay thuộc" in str(one.why) for one in split.candidates)


def test_new_ward_on_an_earlier_day_offers_what_lay_there(hanoi):
    answer = hanoi.ask("HD", SPRING, "p-hong-ha.2025-07")
    assert [one.constituency.number for one in answer.candidates] == [1, 2, 4, 5, 9]
    assert answer.basis == "predecessors"


def test_a_district_alone_keeps_its_constituency_within_the_term(hanoi):
    answer = hanoi.ask("HD", AUGUST, district="h-gia-lam")
    assert (answer.basis, answer.constituency.number) == ("former_district", 20)
    assert "đã kết thúc" in str(answer.said)


def test_a_district_of_the_next_assembly_goes_through_its_units(hanoi):
    assert hanoi.ask("QH", date(2026, 6, 1), district="h-gia-lam").constituency.number == 10
    assert hanoi.ask("QH", date(2026, 6, 1), district="h-me-linh").outcome == "several"


def test_numbers_without_a_source_are_provisional(hanoi):
    term = queries.term_on(hanoi.session, hanoi.body("HD"), SPRING)
    unsure = [(row.number, row.name) for row in queries.constituencies(hanoi.session, term.id) if not row.confirmed]
    districts = ["Đông Anh", "Mê Linh", "Sơn Tây", "Ba Vì", "Phúc Thọ", "Đan Phượng", "Hoài Đức", "Quốc Oai", "Thạch Thất"]
    expected = zip([21, 22, 24, 25, 26, 27, 28, 29, 30], districts, strict=True)
    assert unsure == list(expected)
    assert not hanoi.ask("HD", SPRING, district="h-dong-anh").confirmed
    assert all(row.seats is None for row in queries.constituencies(hanoi.session, term.id))


def test_labels_always_name_the_body(hanoi):
    labels = {str(label) for label in queries.constituency_labels(hanoi.session).values()}
    assert "ĐVBC số 20 HĐND (Gia Lâm cũ)" in labels
    assert "ĐVBC số 1 ĐBQH khóa XVI" in labels
    assert len(labels) == 51


def test_group_number_is_the_constituencys(hanoi):
    rows = hanoi.session.execute(select(DeputyGroup.number, Constituency.number).join(Constituency, Constituency.id == DeputyGroup.constituency_id)).all()
    assert len(rows) == 51
    assert all(one == other for one, other in rows)


def test_terms_are_keyed_by_body(hanoi):
    rows = hanoi.session.scalars(select(Term).where(Term.number == 16)).all()
    assert {(row.body_id, row.years) for row in rows} == {(hanoi.body("HD"), "2021-2026"), (hanoi.body("QH"), "2026-2031")}


def test_sessions_partly_known_say_so(hanoi):
    term = queries.term_on(hanoi.session, hanoi.body("HD"), SPRING)
    rows = {row.number: row for row in queries.sessions(hanoi.session, term.id)}
    assert set(rows) == set(range(1, 29))
    assert str(queries.session_label(rows[7])) == "Kỳ họp thứ 7 (tháng 7/2022)"
    assert (rows[7].opened_on, rows[7].earliest_on, rows[7].confirmed) == (None, date(2022, 7, 1), False)
    assert queries.session_before(hanoi.session, term.id, date(2025, 11, 14)).number == 28
    assert str(queries.session_label(rows[5])) == "Kỳ họp thứ 5 (chưa rõ ngày)"
    for row in hanoi.session.scalars(select(CouncilSession)):  # how a day came to be known is a note, not part of the name
        assert re.fullmatch(r"((khoảng|đầu|cuối) )?(tháng )?[\d/]+|", row.dates_as_known), row.dates_as_known
        assert row.opened_on or row.dates_as_known or row.note


def test_no_person_is_shipped(hanoi):
    assert hanoi.session.scalars(select(Mandate)).all() == []


def test_loading_again_changes_nothing(hanoi):
    assert reference.load(hanoi.session, by=OFFICER, now=NOW) == {}
