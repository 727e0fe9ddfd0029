"""Reading what places and days need: gazetteer and roll (each held by its own room), and the names that codes are made of."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.areas import queries as areas
from petitions.council import queries as council
from petitions.council.models import Body, Term
from petitions.intake.placing import Atlas


def atlas(session: Session) -> Atlas:
    """Places and roll as they stand. The roll holds the places that it speaks of: one short statement, but for sessions that are changing either."""
    roll = council.roll(session)
    return Atlas(areas.gazetteer(session) if session.new or session.dirty else roll.places, roll)


def series_names(session: Session, term_ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Term id → (code of its body, number of the term)."""
    rows = session.execute(select(Term.id, Body.code, Term.number).join(Body, Body.id == Term.body_id).where(Term.id.in_(term_ids)))
    return {term_id: (code, number) for term_id, code, number in rows}
