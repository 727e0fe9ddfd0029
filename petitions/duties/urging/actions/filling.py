"""Filling drafts: one letter per body, agency and rung with many items; what is too much for one goes into a second."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core import clock
from petitions.core.identity import Identity
from petitions.duties.actions.bundles import UBND_OFFICE_CODE
from petitions.duties.urging import addressing
from petitions.duties.urging.ladder import ABOVE, ISSUED, LETTER, NOTICE, Act, Rung
from petitions.duties.urging.models import Urging, UrgingItem
from petitions.duties.urging.queries import drafting
from petitions.duties.urging.queries.drafting import Running
from petitions.duties.urging.queries.ladder import Ground
from petitions.duties.urging.workflow import DRAFT
from petitions.duties.urging.workflow import ISSUED as SENT
from petitions.journal.actions import record
from petitions.letters.leaving import leaves_at

KIND = "urging"
MOST = 500  # items of one letter
OPENS, CLOSES = "08:00", "17:00"  # a reminder in the program keeps the hours of letters


@dataclass(slots=True)
class Made:
    """What was done: drafts and notices begun, items put into them, items that left a lower or an answered draft."""

    drafts: int = 0
    notices: int = 0
    items: int = 0
    left: int = 0

    def __iadd__(self, other: "Made") -> "Made":
        self.drafts += other.drafts
        self.notices += other.notices
        self.items += other.items
        self.left += other.left
        return self


@dataclass(frozen=True)
class Place:
    """Where drafts are made: about which agency, for which body, by whom (`source`: the job, or by hand), when."""

    ground: Ground
    body_id: int
    agency: Agency
    source: str
    by: Identity
    now: datetime


def fill(session: Session, place: Place, rung: Rung, many: Sequence[Running], acts: Mapping[int, Sequence[Act]], open_: Collection[Urging]) -> Made:
    """Put items into the open drafts of this rung while there is room, then into new ones. A notice is at once what it is: no letter, no signature."""
    made, todo = Made(), list(many)
    fitting = [one for one in open_ if one.rung_id == rung.id and one.state == DRAFT]
    sizes = {one.id: 0 for one in fitting}
    for row in drafting.items_of(session, list(sizes)) if sizes else []:
        sizes[row.urging_id] += 1
    while todo:
        target = next((one for one in fitting if sizes[one.id] < MOST), None)
        fresh = target is None
        if target is None:
            target = _begin(session, place, rung)
            fitting.append(target)
            sizes[target.id] = 0
            made.drafts += rung.form == LETTER
            made.notices += rung.form == NOTICE
        now, todo = todo[: MOST - sizes[target.id]], todo[MOST - sizes[target.id] :]
        _add(session, target, now, acts)
        sizes[target.id] += len(now)
        made.items += len(now)
        if not fresh:
            target.version += 1
        act = "urging.propose" if fresh else "urging.add"
        record(session, act, (KIND, target.id), by=place.by, now=place.now, changes={"rung": (None, rung.code), "items": (0, len(now))})
    session.flush()
    return made


def _begin(session: Session, place: Place, rung: Rung) -> Urging:
    notice = rung.form == NOTICE
    leaves = leaves_at(place.now, place.ground.calendar, minutes=0, opens=OPENS, closes=CLOSES) if notice else None
    urging = Urging(
        body_id=place.body_id,
        agency_id=place.agency.id,
        to_agency_id=_addressed_to(session, rung, place.agency),
        rung_id=rung.id,
        level=rung.level,
        form=rung.form,
        state=SENT if notice else DRAFT,
        source=place.source,
        made_on=place.ground.today,
        made_by=place.by.user_id,
        made_at=place.now,
        addressee=addressing.addressee(rung.rank, place.agency.name, place.agency.level),
        sent_on=clock.day_of(leaves) if leaves else None,
        leaves_at=leaves,
        issued_at=place.now if notice else None,
        version=1,
    )
    session.add(urging)
    session.flush()
    return urging


def _addressed_to(session: Session, rung: Rung, agency: Agency) -> int:
    """Whose inbox the letter lies in: the agency's; of one to those who stand over a city or commune agency, the People's Committee office's."""
    if rung.rank in ABOVE and agency.level != addressing.CENTRAL:
        office = drafting.agency_of_code(session, UBND_OFFICE_CODE)
        return office.id if office else agency.id
    return agency.id


def _add(session: Session, urging: Urging, many: Sequence[Running], acts: Mapping[int, Sequence[Act]]) -> None:
    """Put items in. One that a person took out of this very draft comes back into its own row."""
    known = drafting.rows_in(session, urging.id, [one.id for one in many])
    fresh: list[dict[str, object]] = []
    for one in many:
        rounds = 1 + sum(act.done == ISSUED and act.form == LETTER for act in acts.get(one.id, ()))
        values = {"open_duty_id": one.id if urging.state == DRAFT else None, "due_on": one.due, "round": rounds}
        if one.id in known:
            session.execute(update(UrgingItem).where(UrgingItem.id == known[one.id]).values(left_out=None, **values))
        else:
            fresh.append({"urging_id": urging.id, "duty_id": one.id, **values})
    if fresh:
        session.execute(insert(UrgingItem), fresh)
