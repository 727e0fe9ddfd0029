"""A petition as the search sees it. Never a petitioner's name, address or phone; of what was diverted only the stub.

Old and new names of its place both find it: units that shared ground are filter values, and `kin` knows their names.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only, selectinload

from petitions.agencies import queries as agency_queries
from petitions.agencies.models import Agency
from petitions.core.dates import format_day
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.intake import attachments, facet_words, kin, meaning, suggesting
from petitions.intake.details import met_words
from petitions.intake.following.queries import Followed, followed
from petitions.intake.lists import Lists
from petitions.intake.models import ExternalReference, ImportedAnswer, Petition
from petitions.intake.placing import Atlas
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.queries.reading import AUDITOR, sees_drafts
from petitions.intake.queries.verdicts import state_tone, state_words, verdict
from petitions.intake.workflow import DIVERTED, DRAFT, FOLLOWED, IN_REGISTER, STATES
from petitions.outbox import actions as outbox
from petitions.search.documents import AGENCY, ANSWER, ATTACHMENT, BODY, CODE, FIELD, PLACE, SUMMARY, SearchDocument
from petitions.search.feeding import TOPIC
from petitions.search.lexicon import Lexicon
from petitions.search.sources import EVERYTHING, NOTHING, Caption, Condition, Facet, Labels, Scope, SubjectSource

KIND = "petition"
PARTS = (selectinload(Petition.references), selectinload(Petition.agencies), selectinload(Petition.answers))
SHOWN = (  # what a hit shows, and nothing more
    load_only(
        *(Petition.code, Petition.state, Petition.summary, Petition.original_text, Petition.unit_id, Petition.place_words, Petition.constituency_id),
        *(Petition.received_on, Petition.dated_on, Petition.met_on, Petition.met_as_written),
    ),
    selectinload(Petition.references).load_only(ExternalReference.reference),
    selectinload(Petition.answers).load_only(ImportedAnswer.text),
)
COLOURS = {"quiet": "grey", "act": "blue", "near": "amber", "done": "green"}
NOT_SENT = Followed()
TITLE = 300
LOOKED_AT = 20_000  # letters of its documents among which a hit's excerpt is looked for


class Petitions(SubjectSource):
    """Petitions for the search room."""

    kind = KIND
    permission = Permission.PETITION_READ
    browse = ((say("Xem sổ kiến nghị"), "/petitions"),)
    facets = (
        Facet("constituency", say("Đơn vị bầu cử"), ("đvbc", "đơn vị", "đơn vị bầu cử", "constituency")),
        Facet("unit", say("Xã, phường"), ("xã", "phường", "địa bàn", "unit", "ward")),
        Facet("field", say("Lĩnh vực"), ("lĩnh vực", "field")),
        Facet("level", say("Thẩm quyền"), ("thẩm quyền", "cấp", "level")),
        Facet("state", say("Trạng thái"), ("trạng thái", "state", "status")),
        Facet("agency", say("Cơ quan giải quyết"), ("cơ quan", "agency")),
        Facet("session", say("Kỳ họp"), ("kỳ họp", "session")),
        Facet("origin", say("Nguồn"), ("nguồn", "origin", "source"), shown=False),
        Facet("timing", say("Trước, sau kỳ họp"), ("đợt", "timing"), shown=False),
        Facet("group", say("Nhóm báo cáo"), ("nhóm", "group"), shown=False),
        Facet("body", say("Cơ quan nhận"), ("gửi", "body"), shown=False),
    )

    def load(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        """The documents of `ids`; deleted drafts are left out."""
        rows = session.scalars(select(Petition).where(Petition.id.in_(ids), Petition.deleted_at.is_(None)).options(*PARTS)).all()
        known = followed(session, [row.id for row in rows if row.state in FOLLOWED])
        named = {part.agency_id for row in rows for part in row.agencies if part.agency_id}
        agencies = _agencies(session, named | {number for one in known.values() for number in one.owing})
        lists, atlas = read_lists(session), read_atlas(session)
        read = attachments.found_texts_of(session, [row.id for row in rows])
        return [document(row, lists=lists, atlas=atlas, agencies=agencies, sent=known.get(row.id, NOT_SENT), attached=read.get(row.id, "")) for row in rows]

    def all_ids(self, session: Session, after: int, limit: int) -> list[int]:
        """Ids behind `after`, ascending."""
        query = select(Petition.id).where(Petition.id > after, Petition.deleted_at.is_(None)).order_by(Petition.id).limit(limit)
        return list(session.scalars(query))

    def count(self, session: Session) -> int | None:
        """How many there are."""
        return session.scalar(select(func.count()).select_from(Petition).where(Petition.deleted_at.is_(None)))

    def scope(self, session: Session, identity: Identity) -> Scope:
        """What `identity` may find; the same rule as `queries.reading.visible`."""
        if identity is SYSTEM:
            return EVERYTHING
        if not identity.may(self.permission):
            return NOTHING
        if AUDITOR in identity.roles:
            return EVERYTHING
        ways: list[Condition] = []
        if bodies := identity.scope("body"):
            states = STATES if sees_drafts(identity) else set(STATES) - {DRAFT}
            ways.append({"body": _words(bodies), "state": frozenset(states)})
        if agencies := identity.scope("agency"):
            ways.append({"agency": _words(agencies), "state": IN_REGISTER})
        return Scope(tuple(ways))

    def mine(self, session: Session, identity: Identity) -> Condition:
        """A delegate's own constituencies; an agency's own items."""
        if constituencies := identity.scope("constituency"):
            return {"constituency": _words(constituencies)}
        return {}

    def external_ids(self, session: Session) -> Iterable[str]:
        """By one SELECT."""
        return session.scalars(select(ExternalReference.reference).join(Petition).where(Petition.deleted_at.is_(None)))

    def lexicons(self, session: Session) -> Sequence[Lexicon]:
        """Former and later names of places and agencies."""
        return (kin.lexicon(read_atlas(session).gazetteer, agency_queries.directory(session)),)

    def named(self, session: Session, text: str) -> Condition:
        """The fields that words of the query name; the same rule that suggests a field for a petition."""
        fields = suggesting.fields_for(text, read_lists(session))
        return {"field": frozenset(str(one.field.id) for one in fields)} if fields else {}

    def vocabulary(self, session: Session) -> Sequence[tuple[str, Message]]:
        """Places, agencies and fields."""
        return kin.names(read_atlas(session).gazetteer, agency_queries.directory(session), read_lists(session))

    def captions(self, session: Session, ids: Sequence[int]) -> Mapping[int, Caption]:
        """How the hits are shown, as the rows stand now."""
        rows = session.execute(select(Petition, verdict()).where(Petition.id.in_(ids), Petition.deleted_at.is_(None)).options(*SHOWN)).all()
        atlas = read_atlas(session)
        read = attachments.texts_of(session, [row.id for row, _held in rows], most=LOOKED_AT)
        return {row.id: _caption(row, atlas, read.get(row.id, ""), held) for row, held in rows}

    def labels(self, session: Session, wanted: Mapping[str, Sequence[str]]) -> Labels:
        """Facet values in words."""
        return facet_words.labels(session, wanted)

    def resolve(self, session: Session, facet: str, text: str) -> Sequence[str]:
        """What a person meant: a number for a constituency (of the newest term that has it on its list), names for the rest."""
        if facet == "constituency":
            return meaning.constituencies(session, read_atlas(session), text)
        if facet == "unit":
            return meaning.units(read_atlas(session), text)
        lists = read_lists(session)
        if facet == "field":
            number = int(text) if text.isdigit() else lists.find_field(text)
            return (str(number),) if number in lists.fields else meaning.like(text, {str(n): node.name for n, node in lists.fields.items()})
        if facet in ("level", "origin"):
            code = text if text in lists.levels or text in lists.origins else (lists.find_level(text) if facet == "level" else lists.find_origin(text))
            return (code,) if code else ()
        if facet == "state":
            return (text,) if text in STATES else meaning.like(text, {state: str(word) for state, word in STATES.items()})
        if facet == "agency" and not text.isdigit():
            rows = session.execute(select(Agency.id, Agency.name, Agency.short_name).order_by(Agency.id).limit(5000))
            return meaning.like(text, {str(number): f"{name} {short or ''}" for number, name, short in rows})
        return (text,)


def units_changed(session: Session, unit_ids: Collection[int], now: datetime) -> None:
    """Units are called otherwise or share other ground: have the petitions of these places indexed anew, in the transaction of that change."""
    ids = session.scalars(select(Petition.id).where(Petition.unit_id.in_(sorted(unit_ids)), Petition.deleted_at.is_(None)).order_by(Petition.id))
    outbox.promise_all(session, TOPIC, [(KIND, number) for number in ids], now=now)


def document(row: Petition, *, lists: Lists, atlas: Atlas, agencies: Mapping[int, str], sent: Followed = NOT_SENT, attached: str = "") -> SearchDocument:
    """One petition with its parts loaded."""
    external = row.references[0].reference if row.references else None
    diverted = row.state == DIVERTED
    codes = " ".join([row.code, *(reference.reference for reference in row.references)])
    texts = {CODE: codes, PLACE: _place(row, atlas)}
    if not diverted:
        texts |= {
            SUMMARY: row.summary,
            BODY: row.original_text,
            ANSWER: "\n".join([*(answer.text for answer in row.answers if answer.text), *sent.answers]),
            ATTACHMENT: attached,
            FIELD: _field_words(row, lists),
            AGENCY: "; ".join(dict.fromkeys([*_agency_words(row, agencies), *(agencies[number] for number in sent.owing if number in agencies)])),
        }
    return SearchDocument(
        kind=KIND,
        subject_id=row.id,
        code=row.code,
        external_id=external,
        texts={part: text for part, text in texts.items() if text},
        filters={name: values for name, values in _filters(row, lists, atlas, sent).items() if values},
        received_on=row.received_on or row.dated_on,
    )


def _filters(row: Petition, lists: Lists, atlas: Atlas, sent: Followed) -> dict[str, tuple[str, ...]]:
    units = sorted(atlas.related(row.unit_id))
    field = lists.fields.get(row.field_id) if row.field_id else None
    timing = ("before", "after") if row.timing == "both" else (row.timing,)
    return {
        "body": (str(row.body_id),),
        "constituency": _some(row.constituency_id),
        "unit": tuple(str(number) for number in units),
        "field": tuple(str(number) for number in field.path) if field else (),
        "group": _some(row.report_group),
        "level": _some(row.level),
        "state": (row.state,),
        "agency": tuple(dict.fromkeys(str(number) for number in (*(part.agency_id for part in row.agencies), *sent.owing) if number)),
        "session": _some(row.council_session_id),
        "origin": _some(row.origin),
        "timing": tuple(word for word in timing if word),
    }


def _some(value: object) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _words(ids: Collection[int]) -> frozenset[str]:
    return frozenset(str(number) for number in ids)


def _place(row: Petition, atlas: Atlas) -> str:
    said = [row.place_words, atlas.unit(row.unit_id, full=True) or atlas.district(row.district_id)]
    return "; ".join(dict.fromkeys(word for word in said if word))


def _field_words(row: Petition, lists: Lists) -> str:
    written = row.as_written.get("field", "")
    field = lists.fields.get(row.field_id) if row.field_id else None
    names_of = [lists.fields[number].name for number in field.path] if field else []
    return "; ".join(dict.fromkeys(word for word in [*names_of, written] if word))


def _agency_words(row: Petition, agencies: Mapping[int, str]) -> list[str]:
    said = [word for part in row.agencies for word in (part.as_written, agencies.get(part.agency_id or 0, "")) if word]
    return list(dict.fromkeys(said))


def _agencies(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    rows = session.execute(select(Agency.id, Agency.name, Agency.short_name).where(Agency.id.in_(sorted(ids))))
    return {number: f"{name} ({short})" if short else name for number, name, short in rows}


def title_of(row: Petition) -> str:
    """The summary, else the beginning of the wording; of a diverted paper only that it was diverted."""
    if row.state == DIVERTED:
        return str(say("Đã chuyển đơn thư"))
    return row.summary or (row.original_text if len(row.original_text) <= TITLE else row.original_text[:TITLE].rsplit(" ", 1)[0] + " …")


def _caption(row: Petition, atlas: Atlas, attached: str, held: int | None) -> Caption:
    constituency = atlas.roll.constituencies.get(row.constituency_id or 0)
    place = atlas.unit(row.unit_id) or row.place_words
    texts = {} if row.state == DIVERTED else {SUMMARY: row.summary, BODY: row.original_text, ANSWER: "\n".join(answer.text for answer in row.answers)}
    if row.state != DIVERTED and attached:
        texts[ATTACHMENT] = attached
    return Caption(
        url=f"/petitions/{row.code}",
        code=row.code,
        external_id=row.references[0].reference if row.references else None,
        title=title_of(row),
        place=place,
        constituency=str(constituency.number) if constituency else None,
        constituency_label=str(constituency.label) if constituency else "",
        state=row.state,
        state_label=state_words(row.state, held),
        tone=COLOURS[state_tone(row.state, held)],
        received_on=row.received_on or row.dated_on,
        days=_days(row),
        texts=texts,
    )


def _days(row: Petition) -> list[tuple[Message, str]]:
    """The day of receipt, that of the meeting, each named; one where they are the same day is named by both."""
    met, received = met_words(row.met_on, row.met_as_written), format_day(row.received_on) if row.received_on else ""
    if met and met == received:
        return [(say("tiếp xúc, tiếp nhận"), met)]
    return [(what, day) for what, day in ((say("tiếp nhận"), received), (say("tiếp xúc"), met)) if day]
