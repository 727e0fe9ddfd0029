"""The port through which duties speak of petitions (petitions/duties/subjects.py); the factory registers it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.text import clean
from petitions.core.words import Message, say
from petitions.duties.subjects import Caption
from petitions.intake.actions.entry import KIND, add_all, touch
from petitions.intake.details import place_name
from petitions.intake.following import queries
from petitions.intake.following.models import PetitionDuty, PetitionObjection
from petitions.intake.following.states import derived
from petitions.intake.lists import Lists
from petitions.intake.models import Petition
from petitions.intake.placing import Atlas
from petitions.intake.queries.listing import EXCERPT
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.values import AgencyValues, PetitionValues
from petitions.intake.workflow import DRAFT, SENDABLE, STATES
from petitions.journal.actions import record

FOLLOW = "petition.follow"


class PetitionSubject:
    """Petitions as subjects of duties."""

    kind = KIND
    label = say("Kiến nghị")
    elsewhere: Collection[str] = ()

    def captions(self, session: Session, ids: Collection[int]) -> Mapping[int, Caption]:
        """Code, words and ground; never who asked."""
        if not ids:
            return {}
        atlas, lists = read_atlas(session), read_lists(session)
        rows = session.scalars(select(Petition).where(Petition.id.in_(sorted(ids))).order_by(Petition.id))
        return {row.id: _caption(row, atlas, lists) for row in rows}

    def readable(self, identity: Identity) -> Select[tuple[int]] | None:
        """Whoever may see the duty may see what it is about."""
        return None

    def check(self, session: Session, ids: Collection[int]) -> Mapping[int, Message]:
        """Exactly one level, and a state from which a petition is sent (domain 9.3 R1); who leads is said in the bundle."""
        rows = session.execute(
            select(Petition.id, Petition.state, Petition.level, Petition.deleted_at).where(Petition.id.in_(sorted(ids))).order_by(Petition.id)
        )
        wrong: dict[int, Message] = {}
        for number, state, level, deleted in rows:
            if deleted is not None or state not in SENDABLE:
                wrong[number] = say("đang ở trạng thái «{state}», chưa chuyển được.", state=STATES[state])
            elif level is None:
                wrong[number] = say("chưa rõ thẩm quyền giải quyết.")
        return wrong

    def linked(self, session: Session, pairs: Sequence[tuple[int, int]]) -> None:
        """Keep the link to each new duty."""
        session.add_all(PetitionDuty(petition_id=number, duty_id=duty) for number, duty in pairs)
        session.flush()

    def changed(self, session: Session, ids: Collection[int], *, act: str, by: Identity, now: datetime) -> None:
        """Let each petition's state follow its duties, with a line in its journal."""
        follow(session, ids, act=act, by=by, now=now)

    def objection(self, session: Session, subject_id: int, *, answer_item_id: int | None, text: str, by: Identity, now: datetime, today: date) -> int:
        """A new petition of what voters say against the answer, waiting to be accepted like any other; place and field are the old one's."""
        old = session.scalar(select(Petition).where(Petition.id == subject_id).options(selectinload(Petition.agencies)))
        if old is None:
            raise NotFound
        [made] = add_all(session, [_again(old, clean(text), today)], state=DRAFT, by=by, now=now, key="", act="petition.object", reason=old.code)
        made.submitted_at = now
        session.add(PetitionObjection(petition_id=made.id, against_id=old.id, answer_item_id=answer_item_id))
        session.flush()
        return made.id


def follow(session: Session, ids: Collection[int], *, act: str, by: Identity, now: datetime) -> None:
    """Put each petition into the state that its duties give it. Who indexes it: the act on the duty has promised that already."""
    rows = queries.held(session, ids)
    duties, waiting = queries.standings(session, ids), queries.bundled(session, ids)
    for row in rows:
        state = derived(row.state, duties.get(row.id, []), bundled=row.id in waiting)
        if state != row.state:
            changes = {"state": (row.state, state)}
            row.state = state
            touch(row, now)
            record(session, FOLLOW, (KIND, row.id), by=by, now=now, changes=changes, reason=act)
    session.flush()


def _caption(row: Petition, atlas: Atlas, lists: Lists) -> Caption:
    ref = atlas.roll.constituencies.get(row.constituency_id or 0)
    return Caption(
        code=row.code,
        text=row.summary or row.original_text[:EXCERPT],
        url=f"/petitions/{row.code}",
        place=place_name(atlas, row.unit_id, row.district_id, row.place_words),
        field=lists.field_label(row.field_id),
        constituency=str(ref.number) if ref else "",
        unit_id=row.unit_id,
        district_id=row.district_id,
        report_group=row.report_group,
    )


def _again(old: Petition, text: str, today: date) -> PetitionValues:
    return PetitionValues(
        body_id=old.body_id,
        text=text,
        summary=str(say("Cử tri không đồng tình với trả lời: {what}", what=old.summary))[:300] if old.summary else "",
        received_on=today,
        council_session_id=None,
        origin=old.origin,
        channel=old.channel,
        place_words=old.place_words,
        unit_id=old.unit_id,
        constituency_id=old.constituency_id if old.unit_id is None else None,
        field_id=old.field_id,
        report_group=old.report_group,
        level=old.level,
        agencies=tuple(AgencyValues(as_written=row.as_written, agency_id=row.agency_id, part=row.part) for row in old.agencies),
    )
