"""Transfer letters: the list, one with what became of each of its items, recall until it leaves."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.documents import panel as documents
from petitions.duties import bundling, files, listing
from petitions.duties.actions import letters as acts
from petitions.duties.panel import Desk
from petitions.duties.queries import queues, reading, transfers
from petitions.duties.queries.papers import TRANSFER
from petitions.duties.schemas import ListQuery, ReasonForm
from petitions.letters import pdf
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("letters", __name__)


@blueprint.get("/letters")
@needs(Permission.DUTY_READ)
def listing_() -> str:
    """The letters, newest first."""
    rows = transfers.letters(db(), identity(), clock.now(), number=read_query(ListQuery)["page"])
    return page("duties/letters.html", rows=rows, recipients=bundling.RECIPIENTS, now=clock.now())


@blueprint.get("/letters/<int:letter_id>")
@needs(Permission.DUTY_READ)
def show(letter_id: int) -> str:
    """One letter and its items."""
    session, who, now = db(), identity(), clock.now()
    letter, bundle = transfers.letter(session, letter_id, who, now)
    desk = Desk.read(session, clock.today())
    where = [queues.of_letter(letter.id), reading.visible(who, now)]
    rows = queues.page_of(session, where, number=read_query(ListQuery)["page"], size=100)
    office = bundle.body_id in who.scope("body") and who.may(Permission.TRANSFER_ISSUE)
    return page(
        "duties/letter.html",
        letter=letter,
        bundle=bundle,
        rows=rows,
        lines=listing.lines(session, rows.rows, desk, queues.questions(rows.rows)),
        recipient=bundling.recipient_words(bundle.kind, bundle.recipient_kind),
        asks=bundle.kind == bundling.TRANSFER,
        annex=bundling.ANNEXES[bundle.annex],
        may_recall=office and letter.recalled_at is None and letter.leaves_at > now,
        waits=letter.leaves_at > now and letter.recalled_at is None,
        no_pdf=pdf.lacking(),
        own=bundle.body_id in who.scope("body"),
        papers=documents.panel_of(session, (TRANSFER, letter.id), who, may_add=files.adds_scan(who, bundle), personal=False),
    )


@blueprint.post("/letters/<int:letter_id>/send")
@needs(Permission.TRANSFER_ISSUE)
def send(letter_id: int) -> ResponseReturnValue:
    """Let it leave at once."""
    transfers.letter(db(), letter_id, identity(), clock.now())
    acts.send_now(db(), letter_id, by=identity(), now=clock.now())
    flash(str(say("Công văn đã được gửi đi.")), "success")
    return redirect(url_for("duties.letters.show", letter_id=letter_id))


@blueprint.get("/letters/<int:letter_id>/recall")
@needs(Permission.TRANSFER_ISSUE)
def recall_form(letter_id: int) -> str:
    """Why it is recalled."""
    return _recall(letter_id, blank_form())


@blueprint.post("/letters/<int:letter_id>/recall")
@needs(Permission.TRANSFER_ISSUE)
def recall(letter_id: int) -> ResponseReturnValue:
    """Recall it before it leaves."""
    letter, bundle = transfers.letter(db(), letter_id, identity(), clock.now())
    try:
        acts.recall(db(), letter.id, **read_form(ReasonForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _recall(letter_id, typed(error.fields)), 422
    flash(str(say("Đã thu hồi công văn {number}.", number=letter.full_number)), "success")
    return redirect(url_for("duties.bundles.show", bundle_id=bundle.id))


def _recall(letter_id: int, form: Form) -> str:
    letter, _ = transfers.letter(db(), letter_id, identity(), clock.now())
    back = url_for("duties.letters.show", letter_id=letter_id)
    warning = say("Mọi việc của công văn bị rút lại; tập hợp chờ phát hành lại.")
    return page("duties/reason.html", label=say("Thu hồi công văn"), what=letter.full_number, back=back, form=form, warning=warning)
