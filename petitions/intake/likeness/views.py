"""The list of like petitions: beside the form while one types, and on each petition's page. Parts of pages, fetched after them."""

from flask import Blueprint, request

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.intake.desk.column import half_filled
from petitions.intake.likeness import actions
from petitions.intake.likeness.queries import Like, like
from petitions.intake.models import Petition
from petitions.intake.placing import place
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.queries.reading import by_code, reads_diverted
from petitions.intake.workflow import DIVERTED
from petitions.search import finding
from petitions.web.access import identity, needs
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office

blueprint = Blueprint("likeness", __name__)


@blueprint.post("/petitions/like")
@needs(Permission.PETITION_ENTER)
def typing() -> str:
    """What is like the petition being typed (`?but=CODE`: other than this one); nothing is written."""
    values, who = half_filled(), identity()
    with glance() as session:
        atlas, lists = read_atlas(session), read_lists(session)
        found = like(
            session,
            finding.engine_of(office()),
            values.text or values.summary,
            identity=who,
            atlas=atlas,
            lists=lists,
            unit_id=values.unit_id or place(atlas, values, today=clock.today()).unit_id,
            field_id=values.field_id,
            but=_known(request.args.get("but", ""), who),
        )
    return page("intake/likeness/typing.html", likes=found)


def _known(code: str, who: Identity) -> int | None:
    try:
        with glance() as session:
            return by_code(session, code, who).id if code else None
    except NotFound:
        return None


@blueprint.get("/petitions/<code>/like")
@needs(Permission.PETITION_READ)
def beside(code: str) -> str:
    """What is like a petition that stands."""
    petition = by_code(db(), code, identity())
    return _beside(petition)


@blueprint.post("/petitions/<code>/like")
@needs(Permission.PETITION_ENTER, Permission.PETITION_ACCEPT, Permission.PETITION_CLASSIFY)
def say_apart(code: str) -> str:
    """Remember that another petition is not the same, or take it back (`back`)."""
    other, back = request.form.get("other", ""), "back" in request.form
    act = actions.forget if back else actions.keep_apart
    act(db(), code, other, by=identity(), now=clock.now())
    db().flush()
    return _beside(by_code(db(), code, identity()), said=None if back else other)


def _beside(petition: Petition, said: str | None = None) -> str:
    who = identity()
    found: list[Like] = []
    if petition.state != DIVERTED or reads_diverted(who):
        found = like(
            db(),
            finding.engine_of(office()),
            petition.original_text,
            identity=who,
            atlas=read_atlas(db()),
            lists=read_lists(db()),
            unit_id=petition.unit_id,
            field_id=petition.field_id,
            but=petition.id,
        )
    may = any(who.may(one) for one in (Permission.PETITION_ENTER, Permission.PETITION_ACCEPT, Permission.PETITION_CLASSIFY))
    return page("intake/likeness/beside.html", petition=petition, likes=found, said=said, may_say=may and petition.body_id in who.scope("body"))
