"""Passwords: hashing, the rule of QCVN 12:2026/BCA, drawing."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.accounts import passwords

GOOD = "Hồ-Gươm-2026"


def test_a_hash_fits_its_password_and_no_other() -> None:
    made = passwords.make_hash(GOOD, passwords.QUICK)
    assert passwords.verify(made, GOOD)
    assert not passwords.verify(made, GOOD + " ")
    assert GOOD not in made


def test_two_keyboards_agree_on_a_vietnamese_password() -> None:
    made = passwords.make_hash(unicodedata.normalize("NFD", GOOD), passwords.QUICK)
    assert passwords.verify(made, unicodedata.normalize("NFC", GOOD))


@pytest.mark.parametrize("damaged", ["", "x", "$argon2id$v=19$m=8,t=1,p=1$", "plain"])
def test_a_damaged_hash_fits_nothing(damaged: str) -> None:
    assert not passwords.verify(damaged, "plain")


def test_nobody_never_gets_in() -> None:
    assert not passwords.verify_nobody(GOOD, passwords.QUICK)


def test_a_hash_of_another_cost_is_outdated() -> None:
    made = passwords.make_hash(GOOD, passwords.QUICK)
    assert not passwords.outdated(made, passwords.QUICK)
    assert passwords.outdated(made)


@pytest.mark.parametrize(
    ("password", "lacks"),
    [
        ("Aa1!aaa", "8 ký tự"),
        ("AAAA111!", "chữ thường"),
        ("aaaa111!", "chữ hoa"),
        ("AAAAaaa!", "chữ số"),
        ("AAAaaa11", "đặc biệt"),
        ("AAA aaa11", "đặc biệt"),
        ("Ă1!" + "a" * 198, "dài nhất"),
        ("Lan.hoa1!", "tên đăng nhập"),
    ],
)
def test_the_rule_names_what_is_missing(password: str, lacks: str) -> None:
    assert [str(message) for message in passwords.weaknesses(password, username="lan.hoa") if lacks in str(message)]


def test_a_good_password_lacks_nothing() -> None:
    assert passwords.weaknesses(GOOD, username="clerk") == []
    assert passwords.weaknesses("Đườngphố1!") == []


@settings(max_examples=100, deadline=None)
@given(st.integers(8, 40))
def test_what_is_drawn_keeps_the_rule(length: int) -> None:
    drawn = passwords.draw(length)
    assert len(drawn) == length
    assert passwords.weaknesses(drawn) == []
    assert not set("lI1O0o") & set(drawn)


def test_two_draws_differ() -> None:
    assert len({passwords.draw() for _ in range(50)}) == 50


def test_only_the_last_ten_are_remembered() -> None:
    former = [passwords.make_hash(f"Cũ-{number}-aA", passwords.QUICK) for number in range(12)]
    assert passwords.used_before("Cũ-9-aA", former)
    assert not passwords.used_before("Cũ-10-aA", former)
