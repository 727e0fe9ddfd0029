"""The ladder as pages: every rung with its law, changed by new rows; which fields a committee follows."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.council import queries as council
from petitions.duties import subjects
from petitions.duties.urging import fields as offered
from petitions.duties.urging import ladder
from petitions.duties.urging.actions import climbing, deciding
from petitions.duties.urging.actions.climbing import RungIn
from petitions.duties.urging.models import UrgingRung
from petitions.duties.urging.queries import candidates
from petitions.duties.urging.queries import ladder as queries
from petitions.duties.urging.schemas import FieldsForm, RungForm
from petitions.letters.kinds import KINDS
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("rungs", __name__)
P = Permission
menu.register(menu.Entry("duties.rungs.listing_", say("Bậc thang đôn đốc"), "hierarchy", P.REFERENCE_MANAGE, order=86))
NAMES = tuple(RungIn.__dataclass_fields__)


@blueprint.get("/ladder")
@needs(P.REFERENCE_READ, P.REFERENCE_MANAGE)
def listing_() -> str:
    """Every kind of subject with its rungs; which hold today."""
    rows, today = queries.rows(db()), clock.today()
    kinds = sorted({row.subject_kind for row in rows}, key=lambda kind: (kind != queries.DEFAULT_KIND, kind))
    known = {port.kind: port.label for port in subjects.kinds()}
    return page(
        "duties/urging/ladder.html",
        groups=[(kind, known.get(kind, kind), [row for row in rows if row.subject_kind == kind]) for kind in kinds],
        living={row.id for row in rows if queries.rung_of(row).in_force(today)},
        forms=ladder.FORMS,
        ranks=ladder.RANKS,
        authorities=ladder.AUTHORITIES,
        may_edit=identity().may(P.REFERENCE_MANAGE),
        committees=[(row, n) for row, n in _followed()],
    )


def _followed() -> list[tuple[object, int]]:
    owners = list(candidates.fields(db()).values())
    return [(row, owners.count(row.id)) for row in council.committees(db())]


@blueprint.get("/ladder/<int:rung_id>")
@needs(P.REFERENCE_MANAGE)
def edit(rung_id: int) -> str:
    """One rung; of a used one only its end, its name and its words change."""
    row = queries.row(db(), rung_id)
    return _form(row, blank_form({name: getattr(row, name) for name in NAMES}), fresh=False)


@blueprint.post("/ladder/<int:rung_id>")
@needs(P.REFERENCE_MANAGE)
def change(rung_id: int) -> ResponseReturnValue:
    """Save it."""
    row = queries.row(db(), rung_id)
    try:
        with db().begin_nested():
            climbing.change_rung(db(), rung_id, RungIn(**read_form(RungForm)), by=identity(), now=clock.now())
    except Invalid as error:
        return _form(row, typed(error.fields), fresh=False), 422
    except PetitionsError as error:
        return _form(row, typed({"": [error.message]}), fresh=False), 422
    flash(str(say("Đã lưu.")), "success")
    return redirect(url_for("duties.rungs.listing_"))


@blueprint.get("/ladder/<int:rung_id>/new")
@needs(P.REFERENCE_MANAGE)
def new(rung_id: int) -> str:
    """The same rung otherwise, from a day on."""
    row = queries.row(db(), rung_id)
    return _form(row, blank_form({name: getattr(row, name) for name in NAMES} | {"valid_from": None, "valid_to": None}), fresh=True)


@blueprint.post("/ladder/<int:rung_id>/new")
@needs(P.REFERENCE_MANAGE)
def add(rung_id: int) -> ResponseReturnValue:
    """Add it; the one before ends on the day before."""
    row = queries.row(db(), rung_id)
    try:
        with db().begin_nested():
            climbing.add_rung(db(), row.subject_kind, row.code, RungIn(**read_form(RungForm)), by=identity(), now=clock.now())
    except Invalid as error:
        return _form(row, typed(error.fields), fresh=True), 422
    flash(str(say("Đã thêm bản mới của nấc này. Dự thảo và công văn đã lập giữ nguyên.")), "success")
    return redirect(url_for("duties.rungs.listing_"))


def _form(row: UrgingRung, form: Form, *, fresh: bool) -> str:
    return page(
        "duties/urging/rung.html",
        row=row,
        form=form,
        fresh=fresh,
        used=not fresh and queries.used(db(), row.id),
        forms=list(ladder.FORMS.items()),
        ranks=list(ladder.RANKS.items()),
        authorities=list(ladder.AUTHORITIES.items()),
        kinds=[(code, kind.label) for code, kind in KINDS.items() if code != "transfer"],
    )


@blueprint.get("/ladder/committees/<int:committee_id>")
@needs(P.REFERENCE_MANAGE)
def fields_form(committee_id: int) -> str:
    """The fields that a committee follows."""
    return _fields(committee_id, blank_form({"values": [value for value, owner in candidates.fields(db()).items() if owner == committee_id]}))


@blueprint.post("/ladder/committees/<int:committee_id>")
@needs(P.REFERENCE_MANAGE)
def save_fields(committee_id: int) -> ResponseReturnValue:
    """Say which."""
    deciding.follow_fields(db(), committee_id, set(read_form(FieldsForm)["values"]), by=identity(), now=clock.now())
    flash(str(say("Đã lưu.")), "success")
    return redirect(url_for("duties.rungs.listing_"))


def _fields(committee_id: int, form: Form) -> str:
    committee = next((row for row in council.committees(db()) if row.id == committee_id), None)
    if committee is None:
        raise NotFound(say("Không có Ban này."))
    known = offered.offered()
    options = known.options(db()) if known else ()
    return page("duties/urging/fields.html", committee=committee, form=form, options=options)
