"""Playing the demo's letters through: bundled by the clerk, approved by the lead, issued by the Standing Committee, answered, judged, closed.

Everything is done by the actions that the pages use, each on its own day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.council import queries as council
from petitions.demo import letters
from petitions.demo.detours import BEFORE
from petitions.demo.letters import Sending
from petitions.demo.playing import Play, Sent, moment
from petitions.demo.replies import answer
from petitions.duties.actions import bundles, receiving, succeeding
from petitions.duties.actions import letters as letter_acts
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.actions.letters import LetterValues
from petitions.duties.models.duty import Duty
from petitions.duties.queries import succession as heirs
from petitions.intake.models import Petition, PetitionAgency
from petitions.intake.workflow import CLASSIFIED

DIRECT, UBND, DELEGATION = "direct", "ubnd_office", "na_delegation"
RECIPIENTS = {"city": UBND, "legacy_district": DIRECT, "central": DELEGATION}
LATELY = frozenset((letters.MISSED, letters.SUSPENDED))
ANSWERING = LATELY | frozenset((letters.SETTLED, letters.CLARIFIED, letters.EXPLAINED, letters.TOLD, letters.PROMISED, letters.AIMLESS, letters.ANSWERED))


def play(play_: Play, rounds: Mapping[str, tuple[date, date]]) -> int:
    """Play every letter; how many duties were made. `rounds`: the days of each round's meetings."""
    play_.groups = _groups(play_.session)
    made = 0
    for sending in letters.SENDINGS:
        found = _candidates(play_, sending, rounds[sending.round])
        if found:
            made += _send(play_, sending, found)
    _waiting_bundles(play_, rounds["J"])
    _hand_over(play_)
    return made


def _hand_over(play_: Play) -> None:
    """What agencies owed that ended in 2025 went to their successors within the week; three districts still wait for somebody to do it."""
    session, known = play_.session, play_.directory.agencies
    held = heirs.ended_holders(session, play_.clerk, now=moment(play_.last), today=play_.last)
    for number in sorted(held):
        entry = known[number]
        if entry.valid_to is None or entry.name in letters.NOT_HANDED_OVER:
            continue
        day = letters.after(entry.valid_to, 4)
        proposed = heirs.proposals(session, number, play_.clerk, now=moment(play_.last), today=day)
        choices = {one.duty_id: one.to_agency_id or min(one.candidates) for one in proposed if one.candidates}
        if choices:
            succeeding.hand_over(session, choices, on=day, reason="Sắp xếp tổ chức bộ máy", **play_.at(day, play_.clerk))


def _groups(session: Session) -> dict[int, int]:
    """Constituency → deputy group."""
    return {row.constituency_id: row.id for term in council.terms(session) for row in council.groups(session, term.id) if row.constituency_id is not None}


def _rows(play_: Play, level: str, days: tuple[date, date]) -> list[Petition]:
    where = (Petition.state == CLASSIFIED, Petition.level == level, Petition.met_on.between(*days))
    return list(play_.session.scalars(select(Petition).where(*where).order_by(Petition.id)))


def _leads(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = select(PetitionAgency.petition_id, PetitionAgency.agency_id).where(PetitionAgency.petition_id.in_(ids), PetitionAgency.agency_id.is_not(None))
    return {petition: agency for petition, agency in session.execute(query.order_by(PetitionAgency.position.desc())) if agency is not None}


def _candidates(play_: Play, sending: Sending, days: tuple[date, date]) -> list[tuple[Petition, int, str]]:
    """(petition, lead agency, plan) of what goes into this letter: all that the sheets answer, and some of the others."""
    rows = _rows(play_, sending.level, days)
    leads = _leads(play_.session, [row.id for row in rows])
    plans = letters.PLANS[sending.round]
    found, others = list[tuple[Petition, int, str]](), 0
    for row in rows:
        lead = leads.get(row.id)
        entry = play_.directory.agencies.get(lead or 0)
        if lead is None or entry is None or not entry.lives(sending.day):
            continue
        if answer := play_.answers.get(row.summary):
            found.append((row, lead, letters.OF_CLASS[answer.answer_class]))
            continue
        others += 1
        if others % sending.every == 0 and (sending.round != "J" or others % 4):
            found.append((row, lead, plans[(others // sending.every) % len(plans)]))
    return found


def _send(play_: Play, sending: Sending, found: Sequence[tuple[Petition, int, str]]) -> int:
    session, day = play_.session, sending.day
    body, held = found[0][0].body_id, found[0][0].council_session_id
    title = f"Chuyển kiến nghị cử tri, đợt {sending.round}: " + {"city": "Thành phố", "legacy_district": "quận, huyện", "central": "trung ương"}[sending.level]
    values = BundleValues(body_id=body, title=title, level=sending.level, recipient_kind=RECIPIENTS[sending.level], council_session_id=held)
    lines = [Line("petition", row.id, lead) for row, lead, _ in found]
    made = bundles.draft_bundle(session, values, lines, by=play_.clerk, now=moment(day - timedelta(days=3)))
    bundles.submit(session, made.id, by=play_.clerk, now=moment(day - timedelta(days=3)))
    bundles.approve(session, made.id, by=play_.lead, now=moment(day - timedelta(days=1)))
    symbol = "ĐĐBQH-VP" if sending.level == "central" else "HĐND-TT"
    issuer = play_.lead if sending.level == "central" else play_.standing  # the Standing Committee is the Council's, not the delegation's
    letter = LetterValues(sending.number, day, letters.SIGNATORY, symbol=symbol, authority=letters.AUTHORITY)
    issued = letter_acts.issue(session, made.id, letter, **play_.at(day, issuer))
    issued.leaves_at = moment(day) + timedelta(minutes=15)
    plans = {row.id: (plan, row.summary, n) for n, (row, _, plan) in enumerate(found)}
    duties = session.scalars(select(Duty).where(Duty.letter_id == issued.id).order_by(Duty.id)).all()
    for duty in duties:
        duty.leaves_at = issued.leaves_at
    session.flush()
    sent = [Sent(duty, plans[duty.subject_id][1], plans[duty.subject_id][2], plans[duty.subject_id][0]) for duty in duties]
    _live(play_, sending, sent)
    return len(sent)


def _live(play_: Play, sending: Sending, sent: Sequence[Sent]) -> None:
    """What happens after the letter, kind by kind; answers of one agency come in one letter."""
    received = letters.after(sending.day, 5)
    for one in sent:
        if one.plan != letters.SILENT:
            receiving.acknowledge(play_.session, one.duty.id, received_on=letters.after(sending.day, 3), **play_.at(received, play_.agency_of(one.duty)))
    for one in (row for row in sent if row.plan in BEFORE):
        BEFORE[one.plan](play_, one, received)
    by_agency: dict[tuple[int, bool], list[Sent]] = {}
    for one in sent:
        if one.plan in ANSWERING:
            by_agency.setdefault((one.duty.agency_id, one.plan in LATELY), []).append(one)
    for (_, late), many in sorted(by_agency.items(), key=lambda pair: pair[0]):
        answer(play_, many, letters.after(sending.day, 82 if late else 26 if sending.round == "J" else 47))


def _waiting_bundles(play_: Play, days: tuple[date, date]) -> None:
    """Of the last round, what is on the office's desk: one bundle to be approved, one ready for its letter, one still being prepared; some laid aside."""
    rows = _rows(play_, "commune", days)
    leads = _leads(play_.session, [row.id for row in rows])
    fit = [row for row in rows if row.id in leads and play_.groups.get(row.constituency_id or 0)]
    by_group: dict[int, list[Petition]] = {}
    for row in fit:
        by_group.setdefault(play_.groups[row.constituency_id or 0], []).append(row)
    for n, (group, many) in enumerate(sorted(by_group.items())[:3]):
        values = BundleValues(many[0].body_id, "Chuyển kiến nghị cử tri, đợt J: xã, phường", level="commune", recipient_group_id=group)
        lines = [Line("petition", row.id, leads[row.id]) for row in many]
        day = date(2026, 1, 14 + n)
        made = bundles.draft_bundle(play_.session, values, lines, by=play_.clerk, now=moment(day))
        if n < 2:
            bundles.submit(play_.session, made.id, by=play_.clerk, now=moment(day))
        if n < 1:
            bundles.approve(play_.session, made.id, by=play_.lead, now=moment(day))
