"""Bundling: gathering subjects for one recipient, changing, submitting, approving. The one who prepares does not approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.errors import Conflict, Invalid, NotFound, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.council.models import NA_DELEGATION as DELEGATION
from petitions.council.models import Body
from petitions.duties import bundling, subjects
from petitions.duties.actions.acts import INDEX, may_write, wanted
from petitions.duties.bundling import BUNDLING, DEPUTY_GROUP, NA_DELEGATION, TRANSFER, UBND_OFFICE
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, BundleAgency, BundleItem
from petitions.duties.workflow import ENDED, LEAD, WITH
from petitions.journal.actions import record
from petitions.outbox.actions import promise_all

KIND = "bundle"
MOST_LINES = 2000
UBND_OFFICE_CODE = "vp-ubnd-tp"


@dataclass(frozen=True, slots=True)
class BundleValues:
    """What a clerk says of a bundle. Recipient, annex and rule follow from level and kind when they are left out."""

    body_id: int
    title: str
    kind: str = TRANSFER
    level: str | None = None
    recipient_kind: str | None = None
    recipient_agency_id: int | None = None
    recipient_body_id: int | None = None
    recipient_group_id: int | None = None
    council_session_id: int | None = None
    rule_code: str | None = None
    due_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One subject, with who leads and who works with the lead; in a list that asks nothing of anybody the lead may be unknown."""

    subject_kind: str
    subject_id: int
    lead: int | None
    together: tuple[int, ...] = ()
    note: str = ""


def draft_bundle(session: Session, values: BundleValues, lines: Sequence[Line], *, by: Identity, now: datetime) -> Bundle:
    """Prepare a bundle. Raises Invalid, NotAllowed, or Conflict when a subject is already on its way to the agency."""
    may_write(by, values.body_id)
    BUNDLING.target("change", bundling.DRAFT, by)
    bundle = Bundle(state=bundling.DRAFT, made_by=by.user_id, made_at=now, version=1, **_settled(session, values))
    session.add(bundle)
    session.flush()
    _add(session, bundle, lines)
    record(session, "bundle.draft", (KIND, bundle.id), by=by, now=now, changes={"title": (None, bundle.title), "lines": (0, len(lines))})
    return bundle


def change_bundle(session: Session, bundle_id: int, values: BundleValues, lines: Sequence[Line], *, version: int, by: Identity, now: datetime) -> Bundle:
    """Change a draft: its values and all of its lines. Stale when somebody saved in between."""
    bundle = hold(session, bundle_id, "change", by)
    if bundle.version != version:
        raise Stale(current=bundle)
    may_write(by, values.body_id)
    before = {name: getattr(bundle, name) for name in _settled(session, values)}
    for name, value in _settled(session, values).items():
        setattr(bundle, name, value)
    items = select(BundleItem.id).where(BundleItem.bundle_id == bundle.id)
    session.execute(delete(BundleAgency).where(BundleAgency.item_id.in_(items)))
    session.execute(delete(BundleItem).where(BundleItem.bundle_id == bundle.id))
    _add(session, bundle, lines)
    return finish(session, bundle, "change", by=by, now=now, changes={name: (old, getattr(bundle, name)) for name, old in before.items()})


def submit(session: Session, bundle_id: int, *, by: Identity, now: datetime) -> Bundle:
    """Hand a draft to the one who approves; refused when its lines are not fit (R1: one level, one lead agency)."""
    bundle = hold(session, bundle_id, "submit", by)
    lines = items_of(session, bundle.id)
    if not lines:
        raise RuleBroken(say("Tập hợp này chưa có nội dung nào."))
    if bundle.kind == TRANSFER:
        _check_fit(session, [(line.subject_kind, line.subject_id) for line in lines])
    bundle.submitted_at = now
    return finish(session, bundle, "submit", by=by, now=now)


def approve(session: Session, bundle_id: int, *, by: Identity, now: datetime) -> Bundle:
    """Approve a bundle that somebody else prepared."""
    bundle = hold(session, bundle_id, "approve", by)
    if by.user_id is not None and bundle.made_by == by.user_id:
        raise RuleBroken(say("Người soạn không tự duyệt: cần một người khác xem."))
    bundle.approved_by, bundle.approved_at = by.user_id, now
    return finish(session, bundle, "approve", by=by, now=now)


def send_back(session: Session, bundle_id: int, *, reason: str, by: Identity, now: datetime) -> Bundle:
    """Back to the one who prepared it, with what is to be mended."""
    wanted(reason=reason)
    bundle = hold(session, bundle_id, "send_back", by)
    bundle.approved_by = bundle.approved_at = bundle.submitted_at = None
    bundle.remark = reason
    return finish(session, bundle, "send_back", by=by, now=now, reason=reason)


def cancel(session: Session, bundle_id: int, *, reason: str, by: Identity, now: datetime) -> Bundle:
    """Give a bundle up; its subjects are free for another."""
    wanted(reason=reason)
    bundle = hold(session, bundle_id, "cancel", by)
    bundle.remark = reason
    return finish(session, bundle, "cancel", by=by, now=now, reason=reason)


# -- shared with letters.py ------------------------------------------------------------------------------------------------


def hold(session: Session, bundle_id: int, move: str, by: Identity) -> Bundle:
    """The bundle, held for writing, once `by` may make the move; NotFound, NotAllowed, WrongState."""
    query = select(Bundle).where(Bundle.id == bundle_id).with_for_update(of=Bundle).execution_options(populate_existing=True)
    bundle = session.scalar(query)
    if bundle is None:
        raise NotFound(say("Không có tập hợp này."))
    may_write(by, bundle.body_id)
    BUNDLING.target(move, bundle.state, by)
    return bundle


def finish(
    session: Session, bundle: Bundle, move: str, *, by: Identity, now: datetime, changes: dict[str, tuple[Any, Any]] | None = None, reason: str | None = None
) -> Bundle:
    """Put the bundle where the move leads, and note it; its subjects are indexed anew."""
    before, bundle.state = bundle.state, BUNDLING.target(move, bundle.state, by)
    bundle.version += 1
    noted = {name: pair for name, pair in (changes or {}).items() if pair[0] != pair[1]}
    if before != bundle.state:
        noted["state"] = (before, bundle.state)
    session.flush()
    record(session, f"bundle.{move}", (KIND, bundle.id), by=by, now=now, changes=noted, reason=reason)
    about = [(line.subject_kind, line.subject_id) for line in items_of(session, bundle.id)]
    subjects.changed(session, about, act=f"bundle.{move}", by=by, now=now)
    promise_all(session, INDEX, about, now=now)
    return bundle


def items_of(session: Session, bundle_id: int) -> Sequence[BundleItem]:
    """The lines of a bundle, in order."""
    query = select(BundleItem).where(BundleItem.bundle_id == bundle_id).order_by(BundleItem.position, BundleItem.id)
    return session.scalars(query.limit(MOST_LINES)).all()


def _settled(session: Session, values: BundleValues) -> dict[str, Any]:
    """The columns of a bundle, with what follows from level and kind filled in."""
    wanted(title=values.title)
    body = session.get(Body, values.body_id)
    if body is None:
        raise NotFound
    way = bundling.route(values.level, values.kind, values.recipient_kind)
    columns = {name: getattr(values, name) for name in BundleValues.__dataclass_fields__}
    columns |= {"recipient_kind": way.recipient_kind, "annex": way.annex}
    columns["rule_code"] = values.rule_code or ("qh_answer" if body.kind == DELEGATION else "hdnd_answer")
    if way.recipient_kind == UBND_OFFICE and values.recipient_agency_id is None:
        columns["recipient_agency_id"] = session.scalar(select(Agency.id).where(Agency.code == UBND_OFFICE_CODE))
    if way.recipient_kind == NA_DELEGATION and values.recipient_body_id is None:
        columns["recipient_body_id"] = session.scalar(select(Body.id).where(Body.kind == DELEGATION).order_by(Body.id).limit(1))
    if way.recipient_kind == DEPUTY_GROUP and values.recipient_group_id is None:
        raise Invalid({"recipient_group_id": [say("Hãy chọn Tổ đại biểu nhận công văn.")]})
    return columns


def _add(session: Session, bundle: Bundle, lines: Sequence[Line]) -> None:
    keys = [(line.subject_kind, line.subject_id) for line in lines]
    if len(set(keys)) < len(keys):
        raise Invalid({"lines": [say("Một nội dung có hai lần trong tập hợp.")]})
    if len(lines) > MOST_LINES:
        raise Invalid({"lines": [say("Nhiều nhất {n} nội dung trong một tập hợp.", n=MOST_LINES)]})
    if bundle.kind == TRANSFER:
        _check_led(lines)
        _check_fit(session, keys)
        _check_free(session, bundle, lines)
    items = [
        BundleItem(bundle_id=bundle.id, position=place, subject_kind=line.subject_kind, subject_id=line.subject_id, note=line.note)
        for place, line in enumerate(lines, 1)
    ]
    session.add_all(items)
    session.flush()
    for item, line in zip(items, lines, strict=True):
        together = [agency for agency in dict.fromkeys(line.together) if agency != line.lead]
        if line.lead is not None:
            session.add(BundleAgency(item_id=item.id, agency_id=line.lead, part=LEAD))
        session.add_all(BundleAgency(item_id=item.id, agency_id=agency, part=WITH) for agency in together)
    session.flush()


def _check_led(lines: Sequence[Line]) -> None:
    if any(line.lead is None for line in lines):
        raise Invalid({"lines": [say("Có nội dung chưa rõ cơ quan chủ trì.")]})


def _check_fit(session: Session, keys: Sequence[tuple[str, int]]) -> None:
    """Invalid when the subjects' room says that some cannot be transferred yet."""
    wrong = []
    for port in subjects.kinds():
        ids = [number for kind, number in keys if kind == port.kind]
        found = port.check(session, ids) if ids else {}
        names = port.captions(session, list(found)) if found else {}
        wrong += [say("{code}: {why}", code=names[number].code if number in names else number, why=why) for number, why in sorted(found.items())]
    if wrong:
        raise Invalid({"lines": wrong})


def _check_free(session: Session, bundle: Bundle, lines: Sequence[Line]) -> None:
    """Conflict when a subject waits in another bundle, or the agency owes it already."""
    waiting = exists().where(BundleItem.bundle_id == Bundle.id, Bundle.id != bundle.id, Bundle.kind == TRANSFER, Bundle.state.in_(BUSY))
    for kind in {line.subject_kind for line in lines}:
        ids = [line.subject_id for line in lines if line.subject_kind == kind]
        taken = session.scalars(select(BundleItem.subject_id).where(BundleItem.subject_kind == kind, BundleItem.subject_id.in_(ids), waiting)).all()
        owed = session.execute(select(Duty.subject_id, Duty.agency_id).where(Duty.subject_kind == kind, Duty.subject_id.in_(ids), Duty.state.not_in(ENDED)))
        pairs = {(number, agency) for number, agency in owed}
        twice = [line.subject_id for line in lines if {(line.subject_id, agency) for agency in (line.lead, *line.together) if agency} & pairs]
        if both := sorted({*taken, *twice}):
            names = subjects.captions(session, [(kind, number) for number in both])
            codes = ", ".join(names[kind, number].code for number in both)
            raise Conflict(say("Đã nằm trong một tập hợp khác, hoặc đã giao chính cơ quan này: {codes}.", codes=codes))


BUSY = (bundling.DRAFT, bundling.SUBMITTED, bundling.APPROVED)
