"""Writing documents: add, note a secret one, describe, link, cite, remove. Removing is marking; what is cited stays."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, NotAllowed, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.documents import ports, queries
from petitions.documents.kinds import ATTACHMENT, KINDS, SECRECIES
from petitions.documents.models import DONE, NOTHING, WAITING, Document, DocumentContent, DocumentLink
from petitions.documents.ports import Subject
from petitions.documents.receiving import Received
from petitions.documents.values import FIELDS, Details
from petitions.journal.actions import record
from petitions.outbox.actions import promise

TOPIC = "documents"
INDEX = "index"
CITED = say("Tài liệu này được một văn bản viện dẫn nên không bỏ được.")


def add(
    session: Session, received: Received, subject: Subject, *, role: str = ATTACHMENT, details: Details | None = None, by: Identity, now: datetime
) -> Document:
    """A received file becomes a document of `subject`, as `role`. Raises Conflict when the subject has this very file already."""
    _may(session, by, subject, role)
    same = queries.same_file(session, subject, received.digest)
    if same is not None:
        raise Conflict(say("Tệp này đã có trong danh sách, tên là «{name}».", name=same.name))
    content = _content(session, received, now)
    made = Document(digest=received.digest, name=received.name, uploaded_by=by.user_id, uploaded_by_name=by.name, uploaded_at=now)
    _put_details(made, details or Details())
    session.add(made)
    session.flush()
    _link(session, made, subject, role, by=by, now=now)
    record(session, "document.add", subject, by=by, now=now, changes={"document_name": (None, _told(made)), "document_id": (None, made.id)})
    if content.state == WAITING:
        promise(session, TOPIC, ("document", made.id), now=now, payload={"digest": received.digest})
    _index(session, subject, now=now)
    return made


def note_secret(
    session: Session, subject: Subject, *, title: str, secrecy: str, paper_file: str, role: str = ATTACHMENT, by: Identity, now: datetime
) -> Document:
    """Note that there is a secret document, and where its paper lies. Nothing of it is kept here."""
    _may(session, by, subject, role)
    if secrecy not in SECRECIES:
        raise RuleBroken(say("Hãy chọn độ mật."))
    made = Document(name=title, secrecy=secrecy, paper_file=paper_file, uploaded_by=by.user_id, uploaded_by_name=by.name, uploaded_at=now)
    session.add(made)
    session.flush()
    _link(session, made, subject, role, by=by, now=now)
    record(session, "document.note_secret", subject, by=by, now=now, changes={"paper_file": (None, paper_file), "document_id": (None, made.id)})
    return made


def describe(session: Session, document_id: int, details: Details, *, version: int, by: Identity, now: datetime) -> Document:
    """Say what the document is. Raises Stale when somebody said otherwise meanwhile."""
    found = queries.document(session, document_id)
    subjects = _subjects(found)
    if not any(_may_change(session, by, subject) for subject in subjects):
        raise NotAllowed
    if found.personal and by is not SYSTEM and not any(ports.may_see_personal(session, by, subject) for subject in subjects):
        raise NotAllowed
    if found.version != version:
        raise Stale(current=found)
    before = {name: getattr(found, name) for name in FIELDS}
    _put_details(found, details)
    changes = {name: (before[name], getattr(found, name)) for name in FIELDS if before[name] != getattr(found, name)}
    if not changes:
        return found
    record(session, "document.describe", ("document", found.id), by=by, now=now, changes=changes)
    for subject in subjects:
        _index(session, subject, now=now)
    session.flush()
    return found


def link(session: Session, document_id: int, subject: Subject, *, role: str, by: Identity, now: datetime) -> DocumentLink:
    """A document that is here already also belongs to `subject`; there already: the link there is."""
    _may(session, by, subject, role)
    found = queries.seen(session, document_id, by)
    return _living(found, subject, role) or _link(session, found, subject, role, by=by, now=now)


def cite(session: Session, document_id: int, subject: Subject, *, role: str = ATTACHMENT, by: Identity, now: datetime) -> DocumentLink:
    """`subject` (a letter that leaves) cites the document: from now on it can be taken away from nobody.

    For other rooms' actions, which have asked whether `by` may send the letter.
    """
    found = queries.document(session, document_id)
    standing = _living(found, subject, role) or _link(session, found, subject, role, by=by, now=now)
    if not standing.cited:
        standing.cited = True
        record(session, "document.cite", ("document", found.id), by=by, now=now, changes={"cited": (None, f"{subject[0]}:{subject[1]}")})
        session.flush()
    return standing


def remove(session: Session, document_id: int, subject: Subject, *, reason: str, by: Identity, now: datetime) -> None:
    """Take the document from `subject`; from its last subject: mark it deleted. Raises Conflict when a letter cites it."""
    found = queries.document(session, document_id)
    own = [one for one in found.links if (one.subject_kind, one.subject_id) == subject]
    if not own:
        raise NotFound
    if not _may_change(session, by, subject):
        raise NotAllowed
    if any(one.cited or ports.holds(session, (one.subject_kind, one.subject_id)) for one in found.links):
        raise Conflict(CITED)
    for one in own:
        one.removed_at, one.removed_by = now, by.user_id
    if len(own) == len(found.links):
        found.deleted_at, found.deleted_by, found.deleted_reason = now, by.user_id, reason
    record(session, "document.remove", subject, by=by, now=now, changes={"document_name": (_told(found), None), "document_id": (found.id, None)}, reason=reason)
    _index(session, subject, now=now)
    session.flush()


def note_opened(session: Session, document_id: int, *, by: Identity, now: datetime) -> None:
    """Write into the journal that `by` opened a document that shows who petitions; once in half an hour."""
    if not queries.opened_lately(session, document_id, by, since=now - queries.LOOK_BACK):
        record(session, queries.OPENED, ("document", document_id), by=by, now=now)


def _may(session: Session, by: Identity, subject: Subject, role: str) -> None:
    if role not in ports.port_of(subject[0]).roles:
        raise RuleBroken(say("Hãy chọn vai trò của tài liệu trong danh sách."))
    if not _may_change(session, by, subject):
        raise NotAllowed(say("Bạn không thêm được tài liệu vào đây."))


def _may_change(session: Session, by: Identity, subject: Subject) -> bool:
    return by is SYSTEM or (by.may(Permission.DOCUMENT_ADD) and ports.may_add(session, by, subject))


def _content(session: Session, received: Received, now: datetime) -> DocumentContent:
    """The content's row; made when this file is seen for the first time, also when somebody sends it in the same moment."""
    found = session.scalar(select(DocumentContent).where(DocumentContent.digest == received.digest))
    if found is not None:
        return found
    made = DocumentContent(
        digest=received.digest,
        size=received.size,
        media_type=received.kind.media_type,
        pages=received.pages,
        state=WAITING if received.kind.readable else NOTHING,
        made_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return session.scalars(select(DocumentContent).where(DocumentContent.digest == received.digest)).one()
    return made


def _put_details(document: Document, details: Details) -> None:
    if details.kind is not None and details.kind not in KINDS:
        raise RuleBroken(say("Hãy chọn loại tài liệu trong danh sách."))
    for name in FIELDS:
        setattr(document, name, getattr(details, name))


def _index(session: Session, subject: Subject, *, now: datetime) -> None:
    """What can be read in the subject's documents has changed: those under which it is found are indexed anew."""
    for one in ports.indexed(session, subject):
        promise(session, INDEX, one, now=now)


def _link(session: Session, document: Document, subject: Subject, role: str, *, by: Identity, now: datetime) -> DocumentLink:
    made = DocumentLink(document_id=document.id, subject_kind=subject[0], subject_id=subject[1], role=role, linked_by=by.user_id, linked_at=now)
    session.add(made)
    session.flush()
    return made


def _living(document: Document, subject: Subject, role: str) -> DocumentLink | None:
    return next((one for one in document.links if (one.subject_kind, one.subject_id, one.role) == (*subject, role)), None)


def _subjects(document: Document) -> list[Subject]:
    return sorted({(one.subject_kind, one.subject_id) for one in document.links})


def _told(document: Document) -> str:
    """What the journal calls it: the name of a file that shows who petitions may itself name him."""
    return f"#{document.id}" if document.personal or document.secret else document.name


# Reading contents: the worker's side ------------------------------------------------------------------------------------------------


def claim(session: Session, digest: str, *, until: datetime, now: datetime) -> DocumentContent | None:
    """Take the lease of a waiting content; None when somebody was faster."""
    found = session.scalar(select(DocumentContent).where(DocumentContent.digest == digest).with_for_update())
    if found is None or found.state != WAITING or (found.held_until is not None and found.held_until >= now):
        return None
    found.held_until = until
    found.tries += 1
    session.flush()
    return found


def finished(session: Session, digest: str, *, pages: int | None, previews: int, problem: str | None, state: str = DONE, now: datetime) -> None:
    """Reading came to an end; the subjects are indexed anew."""
    found = session.get_one(DocumentContent, digest)
    found.state, found.problem, found.previews, found.held_until, found.read_at = state, problem, previews, None, now
    found.pages = pages if pages is not None else found.pages
    for subject in queries.subjects_of(session, digest):
        _index(session, subject, now=now)
    session.flush()
