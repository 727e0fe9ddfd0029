"""What the office keeps for its letters: templates in their versions, signatories and absences, what a book says."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.council import queries as council
from petitions.letters import checking, fields, queries
from petitions.letters.actions import keeping
from petitions.letters.desk import words
from petitions.letters.desk.letters import file_answer
from petitions.letters.kinds import KINDS, fields_of
from petitions.letters.models import LetterSignatory
from petitions.letters.schemas import AbsenceForm, BookForm, NewSignatoryForm, SignatoryForm, TemplateForm
from petitions.web import menu, uploads
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("keeping", __name__)
menu.register(menu.Entry("outgoing.keeping.templates", say("Mẫu văn bản"), "file-text", Permission.LETTER_MANAGE, order=62))
KIND_PATH = f"/outgoing/templates/<any({', '.join(KINDS)}):kind>/new"
READERS = (Permission.LETTER_MANAGE, Permission.LETTER_DRAFT, Permission.LETTER_ISSUE)


@blueprint.get("/outgoing/templates")
@needs(*READERS)
def templates() -> str:
    """Every kind with its versions; which one holds today."""
    rows, today = queries.templates(db()), clock.today()
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in KINDS}
    living = {
        kind: next((r.id for r in found if r.valid_from <= today and (r.withdrawn_on is None or r.withdrawn_on > today)), 0) for kind, found in by_kind.items()
    }
    return page("letters/templates.html", kinds=KINDS, by_kind=by_kind, living=living, may_manage=identity().may(Permission.LETTER_MANAGE))


@blueprint.get("/outgoing/templates/<int:template_id>/docx")
@needs(*READERS)
def template_docx(template_id: int) -> Response:
    """The template itself, to be edited in Word."""
    row = queries.template(db(), template_id)
    return file_answer(row.content, f"{row.kind}-v{row.version}")


@blueprint.get(KIND_PATH)
@needs(Permission.LETTER_MANAGE)
def new_template(kind: str) -> str:
    """The form for a version edited in Word, with the fields that it may speak of."""
    return _new_template(kind, blank_form(valid_from=clock.today(), name=str(KINDS[kind].label)))


@blueprint.post(KIND_PATH)
@needs(Permission.LETTER_MANAGE)
@uploads.receives(checking.MOST_BYTES)
def add_template(kind: str) -> ResponseReturnValue:
    """Take the version, if it can be used."""
    try:
        content = _sent()
        values = read_form(TemplateForm(), {**request.form, "kind": kind})
        made = keeping.add_template(db(), content=content, **values, by=identity(), now=clock.now())
    except Invalid as error:
        return _new_template(kind, typed(error.fields)), 422
    flash(str(say("Đã nhận mẫu, bản {n}.", n=made.version)), "success")
    return redirect(url_for("outgoing.keeping.templates"), 303)


def _sent() -> bytes:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": [say("Hãy chọn tệp.")]})
    return file.stream.read(checking.MOST_BYTES + 1)


def _new_template(kind: str, form: Form) -> str:
    known = {one.name: one.label for one in fields_of(kind)}
    names = [(name, known.get(name, "")) for name in sorted(fields.known(kind))]
    return page("letters/template_new.html", kind=kind, chosen=KINDS[kind], form=form, names=names, columns=sorted(fields.columns(kind)))


@blueprint.post("/outgoing/templates/<int:template_id>/withdraw")
@needs(Permission.LETTER_MANAGE)
def withdraw_template(template_id: int) -> ResponseReturnValue:
    """Use a version no more."""
    try:
        keeping.withdraw_template(db(), template_id, by=identity(), now=clock.now(), today=clock.today())
        flash(str(say("Đã thôi dùng bản mẫu này.")), "success")
    except Invalid as error:
        flash(str(error.fields[""][0]), "error")
    return redirect(url_for("outgoing.keeping.templates"), 303)


@blueprint.get("/outgoing/signatories")
@needs(*READERS)
def signatories() -> str:
    """Who signs, who is away and who signs instead; the books."""
    bodies = {book.body_id: book for book in queries.books(db(), identity())}
    rows = queries.signatories(db(), frozenset(bodies))
    away: dict[int, list[Any]] = {}
    for one in queries.absences(db(), [row.id for row in rows], since=clock.today()):
        away.setdefault(one.signatory_id, []).append(one)
    return page(
        "letters/signatories.html",
        books=queries.books(db(), identity()),
        rows=rows,
        names={row.id: row.name for row in rows},
        away=away,
        ranks=words.RANKS,
        numberings=words.NUMBERINGS,
        bodies=_bodies(),
        may_manage=identity().may(Permission.LETTER_MANAGE),
    )


def _bodies() -> dict[int, str]:
    own = {book.body_id for book in queries.books(db(), identity())}
    return {row.id: row.name for row in council.bodies(db()) if row.id in own}


@blueprint.get("/outgoing/signatories/new")
@needs(Permission.LETTER_MANAGE)
def new_signatory() -> str:
    """The form for somebody who signs."""
    return _signatory(None, blank_form(valid_from=clock.today(), rank="office", position=1))


@blueprint.post("/outgoing/signatories/new")
@needs(Permission.LETTER_MANAGE)
def add_signatory() -> ResponseReturnValue:
    """Write somebody down."""
    return _save(None, NewSignatoryForm)


@blueprint.get("/outgoing/signatories/<int:signatory_id>")
@needs(Permission.LETTER_MANAGE)
def edit_signatory(signatory_id: int) -> str:
    """What is written of him, and his absences."""
    row = _own(signatory_id)
    return _signatory(row, blank_form({name: getattr(row, name) for name in ("name", "signing", "rank", "position", "valid_from", "valid_to")}))


@blueprint.post("/outgoing/signatories/<int:signatory_id>")
@needs(Permission.LETTER_MANAGE)
def save_signatory(signatory_id: int) -> ResponseReturnValue:
    """Put it otherwise."""
    return _save(_own(signatory_id), SignatoryForm)


def _own(signatory_id: int) -> LetterSignatory:
    row = queries.signatory(db(), signatory_id)
    if row.body_id not in {book.body_id for book in queries.books(db(), identity())}:
        raise NotFound(say("Không có người ký này."))
    return row


def _save(row: LetterSignatory | None, schema: type[SignatoryForm]) -> ResponseReturnValue:
    try:
        values = read_form(schema)
        body_id = row.body_id if row else values.pop("body_id")
        keeping.save_signatory(db(), row, body_id=body_id, values=values, by=identity(), now=clock.now())
    except Invalid as error:
        return _signatory(row, typed(error.fields)), 422
    flash(str(say("Đã lưu người ký.")), "success")
    return redirect(url_for("outgoing.keeping.signatories"), 303)


def _signatory(row: LetterSignatory | None, form: Form, absence: Form | None = None) -> str:
    others = queries.signatories(db(), [row.body_id]) if row else []
    return page(
        "letters/signatory.html",
        row=row,
        form=form,
        absence=absence or blank_form(),
        absences=queries.absences(db(), [row.id], since=clock.today()) if row else [],
        others=[(one.id, one.name) for one in others if row and one.id != row.id],
        names={one.id: one.name for one in others},
        ranks=list(words.RANKS.items()),
        bodies=list(_bodies().items()),
    )


@blueprint.post("/outgoing/signatories/<int:signatory_id>/absences")
@needs(Permission.LETTER_MANAGE)
def add_absence(signatory_id: int) -> ResponseReturnValue:
    """He is away."""
    row = _own(signatory_id)
    shown = blank_form({name: getattr(row, name) for name in ("name", "signing", "rank", "position", "valid_from", "valid_to")})
    try:
        keeping.add_absence(db(), signatory_id, values=read_form(AbsenceForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _signatory(row, shown, typed(error.fields)), 422
    flash(str(say("Đã ghi lịch vắng.")), "success")
    return redirect(url_for("outgoing.keeping.edit_signatory", signatory_id=signatory_id), 303)


@blueprint.post("/outgoing/absences/<int:absence_id>/drop")
@needs(Permission.LETTER_MANAGE)
def drop_absence(absence_id: int) -> ResponseReturnValue:
    """An absence that will not be."""
    keeping.drop_absence(db(), absence_id, by=identity(), now=clock.now())
    flash(str(say("Đã bỏ lịch vắng.")), "success")
    return redirect(url_for("outgoing.keeping.signatories"), 303)


@blueprint.get("/outgoing/books/<code>")
@needs(Permission.LETTER_MANAGE)
def edit_book(code: str) -> str:
    """What the book says."""
    row = queries.book(db(), code)
    return _book(code, blank_form({name: getattr(row, name) for name in (*keeping.BOOK_FIELDS, "version")}))


@blueprint.post("/outgoing/books/<code>")
@needs(Permission.LETTER_MANAGE)
def save_book(code: str) -> ResponseReturnValue:
    """Put it otherwise, for letters to come."""
    try:
        values = read_form(BookForm)
        version = values.pop("version")
        keeping.save_book(db(), code, values, version=version, by=identity(), now=clock.now())
    except Invalid as error:
        return _book(code, typed(error.fields)), 422
    except PetitionsError as error:
        return _book(code, typed({"": [error.message]})), 409
    flash(str(say("Đã lưu sổ văn bản.")), "success")
    return redirect(url_for("outgoing.keeping.signatories"), 303)


def _book(code: str, form: Form) -> str:
    return page("letters/book.html", form=form, book=queries.book(db(), code), numberings=list(words.NUMBERINGS.items()))
