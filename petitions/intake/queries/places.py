"""Reading what places and days need: gazetteer and roll (each held by its own room), and the names that codes are made of."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.areas import queries as areas
from petitions.council import queries as council
from petitions.council.models import Body, Term
from petitions.intake.placing import Atlas


def atlas(session: Session) -> Atlas:
    """Places and roll as they stand."""
    return Atlas(areas.gazetteer(session), council.roll(session))


def series_names(session: Session, term_ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Term id → (code of its body, number of the term)."""
    rows = session.execute(select(Term.id, Body.code, Term.number).join(Body, Body.id == Term.body_id).where(Term.id.in_(term_ids)))
    return {term_id: (code, number) for term_id, code, number in rows}
