"""One letter: what it says, what it lacks, its moves; its DOCX, as it would be or as it was issued; the scan."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.documents import panel, sending, store
from petitions.documents.kinds import FILE_KINDS, MOST_BYTES
from petitions.letters import owners, pdf, previewing, queries
from petitions.letters.actions import drafting, issuing
from petitions.letters.desk import words
from petitions.letters.fields import missing
from petitions.letters.files import KIND
from petitions.letters.kinds import KINDS
from petitions.letters.models import DRAWN, RECORDED, Letter
from petitions.letters.schemas import DraftForm, IssueForm, ReasonForm
from petitions.letters.values import ChangeValues, IssueValues
from petitions.letters.workflow import DRAFT, ISSUED, MOVES
from petitions.web import uploads
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office

blueprint = Blueprint("letters", __name__)


@blueprint.get("/outgoing/<int:letter_id>")
@needs(Permission.LETTER_READ)
def show(letter_id: int) -> str:
    """The letter as it is printed, with what is still missing and the moves that are open."""
    session, who, now = db(), identity(), clock.now()
    letter = queries.letter(session, letter_id, who, now)
    moves = _moves(letter)
    return page(
        "letters/letter.html",
        letter=letter,
        kind=KINDS[letter.kind],
        state=words.state(letter.state, letter.leaves_at, now),
        waits=letter.state == ISSUED and letter.leaves_at is not None and letter.leaves_at > now,
        lacking=missing(drafting.sheet_of(session, letter), at_issue=False) if letter.state == DRAFT else (),
        sheets=previewing.sheets(_content(letter)),
        no_pdf=pdf.lacking(),
        moves=moves,
        agency=queries.agency_name(session, letter.agency_id),
        owner=owners.address(session, letter),
        papers=panel.panel_of(session, (KIND, letter.id), who, may_add=False, personal=False),
        may_scan="attach_scan" in moves and who.may(Permission.DOCUMENT_ADD),
    )


@blueprint.get("/outgoing/<int:letter_id>/<any(docx, pdf):form>")
@needs(Permission.LETTER_READ)
def paper(letter_id: int, form: str) -> Response:
    """The letter as a file: a draft as it would be now, an issued one as it was frozen."""
    letter = queries.letter(db(), letter_id, identity(), clock.now())
    return file_answer(_content(letter), letter.full_number if letter.number else f"{say('Dự thảo')} {letter.id}", form)


def file_answer(docx: bytes, name: str, form: str = "docx") -> Response:
    """A letter as a download: the DOCX itself, or printed as PDF."""
    content = docx if form == "docx" else pdf.of(docx, office().settings.data_dir)
    called = quote(f"{name}.{form}".replace("/", "-"), safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"van-ban.{form}\"; filename*=UTF-8''{called}"}
    return Response(content, mimetype=FILE_KINDS[form].media_type, headers=headers)


def _content(letter: Letter) -> bytes:
    if letter.sha256 is not None:
        return b"".join(store.open_store(office().settings.data_dir).original(letter.sha256).blocks)
    return drafting.docx_of(db(), letter, today=clock.today())


def _moves(letter: Letter) -> dict[str, Message]:
    """The moves open to this reader: none for those of another body, no recall once the letter has left."""
    who = identity()
    if letter.body_id not in who.scope("body"):
        return {}
    left = letter.leaves_at is not None and letter.leaves_at <= clock.now()
    return {move.name: move.label for move in MOVES.open_moves(letter.state, who) if move.name != "recall" or not left}


@blueprint.get("/outgoing/<int:letter_id>/edit")
@needs(Permission.LETTER_DRAFT)
def edit(letter_id: int) -> str:
    """The draft's form."""
    letter = queries.letter(db(), letter_id, identity(), clock.now())
    values = {name: getattr(letter, name) for name in ("addressee", "subject_line", "copies", "signatory_id", "version")}
    due = letter.fields.get("due_on")
    return _edit(letter, blank_form(values, remark=letter.fields.get("remark") or "", due_on=_day(due)))


@blueprint.post("/outgoing/<int:letter_id>/edit")
@needs(Permission.LETTER_DRAFT)
def change(letter_id: int) -> ResponseReturnValue:
    """Put the draft otherwise."""
    letter = queries.letter(db(), letter_id, identity(), clock.now())
    try:
        given = read_form(DraftForm)
        version = given.pop("version")
        with db().begin_nested():
            drafting.change(db(), letter_id, ChangeValues(**given), version=version, by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return _edit(letter, typed(error.fields)), 422
    except PetitionsError as error:
        return _edit(letter, typed({"": [error.message]})), 422
    flash(str(say("Đã lưu dự thảo.")), "success")
    return redirect(url_for("outgoing.letters.show", letter_id=letter_id), 303)


def _edit(letter: Letter, form: Form) -> str:
    return page("letters/edit.html", letter=letter, form=form, kind=KINDS[letter.kind], signatories=_signatories(letter))


def _day(value: Any) -> str:
    return "/".join(reversed(str(value).split("-"))) if value else ""


def _signatories(letter: Letter) -> list[tuple[int, str]]:
    return [(row.id, f"{row.name} – {row.post}") for row in queries.signatories(db(), [letter.body_id])]


@blueprint.get("/outgoing/<int:letter_id>/issue")
@needs(Permission.LETTER_ISSUE)
def issue_form(letter_id: int) -> str:
    """Number, day and signatory, as the registry gave them."""
    letter = queries.letter(db(), letter_id, identity(), clock.now())
    return _issue(letter, blank_form(dated_on=clock.today(), signatory_id=letter.signatory_id))


@blueprint.post("/outgoing/<int:letter_id>/issue")
@needs(Permission.LETTER_ISSUE)
def issue(letter_id: int) -> ResponseReturnValue:
    """Issue it: numbered, signed, frozen."""
    kept = store.open_store(office().settings.data_dir)
    try:
        values = IssueValues(**read_form(IssueForm))
        with glance() as session:
            queries.letter(session, letter_id, identity(), clock.now())
            ready = issuing.ready(session, letter_id, values, today=clock.today())
        queries.letter(db(), letter_id, identity(), clock.now())
        with db().begin_nested():
            made = issuing.issue(db(), letter_id, values, store=kept, by=identity(), now=clock.now(), today=clock.today(), ready=ready)
    except NotFound:
        raise
    except Invalid as error:
        return _issue(queries.letter(db(), letter_id, identity(), clock.now()), typed(error.fields)), 422
    except PetitionsError as error:
        return _issue(queries.letter(db(), letter_id, identity(), clock.now()), typed({"": [error.message]})), 422
    flash(str(say("Đã phát hành văn bản {number}.", number=made.full_number)), "success")
    return redirect(url_for("outgoing.letters.show", letter_id=letter_id), 303)


def _issue(letter: Letter, form: Form) -> str:
    db().expire(letter)
    found = queries.letter(db(), letter.id, identity(), clock.now())
    book = queries.book(db(), found.book)
    lacking = missing(drafting.sheet_of(db(), found), at_issue=False)
    told = {"drawn": book.numbering == DRAWN, "recorded": book.numbering == RECORDED, "book": book, "lacking": lacking}
    return page("letters/issue.html", letter=found, form=form, kind=KINDS[found.kind], signatories=_signatories(found), **told)


@blueprint.get("/outgoing/<int:letter_id>/recall")
@needs(Permission.LETTER_ISSUE)
def recall_form(letter_id: int) -> str:
    """Why it is recalled."""
    return _recall(letter_id, blank_form())


@blueprint.post("/outgoing/<int:letter_id>/recall")
@needs(Permission.LETTER_ISSUE)
def recall(letter_id: int) -> ResponseReturnValue:
    """Recall it before it leaves."""
    queries.letter(db(), letter_id, identity(), clock.now())
    try:
        made = issuing.recall(db(), letter_id, **read_form(ReasonForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _recall(letter_id, typed(error.fields)), 422
    flash(str(say("Đã thu hồi văn bản {number}.", number=made.full_number)), "success")
    return redirect(url_for("outgoing.letters.show", letter_id=letter_id), 303)


def _recall(letter_id: int, form: Form) -> str:
    letter = queries.letter(db(), letter_id, identity(), clock.now())
    back = url_for("outgoing.letters.show", letter_id=letter_id)
    return page("letters/reason.html", label=MOVES["recall"].label, what=letter.full_number, back=back, form=form)


@blueprint.post("/outgoing/<int:letter_id>/cancel")
@needs(Permission.LETTER_DRAFT)
def cancel(letter_id: int) -> ResponseReturnValue:
    """Give the draft up."""
    queries.letter(db(), letter_id, identity(), clock.now())
    drafting.cancel(db(), letter_id, by=identity(), now=clock.now())
    flash(str(say("Đã hủy dự thảo.")), "success")
    return redirect(url_for("outgoing.letters.show", letter_id=letter_id), 303)


@blueprint.post("/outgoing/<int:letter_id>/scan")
@needs(Permission.DOCUMENT_ADD)
@uploads.receives(MOST_BYTES)
def scan(letter_id: int) -> ResponseReturnValue:
    """Attach the scan of the signed letter."""
    with glance() as session:
        queries.letter(session, letter_id, identity(), clock.now())
    back = redirect(url_for("outgoing.letters.show", letter_id=letter_id), 303)
    try:
        received, refused = sending.received()
    except Invalid as error:
        received, refused = [], [("", one) for messages in error.fields.values() for one in messages if isinstance(one, Message)]
    for name, why in refused:
        flash(f"{name}: {why}" if name else str(why), "error")
    for one in received[:1]:
        issuing.attach_scan(db(), letter_id, one, by=identity(), now=clock.now())
        flash(str(say("Đã gắn bản quét đã ký.")), "success")
    return back
