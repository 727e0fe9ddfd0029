"""`/oversight/documents`: what was issued; a new one pasted or sent as a file; its split corrected and confirmed; its clauses beside their state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import and_

from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, PetitionsError, Stale
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.council import queries as council
from petitions.council.models import CITY_COUNCIL
from petitions.documents import panel as papers
from petitions.documents.kinds import MOST_BYTES
from petitions.oversight import captions, files, parts, timing
from petitions.oversight.actions import registering
from petitions.oversight.desk.board import tone_of
from petitions.oversight.desk.escalation import openable
from petitions.oversight.extraction import text_of
from petitions.oversight.models.document import DRAFT, KINDS, Clause, IssuedDocument
from petitions.oversight.models.recommendation import WITH, Recommendation
from petitions.oversight.queries import grid, history, reading
from petitions.oversight.schemas import DocumentForm, ListQuery, SplitForm
from petitions.oversight.splitting.paragraphs import heading, paragraphs
from petitions.oversight.values import DocumentValues, Line
from petitions.oversight.workflow import OWED, STATES
from petitions.web import uploads
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, refused, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office

blueprint = Blueprint("documents", __name__)
ACCEPT = ".docx,.pdf,.txt"


@dataclass(frozen=True, slots=True)
class Demand:
    """A recommendation beside its clause, in words."""

    row: Recommendation
    clause: Clause
    leads: Sequence[str]
    together: Sequence[str]
    words: Message
    tone: str
    proofs: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph: plain, or the source of demands."""

    text: str
    codes: Sequence[str] = ()
    tone: str = ""


@blueprint.get("/oversight/documents")
@needs(Permission.OVERSIGHT_READ)
def listing() -> str:
    """All documents, newest first."""
    late = and_(reading.visible(identity()), grid.late(clock.today()))
    found = history.documents(db(), reading.documents_seen(identity()), late, number=read_query(ListQuery)["page"])
    return page(
        "oversight/documents.html",
        found=found,
        progress=[(STATES[whole], captions.TONES[whole]) if (whole := parts.of_demands(one.counts)) else None for one in found.rows],
        kinds=captions.DOCUMENT_KINDS,
        may_add=identity().may(Permission.OVERSIGHT_REGISTER),
        now=clock.now(),
    )


@blueprint.get("/oversight/documents/new")
@needs(Permission.OVERSIGHT_REGISTER)
def new() -> str:
    """The form: a text pasted, or a file."""
    return page("oversight/new.html", form=blank_form(dated_on=clock.today(), issuer="chair", kind="notice"), **_choices())


@blueprint.post("/oversight/documents/new")
@needs(Permission.OVERSIGHT_REGISTER)
@uploads.receives(MOST_BYTES)
def create() -> ResponseReturnValue:
    """Register it; its text is split at once."""
    with glance():
        choices = _choices()
    try:
        values = read_form(DocumentForm)
        values["text"] = _text(values["text"])
        body = _body(identity())
        with db().begin_nested():
            made = registering.register(db(), DocumentValues(body_id=body, **values), by=identity(), now=clock.now(), today=clock.today())
    except Invalid as error:
        return refused("oversight/new.html", _with_heading(error), **choices)
    except Conflict as error:
        return page("oversight/new.html", form=typed({"number": [error.message]}), **choices), 422
    except PetitionsError as error:
        return page("oversight/new.html", form=typed({"file": [error.message]}), **choices), 422
    flash(str(say("Đã ghi văn bản và tách thử. Hãy xem lại từng kiến nghị.")), "success")
    return redirect(url_for("oversight.documents.split", document_id=made.id))


def _text(pasted: str) -> str:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        if not pasted.strip():
            raise Invalid({"text": [say("Hãy dán nội dung hoặc chọn tệp.")]})
        return pasted
    return text_of(office().settings.data_dir, sent.stream, sent.filename)


def _with_heading(error: Invalid) -> Invalid:
    """What the text's own heading says of number and day is offered beside the empty boxes."""
    top = heading(paragraphs(request.form.get("text", "")))
    fields = dict(error.fields)
    if "number" in fields and top.number:
        fields["number"] = [say("Trong văn bản ghi số {number}.", number=f"{top.number}/{top.symbol}")]
    return Invalid(fields)


def _body(who: Identity) -> int:
    """The city's council where the clerk works for several bodies."""
    with glance() as session:
        own = [body.id for body in council.bodies(session) if body.id in who.scope("body") and body.kind == CITY_COUNCIL]
    return own[0] if own else min(who.scope("body"), default=0)


def _choices() -> dict[str, Any]:
    session = db() if request.method == "GET" else None
    with glance() as look:
        rows = session or look
        sessions = [(one.value, one.label) for term in council.terms(rows) for one in council.session_choices(rows, term.id)]
    kinds = [(kind, captions.DOCUMENT_KINDS[kind]) for kind in KINDS]
    return {"kinds": kinds, "issuers": list(captions.ISSUERS.items()), "sessions": sessions, "accept": ACCEPT}


# -- the split -------------------------------------------------------------------------------------------------------------


@blueprint.get("/oversight/documents/<int:document_id>/split")
@needs(Permission.OVERSIGHT_REGISTER)
def split(document_id: int) -> ResponseReturnValue:
    """The proposed demands beside the text, each to be corrected."""
    row = reading.document(db(), document_id, identity())
    if row.state != DRAFT:
        return redirect(url_for("oversight.documents.show", document_id=document_id))
    return _split_page(row, None)


@blueprint.post("/oversight/documents/<int:document_id>/split")
@needs(Permission.OVERSIGHT_REGISTER)
def save(document_id: int) -> ResponseReturnValue:
    """Keep the corrections; with "confirm" they stand and are followed from now on."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    row = reading.document(session, document_id, who)
    try:
        sent = read_form(SplitForm)
        lines = [Line(**{name: value for name, value in one.items() if name != "keep"}) for one in sent["lines"] if _kept(one)]
        with session.begin_nested():
            registering.save_split(session, document_id, lines, version=sent["version"], by=who, now=now)
            if sent["then"] == "confirm":
                registering.confirm_split(session, document_id, version=row.version, by=who, now=now, today=today)
    except Stale as error:
        return _split_page(reading.document(session, document_id, who), typed({"": [error.message]})), 409
    except Invalid as error:
        session.expire_all()
        return _split_page(reading.document(session, document_id, who), typed(error.fields)), 422
    if sent["then"] != "confirm":
        flash(str(say("Đã lưu phần sửa.")), "success")
        return redirect(url_for("oversight.documents.split", document_id=document_id))
    flash(str(say_n("Đã giao {n} kiến nghị để theo dõi.", "Đã giao {n} kiến nghị để theo dõi.", len(lines))), "success")
    return redirect(url_for("oversight.documents.show", document_id=document_id))


@blueprint.post("/oversight/documents/<int:document_id>/discard")
@needs(Permission.OVERSIGHT_REGISTER)
def discard(document_id: int) -> ResponseReturnValue:
    """Take a draft away."""
    registering.discard(db(), document_id, reason=request.form.get("reason", ""), by=identity(), now=clock.now())
    flash(str(say("Đã bỏ văn bản ghi nhầm.")), "success")
    return redirect(url_for("oversight.documents.listing"))


def _kept(one: Mapping[str, Any]) -> bool:
    """Neither left out nor the empty row that is offered for one that was missed."""
    return one["keep"] != "0" and bool(one["text"] or one["source"] or one["lead"])


def _split_page(row: IssuedDocument, form: Form | None) -> str:
    demands = _demands(row)
    values: dict[str, Any] = {}
    for place, one in enumerate(demands):
        fields = {name: getattr(one.row, name) for name in ("text", "post", "product", "due_kind", "due_on", "rhythm")}
        fields |= {"label": one.clause.label, "lead": "; ".join(one.leads), "together": "; ".join(one.together)}
        fields |= {"source": one.clause.source, "start": one.clause.start, "end": one.clause.end}
        values |= {f"lines-{place}-{name}": value for name, value in fields.items()}
    shown = form or blank_form(values)
    return page(
        "oversight/split.html",
        row=row,
        form=shown,
        places=shown.rows("lines", least=len(demands) if form is None else 0),
        text=stretches(row, demands),
        due_kinds=list(captions.DUE_KINDS.items()),
        rhythms=list(captions.RHYTHMS.items()),
        kinds=captions.DOCUMENT_KINDS,
    )


@blueprint.get("/oversight/documents/<int:document_id>")
@needs(Permission.OVERSIGHT_READ)
def show(document_id: int) -> ResponseReturnValue:
    """The text on the left with its clauses marked, the recommendations on the right with state and evidence."""
    session, who = db(), identity()
    row = reading.document(session, document_id, who)
    if row.state == DRAFT and who.may(Permission.OVERSIGHT_REGISTER):
        return redirect(url_for("oversight.documents.split", document_id=document_id))
    seen = set(_seen(session, row, who))
    demands = [one for one in _demands(row) if one.row.id in seen]
    return page(
        "oversight/document.html",
        row=row,
        demands=demands,
        progress=_progress(row, demands),
        text=stretches(row, demands),
        kinds=captions.DOCUMENT_KINDS,
        issuers=captions.ISSUERS,
        again_url=url_for("oversight.escalation.new", document=row.id) if demands and openable(who, row.body_id) else None,
        papers=papers.panel_of(session, (files.DOCUMENT, row.id), who, may_add=files.adds_to_document(who, row), personal=False),
        now=clock.now(),
    )


def _progress(row: IssuedDocument, demands: Sequence[Demand]) -> Mapping[str, Any] | None:
    """How far the document is by its recommendations, the rule, and how many stand where, each number opening its list."""
    counts = Counter(one.row.progress for one in demands)
    whole = parts.of_demands(counts)
    if whole is None:
        return None
    late = sum(1 for one in demands if one.tone == "late" and one.row.progress in OWED)
    listed = [(STATES[state], counts[state], url_for("oversight.board.rows", document=row.id, progress=state)) for state in STATES if counts[state]]
    if late:
        listed.append((say("quá hạn"), late, url_for("oversight.board.rows", document=row.id, what="late")))
    return {"words": STATES[whole], "tone": captions.TONES[whole], "rule": parts.BY_DEMANDS, "counts": listed}


def _seen(session: Any, row: IssuedDocument, who: Identity) -> Sequence[int]:
    found = grid.page_of(session, [reading.visible(who), Recommendation.document_id == row.id], number=1, size=history.MOST)
    return [one.row.id for one in found.rows]


def _demands(row: IssuedDocument) -> list[Demand]:
    session, today = db(), clock.today()
    found = history.demands(session, row.id)
    ids = [one.id for one, _ in found]
    leads, together, proofs = grid.leading(session, ids), grid.leading(session, ids, WITH), history.proofs(session, ids)
    return [
        Demand(
            one,
            clause,
            leads.get(one.id, ()),
            together.get(one.id, ()),
            timing.words(one.progress, one.due_on, one.done_on, today),
            tone_of(one),
            proofs.get(one.id, 0),
        )
        for one, clause in found
    ]


def stretches(row: IssuedDocument, demands: Sequence[Demand]) -> list[list[Stretch]]:
    """The paragraphs of the text, cut where sources begin and end."""
    marks = sorted({(one.clause.start, one.clause.end) for one in demands if one.clause.end > one.clause.start})
    codes: Mapping[tuple[int, int], list[Demand]] = {mark: [one for one in demands if (one.clause.start, one.clause.end) == mark] for mark in marks}
    made: list[list[Stretch]] = []
    place = 0
    for line in row.text.split("\n"):
        end, here, parts = place + len(line), place, list[Stretch]()
        for first, last in marks:
            a, b = max(first, here), min(last, end)
            if a < b:
                parts.append(Stretch(row.text[here:a]))
                parts.append(Stretch(row.text[a:b], [one.row.code for one in codes[first, last]], _worst(codes[first, last])))
                here = b
        made.append([part for part in (*parts, Stretch(row.text[here:end])) if part.text])
        place = end + 1
    return made


def _worst(demands: Sequence[Demand]) -> str:
    tones = [one.tone for one in demands]
    return next((tone for tone in ("late", "near", "act", "quiet", "done") if tone in tones), "quiet")
