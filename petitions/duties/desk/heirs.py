"""The succession wizard: what agencies that ended still owe, and its hand-over in bulk to those who stand in for them."""

import re

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties.actions import succeeding
from petitions.duties.queries import succession as queries
from petitions.duties.schemas import HandOverForm
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("heirs", __name__)
menu.register(menu.Entry("duties.heirs.listing", say("Bàn giao việc"), "hierarchy", Permission.DUTY_HAND_OVER, order=60))
_CHOICE = re.compile(r"^to-(\d{1,9})$")


@blueprint.get("/successions")
@needs(Permission.DUTY_HAND_OVER)
def listing() -> str:
    """Agencies that ended and still owe something."""
    held = queries.ended_holders(db(), identity(), now=clock.now(), today=clock.today())
    known = agencies.directory(db()).agencies
    rows = sorted(((known[number], n) for number, n in held.items()), key=lambda row: (-row[1], row[0].name))
    return page("duties/successions.html", rows=rows)


@blueprint.get("/successions/<int:agency_id>")
@needs(Permission.DUTY_HAND_OVER)
def show(agency_id: int) -> str:
    """The hand-over that is proposed: one successor is filled in, where the ground was divided a person chooses."""
    return _show(agency_id, blank_form(on=clock.today(), reason=str(say("Sắp xếp tổ chức bộ máy"))))


@blueprint.post("/successions/<int:agency_id>")
@needs(Permission.DUTY_HAND_OVER)
def hand_over(agency_id: int) -> ResponseReturnValue:
    """Hand over everything for which somebody was chosen: all of it or none."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    proposed = queries.proposals(session, agency_id, who, now=now, today=today)
    allowed = {one.duty_id: one.candidates for one in proposed}
    chosen: dict[int, int] = {}
    for name, value in request.form.items():
        found = _CHOICE.match(name)
        if found and value.isdigit() and int(value) in allowed.get(int(found.group(1)), ()):
            chosen[int(found.group(1))] = int(value)
    try:
        values = read_form(HandOverForm)
        with session.begin_nested():
            done = succeeding.hand_over(session, chosen, **values, by=who, now=now, today=today)
    except Invalid as error:
        problems: dict[str, list[Message | str]] = {("" if name == "choices" else name): messages for name, messages in error.fields.items()}
        return _show(agency_id, typed(problems)), 422
    except PetitionsError as error:
        return _show(agency_id, typed({"": [error.message]})), 422
    flash(str(say_n("Đã bàn giao {n} việc.", "Đã bàn giao {n} việc.", len(done))), "success")
    return redirect(url_for("duties.heirs.listing"))


def _show(agency_id: int, form: Form) -> str:
    session = db()
    directory = agencies.directory(session)
    if agency_id not in directory.agencies:
        raise NotFound
    proposed = queries.proposals(session, agency_id, identity(), now=clock.now(), today=clock.today())
    names = {number: entry.name for number, entry in directory.agencies.items()}
    return page(
        "duties/succession.html",
        agency=directory.agencies[agency_id],
        proposed=proposed,
        settled=sum(one.to_agency_id is not None for one in proposed),
        stuck=sum(one.stuck for one in proposed),
        names=names,
        options={one.duty_id: [(number, names[number]) for number in one.candidates] for one in proposed},
        form=form,
        most=queries.MOST,
    )
