"""Bundles: the list, one of them with its moves, its letter's form, and the annex as it is printed."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, PetitionsError
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.documents.store import open_store
from petitions.duties import bundling, letters_out, subjects
from petitions.duties.actions import bundles as acts
from petitions.duties.actions import letters
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.actions.letters import LetterValues
from petitions.duties.bundling import BUNDLING
from petitions.duties.models.transfer import Bundle
from petitions.duties.queries import transfers
from petitions.duties.queries.transfers import BundleShown
from petitions.duties.schemas import ChosenForm, LetterForm, ListQuery, ReasonForm
from petitions.letters import pdf
from petitions.notifications import mailbox
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office

blueprint = Blueprint("bundles", __name__)
menu.register(menu.Entry("duties.bundles.listing", say("Tập hợp gửi đi"), "route", Permission.TRANSFER_DRAFT, order=27))
READERS = (Permission.TRANSFER_DRAFT, Permission.TRANSFER_APPROVE, Permission.TRANSFER_ISSUE, Permission.JOURNAL_READ)
TONES = {bundling.DRAFT: "quiet", bundling.SUBMITTED: "near", bundling.APPROVED: "act", bundling.ISSUED: "act", bundling.CANCELLED: "quiet"}
AT_ONCE = {"submit": acts.submit, "approve": acts.approve}
WITH_REASON = {"send_back": acts.send_back, "cancel": acts.cancel}
SAID = {
    "submit": say("Đã trình duyệt tập hợp này."),
    "approve": say("Đã duyệt tập hợp; có thể phát hành công văn."),
    "send_back": say("Đã trả tập hợp cho người soạn."),
    "cancel": say("Đã hủy tập hợp này."),
}
LETTER_MOVES = frozenset({"send_now", "recall"})


@blueprint.get("/bundles")
@needs(*READERS)
def listing() -> str:
    """The bundles of the office, newest first, by state."""
    asked = read_query(ListQuery)
    state = asked["section"] if asked["section"] in bundling.STATES else None
    counts = transfers.bundle_counts(db(), identity())
    return page(
        "duties/bundles.html",
        rows=transfers.bundles(db(), identity(), state=state, number=asked["page"]),
        tabs=[(None, say("Tất cả"), sum(counts.values()), state is None)]
        + [(name, words, counts.get(name, 0), state == name) for name, words in bundling.STATES.items() if counts.get(name) or state == name],
        states=bundling.STATES,
        tones=TONES,
        recipient_words=bundling.recipient_words,
        may_draft=identity().may(Permission.TRANSFER_DRAFT),
    )


@blueprint.get("/bundles/<int:bundle_id>")
@needs(*READERS)
def show(bundle_id: int) -> str:
    """One bundle: its lines, who approves, its letter."""
    return _show(bundle_id, blank_form())


def _show(bundle_id: int, form: Form) -> str:
    found = transfers.bundle(db(), bundle_id, identity())
    return page(
        "duties/bundle.html",
        found=found,
        captions=_captions(db(), found),
        buttons=_buttons(found.bundle, identity()),
        state=bundling.STATES[found.bundle.state],
        tone=TONES[found.bundle.state],
        recipient=bundling.recipient_words(found.bundle.kind, found.bundle.recipient_kind),
        annex=bundling.ANNEXES[found.bundle.annex],
        council_session=council.session_label(found.council_session) if found.council_session else "",
        form=form,
        may_change=found.bundle.state == bundling.DRAFT and identity().may(Permission.TRANSFER_DRAFT),
        no_pdf=pdf.lacking(),
        own_draft=found.bundle.made_by == identity().user_id,
    )


def _captions(session: Session, found: BundleShown) -> dict[int, subjects.Caption]:
    keys = [(item.subject_kind, item.subject_id) for item in found.items]
    known = subjects.captions(session, keys)
    return {item.id: known[item.subject_kind, item.subject_id] for item in found.items}


def _buttons(bundle: Bundle, who: Identity) -> list[tuple[str, Message, bool]]:
    """(move, label, whether it has a form of its own) open to this person; the one who prepared it does not approve."""
    if bundle.body_id not in who.scope("body"):
        return []
    own = who.user_id is not None and bundle.made_by == who.user_id
    moves = BUNDLING.open_moves(bundle.state, who, lambda move: move.name not in {"change", *LETTER_MOVES} and not (move.name == "approve" and own))
    return [(move.name, move.label, move.name in {*WITH_REASON, "issue"}) for move in moves]


@blueprint.post("/bundles/<int:bundle_id>/move")
@needs(*READERS)
def move(bundle_id: int) -> ResponseReturnValue:
    """Submit or approve."""
    name = request.form.get("move", "")
    if name not in AT_ONCE:
        raise NotFound
    try:
        AT_ONCE[name](db(), bundle_id, by=identity(), now=clock.now())
    except Invalid as error:
        return _show(bundle_id, typed(error.fields)), 422
    flash(str(SAID[name]), "success")
    return redirect(url_for("duties.bundles.show", bundle_id=bundle_id))


@blueprint.post("/bundles/<int:bundle_id>/remove")
@needs(Permission.TRANSFER_DRAFT)
def remove(bundle_id: int) -> ResponseReturnValue:
    """Take the ticked lines out of a draft."""
    try:
        out = set(read_form(ChosenForm)["ids"])
    except Invalid:
        flash(str(say("Hãy đánh dấu những dòng cần bỏ.")), "error")
        return redirect(url_for("duties.bundles.show", bundle_id=bundle_id))
    found = transfers.bundle(db(), bundle_id, identity())
    bundle = found.bundle
    values = BundleValues(**{name: getattr(bundle, name) for name in BundleValues.__dataclass_fields__})
    kept = [_line(found, item.id) for item in found.items if item.id not in out]
    acts.change_bundle(db(), bundle_id, values, kept, version=bundle.version, by=identity(), now=clock.now())
    return redirect(url_for("duties.bundles.show", bundle_id=bundle_id))


def _line(found: BundleShown, item_id: int) -> Line:
    item = next(one for one in found.items if one.id == item_id)
    parts = found.agencies.get(item_id, ())
    lead = next((agency for agency, _, part in parts if part == "lead"), None)
    return Line(item.subject_kind, item.subject_id, lead, tuple(agency for agency, _, part in parts if part != "lead"), item.note)


@blueprint.get("/bundles/<int:bundle_id>/<any(send_back, cancel):name>")
@needs(*READERS)
def reason(bundle_id: int, name: str) -> str:
    """Why a bundle goes back, or is given up."""
    return _reason(bundle_id, name, blank_form())


@blueprint.post("/bundles/<int:bundle_id>/<any(send_back, cancel):name>")
@needs(*READERS)
def with_reason(bundle_id: int, name: str) -> ResponseReturnValue:
    """Send it back, or give it up."""
    try:
        WITH_REASON[name](db(), bundle_id, **read_form(ReasonForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _reason(bundle_id, name, typed(error.fields)), 422
    flash(str(SAID[name]), "success")
    return redirect(url_for("duties.bundles.show", bundle_id=bundle_id))


def _reason(bundle_id: int, name: str, form: Form) -> str:
    found = transfers.bundle(db(), bundle_id, identity())
    back = url_for("duties.bundles.show", bundle_id=bundle_id)
    return page("duties/reason.html", label=BUNDLING[name].label, what=found.bundle.title, back=back, form=form, warning=None)


@blueprint.get("/bundles/<int:bundle_id>/issue")
@needs(Permission.TRANSFER_ISSUE)
def issue_form(bundle_id: int) -> str:
    """Number, symbol, day and signatory, as the registry gave them."""
    found = transfers.bundle(db(), bundle_id, identity())
    symbol = "HĐND-TT" if found.body.startswith("HĐND") else "ĐĐBQH-VP"
    return _issue(found, blank_form(dated_on=clock.today(), symbol=symbol, due_on=found.bundle.due_on))


@blueprint.post("/bundles/<int:bundle_id>/issue")
@needs(Permission.TRANSFER_ISSUE)
def issue(bundle_id: int) -> ResponseReturnValue:
    """Issue the letter: every agency of every line owes an answer from now on."""
    try:
        values = LetterValues(**read_form(LetterForm))
    except Invalid as error:
        return _issue(transfers.bundle(db(), bundle_id, identity()), typed(error.fields)), 422
    now, today, kept = clock.now(), clock.today(), open_store(office().settings.data_dir)
    with glance() as session:
        seen = transfers.bundle(session, bundle_id, identity())
        ready = letters_out.ready(session, seen, _captions(session, seen), values, today=today)
    found = transfers.bundle(db(), bundle_id, identity())
    try:
        with db().begin_nested():
            letter = letters.issue(db(), bundle_id, values, by=identity(), now=now, today=today)
            letters_out.freeze(db(), found, _captions(db(), found), letter, kept, now=now, today=today, ready=ready)
    except Invalid as error:
        return _issue(found, typed(error.fields)), 422
    except PetitionsError as error:
        return _issue(found, typed({"": [error.message]})), 422
    flash(str(say("Đã phát hành công văn {number}.", number=letter.full_number)), "success")
    return redirect(url_for("duties.letters.show", letter_id=letter.id))


def _issue(found: BundleShown, form: Form) -> str:
    bundle = found.bundle
    asks = bundle.kind == bundling.TRANSFER
    duties = sum(len(parts) for parts in found.agencies.values()) if asks else 0
    values: dict[str, Any] = {"recipient": bundling.recipient_words(bundle.kind, bundle.recipient_kind), "annex": bundling.ANNEXES[bundle.annex], "asks": asks}
    values["unreachable"] = mailbox.unreachable(db(), {number for parts in found.agencies.values() for number, _, _ in parts})
    return page("duties/issue.html", found=found, form=form, duties=duties, **values)


@blueprint.get("/bundles/<int:bundle_id>/annex")
@needs(Permission.DUTY_READ)
def annex(bundle_id: int) -> str:
    """The annex as it is printed (domain 6.2): one row a petition, the five fields as columns."""
    found = transfers.bundle(db(), bundle_id, identity())
    captions, answers = _captions(db(), found), letters_out.answers_of(db(), found)
    return page(
        "duties/annex.html",
        found=found,
        captions=captions,
        answered=found.bundle.kind == bundling.ANSWERED,
        cells={item.id: letters_out.cells(item, found, answers) for item in found.items},
        totals=[sum(one.report_group == group for one in captions.values()) for group in range(1, 6)],
        title=bundling.ANNEXES[found.bundle.annex],
        no_pdf=pdf.lacking(),
        letter=next((one for one in reversed(found.letters) if one.recalled_at is None), None),
    )
