"""What the select fields offer: agencies that live today, deputy groups of the body's term, documents of a duty."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.council import queries as council
from petitions.documents import panel as documents
from petitions.duties.desk.forms.boxes import AGENCY, CHOICE, DOCUMENT, GROUP, MoveForm
from petitions.duties.models.duty import Duty
from petitions.duties.queries.reading import CITY

Pairs = Sequence[tuple[Any, Any]]


def agency_choices(session: Session, today: date, *, city_only: bool = False) -> list[tuple[int, str]]:
    """Agencies that live today, by level and name; `city_only`: those of the city's side."""
    return [(entry.id, entry.name) for entry in agencies.agencies_on(session, today, CITY if city_only else None)]


def group_choices(session: Session, body_id: int, identity: Identity | None = None) -> list[tuple[int, str]]:
    """Deputy groups of the body's newest term; of a person who stands for groups, those alone."""
    own = identity.scope("deputy_group") if identity else frozenset()
    for term in sorted(council.terms(session, body_id), key=lambda one: -one.number):
        groups = council.groups(session, term.id)
        if groups:
            return [(row.id, row.name) for row in groups if not own or row.id in own]
    return []


def for_form(session: Session, form: MoveForm, duty: Duty, identity: Identity, today: date) -> Mapping[str, Pairs]:
    """The options of a move's form, by box."""
    found: dict[str, Pairs] = {}
    for box in form.boxes:
        if box.kind == CHOICE:
            found[box.name] = list(box.choices.items())
        elif box.kind == AGENCY:
            office = duty.body_id in identity.scope("body") and not identity.may(Permission.DUTY_DISTRIBUTE)
            found[box.name] = agency_choices(session, today, city_only=form.name == "forward" and not office)
        elif box.kind == GROUP:
            found[box.name] = group_choices(session, duty.body_id, identity)
        elif box.kind == DOCUMENT:
            shown = documents.panel_of(session, ("duty", duty.id), identity, may_add=False, personal=False)
            found[box.name] = [(item.id, item.name) for item in shown.items if item.openable]
    return found
