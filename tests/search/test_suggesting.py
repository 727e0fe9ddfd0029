"""Completions: marks put back, nothing of single documents, nothing odd breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.core import db
from petitions.core.office import Office
from petitions.search import finding, lexicon, suggesting, writer
from tests.search import notes


def completions(office: Office, text: str) -> list[str]:
    with db.reading(office.engine) as session:
        return [one.text for one in suggesting.suggest(session, finding.engine_of(office), text)]


@pytest.fixture
def streets(shelf: Office) -> Office:
    notes.write(shelf, *(f"ngõ {n} ngập úng kéo dài, bà Tuyết Lan phản ánh" if n < 2 else f"ngõ {n} ngập úng kéo dài sau mưa" for n in range(1, 9)))
    writer.catch_up(shelf)
    return shelf


def test_marks_are_put_back(streets: Office) -> None:
    assert "ngập úng kéo dài" in completions(streets, "ngap u")
    assert "sửa ngập úng kéo dài" in completions(streets, "sửa ngap un")
    assert "giải phóng mặt bằng" in completions(streets, "giai phong m")


def test_what_few_documents_say_is_not_offered(streets: Office) -> None:
    assert not any("lan" in one.lower() for one in completions(streets, "tuyet l"))


def test_typed_marks_are_kept_to(streets: Office) -> None:
    assert not any(one.startswith("ngấp") or "ngập" in one for one in completions(streets, "ngấp u"))


@pytest.mark.parametrize("text", ["", " ", '"ngap u', "đvbc:ngap u", "x" * 500, "\x00\x01", "*", "ngập úng kéo dài"])
def test_nothing_is_offered(streets: Office, text: str) -> None:
    assert completions(streets, text) == [] or text == "ngập úng kéo dài"
    assert text not in completions(streets, text)


def test_without_an_index_the_lists_still_help(shelf: Office) -> None:
    assert "giải phóng mặt bằng" in completions(shelf, "giai phong")


@given(st.text(max_size=40))
def test_forms_typed_are_forms(text: str) -> None:
    forms = lexicon.forms_typed(text)
    assert len({form.lower() for form in forms}) <= len(forms)
