"""Urging in the demo office: two mornings on which drafts were proposed, some issued, one acknowledged, one not yet gone; the rest waits this morning."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from petitions.agencies.models import Agency
from petitions.core import clock
from petitions.demo.playing import Play, moment
from petitions.documents.store import Store
from petitions.duties.urging.actions import acknowledging, deciding, drafting, issuing, proposing
from petitions.duties.urging.actions.issuing import Signing
from petitions.duties.urging.ladder import LETTER, OFFICE
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import candidates
from petitions.duties.urging.queries import drafting as queries
from petitions.duties.urging.queries import ladder as laws
from petitions.duties.urging.queries.ladder import Ground
from petitions.duties.urging.telling import arrived
from petitions.duties.urging.workflow import DRAFT, ISSUED
from petitions.letters.actions import keeping
from petitions.letters.models import LetterSignatory

FIRST, SECOND = date(2025, 11, 24), date(2026, 1, 12)
SIGNATORIES = (
    ("Đỗ Văn Mẫu", "TL. THƯỜNG TRỰC HĐND\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", "office"),
    ("Lê Thị Mẫu", "TL. THƯỜNG TRỰC HĐND\nCHÁNH VĂN PHÒNG", "office"),
    ("Phạm Văn Mẫu", "TM. THƯỜNG TRỰC HĐND\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "standing"),
)
OWN = "Sở Xây dựng"
MOST = 3  # letters issued on each of the two mornings


def play(play_: Play, store: Store) -> int:
    """Urge what is late; how many letters were issued."""
    if play_.session.scalar(select(LetterSignatory.id).limit(1)) is None:
        _sign(play_)
    numbers = iter(range(701, 760))
    issued = 0
    for day in (FIRST, SECOND):
        _propose(play_, day)
        for urging in _some(play_, MOST):
            _issue(play_, store, urging, day, str(next(numbers)))
            issued += 1
    _acknowledge(play_)
    _withdraw(play_)
    _propose(play_, play_.last)
    for urging in _some(play_, 1):
        _issue(play_, store, urging, play_.last, str(next(numbers)))
        issued += 1
    _announce(play_)
    _decide(play_)
    return issued


def _sign(play_: Play) -> None:
    body = min(play_.standing.scope("body"))
    for place, (name, signing, rank) in enumerate(SIGNATORIES, 1):
        values: dict[str, object] = {"name": name, "signing": signing, "rank": rank, "position": place, "valid_from": date(2021, 7, 1), "valid_to": None}
        keeping.save_signatory(play_.session, None, body_id=body, values=values, by=play_.lead, now=moment(FIRST - timedelta(days=30)))


def _propose(play_: Play, day: date) -> None:
    session, ground = play_.session, Ground.read(play_.session, day)
    now = clock.midnight(day) + timedelta(hours=6)
    until = ground.horizon()
    for body_id, agency_id in queries.owing(session, until, now) if until else ():
        proposing.propose(session, ground, body_id, agency_id, now=now)


def _some(play_: Play, most: int) -> Sequence[Urging]:
    """The drafts of the Council that the story issues: the own department's first, then those with the fewest items."""
    own = select(Agency.id).where(Agency.name == OWN).scalar_subquery()
    body = min(play_.standing.scope("body"))
    query = select(Urging).where(Urging.state == DRAFT, Urging.form == LETTER, Urging.body_id == body)
    return play_.session.scalars(query.order_by(Urging.agency_id != own, Urging.level, Urging.id).limit(most)).all()


def _issue(play_: Play, store: Store, urging: Urging, day: date, number: str) -> None:
    authority = laws.row(play_.session, urging.rung_id).authority
    by = play_.lead if authority == OFFICE else play_.standing
    signer = play_.session.scalar(select(LetterSignatory.id).where(LetterSignatory.rank == authority).order_by(LetterSignatory.position).limit(1))
    issuing.issue(play_.session, urging.id, Signing(day, number, signer), store=store, **play_.at(day, by))


def _acknowledge(play_: Play) -> None:
    """The own department has the first of its letters; the others are silent."""
    query = select(Urging).where(Urging.state == ISSUED, Urging.form == LETTER, Urging.sent_on <= SECOND).order_by(Urging.id).limit(1)
    for urging in play_.session.scalars(query).all():
        day = (urging.sent_on or SECOND) + timedelta(days=1)
        acknowledging.acknowledge(play_.session, urging.id, received_on=day, **play_.at(day, play_.clerk))


def _withdraw(play_: Play) -> None:
    query = select(Urging).where(Urging.state == DRAFT, Urging.form == LETTER).order_by(Urging.id.desc()).limit(1)
    for urging in play_.session.scalars(query).all():
        given: Mapping[str, object] = {"by": play_.clerk, "now": moment(SECOND)}
        drafting.withdraw(play_.session, urging.id, reason="Cơ quan đã báo qua điện thoại: văn bản trả lời đang trình ký.", **given)  # type: ignore[arg-type]


def _announce(play_: Play) -> None:
    now = moment(play_.last)
    for urging in play_.session.scalars(select(Urging).where(Urging.state == ISSUED, Urging.told_at.is_(None), Urging.leaves_at <= now)).all():
        if urging.sent_on == play_.last:
            arrived(play_.session, urging, now=now)
        else:
            urging.told_at = now


def _decide(play_: Play) -> None:
    """The committee for urban matters has taken one item for questioning."""
    ground = Ground.read(play_.session, play_.last)
    rungs = candidates.lists(ground).get("questioning")
    committee = candidates.any_committee(play_.session)
    if rungs and committee:
        for duty_id in candidates.ids(play_.session, ground, rungs, limit=1):
            reason = "Cử tri kiến nghị nhiều lần, đã đôn đốc mà chưa trả lời."
            deciding.take(play_.session, duty_id, "questioning", committee_id=committee, reason=reason, **play_.at(play_.last, play_.standing))
