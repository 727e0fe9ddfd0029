"""Pages of documents: the panel of a subject, sending files, a document with its pictures, its original, describing, removing."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, NotFound, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.documents import actions, panel, ports, queries, sending, store
from petitions.documents.kinds import BY_MEDIA_TYPE, KINDS, MOST_BYTES
from petitions.documents.models import Document
from petitions.documents.ports import Subject
from petitions.documents.schemas import AddForm, DescribeForm, RemoveForm, SecretForm
from petitions.documents.values import FIELDS
from petitions.web import uploads
from petitions.web.access import identity, needs, signed_in
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office, second_door

blueprint = Blueprint("documents", __name__, url_prefix="/documents")
SHOWN_TEXT = 20_000  # characters of the text on a document's page


@blueprint.get("/of/<kind>/<int:subject_id>")
@signed_in
def of_subject(kind: str, subject_id: int) -> str:
    """The panel alone: a subject's documents."""
    _must_see((kind, subject_id))
    return _panel((kind, subject_id))


@blueprint.post("/of/<kind>/<int:subject_id>")
@needs(Permission.DOCUMENT_ADD)
@uploads.receives(MOST_BYTES)
def add(kind: str, subject_id: int) -> ResponseReturnValue:
    """Take files: each is looked at and kept before the transaction begins. What is refused is told; the others stay."""
    subject = (kind, subject_id)
    with glance() as session:
        if not ports.may_see(session, identity(), subject):
            raise NotFound
        if not ports.may_add(session, identity(), subject):
            raise NotAllowed(say("Bạn không thêm được tài liệu vào đây."))
    try:
        values = read_form(AddForm)
        received, refused = sending.received()
        for one in received:
            try:
                actions.add(db(), one, subject, **values, by=identity(), now=clock.now())
            except PetitionsError as problem:
                refused.append((one.name, problem.message))
    except Invalid as error:
        return _answer(subject, [], [], form=typed(error.fields))
    added = len(received) - sum(1 for name, _ in refused if any(one.name == name for one in received))
    return _answer(subject, [say_n("Đã thêm {n} tài liệu.", "Đã thêm {n} tài liệu.", added)] if added else [], refused)


@blueprint.post("/of/<kind>/<int:subject_id>/secret")
@needs(Permission.DOCUMENT_ADD)
def note_secret(kind: str, subject_id: int) -> ResponseReturnValue:
    """Note a secret document that is not stored."""
    subject = (kind, subject_id)
    _must_see(subject)
    try:
        actions.note_secret(db(), subject, **read_form(SecretForm), by=identity(), now=clock.now())
    except Invalid as error:
        return _answer(subject, [], [], form=typed(error.fields))
    return _answer(subject, [say("Đã ghi nhận tài liệu mật; tệp không lưu ở đây.")], [])


@blueprint.get("/<int:document_id>")
@signed_in
def show(document_id: int) -> str:
    """One document: what it is, pictures of its pages, its text."""
    found = _opened(document_id)
    return page("documents/show.html", **_shown(found), form=_form_of(found))


@blueprint.get("/<int:document_id>/pages/<int:number>")
@signed_in
def picture(document_id: int, number: int) -> Response:
    """The picture of a page: pixels and nothing else."""
    found = _opened(document_id)
    if found.content is None or not 1 <= number <= found.content.previews:
        raise NotFound
    kept = store.open_store(office().settings.data_dir).preview(found.content.digest, number)
    photo = found.content.media_type == "image/jpeg"
    return Response(kept.blocks, mimetype="image/jpeg" if photo else "image/png", headers={"Content-Length": str(kept.size), "Content-Disposition": "inline"})


@blueprint.get("/<int:document_id>/file")
@needs(Permission.DOCUMENT_ORIGINAL)
def original(document_id: int) -> Response:
    """The file as it was sent: always a download, never shown by the browser."""
    found = _opened(document_id)
    if found.content is None:
        raise NotFound(say("Tài liệu mật không lưu ở đây."))
    kept = store.open_store(office().settings.data_dir).original(found.content.digest)
    plain = found.name.encode("ascii", "replace").decode().replace('"', "'").replace("?", "_").replace("\\", "_")
    headers = {
        "Content-Length": str(kept.size),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(kept.blocks, mimetype=found.content.media_type, headers=headers)


@blueprint.post("/<int:document_id>/describe")
@needs(Permission.DOCUMENT_ADD)
def describe(document_id: int) -> ResponseReturnValue:
    """Say what the document is."""
    found = queries.seen(db(), document_id, identity())
    if found.secret:
        raise NotFound
    try:
        actions.describe(db(), found.id, **read_form(DescribeForm), by=identity(), now=clock.now())
    except Invalid as error:
        return page("documents/show.html", **_shown(found), form=typed(error.fields)), 422
    flash(str(say("Đã lưu thông tin tài liệu.")), "success")
    return redirect(url_for("documents.show", document_id=document_id), 303)


@blueprint.post("/<int:document_id>/remove")
@needs(Permission.DOCUMENT_ADD)
def remove(document_id: int) -> ResponseReturnValue:
    """Take the document from a subject, with a reason."""
    session, who = db(), identity()
    found = queries.document(session, document_id)
    if not found.secret:
        queries.seen(session, document_id, who)
    values = read_form(RemoveForm)
    subject = (values["kind"], values["subject_id"])
    _must_see(subject)
    actions.remove(session, document_id, subject, reason=values["reason"], by=who, now=clock.now())
    return _answer(subject, [say("Đã bỏ tài liệu.")], [])


def _must_see(subject: Subject) -> None:
    if not ports.may_see(db(), identity(), subject):
        raise NotFound


def _opened(document_id: int) -> Document:
    """The document, if this reader may open it; a look at one that shows who petitions is written into the journal."""
    with glance() as session:
        found = queries.seen(session, document_id, identity())
    if found.secret:
        raise NotFound
    if found.personal:
        with second_door() as session:
            actions.note_opened(session, found.id, by=identity(), now=clock.now())
    return found


def _answer(subject: Subject, good: list[Message], refused: list[tuple[str, Message]], form: Form | None = None) -> ResponseReturnValue:
    """After a POST: the panel anew for the page's script, the subject's page for browsers without one. 422 when nothing was done."""
    failed = not good
    if request.headers.get("HX-Request") == "true":
        return _panel(subject, good=good, refused=refused, form=form), 422 if failed else 200
    for message in good:
        flash(str(message), "success")
    for name, message in refused:
        flash(f"{name}: {message}", "error")
    for messages in (form.errors if form else {}).values():
        flash("; ".join(str(message) for message in messages), "error")
    place = ports.port_of(subject[0]).place(db(), subject[1])
    return redirect(place.address if place else "/", 303)


def _panel(subject: Subject, **more: Any) -> str:
    shown = panel.panel_of(db(), subject, identity())
    given = {"good": [], "refused": [], "form": None, **more}
    return page("documents/fragment.html", shown=shown, **given)


def _form_of(found: Document) -> Form:
    return blank_form({**{name: getattr(found, name) for name in FIELDS}, "version": found.version})


def _shown(found: Document) -> dict[str, Any]:
    session, who = db(), identity()
    text = queries.text_of(session, found.digest)
    subjects = [(link.subject_kind, link.subject_id) for link in found.links]
    places = [ports.port_of(kind).place(session, number) for kind, number in subjects if queries.opens(session, who, found, (kind, number))]
    return {
        "document": found,
        "content": found.content,
        "facts": panel.facts_of(found, found.content),
        "places": [place for place in places if place],
        "pictures": list(range(1, (found.content.previews if found.content else 0) + 1)),
        "text": text.text[:SHOWN_TEXT] if text else "",
        "cut": bool(text and (text.cut or len(text.text) > SHOWN_TEXT)),
        "readable": bool(found.content and BY_MEDIA_TYPE[found.content.media_type].readable),
        "may_change": who.may(Permission.DOCUMENT_ADD) and any(ports.may_add(session, who, subject) for subject in subjects),
        "may_download": who.may(Permission.DOCUMENT_ORIGINAL),
        "kinds": list(KINDS.items()),
    }
