"""Makers of duties: a world with two agencies and people of every role, a subject kind of the tests' own, and duties brought to any state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.identity import SYSTEM, Identity
from petitions.core.words import Message, say
from petitions.council.models import Body, DeputyGroup
from petitions.duties import hearing, reference, subjects
from petitions.duties.actions import answering, bundles, closing, judging, letters, proving, receiving
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.actions.judging import Verdict
from petitions.duties.actions.letters import LetterValues
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, TransferLetter
from petitions.duties.queries import reading
from tests.make import accounts, agencies, council, workdays

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
TODAY = date(2026, 1, 20)
LETTER_DAY = date(2025, 12, 10)
RECEIVED = date(2025, 12, 12)
ANSWERED_ON = date(2026, 1, 15)
_numbers = count(1)


@dataclass
class Things:
    """A kind of subject that only tests know; remembers what it was told."""

    kind: str = "thing"
    label: Message = field(default_factory=lambda: say("Nội dung"))
    elsewhere: Collection[str] = ()
    units: dict[int, int | None] = field(default_factory=dict)
    districts: dict[int, int | None] = field(default_factory=dict)
    unfit: dict[int, Message] = field(default_factory=dict)
    links: list[tuple[int, int]] = field(default_factory=list)
    told: list[tuple[int, str]] = field(default_factory=list)
    objections: list[tuple[int, int | None, str]] = field(default_factory=list)

    def captions(self, session: Session, ids: Collection[int]) -> Mapping[int, subjects.Caption]:
        return {
            number: subjects.Caption(
                f"VD-{number}", f"Nội dung số {number}", f"/things/{number}", unit_id=self.units.get(number), district_id=self.districts.get(number)
            )
            for number in ids
        }

    def readable(self, identity: Identity) -> Select[tuple[int]] | None:
        return None

    def check(self, session: Session, ids: Collection[int]) -> Mapping[int, Message]:
        return {number: self.unfit[number] for number in ids if number in self.unfit}

    def linked(self, session: Session, pairs: Sequence[tuple[int, int]]) -> None:
        self.links += pairs

    def changed(self, session: Session, ids: Collection[int], *, act: str, by: Identity, now: datetime) -> None:
        self.told += [(number, act) for number in ids]

    def objection(self, session: Session, subject_id: int, *, answer_item_id: int | None, text: str, by: Identity, now: datetime, today: date) -> int:
        self.objections.append((subject_id, answer_item_id, text))
        return 9000 + subject_id


@dataclass
class World:
    """Two departments of the city, one commune's committee, and people of every role."""

    body: Body
    group: DeputyGroup
    first: Agency
    second: Agency
    third: Agency
    things: Things
    clerk: Identity
    other_clerk: Identity
    lead: Identity
    standing: Identity
    other_standing: Identity
    supervisor: Identity
    officer: Identity
    other_officer: Identity
    ubnd: Identity


def world(session: Session) -> World:
    """The world; rules and calendar are those that are shipped."""
    things = Things()
    subjects.register(things)
    hearing.introduce()
    workdays.seed(session)
    reference.load(session, by=SYSTEM, now=NOW)
    body = council.body(session)
    term = council.term(session, of=body)
    group = DeputyGroup(term_id=term.id, number=20, name="Tổ đại biểu số 20")
    session.add(group)
    first, second, third = (agencies.agency(session, name=name) for name in ("Sở Xây dựng", "Sở Y tế", "Sở Tài chính"))
    session.flush()

    def person(role: str, **scopes: Collection[int]) -> Identity:
        return accounts.identity(session, name=f"{role} {next(_numbers)}", roles=(role,), scopes=scopes or {"body": [body.id]})

    return World(
        body,
        group,
        first,
        second,
        third,
        things,
        clerk=person("clerk"),
        other_clerk=person("clerk"),
        lead=person("lead"),
        standing=person("standing"),
        other_standing=person("standing"),
        supervisor=person("supervisor"),
        officer=person("agency", agency=[first.id]),
        other_officer=person("agency", agency=[second.id]),
        ubnd=person("ubnd", body=[]),
    )


def bundle(session: Session, place: World, *, lines: Sequence[Line] | None = None, n: int = 1, state: str = "approved", **given: Any) -> Bundle:
    """A bundle of `n` subjects led by the first agency, brought to `state`."""
    items = lines if lines is not None else [Line("thing", next(_numbers), place.first.id) for _ in range(n)]
    values = BundleValues(**{"body_id": place.body.id, "title": "Chuyển kiến nghị", "level": "city", **given})
    made = bundles.draft_bundle(session, values, items, by=place.clerk, now=NOW)
    if state != "draft":
        bundles.submit(session, made.id, by=place.clerk, now=NOW)
    if state == "approved":
        bundles.approve(session, made.id, by=place.standing, now=NOW)
    return made


def letter(
    session: Session, place: World, *, dated_on: date = LETTER_DAY, due_on: date | None = None, today: date = TODAY, now: datetime = NOW, **given: Any
) -> TransferLetter:
    """An issued letter of an earlier day (it has left)."""
    values = LetterValues(number=str(next(_numbers)), dated_on=dated_on, signatory="Nguyễn Văn Ký", due_on=due_on)
    return letters.issue(session, bundle(session, place, **given).id, values, by=place.lead, now=now, today=today)


def duties_of(session: Session, of: TransferLetter) -> list[Duty]:
    """The duties of a letter, in order."""
    return letters._of_letter(session, of)


def duty(session: Session, place: World, *, state: str = "sent", **given: Any) -> Duty:
    """A duty of the first agency, brought to `state` by the ways that lead there."""
    if state in ("answered", "countersigned"):
        lead, partner = pair(session, place)
        if state == "countersigned":
            answering.countersign(session, partner.id, signed_on=ANSWERED_ON, by=place.other_officer, now=NOW, today=TODAY)
            return partner
        bring(session, place, lead, "acknowledged")
        answer(session, place, lead)
        return lead
    made = duties_of(session, letter(session, place, **given))[0]
    return bring(session, place, made, state)


def pair(session: Session, place: World) -> tuple[Duty, Duty]:
    """Two duties on one subject: the first agency leads, the second works with it."""
    sent = letter(session, place, lines=[Line("thing", next(_numbers), place.first.id, (place.second.id,))])
    lead, partner = duties_of(session, sent)
    return lead, partner


def bring(session: Session, place: World, made: Duty, state: str) -> Duty:
    """Take a sent duty to `state`."""
    at: dict[str, Any] = {"now": NOW, "today": TODAY}
    if state == "sent":
        return made
    if state == "recalled":
        made.leaves_at = datetime(2026, 1, 21, tzinfo=UTC)
        sent = reading.letter(session, made.letter_id or 0)
        sent.leaves_at = made.leaves_at
        letters.recall(session, sent.id, reason="nhầm", by=place.lead, now=NOW)
        return made
    if state in ("return_asked", "returned", "rerouted"):
        receiving.ask_return(session, made.id, reason="không đúng thẩm quyền", asked_on=date(2025, 12, 15), by=place.officer, **at)
        if state != "return_asked":
            receiving.decide_return(session, made.id, accept=True, decision="đồng ý", by=place.lead, **at)
        if state == "rerouted":
            receiving.reroute(session, made.id, agency_id=place.second.id, reason="đúng thẩm quyền", on=TODAY, by=place.lead, **at)
        return made
    receiving.acknowledge(session, made.id, received_on=RECEIVED, by=place.officer, **at)
    if state == "acknowledged":
        return made
    classes = {"in_progress": "in_progress", "explained": "explained"}
    answer(session, place, made, agency_class=classes.get(state, "resolved"))
    if state == "under_review":
        return made
    if state == "reasked":
        return judging.judge(session, made.id, Verdict("unclear", words="Chưa rõ bao giờ làm"), by=place.supervisor, **at)
    proving.add_evidence(session, made.id, dated_on=ANSWERED_ON, note="Đã kiểm tra tại chỗ", by=place.officer, **at)
    wanted = state if state in ("in_progress", "explained") else "resolved"
    judging.judge(session, made.id, Verdict("complete", wanted), by=place.supervisor, **at)
    if state == "closed":
        closing.close(session, made.id, by=place.standing, **at)
    return made


def answer(
    session: Session, place: World, *made: Duty, agency_class: str = "resolved", by: Identity | None = None, dated_on: date = ANSWERED_ON, **given: Any
) -> Any:
    """One letter of the agency that answers these duties."""
    promised = date(2026, 3, 31) if agency_class == "in_progress" else None
    items = [
        Proposal(one.id, agency_class, promised_on=given.get("promised_on", promised), reason=given.get("reason"), text="Nội dung trả lời") for one in made
    ]
    values = LetterIn(f"{next(_numbers)}/SXD-TH", dated_on, signatory="Giám đốc")
    return answering.file_answer(session, values, items, by=by or place.officer, now=given.get("now", NOW), today=given.get("today", TODAY))
