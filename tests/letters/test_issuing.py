"""A letter's way: drafted, issued with number, day and signatory, frozen, recalled until it leaves."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from petitions.core.clock import HANOI
from petitions.core.errors import Conflict, Invalid, NotAllowed, RuleBroken, Stale, WrongState
from petitions.core.identity import SYSTEM, Identity
from petitions.documents import queries as documents
from petitions.letters import owners, queries, rendering
from petitions.letters.actions import drafting, issuing
from petitions.letters.models import Letter, LetterAbsence
from petitions.letters.values import ChangeValues, IssueValues
from tests.make import accounts
from tests.make import letters as make


def lead(session: Session, body_id: int) -> Identity:
    return accounts.identity(session, name="Lãnh đạo", roles=("lead",), scopes={"body": [body_id]})


def issue(session: Session, letter: Letter, folder: Path, by: Identity, *, number: str = "", on: date = make.TODAY, now: datetime = make.NOW, **more) -> Letter:
    return issuing.issue(session, letter.id, IssueValues(on, number, **more), store=make.store(folder), by=by, now=now, today=make.TODAY)


def test_an_issued_letter_is_numbered_signed_frozen_and_leaves_within_hours(session: Session, tmp_path: Path) -> None:
    body = make.body(session)
    signs = make.signatory(session, body)
    by = lead(session, body.id)
    letter = issue(session, make.draft(session, body), tmp_path, by)
    assert (letter.state, letter.number, letter.full_number, letter.signatory) == ("issued", "01", "01/HĐND-TT", signs.name)
    assert letter.leaves_at == make.NOW + timedelta(minutes=15)
    kept = b"".join(make.store(tmp_path).original(letter.sha256 or "").blocks)
    assert hashlib.sha256(kept).hexdigest() == letter.sha256
    found = documents.document(session, letter.document_id or 0)
    assert found.digest == letter.sha256
    assert all(link.cited for link in found.links)
    # What is issued is what was sent: another template, another signatory change nothing of it.
    signs.name = "Người khác"
    session.flush()
    assert b"".join(make.store(tmp_path).original(letter.sha256 or "").blocks) == kept
    with pytest.raises(WrongState):
        issue(session, letter, tmp_path, by)


def test_what_is_missing_is_named_and_blocks_the_issue(session: Session, tmp_path: Path) -> None:
    body = make.body(session, numbering="unique")
    make.signatory(session, body)
    letter = make.draft(session, body, addressee=" ", subject_line="", rows=0, fields={"round": "1"})
    with pytest.raises(Invalid) as refused:
        issue(session, letter, tmp_path, lead(session, body.id))
    said = [str(message) for message in refused.value.fields[""]]
    assert said == [
        "Thiếu «Trích yếu (V/v)».",
        "Thiếu «Kính gửi».",
        "Thiếu «Công văn đã gửi».",
        "Thiếu «Thời hạn báo cáo».",
        "Phụ lục chưa có dòng nào.",
        "Thiếu «Số văn bản».",
    ]


def test_who_is_away_does_not_sign(session: Session, tmp_path: Path) -> None:
    body = make.body(session)
    first, second = make.signatory(session, body, name="Người Một"), make.signatory(session, body, name="Người Hai", rank="standing")
    by = lead(session, body.id)
    letter = make.draft(session, body)
    told = {"entered_by_name": "", "entered_at": make.NOW}
    away = LetterAbsence(signatory_id=first.id, from_on=date(2026, 1, 19), to_on=date(2026, 1, 21), **told)
    session.add(away)
    session.flush()
    with pytest.raises(RuleBroken, match="Người Một vắng từ 19/01/2026 đến 21/01/2026"):
        issue(session, letter, tmp_path, by)
    away.substitute_id = second.id
    session.flush()
    assert issue(session, letter, tmp_path, by).signatory == "Người Hai"
    # Two who stand in for one another: nobody signs, and nothing turns in a circle.
    session.add(LetterAbsence(signatory_id=second.id, substitute_id=first.id, from_on=date(2026, 1, 20), to_on=date(2026, 1, 20), **told))
    session.flush()
    with pytest.raises(RuleBroken, match="Người Hai vắng"):
        issue(session, make.draft(session, body), tmp_path, by)


def test_recalled_until_it_leaves(session: Session, tmp_path: Path) -> None:
    body = make.body(session, numbering="unique")
    make.signatory(session, body)
    by = lead(session, body.id)
    letter = issue(session, make.draft(session, body), tmp_path, by, number="45")
    with pytest.raises(Conflict, match="Số 45 của sổ năm 2026 đã cấp cho văn bản ngày 20/01/2026 gửi Sở Xây dựng"):
        issue(session, make.draft(session, body), tmp_path, by, number="45")
    with pytest.raises(Invalid):
        issuing.recall(session, letter.id, reason=" ", by=by, now=make.NOW)
    issuing.recall(session, letter.id, reason="Sai nơi nhận", by=by, now=make.NOW + timedelta(minutes=14))
    again = issue(session, make.draft(session, body), tmp_path, by, number="45")
    with pytest.raises(RuleBroken, match="đã gửi đi"):
        issuing.recall(session, again.id, reason="Muộn", by=by, now=make.NOW + timedelta(minutes=15))


def test_nothing_leaves_outside_working_hours(session: Session, tmp_path: Path) -> None:
    body = make.body(session)
    make.signatory(session, body)
    by = lead(session, body.id)
    friday_evening = datetime(2026, 1, 16, 21, tzinfo=HANOI)
    letter = make.draft(session, body)
    made = issuing.issue(session, letter.id, IssueValues(date(2026, 1, 16)), store=make.store(tmp_path), by=by, now=friday_evening, today=date(2026, 1, 16))
    assert made.leaves_at == datetime(2026, 1, 19, 8, tzinfo=HANOI)
    assert queries.visible(accounts.identity(session, name="Sở", roles=("agency",), scopes={"agency": [1]}), friday_evening) is not None


def test_a_draft_is_changed_by_one_at_a_time_and_given_up(session: Session) -> None:
    body = make.body(session)
    make.signatory(session, body)
    by = lead(session, body.id)
    letter = make.draft(session, body)
    values = ChangeValues("Sở Y tế", "đôn đốc", "Như trên;\nLưu: VT.", "Nói thêm.", due_on=date(2026, 2, 9))
    drafting.change(session, letter.id, values, version=letter.version, by=by, now=make.NOW, today=make.TODAY)
    assert (letter.addressee, letter.fields["remark"], letter.fields["due_on"]) == ("Sở Y tế", "Nói thêm.", "2026-02-09")
    with pytest.raises(Stale):
        drafting.change(session, letter.id, values, version=1, by=by, now=make.NOW, today=make.TODAY)
    drafting.cancel(session, letter.id, by=SYSTEM, now=make.NOW)
    with pytest.raises(WrongState):
        drafting.change(session, letter.id, values, version=letter.version, by=by, now=make.NOW, today=make.TODAY)


def test_others_neither_draft_nor_issue(session: Session, tmp_path: Path) -> None:
    body = make.body(session)
    make.signatory(session, body)
    letter = make.draft(session, body)
    other = make.body(session, of=None)
    for by in (accounts.identity(session, name="A", roles=("agency",), scopes={"agency": [1]}), lead(session, other.id)):
        with pytest.raises(NotAllowed):
            drafting.draft(session, make.values(body), by=by, now=make.NOW, today=make.TODAY)
        with pytest.raises(NotAllowed):
            issue(session, letter, tmp_path, by)


class Heard:
    def __init__(self) -> None:
        self.acts: list[str] = []

    def moved(self, session: Session, letter: Letter, *, act: str, by: Identity, now: datetime) -> None:
        self.acts.append(f"{act} {letter.state}")

    def addresses(self, session: Session, ids) -> dict[int, str]:
        return {number: f"/x/{number}" for number in ids}


def test_the_room_that_drafted_hears_of_it(session: Session, tmp_path: Path) -> None:
    body = make.body(session)
    make.signatory(session, body)
    by = lead(session, body.id)
    heard = Heard()
    owners.register("test", heard)
    try:
        letter = issue(session, make.draft(session, body, owner="test"), tmp_path, by)
        issuing.recall(session, letter.id, reason="Nhầm", by=by, now=make.NOW)
        assert owners.address(session, letter) == f"/x/{letter.id}"
    finally:
        owners.unregister("test")
    assert heard.acts == ["issue issued", "recall withdrawn"]


def test_a_letter_lies_ready_before_its_transaction_and_is_rendered_anew_when_anything_changed(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = make.body(session)
    make.signatory(session, body)
    by, asked = lead(session, body.id), IssueValues(make.TODAY)
    first, second = make.draft(session, body), make.draft(session, body)
    lying = [issuing.ready(session, one.id, asked, today=make.TODAY) for one in (first, second)]
    rendered: list[bytes] = []
    real = rendering.render

    def render(template: bytes, told: Any) -> bytes:
        rendered.append(real(template, told))
        return rendered[-1]

    monkeypatch.setattr(rendering, "render", render)
    at = {"store": make.store(tmp_path), "by": by, "now": make.NOW, "today": make.TODAY}
    issuing.issue(session, first.id, asked, **at, ready=lying[0])
    assert rendered == []
    assert lying[0]
    assert first.sha256 == hashlib.sha256(lying[0].content).hexdigest()
    issuing.issue(session, second.id, asked, **at, ready=lying[1])  # its number was drawn by the other one meanwhile
    assert (second.number, len(rendered)) == ("02", 1)
    assert second.sha256 == hashlib.sha256(rendered[0]).hexdigest()
    assert issuing.ready(session, second.id, asked, today=make.TODAY) is None
    third = make.draft(session, body, subject_line="đôn đốc việc khác")
    kept = issuing.ready(session, third.id, asked, today=make.TODAY)
    third.subject_line = "đôn đốc việc khác nữa"
    issuing.issue(session, third.id, asked, **at, ready=kept)
    assert kept
    assert third.sha256 != hashlib.sha256(kept.content).hexdigest()
