"""Entering petitions and correcting them. Each act writes the journal and promises the index in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.words import say
from petitions.intake import numbering
from petitions.intake.changes import COLUMNS, between, picture
from petitions.intake.lists import Lists
from petitions.intake.models import ExternalReference, ImportedAnswer, Petition, PetitionAgency, Petitioner
from petitions.intake.numbering import Series
from petitions.intake.placing import Atlas, Placing, place
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.queries.places import series_names
from petitions.intake.queries.reading import by_token, locked
from petitions.intake.values import PetitionerValues, PetitionValues
from petitions.intake.workflow import CLASSIFIED, DIVERTED, DRAFT, MUST_BE_CLASSIFIED, REGISTERED
from petitions.journal.actions import record
from petitions.outbox.actions import promise, promise_all

KIND = "petition"
INDEX = "index"


@dataclass(frozen=True, slots=True)
class Context:
    """What entering needs to know, read once: places, roll and lists."""

    atlas: Atlas
    lists: Lists

    @classmethod
    def read(cls, session: Session) -> "Context":
        """The context as it stands in the database."""
        return cls(read_atlas(session), read_lists(session))


def save_draft(session: Session, values: PetitionValues, *, by: Identity, now: datetime, key: str, form_token: str | None = None) -> Petition:
    """Enter one petition as a draft of `by`; `key` seals petitioners in the journal.

    `form_token`: the same form sent twice gives the petition that the first sending made. Raises Invalid, NotAllowed.
    """
    if form_token and (known := by_token(session, form_token, by)):
        return known
    try:
        with session.begin_nested():
            [petition] = add_all(session, [values], state=DRAFT, by=by, now=now, key=key, form_token=form_token)
    except IntegrityError:
        known = by_token(session, form_token, by) if form_token else None
        if known is None:
            raise
        return known
    return petition


def add_all(
    session: Session,
    many: Sequence[PetitionValues],
    *,
    state: str | None,
    by: Identity,
    now: datetime,
    key: str,
    act: str = "petition.enter",
    reason: str | None = None,
    import_batch_id: int | None = None,
    form_token: str | None = None,
    context: Context | None = None,
    placings: Sequence[Placing] | None = None,
) -> list[Petition]:
    """Enter many petitions at once, in order (import, demo): few statements, a journal line and an index promise for each.

    `state` None: as far as its values allow (classified when group, field and level are known, else registered). What needs a permission
    of its own (accepting) is the caller's to check. `placings`: what `place` gave for each, where the caller has asked already (an import
    does so before its transaction begins). Raises NotAllowed for a body outside `by`'s scope.
    """
    known = context or Context.read(session)
    found = placings or [place(known.atlas, completed(values, known.lists), today=clock.day_of(now)) for values in many]
    placed = list(zip(many, found, strict=True))
    petitions = [Petition() for _ in placed]
    codes = _codes(session, [_series(values, placing) for values, placing in placed])
    for petition, code, (values, placing) in zip(petitions, codes, placed, strict=True):
        may_write(by, values.body_id)
        petition.code = code
        _write(petition, completed(values, known.lists), placing, by=by)
        petition.state = state or furthest(petition)
        petition.entered_by, petition.entered_by_name = by.user_id, by.name
        petition.created_at = petition.updated_at = now
        petition.listed_on = petition.dated_on or clock.day_of(now)
        if petition.state in (REGISTERED, CLASSIFIED):
            petition.accepted_at, petition.accepted_by = now, by.user_id
        petition.import_batch_id, petition.form_token = import_batch_id, form_token
    session.add_all(petitions)
    session.flush()
    for petition in petitions:
        record(session, act, (KIND, petition.id), by=by, now=now, changes={"state": (None, petition.state)}, reason=reason)
    promise_all(session, INDEX, [(KIND, petition.id) for petition in petitions], now=now)
    return petitions


def correct(
    session: Session,
    petition_id: int,
    values: PetitionValues,
    *,
    version: int | None,
    by: Identity,
    now: datetime,
    key: str,
    act: str = "petition.correct",
    reason: str | None = None,
    context: Context | None = None,
) -> Petition:
    """Write `values` over petition `petition_id`; its code stays. Nothing is written when nothing differs.

    `version` is the one the editor saw: another one raises Stale with the petition as it stands (None: an import's update, which asks
    elsewhere). Imported answers are left alone unless `values` bring some.
    """
    petition = locked(session, petition_id)
    may_write(by, petition.body_id)
    may_write(by, values.body_id)
    if petition.state == DIVERTED:
        raise RuleBroken(say("Kiến nghị đã chuyển đơn thư, không sửa được. Hãy đưa về sổ trước."))
    if version is not None and version != petition.version:
        raise Stale(current=petition)
    known = context or Context.read(session)
    before = picture(petition, key=key)
    full = completed(values, known.lists)
    _write(petition, full, place(known.atlas, full, today=clock.day_of(now)), by=by, keep_answers=not values.answers)
    if petition.state in MUST_BE_CLASSIFIED and furthest(petition) != CLASSIFIED:
        raise RuleBroken(say("Kiến nghị đã phân loại phải có đủ nhóm báo cáo, lĩnh vực và thẩm quyền."))
    changes = between(before, picture(petition, key=key))
    petition.listed_on = petition.dated_on or clock.day_of(petition.created_at)
    if changes:
        touch(petition, now)
        session.flush()
        record(session, act, (KIND, petition.id), by=by, now=now, changes=changes, reason=reason)
        promise(session, INDEX, (KIND, petition.id), now=now)
    return petition


def touch(petition: Petition, now: datetime) -> None:
    """Note that the petition was written now: editors who saw it before are stale."""
    petition.version += 1
    petition.updated_at = now


def may_write(by: Identity, body_id: int) -> None:
    """Raises NotAllowed unless `by` stands for the body (the system, which imports and fills the demo office, stands for all)."""
    if by is not SYSTEM and by.user_id is not None and body_id not in by.scope("body"):
        raise NotAllowed(say("Bạn không phụ trách kiến nghị gửi cơ quan này."))


def furthest(petition: Petition) -> str:
    """Classified when group, field and level are known, else registered (domain 9.3 R1)."""
    return CLASSIFIED if petition.report_group and petition.field_id and petition.level else REGISTERED


def completed(values: PetitionValues, lists: Lists) -> PetitionValues:
    """`values` with what follows from the lists: the field's report group, the origin's channel and timing."""
    more: dict[str, object] = {}
    field = lists.fields.get(values.field_id) if values.field_id else None
    origin = lists.origins.get(values.origin) if values.origin else None
    if field is not None and values.report_group is None:
        more["report_group"] = field.report_group
    if origin is not None and values.channel is None:
        more["channel"] = origin.channel
    if origin is not None and values.timing is None and origin.timing:
        more["timing"] = origin.timing
    return replaced(values, more)


def replaced(values: PetitionValues, more: Mapping[str, object]) -> PetitionValues:
    """A copy of `values` with `more` written over it."""
    if not more:
        return values
    own = {name: getattr(values, name) for name in PetitionValues.__dataclass_fields__}
    return PetitionValues(**{**own, **more})


def _series(values: PetitionValues, placing: Placing) -> Series:
    if placing.term_id is None:
        raise Invalid({"body_id": [say("Cơ quan này chưa có nhiệm kỳ nào. Hãy khai báo nhiệm kỳ trước.")]})
    return Series(values.body_id, placing.term_id, 0 if placing.outside else placing.constituency_number)


def _codes(session: Session, wanted: Sequence[Series]) -> list[str]:
    names = series_names(session, {series.term_id for series in wanted})
    numbers = numbering.allot_all(session, wanted)
    return [
        numbering.code(body=names[series.term_id][0], term=names[series.term_id][1], constituency=series.constituency, number=number)
        for series, number in zip(wanted, numbers, strict=True)
    ]


def _write(petition: Petition, values: PetitionValues, placing: Placing, *, by: Identity, keep_answers: bool = False) -> None:
    resolved = (petition.unit_id, petition.district_id, petition.unit_resolution)
    for name in COLUMNS:
        if hasattr(values, name):
            setattr(petition, name, getattr(values, name))
    petition.original_text = values.text
    petition.as_written = dict(values.as_written)
    if values.digest is not None:
        petition.digest = values.digest
    petition.dated_on = placing.days.dated_on
    petition.term_id = placing.term_id or petition.term_id
    petition.unit_id, petition.district_id, petition.unit_resolution = placing.unit_id, placing.district_id, placing.unit_resolution
    petition.constituency_id, petition.constituency_basis, petition.outside = placing.constituency_id, placing.constituency_basis, placing.outside
    if (petition.unit_id, petition.district_id, petition.unit_resolution) != resolved:
        petition.unit_resolved_by = by.user_id if petition.unit_resolution == "clerk" else None
    _parts(petition, values, keep_answers=keep_answers)


def _parts(petition: Petition, values: PetitionValues, *, keep_answers: bool) -> None:
    if values.petitioners is not None:
        write_petitioners(petition, values.petitioners)
    standing = {(row.system, row.reference): row for row in petition.references}
    kept = []
    for given in values.references:
        row = standing.get((given.system, given.reference)) or ExternalReference(system=given.system, reference=given.reference)
        row.url = given.url
        kept.append(row)
    petition.references = kept
    for n, one in enumerate(values.agencies):
        named = petition.agencies[n] if n < len(petition.agencies) else PetitionAgency()
        named.position, named.agency_id, named.as_written, named.part = n, one.agency_id, one.as_written, one.part
        if n >= len(petition.agencies):
            petition.agencies.append(named)
    del petition.agencies[len(values.agencies) :]
    if not keep_answers:
        petition.answers = [
            ImportedAnswer(
                position=n,
                number=row.number,
                answered_on=row.answered_on,
                answered_as_written=row.answered_as_written,
                text=row.text,
                class_as_written=row.class_as_written,
                answer_class=row.answer_class,
            )
            for n, row in enumerate(values.answers)
        ]


def write_petitioners(petition: Petition, persons: Sequence[PetitionerValues]) -> None:
    """Put `persons` in the place of the petitioners there are, if they differ."""
    given = [(row.name, row.address, row.phone) for row in persons]
    if given != [(row.name, row.address, row.phone) for row in petition.petitioners]:
        petition.petitioners = [Petitioner(position=n, name=row.name, address=row.address, phone=row.phone) for n, row in enumerate(persons)]


def reference_taken(session: Session, values: PetitionValues, *, but: int | None = None) -> str | None:
    """The code of another petition that already bears one of these external references."""
    for row in values.references:
        query = select(Petition.code).join(ExternalReference, ExternalReference.petition_id == Petition.id)
        query = query.where(ExternalReference.system == row.system, ExternalReference.reference == row.reference, Petition.id != (but or 0))
        if code := session.scalar(query.limit(1)):
            return code
    return None
