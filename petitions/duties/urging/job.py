"""The daily job: proposes drafts, agency by agency, each in a transaction of its own, so that nobody waits long for the database."""

from datetime import date, datetime

from petitions.core import db
from petitions.core.office import Office
from petitions.core.words import Message, say
from petitions.duties.urging.actions.filling import Made
from petitions.duties.urging.actions.proposing import propose
from petitions.duties.urging.queries import drafting
from petitions.duties.urging.queries.ladder import Ground

NAME = "propose-urging"


def told(made: Made) -> Message:
    """What a run did, in a sentence."""
    return say(
        "Đã lập {drafts} dự thảo đôn đốc và {notices} lượt nhắc việc, {n} việc; bỏ ra {left} việc đã có trả lời hoặc lên nấc cao hơn.",
        drafts=made.drafts,
        notices=made.notices,
        n=made.items,
        left=made.left,
    )


def propose_all(office: Office, today: date, now: datetime) -> Made:
    """Propose what is due today for everybody; run twice, it adds nothing. After days without a run it catches up once."""
    with db.reading(office.engine) as session:
        until = Ground.read(session, today).horizon()
        pairs = drafting.owing(session, until, now) if until else []
    made = Made()
    for body_id, agency_id in pairs:
        with db.transaction(office.engine) as session:
            made += propose(session, Ground.read(session, today), body_id, agency_id, now=now)
    return made
