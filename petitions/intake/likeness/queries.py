"""Reading: which petitions are like a text, and which were said not to be."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.intake.indexing import KIND
from petitions.intake.likeness.models import NOT_DUPLICATE, PetitionRelation
from petitions.intake.lists import Lists
from petitions.intake.placing import Atlas
from petitions.search import twins
from petitions.search.engine import Engine
from petitions.search.sources import Caption
from petitions.search.twins import Twin

MOST = 5
MOST_APART = 1000
NEAR_WORDS: Mapping[str, Message] = {"unit": say("cùng địa bàn"), "field": say("cùng lĩnh vực")}


@dataclass(frozen=True, slots=True)
class Like:
    """One like petition as a line: how it is shown, and why it is."""

    id: int
    caption: Caption
    same: bool
    reasons: tuple[Message, ...]


def apart(session: Session, petition_id: int) -> set[int]:
    """The petitions that a person said are not the same as this one."""
    low, high = PetitionRelation.low_id, PetitionRelation.high_id
    query = select(low, high).where(PetitionRelation.kind == NOT_DUPLICATE, or_(low == petition_id, high == petition_id))
    return {one if other == petition_id else other for one, other in session.execute(query.order_by(low, high).limit(MOST_APART))}


def like(
    session: Session,
    engine: Engine,
    text: str,
    *,
    identity: Identity,
    atlas: Atlas,
    lists: Lists,
    unit_id: int | None = None,
    field_id: int | None = None,
    but: int | None = None,
    limit: int = MOST,
) -> list[Like]:
    """The petitions most like `text` that `identity` may see, best first; `but`: of this petition, without it and what was said to be apart."""
    without = [] if but is None else [but, *sorted(apart(session, but))]
    field = lists.fields.get(field_id) if field_id else None
    near = {
        "unit": frozenset(str(number) for number in atlas.related(unit_id)),
        "field": frozenset({str(field.id)}) if field else frozenset[str](),
    }
    found = twins.find(session, engine, text, kind=KIND, identity=identity, near=near, without=without, limit=limit)
    return [Like(twin.subject_id, caption, twin.same, _reasons(twin)) for twin, caption in found]


def _reasons(twin: Twin) -> tuple[Message, ...]:
    return (twin.reason, *(NEAR_WORDS[name] for name in twin.near))
