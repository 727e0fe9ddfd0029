"""Letters that rise until somebody acts: one item through three ranks, then forty in one letter, and what stayed unanswered before a committee."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import exists, select

from petitions.agencies.models import Agency
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import Extension
from petitions.duties.urging import job
from petitions.duties.urging.models import Urging, UrgingDecision, UrgingItem
from petitions.intake.models import Field, Petition
from petitions.letters.models import Letter, LetterEntry, LetterSignatory
from petitions.workdays import queries as workdays
from petitions.workdays.calendar import Calendar
from tests.browser import NARROW, Watch, axe
from tests.conftest import petitions
from tests.journeys.conftest import OFFICER, As
from tests.make import accounts as make

BOTH = pytest.mark.parametrize("office", ["sqlite+demo", "postgresql+demo"], indirect=True)
SQLITE = pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
BUILDING = "Sở Xây dựng"
FREE = "Sở Dân tộc và Tôn giáo"  # owes nothing in the demo office


def calendar(office: Office) -> Calendar:
    with db.reading(office.engine) as session:
        return workdays.calendar(session)


def run(office: Office, day: date) -> int:
    """The jobs of a day, by the command; how many items lie in urgings afterwards."""
    clock.hold(day)
    petitions(office, "jobs", "run-due", "--today", day.isoformat())
    with db.reading(office.engine) as session:
        return len(session.scalars(select(UrgingItem.id)).all())


def draft_of(office: Office, duty_id: int) -> Urging:
    """The open draft in which a duty lies."""
    with db.reading(office.engine) as session:
        found = session.scalars(select(Urging).join(UrgingItem, UrgingItem.urging_id == Urging.id).where(UrgingItem.open_duty_id == duty_id)).one()
        session.expunge(found)
        return found


def issue(page: Page, office: Office, urging: Urging, number: str, rank: str = "office") -> None:
    """The form of the letter, as the registry gave its number."""
    with db.reading(office.engine) as session:
        signer = session.scalars(select(LetterSignatory.id).where(LetterSignatory.rank == rank).order_by(LetterSignatory.position)).first()
    page.goto(f"/urgings/{urging.id}")
    page.get_by_role("link", name="Phát hành").click()
    page.fill("[name=number]", number)
    page.select_option("[name=signatory_id]", str(signer))
    page.get_by_role("button", name="Phát hành công văn đôn đốc").click()


def letters_of(office: Office, duty_id: int) -> list[tuple[int, str, str]]:
    """(level, addressee, signatory) of the letters that urged a duty since the demo's own."""
    with db.reading(office.engine) as session:
        query = select(Urging.level, Urging.addressee, Letter.signatory).join(UrgingItem, UrgingItem.urging_id == Urging.id)
        query = query.join(Letter, Letter.id == Urging.letter_id).where(UrgingItem.duty_id == duty_id, UrgingItem.left_out.is_(None))
        return [(level, addressee, signatory) for level, addressee, signatory in session.execute(query.order_by(Urging.id))]


@pytest.mark.journey
@pytest.mark.timeout(400)
@BOTH
def test_three_letters_at_three_ranks_until_it_is_answered(as_: As, office: Office, watch: Watch) -> None:
    watch.allowed = ("422",)
    days = calendar(office)
    with db.reading(office.engine) as session:
        own = select(Agency.id).where(Agency.name == BUILDING).scalar_subquery()
        asked = exists().where(Extension.duty_id == Duty.id, Extension.state == "asked")
        waiting = select(Duty).where(Duty.agency_id == own, Duty.state == "acknowledged", Duty.part == "lead", Duty.next_due > date(2026, 1, 27), ~asked)
        duty = session.scalars(waiting.order_by(Duty.next_due, Duty.id)).first()
        assert duty is not None
        assert duty.next_due is not None
        number, due = duty.id, duty.next_due
    reached = [days.add(due, n) for n in (1, 10, 20)]

    for place, (day, who, rank) in enumerate(zip(reached, ("lead", "lead", "standing"), ("office", "office", "standing"), strict=True)):
        items = run(office, day)
        assert job.propose_all(office, day, clock.now()).items == 0  # run twice, it adds nothing
        assert run(office, day) == items
        draft = draft_of(office, number)
        page = as_(who, day)
        if place == 0:
            page.goto(f"/urgings/{draft.id}")
            assert axe(page) == []
            page.get_by_role("link", name="Xem trước").click()
            expect(page.locator(".doc")).to_contain_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        if place == 1:
            issue(page, office, draft, "811", rank)  # a number that the register of this year has already
            expect(page.locator("main")).to_contain_text("đã cấp cho văn bản")
        issue(page, office, draft, f"{811 + place}", rank)
        page.wait_for_url(re.compile(rf"/urgings/{draft.id}$"))
        expect(page.locator("main")).to_contain_text(f"{811 + place}/HĐND-TT")

    found = letters_of(office, number)
    assert [level for level, _, _ in found] == [10, 20, 30]
    assert [addressee for _, addressee, _ in found] == [BUILDING, f"Giám đốc {BUILDING}", "Chủ tịch Ủy ban nhân dân Thành phố Hà Nội"]
    last = days.add(reached[-1], 2)  # whatever the hour of this run: a letter issued in the evening leaves on the next working day
    page = as_("supervisor", last)
    page.goto(f"/duties/{number}")
    expect(page.locator(".urged")).to_have_count(len(found) + page.locator(".urged", has_text="Nhắc").count())
    assert axe(page) == []

    agency = as_("agency", last)
    agency.goto(f"/answers/new?ids={number}")
    agency.fill("[name=number]", "77/SXD-TH")
    agency.fill("[name=dated_on]", last.strftime("%d/%m/%Y"))
    agency.check("[name=agency_class][value=explained]")
    agency.locator("[name=text]").first.fill("Xin cung cấp thông tin: đã đưa vào kế hoạch năm 2026.")
    agency.get_by_role("button", name="Ghi văn bản trả lời").click()
    agency.wait_for_url(re.compile(r"/answers/\d+"))
    run(office, days.add(due, 40))
    assert len(letters_of(office, number)) == 3
    with db.reading(office.engine) as session:
        assert session.scalars(select(UrgingItem.id).where(UrgingItem.open_duty_id == number)).all() == []


def owe_forty(office: Office) -> list[int]:
    """Forty petitions of urban matters that one agency let pass; an account for its officer."""
    with db.transaction(office.engine) as session:
        free = session.scalars(select(Agency.id).where(Agency.name == FREE)).one()
        urban = select(Field.id).where(Field.code.startswith("urban"))
        chosen = session.scalars(select(Petition).where(Petition.field_id.in_(urban), Petition.body_id == 1).order_by(Petition.id).limit(40)).all()
        due = date(2026, 1, 5)
        made = [
            Duty(
                body_id=one.body_id,
                subject_kind="petition",
                subject_id=one.id,
                part="lead",
                agency_id=free,
                state="acknowledged",
                start_on=date(2025, 11, 3),
                reply_due=due,
                first_due=due,
                next_due=due,
                made_at=clock.midnight(date(2025, 11, 3)),
            )
            for one in chosen
        ]
        session.add_all(made)
        session.flush()
        ids = [one.id for one in made]
    make.stored(office.engine, username=OFFICER, name="Cán bộ Dân tộc", roles=("agency",), scopes={"agency": [free]}, demo=True)
    return ids


@pytest.mark.journey
@pytest.mark.timeout(300)
@SQLITE
def test_forty_items_in_one_letter_and_one_before_a_committee(as_: As, office: Office) -> None:
    ids = owe_forty(office)
    assert len(ids) == 40
    friday, saturday, tuesday = date(2026, 1, 23), date(2026, 1, 24), date(2026, 1, 27)
    with db.reading(office.engine) as session:
        free = session.scalars(select(Agency.id).where(Agency.name == FREE)).one()

    # From the board: every number opens its list; all that was never urged becomes one draft.
    supervisor = as_("supervisor", friday)
    supervisor.goto(f"/board/list?what=never&agency={free}")
    expect(supervisor.locator(".queue-item")).to_have_count(40)
    assert axe(supervisor) == []
    supervisor.check("[data-pick-all]")
    supervisor.get_by_role("button", name="Soạn công văn đôn đốc").click()
    supervisor.wait_for_url(re.compile(r"/urgings/\d+$"))
    expect(supervisor.locator(".queue-item")).to_have_count(40)
    draft = draft_of(office, ids[0])
    assert draft.level == 20  # fourteen working days late: the further urging at once

    # Issued on a Saturday, it leaves on Monday at eight; the agency sees it then.
    lead = as_("lead", saturday)
    issue(lead, office, draft, "841")
    lead.wait_for_url(re.compile(rf"/urgings/{draft.id}$"))
    expect(lead.locator("main")).to_contain_text("08:00 26/01/2026")
    early = as_(OFFICER, saturday)
    early.goto("/inbox")
    expect(early.locator(".urging-line")).to_have_count(0)
    with db.reading(office.engine) as session:
        entry = session.scalars(select(LetterEntry).where(LetterEntry.year == 2026, LetterEntry.number == "841")).one()
        letter = session.get(Letter, entry.holder_id)
        assert letter is not None
        assert len(letter.annex["rows"]) == 40

    officer = as_(OFFICER, tuesday)
    officer.goto("/inbox")
    expect(officer.locator(".urging-line")).to_contain_text("841/HĐND-TT")
    assert axe(officer) == []
    officer.get_by_role("button", name="Xác nhận đã nhận 841").click()
    expect(officer.locator(".urging-line")).to_have_count(0)
    officer.set_viewport_size(NARROW)
    officer.goto(f"/urgings/{draft.id}")
    assert officer.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    # Unanswered, they are candidates for questioning; one is taken by a committee, one is not.
    late = date(2026, 3, 16)
    run(office, late)
    committee = as_("committee", late)
    committee.goto("/candidates/questioning")
    expect(committee.locator("main")).to_contain_text("841/HĐND-TT")
    assert axe(committee) == []
    for name, reason in (("Nhận", "Cử tri kiến nghị nhiều lần."), ("Không nhận", "Sắp hoàn thành.")):
        committee.goto("/candidates/questioning")
        committee.locator(".queue-item", has_text="841/HĐND-TT").first.get_by_role("link", name=re.compile(f"^{name}")).click()
        committee.fill("[name=reason]", reason)
        committee.get_by_role("button", name=name, exact=True).click()
        expect(committee.locator("#notices")).to_contain_text("Đã ghi quyết định.")
    with db.reading(office.engine) as session:
        decided = session.scalars(select(UrgingDecision.decision).where(UrgingDecision.duty_id.in_(ids)).order_by(UrgingDecision.id)).all()
    assert list(decided) == ["taken", "refused"]
