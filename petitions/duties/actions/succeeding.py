"""Hand-over: what an ended agency still owes goes to those who stand in for it, in bulk. Who held it until then stays on record."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.errors import Invalid
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties.actions.acts import begin, not_future, settle, told, wanted
from petitions.duties.actions.receiving import give, may_receive
from petitions.duties.models.duty import Duty
from petitions.journal.actions import record

MOST = 1000


def hand_over(session: Session, choices: Mapping[int, int], *, on: date, reason: str, by: Identity, now: datetime, today: date) -> list[Duty]:
    """Give each duty (by id) to the agency chosen for it, from `on`. States and dates stay; figures of days before `on` stay what they were.

    All or none. Raises Invalid (no choice, an agency that does not live on the day), Conflict, NotAllowed.
    """
    wanted(reason=reason)
    not_future("on", on, today)
    if not choices:
        raise Invalid({"choices": [say("Hãy chọn cơ quan nhận cho ít nhất một việc.")]})
    if len(choices) > MOST:
        raise Invalid({"choices": [say("Mỗi lần bàn giao nhiều nhất {n} việc.", n=MOST)]})
    made, from_to = [], dict[tuple[int, int], int]()
    for duty_id, agency_id in sorted(choices.items()):
        act = begin(session, duty_id, "hand_over", by=by, now=now, today=today)
        duty, before = act.duty, act.duty.agency_id
        if agency_id == before:
            continue
        may_receive(session, duty, agency_id, on, by)
        give(session, duty, agency_id, on=on, cause="succession", reason=reason, by=by, now=now)
        made.append(settle(session, duty, "hand_over", act.leads, by=by, now=now, changes={"agency": (before, agency_id)}, reason=reason, tell=False))
        from_to[before, agency_id] = from_to.get((before, agency_id), 0) + 1
    told(session, {(duty.subject_kind, duty.subject_id) for duty in made}, "duty.hand_over", by=by, now=now)
    for (before, after), n in sorted(from_to.items()):
        record(session, "agency.hand_over", ("agency", before), by=by, now=now, changes={"to": (None, after), "duties": (None, n)}, reason=reason)
    return made
