"""Where one is led after signing in: never out of the house."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.accounts.views import own_path


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/petitions?page=2", "/petitions?page=2"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/a\\b", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("petitions", "/"),
        ("", "/"),
        ("/sign-out", "/"),
        ("http:///evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("//[", "/"),
    ],
)
def test_only_own_paths(asked: str, led_to: str) -> None:
    assert own_path(asked) == led_to


@settings(max_examples=100)
@given(st.text(alphabet="/\\:@?#[]. \t\r\n\0ahtps", max_size=12))
def test_no_text_leads_out(asked: str) -> None:
    led_to = own_path(asked)
    assert led_to.startswith("/")
    assert urlsplit(urljoin("http://house.example/sign-in", led_to)).netloc == "house.example"
