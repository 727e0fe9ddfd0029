"""`/oversight/terms`: the change of term before it is made, made once, and what it did."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Stale
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.council import queries as council
from petitions.oversight.actions import terms as acts
from petitions.oversight.queries import reading, terms
from petitions.oversight.workflow import STATES
from petitions.web.access import identity, needs
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("terms", __name__)


@blueprint.get("/oversight/terms")
@needs(Permission.OVERSIGHT_CONFIRM, Permission.OVERSIGHT_REGISTER)
def listing() -> ResponseReturnValue:
    """The newest change; a word where the next term has no first day yet."""
    found = terms.changes(db(), _bodies(identity()))
    if found:
        return redirect(url_for("oversight.terms.show", term_id=found[0].new.id))
    return page("oversight/terms.html", chosen=None, others=[])


@blueprint.get("/oversight/terms/<int:term_id>")
@needs(Permission.OVERSIGHT_CONFIRM, Permission.OVERSIGHT_REGISTER)
def show(term_id: int) -> str:
    """What passes over into the term and what stays."""
    return _page(term_id, None)


@blueprint.post("/oversight/terms/<int:term_id>")
@needs(Permission.OVERSIGHT_CONFIRM)
def carry(term_id: int) -> ResponseReturnValue:
    """Make the change; once it is made, nothing happens."""
    session, who = db(), identity()
    given = terms.into(session, term_id, _bodies(who))
    try:
        n = acts.carry_over(session, given.old.id, given.new.id, mark=request.form.get("mark"), by=who, now=clock.now(), today=clock.today())
    except Stale as error:
        return _page(term_id, error.message), 409
    if n:
        flash(str(say_n("Đã chuyển {n} kiến nghị.", "Đã chuyển {n} kiến nghị.", n)), "success")
    else:
        flash(str(say("Không còn kiến nghị nào phải chuyển; không có gì thay đổi.")), "info")
    return redirect(url_for("oversight.terms.show", term_id=term_id))


def _page(term_id: int, stale: Message | None) -> str:
    session, who, today = db(), identity(), clock.today()
    bodies = _bodies(who)
    given = terms.into(session, term_id, bodies)
    found = terms.preview(session, given, reading.visible(who), today)
    names = agencies.directory(session).agencies
    return page(
        "oversight/terms.html",
        chosen=given,
        body=next(one for one in council.bodies(session) if one.id == given.new.body_id),
        others=[one for one in terms.changes(session, bodies) if one.new.id != term_id],
        found=found,
        agencies=[(number, names[number].name, n) for number, n in found.agencies],
        staying=[(STATES[name], n) for name, n in found.staying.items()],
        stays=sum(found.staying.values()),
        begun=given.last < today,
        may_carry=who.may(Permission.OVERSIGHT_CONFIRM),
        stale=stale,
        now=clock.now(),
    )


def _bodies(who: Identity) -> frozenset[int]:
    return frozenset(who.scope("body"))
