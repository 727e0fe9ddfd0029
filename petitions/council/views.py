"""Reading pages: constituencies of a body and term, one constituency on a day, council sessions, bodies and their terms."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for

from petitions.areas.queries import gazetteer
from petitions.core import clock
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council import cards, ports, queries
from petitions.council.editing import views as editing
from petitions.council.labels import KIND_WORDS, SESSION_WORDS, term_label
from petitions.council.models import Constituency, Term
from petitions.council.schemas import Address
from petitions.journal import queries as journal
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_query
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("council", __name__)
blueprint.register_blueprint(editing.blueprint)
menu.register(menu.Entry("council.constituencies", say("Các đơn vị bầu cử"), "map", Permission.REFERENCE_READ, order=50, key="g c", phone=True))


NOTHING: Mapping[str, Any] = {"term": None, "day": None, "where": ""}


def _asked() -> dict[str, Any]:
    """What the address asks for; what cannot be read counts as not asked."""
    return {**NOTHING, **read_query(Address)}


@blueprint.get("/constituencies")
@needs(Permission.REFERENCE_READ)
def constituencies() -> str:
    """All constituencies of a term as they stand today, and where a place belongs."""
    asked, today = _asked(), clock.today()
    term = cards.opening_term(db(), asked["term"], today)
    bodies = cards.bodies_of(db())
    day = asked["day"] or cards.day_of_term(term, today)
    rows = cards.cards(db(), term, bodies[term.body_id], day)
    return page(
        "council/constituencies.html",
        term=term,
        body=bodies[term.body_id],
        tabs=_tabs("council.constituencies", term),
        rows=rows,
        day=day,
        past=term.ends_on is not None and term.ends_on < today,
        counts=ports.counts(db(), identity(), [row.id for row in rows]),
        place=cards.lookup(db(), term.body_id, asked["where"], day) if asked["where"] else None,
        form=blank_form(where=asked["where"], day=day, term=term.id),
        may_edit=identity().may(Permission.REFERENCE_MANAGE),
    )


def _tabs(endpoint: str, chosen: Term) -> list[tuple[str, Message, bool]]:
    """A way to the same page of every term of every body."""
    names = {body.id: body.short_name for body in cards.bodies_of(db()).values()}
    terms = queries.terms(db())
    return [(url_for(endpoint, term=term.id), term_label(body=names[term.body_id], term=term.label, years=""), term.id == chosen.id) for term in terms]


@blueprint.get("/constituencies/<int:constituency_id>")
@needs(Permission.REFERENCE_READ)
def constituency(constituency_id: int) -> str:
    """One constituency: its places and delegates on a day, and its history."""
    row = queries.found(db().get(Constituency, constituency_id))
    term = db().get_one(Term, row.term_id)
    body = cards.bodies_of(db())[term.body_id]
    day = _asked()["day"] or cards.day_of_term(term, clock.today())
    lines, known = queries.lines(db(), [row.id], superseded=True), gazetteer(db())
    people = queries.members(db(), constituency_ids=[row.id])
    return page(
        "council/constituency.html",
        row=row,
        term=term,
        body=body,
        label=cards.label_of(row, term, body),
        term_name=term_label(body=body.short_name, term=term.label, years=term.years),
        group=next((group for group in queries.groups(db(), term.id) if group.constituency_id == row.id), None),
        day=day,
        days=cards.turning_days(lines, cards.day_of_term(term, clock.today())),
        lines=cards.lines_on(lines, known, day),
        others=cards.other_lines(lines, known, day),
        delegates=[one for one in people if one.holds(day)],
        former=[one for one in people if not one.holds(day)],
        counts=ports.counts(db(), identity(), [row.id]),
        history=cards.history(journal.timeline(db(), ("constituency", row.id)), known),
        form=blank_form(day=day),
        may_edit=identity().may(Permission.REFERENCE_MANAGE),
    )


@blueprint.get("/sessions")
@needs(Permission.REFERENCE_READ)
def sessions() -> str:
    """The council sessions of a term."""
    term = cards.opening_term(db(), _asked()["term"], clock.today())
    return page(
        "council/sessions.html",
        term=term,
        body=cards.bodies_of(db())[term.body_id],
        tabs=_tabs("council.sessions", term),
        rows=queries.sessions(db(), term.id),
        kinds=SESSION_WORDS,
        may_edit=identity().may(Permission.REFERENCE_MANAGE),
    )


@blueprint.get("/bodies")
@needs(Permission.REFERENCE_READ)
def bodies() -> str:
    """Bodies, their terms and committees."""
    terms = queries.terms(db())
    rows = [(body, [term for term in terms if term.body_id == body.id], queries.committees(db(), body.id)) for body in queries.bodies(db())]
    return page("council/bodies.html", rows=rows, kinds=KIND_WORDS, may_edit=identity().may(Permission.REFERENCE_MANAGE))
