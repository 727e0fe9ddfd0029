"""Urging in the database: the daily run only proposes; people issue, recall, acknowledge, withdraw, take candidates."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, Invalid, NotAllowed, PetitionsError, RuleBroken, Stale, WrongState
from petitions.core.identity import SYSTEM
from petitions.council.models import Committee
from petitions.documents.store import open_store
from petitions.duties import hearing
from petitions.duties.actions import extending, receiving
from petitions.duties.queries import reading as duty_reading
from petitions.duties.urging import owner, telling
from petitions.duties.urging.actions import acknowledging, climbing, deciding, drafting, issuing
from petitions.duties.urging.actions.climbing import RungIn
from petitions.duties.urging.actions.drafting import Changes
from petitions.duties.urging.models import Urging, UrgingItem, UrgingRung
from petitions.duties.urging.queries import candidates, reading
from petitions.duties.urging.queries.ladder import Ground
from petitions.journal.queries import timeline
from petitions.letters import rendering
from petitions.letters.actions import issuing as letter_acts
from petitions.letters.models import Letter, LetterEntry
from petitions.notifications.models import Notification
from tests.make import accounts
from tests.make import duties as make
from tests.make import urging as urge

DUE = date(2026, 2, 10)
FIRST, TENTH, TWENTIETH, LATER = date(2026, 2, 11), date(2026, 3, 3), date(2026, 3, 17), date(2026, 4, 7)
TITLES = {10: "Sở Xây dựng", 20: "Giám đốc Sở Xây dựng", 30: "Chủ tịch Ủy ban nhân dân Thành phố Hà Nội"}


def urgings(session: Session) -> list[Urging]:
    return list(session.scalars(select(Urging).order_by(Urging.id)))


def test_three_letters_at_three_ranks_and_an_answer_stops_it(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    [duty] = urge.late(session, place)
    assert urge.run(session, place, DUE).drafts == 0
    for day in (FIRST, TENTH, TWENTIETH):
        made = urge.run(session, place, day)
        assert (made.drafts, made.items) == (1, 1)
        again = urge.run(session, place, day)
        assert (again.drafts, again.items, again.left) == (0, 0, 0)
        [draft] = urge.drafts(session)
        urge.issue(session, place, draft, day, tmp_path)
        assert urge.run(session, place, day).drafts == 0
    found = urgings(session)
    assert [(one.level, one.addressee) for one in found if one.form == "letter"] == list(TITLES.items())
    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [one.kind for one in letters] == ["urging", "urging", "referral"]
    assert [one.signatory for one in letters] == ["Trần Văn Phòng", "Trần Văn Phòng", "Nguyễn Thường Trực"]
    assert [letter.fields["round"] for letter in letters] == [1, 2, 3]
    assert "(lần 2)" in letters[1].subject_line
    assert letters[2].annex["rows"][0]["late"] == "20"
    assert letters[2].annex["rows"][0]["urged"].count("HĐND-TT ngày") == 2
    db.finish(session)
    acts = [entry.act for entry in timeline(session, ("duty", duty.id))]
    assert acts.count("duty.urge") == 3
    assert place.things.told.count((duty.subject_id, "duty.urge")) == 3
    make.answer(session, place, duty, dated_on=TWENTIETH, now=urge.moment(TWENTIETH), today=TWENTIETH)
    assert urge.run(session, place, LATER).items == 0


def test_days_without_a_run_are_caught_up_once_and_the_lower_draft_is_replaced(session: Session) -> None:
    place = urge.world(session)
    first = urge.late(session, place, 2)
    [other] = urge.late(session, place, due=date(2026, 3, 2))
    urge.run(session, place, FIRST)
    [low] = urge.drafts(session)
    made = urge.run(session, place, TWENTIETH)  # nobody looked for weeks
    assert (made.drafts, made.items, made.left) == (2, 3, 2)
    session.refresh(low)
    assert (low.state, low.level) == ("replaced", 10)
    held = {(one.level, item.duty_id) for one in urge.drafts(session) for item in session.scalars(select(UrgingItem).where(UrgingItem.urging_id == one.id))}
    assert held == {(30, first[0].id), (30, first[1].id), (20, other.id)}
    assert urge.run(session, place, TWENTIETH).items == 0


def test_the_database_itself_refuses_a_second_draft_for_an_item(session: Session) -> None:
    place = urge.world(session)
    [duty] = urge.late(session, place)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    other = Urging(
        **{name: getattr(draft, name) for name in ("body_id", "agency_id", "to_agency_id", "rung_id", "level", "form", "state", "made_on", "made_at")},
        source="hand",
    )
    session.add(other)
    session.flush()
    session.add(UrgingItem(urging_id=other.id, duty_id=duty.id, open_duty_id=duty.id, due_on=DUE))
    with pytest.raises(IntegrityError):
        session.flush()


def test_reminders_are_notices_of_their_own_and_count_as_no_letter(session: Session) -> None:
    place = urge.world(session)
    urge.late(session, place, 3)
    made = urge.run(session, place, date(2026, 1, 30))
    assert (made.notices, made.drafts, made.items) == (1, 0, 3)
    [notice] = urgings(session)
    assert (notice.state, notice.form, notice.letter_id) == ("issued", "notice", None)
    assert urge.run(session, place, date(2026, 2, 2)).items == 0
    assert urge.run(session, place, FIRST).drafts == 1


def test_forty_items_leave_as_one_letter_with_an_annex_at_eight_of_a_working_day(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    many = urge.late(session, place, 40)
    saturday, monday = date(2026, 2, 28), date(2026, 3, 2)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    issued = urge.issue(session, place, draft, saturday, tmp_path, at=time(15), by=place.lead)
    assert issued.leaves_at == urge.moment(monday, time(8))
    assert issued.sent_on == monday
    letter = session.get(Letter, issued.letter_id)
    assert letter is not None
    assert [row["code"] for row in letter.annex["rows"]] == [f"VD-{one.subject_id}" for one in many]
    entries = session.scalars(select(LetterEntry).where(LetterEntry.year == 2026, LetterEntry.number == letter.number)).all()
    assert [(entry.book, entry.holder_id) for entry in entries] == [(letter.book, letter.id)]
    # the agency does not see it before it leaves, and acknowledges it afterwards
    early, after = urge.moment(monday, time(7, 59)), urge.moment(monday, time(8))
    assert reading.waiting(session, place.officer, early) == []
    with pytest.raises(WrongState):
        acknowledging.acknowledge(session, issued.id, received_on=saturday, by=place.officer, now=early, today=monday)
    assert [row.items for row in reading.waiting(session, place.officer, after)] == [40]
    with pytest.raises(NotAllowed):
        acknowledging.acknowledge(session, issued.id, received_on=monday, by=place.other_officer, now=after, today=monday)
    with pytest.raises(Invalid):
        acknowledging.acknowledge(session, issued.id, received_on=saturday, by=place.officer, now=after, today=monday)
    acknowledging.acknowledge(session, issued.id, received_on=monday, by=place.officer, now=after, today=monday)
    assert reading.waiting(session, place.officer, after) == []
    with pytest.raises(Conflict):
        acknowledging.acknowledge(session, issued.id, received_on=monday, by=place.officer, now=after, today=monday)


def test_recalled_before_it_leaves_its_items_are_urged_anew(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    urge.late(session, place, 2)
    owner.register()
    urge.run(session, place, FIRST)
    night = urge.moment(FIRST, time(20))
    here = lambda one: issuing.recall(session, one.id, reason="nhầm", by=place.lead, now=night)  # noqa: E731
    there = lambda one: letter_acts.recall(session, one.letter_id, reason="nhầm", by=place.lead, now=night)  # noqa: E731
    for recall in (here, there):
        [draft] = urge.drafts(session)
        issued = urge.issue(session, place, draft, FIRST, tmp_path, at=time(20), by=place.lead)
        recall(issued)
        assert issued.state == "recalled"
        assert urge.run(session, place, date(2026, 2, 12)).items == 2
    [draft] = urge.drafts(session)
    issued = urge.issue(session, place, draft, date(2026, 2, 12), tmp_path, by=place.lead)
    with pytest.raises(RuleBroken):
        issuing.recall(session, issued.id, reason="nhầm", by=place.lead, now=urge.moment(date(2026, 2, 13)))


def test_what_was_answered_or_asked_for_meanwhile_leaves_the_draft(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    duties = urge.late(session, place, 4)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    at: dict[str, Any] = {"now": urge.moment(FIRST), "today": FIRST}
    make.answer(session, place, duties[0], dated_on=FIRST, **at)
    extending.ask_extension(session, duties[1].id, wanted_on=date(2026, 4, 30), reason="chờ vốn", asked_on=FIRST, by=place.officer, **at)
    issued = urge.issue(session, place, draft, FIRST, tmp_path, by=place.lead)
    assert [row.duty_id for row in reading.item_rows(session, issued.id)] == [duties[2].id, duties[3].id]
    make.answer(session, place, duties[2], dated_on=FIRST, **at)
    made = urge.run(session, place, TENTH)
    assert made.items == 1  # the one that is neither answered nor waiting for the office
    [next_] = urge.drafts(session)
    make.answer(session, place, duties[3], dated_on=TENTH, now=urge.moment(TENTH), today=TENTH)
    with pytest.raises(RuleBroken):
        urge.issue(session, place, next_, TENTH, tmp_path, by=place.lead)
    session.rollback()


def test_who_may_issue_follows_the_authority_of_the_rung(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    urge.late(session, place)
    urge.run(session, place, TWENTIETH)
    [draft] = urge.drafts(session)
    for nobody in (place.lead, place.clerk, place.supervisor, place.officer):  # on behalf of the Standing Committee
        with pytest.raises(NotAllowed):
            urge.issue(session, place, draft, TWENTIETH, tmp_path, by=nobody)
    stranger = accounts.identity(session, roles=("standing",), scopes={"body": [place.body.id + 1]})
    with pytest.raises(NotAllowed):
        urge.issue(session, place, draft, TWENTIETH, tmp_path, by=stranger)
    with pytest.raises(Stale):
        issuing.issue(session, draft.id, issuing.Signing(TWENTIETH), store=Any, by=place.standing, now=make.NOW, today=TWENTIETH, version=99)
    assert urge.issue(session, place, draft, TWENTIETH, tmp_path, by=place.standing).state == "issued"
    with pytest.raises(PetitionsError):
        urge.issue(session, place, draft, TWENTIETH, tmp_path, by=place.standing)


def test_a_letter_that_lacks_something_stays_a_draft(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    urge.late(session, place)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    step = session.begin_nested()
    draft.addressee = ""
    with pytest.raises(Invalid):
        urge.issue(session, place, draft, FIRST, tmp_path, by=place.lead)
    step.rollback()
    session.refresh(draft)
    assert (draft.state, draft.letter_id) == ("draft", None)


def test_by_hand_from_the_board(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    mine, answered, young = urge.late(session, place, 2), urge.late(session, place)[0], urge.late(session, place, due=date(2026, 5, 4))[0]
    at: dict[str, Any] = {"now": urge.moment(FIRST), "today": FIRST}
    make.answer(session, place, answered, dated_on=FIRST, **at)
    ids = [*(one.id for one in mine), answered.id, young.id]
    with pytest.raises(NotAllowed):
        drafting.draft_by_hand(session, ids, by=place.officer, **at)
    made = drafting.draft_by_hand(session, ids, by=place.supervisor, **at)
    assert (len(made.urgings), made.items, sorted(made.refused)) == (1, 2, sorted([answered.id, young.id]))
    again = drafting.draft_by_hand(session, ids, by=place.clerk, **at)
    assert (again.urgings, len(again.refused)) == ([], 4)
    assert urge.run(session, place, FIRST).items == 0  # nor does the job draft a second one
    [draft] = urge.drafts(session)
    urge.issue(session, place, draft, FIRST, tmp_path, by=place.lead)
    soon, later = date(2026, 2, 13), date(2026, 2, 25)
    assert drafting.draft_by_hand(session, ids[:2], by=place.clerk, now=urge.moment(soon), today=soon).urgings == []
    assert len(drafting.draft_by_hand(session, ids[:2], by=place.clerk, now=urge.moment(later), today=later).urgings) == 1


def test_changed_thinned_out_withdrawn(session: Session) -> None:
    place = urge.world(session)
    urge.late(session, place, 3)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    at: dict[str, Any] = {"by": place.supervisor, "now": urge.moment(FIRST)}
    with pytest.raises(Invalid):
        drafting.change(session, draft.id, Changes("", ""), version=draft.version, today=FIRST, **at)
    drafting.change(session, draft.id, Changes("Giám đốc Sở", "Báo cáo rõ lộ trình.", TENTH), version=draft.version, today=FIRST, **at)
    items = session.scalars(select(UrgingItem).order_by(UrgingItem.id)).all()
    with pytest.raises(Invalid):
        drafting.take_out(session, draft.id, [items[0].duty_id], reason=" ", **at)
    drafting.take_out(session, draft.id, [items[0].duty_id], reason="đang kiểm tra tại chỗ", **at)
    drafting.withdraw(session, draft.id, reason="đã điện thoại", **at)
    assert urge.run(session, place, FIRST).items == 0
    assert urge.run(session, place, TENTH).items == 3  # the next rung comes in its time


def test_candidates_are_taken_or_refused_with_a_reason(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    late, never = urge.late(session, place, 3), urge.late(session, place)[0]
    board = Committee(body_id=place.body.id, code="DT", name="Ban Đô thị")
    session.add(board)
    session.flush()
    committee = accounts.identity(session, roles=("committee",), scopes={"body": [place.body.id], "committee": [board.id]})
    member = accounts.identity(session, roles=("committee",), scopes={"body": [place.body.id], "committee": [board.id]})
    drafting.draft_by_hand(session, [one.id for one in late], by=place.clerk, now=urge.moment(FIRST), today=FIRST)
    [draft] = urge.drafts(session)
    urge.issue(session, place, draft, FIRST, tmp_path, by=place.lead)
    make.answer(session, place, late[2], dated_on=TENTH, now=urge.moment(TENTH), today=TENTH)
    day = LATER
    at: dict[str, Any] = {"now": urge.moment(day), "today": day}
    ground = Ground.read(session, day)
    seen = duty_reading.visible(committee, urge.moment(day))
    assert candidates.counts(session, seen, ground) == {"explanation": 0, "questioning": 2, "requestioning": 0, "resupervision": 0, "council": 0}
    for wrong, error in (({"reason": ""}, Invalid), ({"reason": "chậm", "committee_id": board.id + 1}, Invalid)):
        with pytest.raises(error):
            deciding.take(session, late[0].id, "questioning", **({"committee_id": board.id} | wrong), by=committee, **at)
    with pytest.raises(NotAllowed):
        deciding.take(session, late[0].id, "questioning", committee_id=board.id, reason="chậm", by=place.clerk, **at)
    with pytest.raises(RuleBroken):
        deciding.take(session, never.id, "questioning", committee_id=board.id, reason="chậm", by=committee, **at)  # it was never urged
    deciding.take(session, late[0].id, "questioning", committee_id=board.id, reason="Cử tri kiến nghị nhiều lần", by=committee, **at)
    assert session.scalars(select(Notification.user_id).where(Notification.kind == hearing.TAKEN)).all() == [member.user_id]
    deciding.refuse(session, late[1].id, "questioning", reason="Sắp hoàn thành", by=committee, **at)
    with pytest.raises(RuleBroken):
        deciding.take(session, late[0].id, "questioning", committee_id=board.id, reason="chậm", by=committee, **at)
    assert candidates.counts(session, seen, ground)["questioning"] == 0
    assert [one.decision for one in candidates.decisions(session, committee)] == ["refused", "taken"]
    # article 40 was not in force when these fell overdue: offered switched off, and only with a legal opinion
    explanation = candidates.lists(ground)["explanation"]
    assert candidates.stands(session, late[0].id, ground, explanation, switched_off=True)
    with pytest.raises(Invalid):
        deciding.take(session, late[0].id, "explanation", committee_id=board.id, reason="chậm", by=committee, **at)
    deciding.take(session, late[0].id, "explanation", committee_id=board.id, reason="chậm", opinion="Văn bản số 12/STP", by=committee, **at)


def test_article_40_is_proposed_for_what_fell_overdue_since_the_law(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    urge.late(session, place, 2, due=date(2026, 2, 28))
    urge.run(session, place, date(2026, 3, 2))
    [draft] = urge.drafts(session)
    urge.issue(session, place, draft, date(2026, 3, 2), tmp_path, by=place.lead)
    day = date(2026, 4, 7)
    assert candidates.counts(session, duty_reading.visible(SYSTEM, make.NOW), Ground.read(session, day))["explanation"] == 2


def test_the_ladder_is_edited_by_new_rows(session: Session) -> None:
    place = urge.world(session)
    admin = accounts.identity(session, roles=("administrator",))
    row = session.scalars(select(UrgingRung).where(UrgingRung.seed == "petition/urge_1")).one()
    values = {name: getattr(row, name) for name in RungIn.__dataclass_fields__}
    at: dict[str, Any] = {"by": admin, "now": make.NOW}
    with pytest.raises(NotAllowed):
        climbing.change_rung(session, row.id, RungIn(**values), by=place.clerk, now=make.NOW)
    for wrong in ({"form": "telegram"}, {"legal_basis": ""}, {"valid_from": date(2026, 5, 1), "valid_to": date(2026, 4, 1)}):
        with pytest.raises(Invalid):
            climbing.change_rung(session, row.id, RungIn(**values | wrong), **at)
    urge.late(session, place)
    urge.run(session, place, FIRST)
    with pytest.raises(RuleBroken):
        climbing.change_rung(session, row.id, RungIn(**values | {"offset_days": 3}), **at)
    climbing.change_rung(session, row.id, RungIn(**values | {"valid_to": date(2026, 2, 20)}), **at)
    later = RungIn(**values | {"valid_from": date(2026, 2, 21), "valid_to": date(2026, 2, 28), "offset_days": 2})
    new = climbing.add_rung(session, "petition", "urge_1", later, **at)
    assert Ground.read(session, date(2026, 2, 23)).ladder("thing").rungs[3].id == new.id
    with pytest.raises(Invalid):
        climbing.add_rung(session, "petition", "urge_1", RungIn(**values | {"valid_from": date(2026, 2, 21)}), **at)


def test_a_duty_rerouted_leaves_the_old_agencys_draft(session: Session) -> None:
    place = urge.world(session)
    [duty] = urge.late(session, place)
    urge.run(session, place, FIRST)
    at: dict[str, Any] = {"now": urge.moment(FIRST), "today": FIRST}
    receiving.reroute(session, duty.id, agency_id=place.second.id, reason="đúng thẩm quyền", on=FIRST, by=place.lead, **at)
    assert urge.run(session, place, FIRST).left == 1
    assert [one.state for one in urgings(session)] == ["withdrawn"]


def test_the_agency_is_told_once_the_letter_has_left(session: Session, tmp_path: Path) -> None:
    place = urge.world(session)
    urge.late(session, place, 2)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    saturday, monday = date(2026, 2, 28), date(2026, 3, 2)
    issued = urge.issue(session, place, draft, saturday, tmp_path, by=place.lead)
    assert telling.left(session, urge.moment(monday, time(7, 59))) == []
    now = urge.moment(monday, time(8))
    assert [one.id for one in telling.left(session, now)] == [issued.id]
    telling.arrived(session, issued, now=now)
    session.flush()
    assert telling.left(session, now) == []
    told = session.scalars(select(Notification.user_id).where(Notification.kind == telling.SENT)).all()
    assert place.officer.user_id in told
    assert place.other_officer.user_id not in told


def test_the_letter_of_an_urging_lies_ready_before_its_transaction(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = urge.world(session)
    urge.late(session, place, 2)
    urge.run(session, place, FIRST)
    [draft] = urge.drafts(session)
    signing = issuing.Signing(FIRST, "77")
    ready = issuing.ready(session, draft.id, signing, today=FIRST)
    assert ready is not None
    monkeypatch.setattr(rendering, "render", lambda *_given: pytest.fail("rendered again inside the transaction"))
    at = {"by": place.lead, "now": urge.moment(FIRST), "today": FIRST}
    _, letter = issuing.issue(session, draft.id, signing, store=open_store(tmp_path), ready=ready, **at)
    assert letter.number == "77"
