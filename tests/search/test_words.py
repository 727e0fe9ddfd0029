"""Words of the trade and other names: what is searched along, what the office adds, drops and takes back."""

import pytest
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, Invalid, WrongState
from petitions.core.identity import Identity
from petitions.journal import queries as journal
from petitions.search import actions, lexicon, queries
from petitions.search.lexicon import Lexicon
from tests.search.conftest import Index
from tests.search.notes import NOW, document

CHIEF = Identity(1, "chief", "Trưởng phòng")


def others(session: Session, typed: str) -> list[str]:
    form = lexicon.form_of(typed)
    return [other.text for one in queries.words_in_force(session).expansions(form.words, form.marked) for other in one.others]


def test_the_office_adds_and_withdraws(session: Session) -> None:
    assert others(session, "xe ba gác") == []
    row = actions.add_words(session, forms="xe ba gác = xe ba bánh; XBG", source="Luật Đường bộ 35/2024/QH15", by=CHIEF, now=NOW)
    assert others(session, "xe ba gac") == ["xe ba bánh", "XBG"]
    actions.withdraw_words(session, row.id, by=CHIEF, now=NOW)
    assert others(session, "xe ba gác") == []
    db.finish(session)
    assert sorted(entry.act for entry in journal.timeline(session, ("search_words", row.id))) == ["search.words_add", "search.words_withdraw"]
    with pytest.raises(WrongState):
        actions.withdraw_words(session, row.id, by=CHIEF, now=NOW)


def test_a_line_of_the_program_is_dropped_and_taken_back(session: Session) -> None:
    assert "giải phóng mặt bằng" in others(session, "GPMB")
    row = actions.drop_words(session, forms="giải phóng mặt bằng | GPMB", reason="Văn phòng viết đủ chữ", by=CHIEF, now=NOW)
    assert others(session, "GPMB") == []
    with pytest.raises(WrongState):
        actions.drop_words(session, forms="GPMB | giải phóng mặt bằng", reason="lần nữa", by=CHIEF, now=NOW)
    actions.withdraw_words(session, row.id, by=CHIEF, now=NOW)
    assert "giải phóng mặt bằng" in others(session, "GPMB")


@pytest.mark.parametrize(
    ("forms", "error"),
    [
        ("một cách", Invalid),
        ("a = A", Invalid),
        ("= ;", Invalid),
        (" = ".join(f"chữ {n}" for n in range(9)), Invalid),
        ("gpmb = Giải phóng mặt bằng", Conflict),
    ],
)
def test_lines_that_are_not_taken(session: Session, forms: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.add_words(session, forms=forms, source="thử", by=CHIEF, now=NOW)


def test_every_shipped_line_has_a_source_and_says_something() -> None:
    lines = lexicon.lines()
    assert len(lines) >= 150
    assert all(line.source and line.kind and len(line.forms) > 1 for line in lines)
    keys = [lexicon.key_of(line.forms) for line in lines]
    assert len(set(keys)) == len(keys)
    assert all(len(lexicon.key_of(line.forms)) > 1 for line in lines)


def renamed() -> Lexicon:
    words = Lexicon(())
    words.lead("phường Phúc La", ["phường Hà Đông"])
    words.lead("Phúc La", ["phường Hà Đông"], loose=True)
    return words


def test_other_names_find_and_can_be_switched_off(index: Index) -> None:
    index.add(document(1, "đèn hỏng", place="phường Hà Đông"), document(2, "đèn hỏng", place="phường Phúc La"), document(3, "đèn hỏng", place="phường Láng"))
    full = index.search("đèn phường Phúc La", lexicons=(renamed(),))
    assert full.complete == 2
    assert {hit.subject_id for hit in full.hits[:2]} == {1, 2}
    assert [said.others for said in full.said] == [("phường Hà Đông",)]
    assert index.search("đèn phường Phúc La", lexicons=(renamed(),), expand=False).complete == 1


def test_a_bare_name_comes_first_and_its_other_names_follow(index: Index) -> None:
    index.add(document(1, "đèn hỏng", place="phường Hà Đông"), document(2, "đèn hỏng phố Phúc La"))
    found = index.search("phuc la", lexicons=(renamed(),))
    assert [hit.subject_id for hit in found.hits] == [2, 1]
    assert found.complete == 1


@pytest.mark.parametrize(("typed", "found"), [("CA", [1, 2, 3]), ("ca", [2, 3]), ("công an", [1, 2])])
def test_a_short_abbreviation_is_not_a_syllable(index: Index, typed: str, found: list[int]) -> None:
    index.add(document(1, "công an chưa trả lời"), document(2, "CA chưa trả lời"), document(3, "nuôi cá cả năm"))
    full = index.search(typed)
    assert sorted(hit.subject_id for hit in full.hits if hit.tier == 2) == found


def test_named_values_lift_and_bring_nothing_in(index: Index) -> None:
    index.add(*(document(n, "đất đai thôn xóm", ward=str(n)) for n in (1, 2, 3)), document(4, "chuyện khác", ward="3"))
    assert index.ids("đất đai", named={"ward": frozenset({"3"})}) == [3, 1, 2]
    assert index.ids("đất đai", named={"ward": frozenset({"3"})}, expand=False) == [1, 2, 3]
