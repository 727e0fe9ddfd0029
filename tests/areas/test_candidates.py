"""What is offered and not chosen: a longer name nobody knows, heirs of homonyms, and whether the candidates are all there can be."""

from datetime import date

import pytest

from petitions.areas.resolver import Outcome, resolve
from tests.make import areas as make

NEW = date(2025, 9, 1)
GAZETTEER = make.hanoi()


def ask(words, on):
    return resolve(GAZETTEER, words, on)


def unit(found):
    return GAZETTEER.units[found.unit_id].code if found.unit_id else None


def offered(found):
    return [candidate.label for candidate in found.candidates]


@pytest.mark.parametrize(
    ("words", "some"),
    [
        ("phường Nghĩa Đô Thượng Hạ Trung Tân Mới", "phường Nghĩa Đô"),
        ("xã Gia Lâm Đồng", "xã Gia Lâm"),
        ("XÃ GIA LÂM ĐỒNG", "xã Gia Lâm"),
        ("xã gia lâm đồng", "xã Gia Lâm"),
        ("Xa Gia Lam Dong", "xã Gia Lâm"),
    ],
)
def test_a_longer_unknown_name_is_not_its_known_beginning(words, some):
    found = ask(words, NEW)
    assert (found.outcome, found.how, found.unit_id) == (Outcome.CANDIDATES, "longer_name", None)
    assert offered(found) == [some]
    assert words.split(" ", 1)[1] in str(found.said)


@pytest.mark.parametrize(
    "words",
    [
        "xã Gia Lâm Hà Nội",
        "xã Gia Lâm Thành phố Hà Nội",
        "xã gia lâm ha noi",
        "xã Gia Lâm, Đồng Mới",
        "xã Gia Lâm - Đồng",
        "xã Gia Lâm (Đồng)",
        "Xã Gia Lâm. Đồng thời đề nghị",
        "xã Gia Lâm đề nghị Thành phố",
        "xã gia lâm đề nghị",
        "xã Gia Lâm Thôn 5",
        "xã Gia Lâm và Thành phố",
    ],
)
def test_what_is_not_part_of_the_name_leaves_the_unit(words):
    assert unit(ask(words, NEW)) == "x-gia-lam.2025-07"


def test_heirs_of_old_wards_of_one_name_say_whose_they_are():
    found = ask("phường Minh Khai", NEW)
    assert found.how == "homonym"
    assert "phường Bạch Mai (phường Minh Khai, quận Hai Bà Trưng cũ)" in offered(found)
    assert all("quận Hai Bà Trưng" in str(one.why) or "quận Bắc Từ Liêm" in str(one.why) for one in found.candidates)


def test_candidates_are_all_there_is_only_where_no_other_place_can_be_meant():
    assert ask("thị trấn Trâu Quỳ, huyện Gia Lâm", NEW).complete
    assert ask("xã Bát Tràng và xã Gia Lâm", NEW).complete
    assert not ask("xã Bát Tràng, xã Gia Lâm, xã Zzz", NEW).complete
    assert not ask("xã Gia Lâm Đồng", NEW).complete
    assert not ask("xã Gia Lân", NEW).complete
