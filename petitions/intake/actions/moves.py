"""The named moves of a petition: submit, accept, send back, classify, divert, restore, defer, resume, discard.

Only here, and where it follows its duties (following/subject.py), is a state assigned after entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, PetitionsError, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.intake.actions.entry import INDEX, KIND, may_write, touch
from petitions.intake.lists import Lists
from petitions.intake.models import Diversion, Petition
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.reading import locked
from petitions.intake.rules import group_problem
from petitions.intake.workflow import DRAFT, WORKFLOW, guard_of
from petitions.journal.actions import record
from petitions.outbox.actions import promise

DIVERSIONS: Mapping[str, Message] = {
    "complaint": say("Khiếu nại"),
    "denunciation": say("Tố cáo"),
    "other": say("Việc khác không phải kiến nghị"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What a move over many did: ids that moved, and (code, why) of those that did not."""

    moved: Sequence[int]
    refused: Sequence[tuple[str, Message]]


def submit(session: Session, petition_id: int, *, by: Identity, now: datetime) -> Petition:
    """The enterer gives his draft to the accept queue."""
    petition, _lists = _begin(session, petition_id, "submit", by=by)
    petition.submitted_at = now
    return _end(session, petition, "submit", by=by, now=now, changes={"submitted": (False, True)})


def register(session: Session, petition_id: int, *, by: Identity, now: datetime) -> Petition:
    """The enterer enters his own draft into the register, where the office does not ask for a second person."""
    petition, _lists = _begin(session, petition_id, "register", by=by)
    return _into_register(session, petition, "register", by=by, now=now)


def accept(session: Session, petition_id: int, *, by: Identity, now: datetime) -> Petition:
    """Accept a submitted draft into the register; never one's own while the office asks for another person's eyes."""
    petition, _lists = _begin(session, petition_id, "accept", by=by)
    return _into_register(session, petition, "accept", by=by, now=now)


def accept_all(session: Session, petition_ids: Sequence[int], *, by: Identity, now: datetime) -> Done:
    """Accept many (one evening's petitions); those that cannot be are named with the reason and hold up no other."""
    moved, refused = [], list[tuple[str, Message]]()
    for petition_id in sorted(set(petition_ids)):
        try:
            accept(session, petition_id, by=by, now=now)
            moved.append(petition_id)
        except PetitionsError as error:
            refused.append((_code(session, petition_id), error.message))
    return Done(moved, refused)


def send_back(session: Session, petition_id: int, *, reason: str, by: Identity, now: datetime) -> Petition:
    """Give a submitted draft back to its enterer, saying what is missing."""
    _wanted({"reason": reason})
    petition, _lists = _begin(session, petition_id, "send_back", by=by)
    petition.submitted_at = None
    return _end(session, petition, "send_back", by=by, now=now, changes={"submitted": (True, False)}, reason=reason)


def classify(session: Session, petition_id: int, *, field_id: int, level: str, report_group: int | None = None, by: Identity, now: datetime) -> Petition:
    """Set field, report group (that of the field unless given) and level: exactly one of each (domain 9.3 R1)."""
    petition, lists = _begin(session, petition_id, "classify", by=by)
    field = lists.fields.get(field_id)
    wrong: dict[str, list[Message | str]] = {}
    if field is None:
        wrong["field_id"] = [say("Hãy chọn lĩnh vực trong danh sách.")]
    elif message := group_problem(lists, report_group, field_id):
        wrong["report_group"] = [message]
    chosen = lists.levels.get(level)
    if chosen is None:
        wrong["level"] = [say("Hãy chọn thẩm quyền trong danh sách.")]
    elif not chosen.valid_on(petition.dated_on):
        wrong["level"] = [say("«{level}» không dùng cho ngày của kiến nghị này.", level=chosen.name)]
    if wrong or field is None:
        raise Invalid(wrong)
    after: dict[str, Any] = {"field_id": field_id, "report_group": report_group or field.report_group, "level": level}
    changes = {name: (getattr(petition, name), value) for name, value in after.items() if getattr(petition, name) != value}
    for name, value in after.items():
        setattr(petition, name, value)
    return _end(session, petition, "classify", by=by, now=now, changes=changes)


def classify_all(session: Session, petition_ids: Sequence[int], *, field_id: int, level: str, by: Identity, now: datetime) -> Done:
    """Put many petitions into the same field and level."""
    moved, refused = [], list[tuple[str, Message]]()
    for petition_id in sorted(set(petition_ids)):
        try:
            classify(session, petition_id, field_id=field_id, level=level, by=by, now=now)
            moved.append(petition_id)
        except Invalid as error:
            first = next(iter(error.fields.values()))[0]
            refused.append((_code(session, petition_id), first if isinstance(first, Message) else error.message))
        except PetitionsError as error:
            refused.append((_code(session, petition_id), error.message))
    return Done(moved, refused)


def divert(
    session: Session, petition_id: int, *, kind: str, reason: str, sent_to: str, document: str = "", by: Identity, now: datetime, today: date
) -> Petition:
    """A complaint or denunciation leaves the register of petitions: a stub stays with why and where it went (domain 2.1)."""
    _wanted({"reason": reason, "sent_to": sent_to})
    if kind not in DIVERSIONS:
        raise Invalid({"kind": [say("Hãy chọn một giá trị trong danh sách.")]})
    petition, _lists = _begin(session, petition_id, "divert", by=by)
    row = petition.diversion or Diversion()
    row.kind, row.reason, row.sent_to, row.document = kind, reason, sent_to, document
    row.diverted_on, row.diverted_by, row.withdrawn = today, by.user_id, False
    petition.diversion = row
    changes = {"diversion_kind": (None, kind), "sent_to": (None, sent_to), "document": (None, document or None)}
    return _end(session, petition, "divert", by=by, now=now, changes=changes, reason=reason)


def restore(session: Session, petition_id: int, *, reason: str, by: Identity, now: datetime) -> Petition:
    """Take back a diversion that was a mistake: the paper is a petition after all."""
    _wanted({"reason": reason})
    petition, lists = _begin(session, petition_id, "restore", by=by)
    if petition.accepted_at is None and lists.four_eyes and petition.entered_by == by.user_id and by.user_id is not None:
        raise RuleBroken(OWN)
    if petition.diversion:
        petition.diversion.withdrawn = True
    return _into_register(session, petition, "restore", by=by, now=now, reason=reason)


def defer(session: Session, petition_id: int, *, reason: str, until: date, by: Identity, now: datetime, today: date) -> Petition:
    """Lay a petition aside until a day, saying why; nothing is laid aside without a day to take it up again (domain 2.8)."""
    _wanted({"reason": reason})
    if until <= today:
        raise Invalid({"until": [say("Hãy chọn một ngày sau hôm nay.")]})
    petition, _lists = _begin(session, petition_id, "defer", by=by)
    before, petition.deferred_until = petition.deferred_until, until
    return _end(session, petition, "defer", by=by, now=now, changes={"deferred_until": (before, until)}, reason=reason)


def resume(session: Session, petition_id: int, *, reason: str, by: Identity, now: datetime) -> Petition:
    """Take up again what was laid aside: it is classified and can be sent."""
    _wanted({"reason": reason})
    petition, _lists = _begin(session, petition_id, "resume", by=by)
    before, petition.deferred_until = petition.deferred_until, None
    return _end(session, petition, "resume", by=by, now=now, changes={"deferred_until": (before, None)}, reason=reason)


def discard(session: Session, petition_id: int, *, by: Identity, now: datetime) -> Petition:
    """The enterer throws his draft away; the row stays, seen by nobody."""
    petition, _lists = _begin(session, petition_id, "discard", by=by)
    petition.deleted_at = now
    return _end(session, petition, "discard", by=by, now=now, changes={"deleted": (False, True)})


OWN = say("Người nhập không tự tiếp nhận kiến nghị của mình: cần một người khác xem.")
REFUSALS: Mapping[str, Message] = {
    "accept": say("Kiến nghị này chưa được trình tiếp nhận."),
    "send_back": say("Kiến nghị này chưa được trình tiếp nhận."),
    "register": say("Kiến nghị phải do một người khác tiếp nhận. Hãy trình tiếp nhận."),
    "submit": say("Kiến nghị này đã trình, hoặc không do bạn nhập."),
    "discard": say("Chỉ người nhập mới xóa được nháp của mình."),
}


def _begin(session: Session, petition_id: int, name: str, *, by: Identity) -> tuple[Petition, Lists]:
    """The petition held for writing, once `by` may make the move; raises NotFound, NotAllowed, WrongState, RuleBroken."""
    petition = locked(session, petition_id, parts=False)
    may_write(by, petition.body_id)
    lists = read_lists(session)
    WORKFLOW.target(name, petition.state, by)
    own = by.user_id is not None and petition.entered_by == by.user_id
    allowed = guard_of(submitted=petition.submitted_at is not None, own=own, four_eyes=lists.four_eyes)
    if petition.state == DRAFT and not allowed(WORKFLOW[name]):
        raise RuleBroken(OWN if name == "accept" and own and petition.submitted_at else REFUSALS[name])
    return petition, lists


def _into_register(session: Session, petition: Petition, name: str, *, by: Identity, now: datetime, reason: str | None = None) -> Petition:
    petition.accepted_at, petition.accepted_by = now, by.user_id
    return _end(session, petition, name, by=by, now=now, reason=reason)


def _end(
    session: Session,
    petition: Petition,
    name: str,
    *,
    by: Identity,
    now: datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str | None = None,
) -> Petition:
    before = petition.state
    petition.state = WORKFLOW.target(name, before, by)
    noted = {field: pair for field, pair in (changes or {}).items() if pair[0] != pair[1]}
    if petition.state != before:
        noted["state"] = (before, petition.state)
    touch(petition, now)
    session.flush()
    record(session, f"petition.{name}", (KIND, petition.id), by=by, now=now, changes=noted, reason=reason)
    promise(session, INDEX, (KIND, petition.id), now=now)
    return petition


def _code(session: Session, petition_id: int) -> str:
    petition = session.get(Petition, petition_id)
    return petition.code if petition else f"#{petition_id}"


def _wanted(given: Mapping[str, str]) -> None:
    empty = {name: [say("Hãy điền ô này.")] for name, text in given.items() if not text.strip()}
    if empty:
        raise Invalid(empty)
