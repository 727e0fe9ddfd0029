"""What the office keeps for its letters: versions of templates, signatories and who signs instead of them, and what a book says."""

import hashlib
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Invalid, NotAllowed, NotFound, Stale
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.journal.actions import record
from petitions.letters import checking, queries, signing
from petitions.letters.kinds import KINDS
from petitions.letters.models import NUMBERINGS, LetterAbsence, LetterBook, LetterSignatory, LetterTemplate

BOOK_FIELDS = ("name", "symbol", "numbering", "parent", "issuer", "sender", "place", "copies", "opens", "closes", "recall_minutes")


def add_template(session: Session, kind: str, content: bytes, *, name: str, valid_from: date, note: str = "", by: Identity, now: datetime) -> LetterTemplate:
    """The next version of a kind's template. Invalid, a sentence for each thing that stands against it."""
    _manages(by)
    if kind not in KINDS:
        raise Invalid({"kind": [say("Hãy chọn loại văn bản.")]})
    if wrong := checking.problems(content, kind):
        raise Invalid({"file": list(wrong)})
    made = LetterTemplate(
        kind=kind,
        version=queries.newest_version(session, kind) + 1,
        name=name,
        valid_from=valid_from,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        note=note,
        made_by_name=by.name,
        made_at=now,
    )
    session.add(made)
    session.flush()
    record(session, "letter.add_template", ("letter_template", made.id), by=by, now=now, changes={"kind": (None, kind), "sha256": (None, made.sha256)})
    return made


def withdraw_template(session: Session, template_id: int, *, by: Identity, now: datetime, today: date) -> LetterTemplate:
    """Use a version no more from today on: the one before it holds again. The last of its kind stays."""
    _manages(by)
    row = queries.template(session, template_id)
    living = [one for one in queries.templates(session) if one.kind == row.kind and one.withdrawn_on is None]
    if row.withdrawn_on is not None or living == [row]:
        raise Invalid({"": [say("Mỗi loại văn bản phải còn ít nhất một mẫu.")]})
    row.withdrawn_on = today
    record(session, "letter.withdraw_template", ("letter_template", row.id), by=by, now=now, changes={"withdrawn_on": (None, today)})
    session.flush()
    return row


def save_signatory(session: Session, row: LetterSignatory | None, *, body_id: int, values: dict[str, object], by: Identity, now: datetime) -> LetterSignatory:
    """Write down somebody who signs, or change what is written of him. Letters that are issued keep what they say."""
    _manages(by, body_id)
    if wrong := signing.problems(str(values["signing"])):
        raise Invalid({"signing": list(wrong)})
    if isinstance(until := values.get("valid_to"), date) and isinstance(since := values["valid_from"], date) and until < since:
        raise Invalid({"valid_to": [say("Ngày cuối không thể trước ngày đầu.")]})
    made = row or LetterSignatory(body_id=body_id)
    before = {name: getattr(made, name) for name in values} if row else dict.fromkeys(values)
    for name, value in values.items():
        setattr(made, name, value)
    made.signing = "\n".join(line.strip() for line in made.signing.split("\n") if line.strip())
    session.add(made)
    session.flush()
    changes = {name: (old, getattr(made, name)) for name, old in before.items() if old != getattr(made, name)}
    if changes:
        record(session, "letter.save_signatory", ("letter_signatory", made.id), by=by, now=now, changes=changes)
    return made


def add_absence(session: Session, signatory_id: int, *, values: dict[str, object], by: Identity, now: datetime) -> LetterAbsence:
    """Somebody is away, and who signs instead."""
    who = queries.signatory(session, signatory_id)
    _manages(by, who.body_id)
    first, last, instead = values["from_on"], values["to_on"], values.get("substitute_id")
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        raise Invalid({"to_on": [say("Ngày cuối không thể trước ngày đầu.")]})
    if instead == signatory_id:
        raise Invalid({"substitute_id": [say("Người ký thay phải là người khác.")]})
    if isinstance(instead, int) and queries.signatory(session, instead).body_id != who.body_id:
        raise Invalid({"substitute_id": [say("Người ký thay phải cùng cơ quan.")]})
    if any(one.from_on <= last and first <= one.to_on for one in queries.absences(session, [signatory_id])):
        raise Invalid({"from_on": [say("{name} đã có lịch vắng trùng những ngày này.", name=who.name)]})
    made = LetterAbsence(signatory_id=signatory_id, entered_by_name=by.name, entered_at=now, **values)
    session.add(made)
    session.flush()
    told = f"{format_day(first)}–{format_day(last)}"
    record(session, "letter.add_absence", ("letter_signatory", signatory_id), by=by, now=now, changes={"absent": (None, told), "substitute": (None, instead)})
    return made


def drop_absence(session: Session, absence_id: int, *, by: Identity, now: datetime) -> None:
    """An absence that will not be, or was written down wrongly."""
    row = session.get(LetterAbsence, absence_id)
    if row is None:
        raise NotFound
    _manages(by, queries.signatory(session, row.signatory_id).body_id)
    told = f"{format_day(row.from_on)}–{format_day(row.to_on)}"
    record(session, "letter.drop_absence", ("letter_signatory", row.signatory_id), by=by, now=now, changes={"absent": (told, None)})
    session.delete(row)
    session.flush()


def save_book(session: Session, code: str, values: dict[str, object], *, version: int, by: Identity, now: datetime) -> LetterBook:
    """What a book says on its letters, how it gives numbers, and in which hours letters leave."""
    row = queries.book(session, code)
    _manages(by, row.body_id)
    if row.version != version:
        raise Stale(current=row)
    if values["numbering"] not in NUMBERINGS:
        raise Invalid({"numbering": [say("Hãy chọn cách cấp số.")]})
    if str(values["opens"]) >= str(values["closes"]):
        raise Invalid({"closes": [say("Giờ cuối phải sau giờ đầu.")]})
    changes = {name: (getattr(row, name), values[name]) for name in BOOK_FIELDS if getattr(row, name) != values[name]}
    for name in changes:
        setattr(row, name, values[name])
    if changes:
        record(session, "letter.save_book", ("letter_book", row.body_id), by=by, now=now, changes=changes)
    session.flush()
    return row


def _manages(by: Identity, body_id: int | None = None) -> None:
    """Those who keep the office's letters, within their bodies; an administrator stands for no body and keeps all."""
    if not by.may(Permission.LETTER_MANAGE) or (body_id is not None and by.scope("body") and body_id not in by.scope("body")):
        raise NotAllowed
