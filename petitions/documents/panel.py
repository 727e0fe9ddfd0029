"""The documents of a subject, ready for its page: `{{ documents.panel(shown) }}` of templates/documents/panel.html draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, language, say, say_n
from petitions.documents import ports, queries
from petitions.documents.kinds import ACCEPT, BY_MEDIA_TYPE, KINDS, ROLES, SECRECIES
from petitions.documents.models import FAILED, WAITING, Document, DocumentContent
from petitions.documents.ports import Subject
from petitions.documents.queries import Held

ICONS: Mapping[str, str] = {"xlsx": "file-spreadsheet", "xls": "file-spreadsheet", "jpg": "photo", "png": "photo"}
HIDDEN = say("Tài liệu có thông tin người kiến nghị")
STATE_WORDS: Mapping[str, Message] = {
    WAITING: say("đang đọc nội dung"),
    FAILED: say("chưa đọc được nội dung"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One document in words. `openable`: this reader may look at it; otherwise neither name nor facts are given."""

    id: int
    name: Message | str
    icon: str
    facts: Sequence[Message | str]
    role: Message | None
    state: Message | None
    failed: bool
    personal: bool
    secret: bool
    cited: bool
    openable: bool
    removable: bool
    downloadable: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows. `waiting`: some text is still being read, so the list asks again."""

    kind: str
    subject_id: int
    items: Sequence[Item]
    roles: Sequence[tuple[str, Message]]
    may_add: bool
    waiting: bool
    secrecies: Sequence[tuple[str, Message]] = tuple(SECRECIES.items())
    accept: str = ACCEPT


def panel_of(session: Session, subject: Subject, identity: Identity, *, may_add: bool | None = None, personal: bool | None = None) -> Panel:
    """The documents of `subject` for `identity`, who may see the subject (for the caller to have asked).

    A page that knows already whether he may add, and see those that show who petitions, says so and saves two questions.
    """
    if may_add is None:
        may_add = ports.may_add(session, identity, subject)
    may_add = may_add and identity.may(Permission.DOCUMENT_ADD)
    held = queries.of_subject(session, subject)
    if personal is None:
        personal = any(one.document.personal for one in held) and ports.may_see_personal(session, identity, subject)
    kept = bool(held) and ports.holds(session, subject)
    items = [_item(one, identity, may_add=may_add, personal=personal, kept=kept) for one in held]
    roles = ports.port_of(subject[0]).roles
    return Panel(
        kind=subject[0],
        subject_id=subject[1],
        items=items,
        roles=[(role, ROLES[role]) for role in roles],
        may_add=may_add,
        waiting=any(one.content is not None and one.content.state == WAITING for one in held),
    )


def _item(held: Held, identity: Identity, *, may_add: bool, personal: bool, kept: bool) -> Item:
    document, content = held.document, held.content
    openable = not document.secret and (personal or not document.personal)
    shown = openable or document.secret
    kind = BY_MEDIA_TYPE[content.media_type].code if content else ""
    return Item(
        id=document.id,
        name=document.name if shown else HIDDEN,
        icon=ICONS.get(kind, "lock" if document.secret else "file-text"),
        facts=facts_of(document, content) if shown else [],
        role=ROLES.get(held.link.role),
        state=STATE_WORDS.get(content.state) if content else None,
        failed=content is not None and content.state == FAILED,
        personal=document.personal,
        secret=document.secret,
        cited=kept or held.link.cited,
        openable=openable,
        removable=may_add and shown and not kept and not held.link.cited,
        downloadable=openable and identity.may(Permission.DOCUMENT_ORIGINAL),
        by=document.uploaded_by_name,
        at=document.uploaded_at,
    )


def facts_of(document: Document, content: DocumentContent | None) -> list[Message | str]:
    """What is known of the document, in the order in which people read it."""
    said: list[Message | str] = []
    if document.secret:
        said += [SECRECIES[document.secrecy], say("không lưu ở đây, xem hồ sơ giấy số {number}", number=document.paper_file)]
    if kind := KINDS.get(document.kind or ""):
        said.append(kind)
    if number := number_of(document):
        said.append(number)
    if document.dated_on:
        said.append(say("ngày {day}", day=format_day(document.dated_on)))
    if content is not None:
        said += [BY_MEDIA_TYPE[content.media_type].label, size_words(content.size)]
        if content.pages and content.media_type == "application/pdf":
            said.append(say_n("{n} trang", "{n} trang", content.pages))
    return said


def number_of(document: Document) -> str:
    """Number and symbol as they are written on letters: 123/UBND-ĐT; either may be missing."""
    return "/".join(part for part in (document.number, document.symbol) if part)


def size_words(size: int) -> str:
    """Bytes as people say them: 850 KB, 1,4 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    words = f"{size / 1_000_000:.1f}"
    return f"{words.replace('.', ',') if language() == 'vi' else words} MB"
