"""What the words of a clerk mean on a day. The names are Hanoi's; the rules are those of the domain brief, 8.4."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from petitions.areas.resolver import Outcome, resolve, resolve_between
from petitions.core.text import fold
from petitions.core.words import using_language
from tests.make import areas as make

OLD, MID, NEW = date(2024, 6, 1), date(2025, 3, 1), date(2025, 9, 1)
GAZETTEER = make.hanoi()


def ask(words, on):
    return resolve(GAZETTEER, words, on)


def unit(found):
    return GAZETTEER.units[found.unit_id].code if found.unit_id else None


def offered(found):
    return [candidate.label for candidate in found.candidates]


@pytest.mark.parametrize(
    ("words", "on", "code"),
    [
        ("phường Minh Khai, quận Hai Bà Trưng", OLD, "p-minh-khai.hai-ba-trung"),
        ("xã Trung Hoà", OLD, "x-trung-hoa.chuong-my"),
        ("phường Trung Hòa", OLD, "p-trung-hoa.cau-giay"),
        ("P. Bạch Mai - HBT", OLD, "p-bach-mai.hai-ba-trung"),
        ("P. Bạch Mai - HBT", MID, "p-bach-mai.hai-ba-trung.2025-01"),
        ("P. Bạch Mai - HBT", NEW, "p-bach-mai.2025-07"),
        ("TT Trâu Quỳ", OLD, "tt-trau-quy.gia-lam"),
        ("tt. Trâu Quỳ, Gia Lâm", MID, "tt-trau-quy.gia-lam"),
        ("Trâu Quì", OLD, "tt-trau-quy.gia-lam"),
        ("thị trấn Trâu Qùy", OLD, "tt-trau-quy.gia-lam"),
        ("thi tran trau quy", OLD, "tt-trau-quy.gia-lam"),
        ("tổ dân phố 5 phường Yên Hoà", OLD, "p-yen-hoa.cau-giay"),
        ("tổ dân phố 5 phường Yên Hoà", NEW, "p-yen-hoa.2025-07"),
        ("PHƯỜNG YÊN HOÀ, QUẬN CẦU GIẤY", OLD, "p-yen-hoa.cau-giay"),
        ("P.Hạ Đình, Q.Thanh Xuân", OLD, "p-ha-dinh.thanh-xuan"),
        ("X. Phù Đổng H. Gia Lâm TP Hà Nội", OLD, "x-phu-dong.gia-lam"),
        ("cử tri xã Bát Tràng", OLD, "x-bat-trang.gia-lam"),
        ("số 14 Mạc Thị Bưởi, phường Vĩnh Tuy, quận Hai Bà Trưng", OLD, "p-vinh-tuy.hai-ba-trung"),
        ("ngõ 378 Lê Duẩn, phường Phương Liên, quận Đống Đa, Hà Nội", OLD, "p-phuong-lien.dong-da"),
        ("phường Văn Miếu – Quốc Tử Giám", NEW, "p-van-mieu-quoc-tu-giam.2025-07"),
        ("Gia Lâm", NEW, "x-gia-lam.2025-07"),
        ("xã Trung Hoà", NEW, "x-phu-nghia.2025-07"),
    ],
)
def test_one_unit(words, on, code):
    found = ask(words, on)
    assert (found.outcome, unit(found)) == (Outcome.UNIT, code)


@pytest.mark.parametrize(
    ("words", "on", "how", "some"),
    [
        ("phường Minh Khai", OLD, "homonym", ["phường Minh Khai (Bắc Từ Liêm)", "phường Minh Khai (Hai Bà Trưng)"]),
        ("phường Minh Khai, quận Hai Bà Trưng", NEW, "divided", ["phường Bạch Mai (phường Minh Khai cũ)", "phường Tương Mai (phường Minh Khai cũ)"]),
        ("TT Trâu Quỳ", NEW, "divided", ["xã Gia Lâm (thị trấn Trâu Quỳ cũ)"]),
        ("xã Trung Hào", OLD, "near", ["xã Trung Hòa"]),
        ("thị trấn Trâu Quỹ", OLD, "near", ["thị trấn Trâu Quỳ"]),
        ("xã Trâu Quỳ", OLD, "other_kind", ["thị trấn Trâu Quỳ"]),
        ("phường Yên Hoà, quận Đống Đa", OLD, "wrong_district", ["phường Yên Hòa (Cầu Giấy)"]),
        ("xã Hồng Kỳ, xã Nam Sơn, huyện Sóc Sơn", OLD, "several", ["xã Hồng Kỳ", "xã Nam Sơn"]),
        ("xã Nam Sơn, Bắc Sơn, Hồng Kỳ, huyện Sóc Sơn", OLD, "several", ["xã Nam Sơn", "xã Bắc Sơn", "xã Hồng Kỳ"]),
        ("xã Bát Tràng và xã Kim Lan huyện Gia Lâm", OLD, "several", ["xã Bát Tràng (Gia Lâm)", "xã Kim Lan"]),
        ("huyện Thanh Trì, Thường Tín, Sóc Sơn", OLD, "several", ["huyện Thanh Trì", "huyện Thường Tín", "huyện Sóc Sơn"]),
        ("phường Văn Miếu - Quốc Tử Giám, quận Đống Đa", OLD, "not_yet", ["phường Quốc Tử Giám", "phường Văn Miếu"]),
        ("xã Kim Lan, huyện Gia Lâm", MID, "unconfirmed", ["xã Kim Đức (xã Kim Lan cũ)"]),
        ("Đồng Tháp", OLD, "province_or_unit", ["xã Đồng Tháp"]),
        ("phường Yên Hoà", None, "no_day", ["phường Yên Hòa (Cầu Giấy)", "phường Yên Hòa"]),
        ("Gia Lâm", None, "no_day", ["huyện Gia Lâm", "xã Gia Lâm"]),
    ],
)
def test_candidates_are_offered_never_chosen(words, on, how, some):
    found = ask(words, on)
    assert (found.outcome, found.how, found.unit_id) == (Outcome.CANDIDATES, how, None)
    assert set(some) <= set(offered(found))


@pytest.mark.parametrize(
    ("words", "on", "district", "how"),
    [
        ("huyện Gia Lâm", OLD, "h-gia-lam", "district"),
        ("huyện Gia Lâm", NEW, "h-gia-lam", "district_ended"),
        ("cử tri quận Ba Đình", OLD, "q-ba-dinh", "district"),
        ("Gia Lâm", OLD, "h-gia-lam", "district"),
        ("Ba Vì", OLD, "h-ba-vi", "bare"),
        ("Q. HBT", OLD, "q-hai-ba-trung", "district"),
        ("đường Lĩnh Nam, quận Hoàng Mai", OLD, "q-hoang-mai", "district"),
        ("số 418 Bạch Mai, quận Hai Bà Trưng", OLD, "q-hai-ba-trung", "district"),
        ("xã Đình Xuyên", NEW, "h-gia-lam", "no_successor"),
        ("phường Zzz, quận Cầu Giấy", OLD, "q-cau-giay", "district_only"),
    ],
)
def test_a_district_only(words, on, district, how):
    found = ask(words, on)
    assert (found.outcome, found.how, found.unit_id) == (Outcome.DISTRICT, how, None)
    assert GAZETTEER.districts[found.district_id].code == district


def test_a_street_is_a_hint_no_more():
    found = ask("đường Lĩnh Nam, quận Hoàng Mai", OLD)
    assert offered(found) == ["phường Lĩnh Nam (Hoàng Mai)"]


def test_the_former_name_in_brackets_says_which_ground_is_meant():
    found = ask("phường Chương Mỹ (xã Tiên Phương cũ)", NEW)
    assert (unit(found), GAZETTEER.units[found.named_unit_id].name) == ("p-chuong-my.2025-07", "Tiên Phương")


def test_a_bare_name_of_a_former_district_says_so_and_offers_it():
    found = ask("Gia Lâm", NEW)
    assert offered(found) == ["huyện Gia Lâm"]
    assert "huyện Gia Lâm cũ" in str(found.said)


@pytest.mark.parametrize(
    "words",
    [
        "TP. Hồ Chí Minh",
        "tphcm",
        "Hải Phòng",
        "xã Hòa Thắng, thành phố Buôn Ma Thuột, Đắk Lắk",
        "phường Tân Hà, thành phố Tuyên Quang",
        "tỉnh Hòa Bình",
        "quận 12, TP. Hồ Chí Minh",
    ],
)
def test_outside_hanoi(words):
    assert ask(words, OLD).outcome is Outcome.OUTSIDE


@pytest.mark.parametrize(
    ("words", "how", "whole"),
    [
        ("Hà Nội", "whole_city", True),
        ("TP Hà Nội", "whole_city", True),
        ("cổng các bệnh viện ở Hà Nội", "whole_city", True),
        ("cả nước", "everywhere", True),
        ("Hà Nội; Quảng Trị", "several", True),
        ("", "empty", False),
        ("quận 12", "no_such_district", False),
        ("xã Trung Hòa, huyện Chiêm Hóa", "no_such_district", False),
        ("không rõ", "unknown", False),
    ],
)
def test_unknown_is_said(words, how, whole):
    found = ask(words, OLD)
    assert (found.outcome, found.how, found.whole_city) == (Outcome.UNKNOWN, how, whole)
    assert str(found.said)


def test_before_the_term_the_lists_are_not_vouched_for():
    assert "trước nhiệm kỳ" in str(ask("phường Yên Nghĩa, quận Hà Đông", date(2015, 1, 1)).said)
    assert "trước nhiệm kỳ" not in str(ask("phường Yên Nghĩa, quận Hà Đông", date(2022, 1, 1)).said)


def test_a_loose_day_gives_one_unit_only_when_both_ends_agree():
    same = resolve_between(GAZETTEER, "phường Yên Nghĩa, quận Hà Đông", date(2023, 1, 1), date(2023, 12, 31))
    assert unit(same) == "p-yen-nghia.ha-dong"
    other = resolve_between(GAZETTEER, "phường Dương Nội", date(2025, 1, 1), date(2025, 12, 31))
    assert (other.outcome, other.unit_id) == (Outcome.CANDIDATES, None)
    assert offered(other) == ["phường Dương Nội (Hà Đông)", "phường Dương Nội"]


def test_it_speaks_english_and_leaves_names_alone():
    with using_language("en"):
        said = str(ask("xã Trung Hoà", NEW).said)
    assert said == "xã Trung Hòa, huyện Chương Mỹ is now xã Phú Nghĩa (wholly, since 01/07/2025)."


UNITS = st.sampled_from(sorted(GAZETTEER.units))
DAYS = st.sampled_from([OLD, MID, NEW])


@given(UNITS, DAYS)
@settings(max_examples=100, deadline=None)
def test_a_full_name_is_found_on_any_day_it_lived(number, on):
    place = GAZETTEER.units[number]
    found = ask(GAZETTEER.full_label(number), on)
    if place.lives(on):
        assert found.unit_id == number
    elif found.outcome is Outcome.UNIT:
        steps = GAZETTEER.on_day(found.named_unit_id or number, on)
        assert [step.unit_id for step in steps] == [found.unit_id] or GAZETTEER.units[found.unit_id].name == place.name


@given(UNITS, DAYS, st.sampled_from(["nfd", "upper", "folded", "lower", "spaces"]))
@settings(max_examples=100, deadline=None)
def test_the_way_of_writing_does_not_lead_to_another_unit(number, on, way):
    ways = {
        "nfd": lambda text: unicodedata.normalize("NFD", text),
        "upper": str.upper,
        "lower": str.lower,
        "folded": fold,
        "spaces": lambda text: "  " + text.replace(" ", "  \t") + "\u200b ",
    }
    words = GAZETTEER.full_label(number)
    plain, written = ask(words, on), ask(ways[way](words), on)
    if way == "folded":
        if plain.unit_id is not None and written.unit_id != plain.unit_id:  # names that differ in their marks alone
            assert written.outcome is not Outcome.UNIT
    else:
        assert (written.outcome, written.unit_id, written.district_id) == (plain.outcome, plain.unit_id, plain.district_id)


@example(630, date(2024, 6, 1), 9, "b")  # "Văn Miếu b– Quốc Tử Giám", when there was a ward Văn Miếu
@given(UNITS, DAYS, st.integers(0, 30), st.sampled_from("bcdghklmnprstvx"))
@settings(max_examples=100, deadline=None)
def test_a_letter_too_many_is_never_taken_for_granted(number, on, at, letter):
    place = GAZETTEER.units[number]
    at = min(at, len(place.name))
    typed = place.name[:at] + letter + place.name[at:]
    found = ask(f"{place.label.removesuffix(place.name)}{typed}", on)
    if found.outcome is Outcome.UNIT:
        whole, first = (tuple(fold(part).replace("-", " ").split()) for part in (typed, typed.split("-")[0]))
        assert whole in GAZETTEER.names or first in GAZETTEER.names, "a misspelt name was taken for a unit"  # "Văn Miếu - b…": that ward was typed whole


@given(st.text(max_size=200), st.one_of(st.none(), st.dates()))
@settings(max_examples=100, deadline=None)
def test_no_words_break_it(words, on):
    found = ask(words, on)
    assert str(found.said)
    assert (found.unit_id is not None) == (found.outcome is Outcome.UNIT)
    assert found.outcome is not Outcome.CANDIDATES or found.candidates


PIECES = ["xã", "phường", "quận", "huyện", "thị trấn", "P.", "Q.", "TT", "Gia Lâm", "Bát Tràng", "Minh Khai", "Ba Vì", "Hà Nội", "Hồ Chí Minh", "HBT"]
JOINTS = ["và", ",", ";", "-", "(", ")", "cũ", "đường", "số", "5", "tổ dân phố"]
WORDS = st.lists(st.sampled_from(PIECES + JOINTS), max_size=25)


@given(WORDS, st.one_of(st.none(), DAYS))
@settings(max_examples=100, deadline=None)
def test_no_mixture_breaks_it(parts, on):
    found = ask(" ".join(parts), on)
    assert (found.unit_id is not None) == (found.outcome is Outcome.UNIT)
    assert found.unit_id is None or on is None or GAZETTEER.units[found.unit_id].lives(on)


def test_it_is_quick_even_with_a_long_text():
    words = "Cử tri xã Bát Tràng, huyện Gia Lâm đề nghị " * 400
    ask(words, OLD)
    began = time.perf_counter()
    ask(words, OLD)
    assert time.perf_counter() - began < 0.2
