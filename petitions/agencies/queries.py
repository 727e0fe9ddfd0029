"""Every SELECT of the agencies, and the directory of a process: built once per edition of agencies and areas."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.directory import Directory, Entry, Heir, Succession
from petitions.agencies.models import Agency, AgencyAlias, AgencyEdition, AgencySuccession
from petitions.areas import queries as areas
from petitions.areas.models import AreaEdition
from petitions.core.errors import NotFound
from petitions.core.words import say

EDITION = 1
EDITIONS_KEPT = 4
_kept: "OrderedDict[tuple[str, str], Directory]" = OrderedDict()
_lock = Lock()


def directory(session: Session) -> Directory:
    """The directory of the present edition. One short SELECT when it is already built."""
    own = select(AgencyEdition.token).where(AgencyEdition.id == EDITION).scalar_subquery()
    token, ground = session.execute(select(own, select(AreaEdition.token).where(AreaEdition.id == areas.EDITION).scalar_subquery())).one()
    if token is None or ground is None or session.new or session.dirty:
        return _build(session)
    with _lock:
        if (token, ground) in _kept:
            _kept.move_to_end((token, ground))
            return _kept[token, ground]
    built = _build(session).warm()
    with _lock:
        _kept[token, ground] = built
        while len(_kept) > EDITIONS_KEPT:
            _kept.popitem(last=False)
    return built


def _build(session: Session) -> Directory:
    aliases: dict[int, list[str]] = {}
    for agency_id, words in session.execute(select(AgencyAlias.agency_id, AgencyAlias.words).order_by(AgencyAlias.id)):
        aliases.setdefault(agency_id, []).append(words)
    a, s = Agency, AgencySuccession
    columns = (a.id, a.code, a.name, a.short_name, a.kind, a.level, a.valid_from, a.valid_to, a.unit_id, a.district_id, a.confirmed)
    entries = [Entry(*row, aliases=tuple(aliases.get(row.id, ()))) for row in session.execute(select(*columns).order_by(a.id))]
    rows = session.execute(select(s.old_id, s.new_id, s.on, s.share, s.basis, s.confirmed).order_by(s.id))
    return Directory.of(entries, [Succession(*row) for row in rows], areas.gazetteer(session))


# -- what other rooms ask -------------------------------------------------------------------------------------------------


def living_successors(session: Session, agency_id: int, on: date) -> tuple[Heir, ...]:
    """Who stands in for the agency on `on`, with date, share and basis; itself while it lives."""
    return directory(session).living_successors(agency_id, on)


def agency_name(session: Session, agency_id: int) -> str:
    """The agency's name."""
    return directory(session).agencies[agency_id].name


def agencies_on(session: Session, day: date, level: str | None = None) -> list[Entry]:
    """Agencies that live on `day`, city bodies first, then by name."""
    known = directory(session)
    found = [entry for entry in known.agencies.values() if entry.lives(day) and (level is None or entry.level == level)]
    return sorted(found, key=lambda entry: known.sort_key(entry.id))


def id_of_code(session: Session, code: str) -> int:
    """The id of an agency by its own stable code; NotFound when there is none."""
    found = session.scalar(select(Agency.id).where(Agency.code == code))
    if found is None:
        raise NotFound(say("Không có cơ quan mang mã «{code}».", code=code))
    return found


# -- rows for the pages and for editing -----------------------------------------------------------------------------------


def agency(session: Session, agency_id: int) -> Agency:
    """The row of an agency; NotFound."""
    row = session.get(Agency, agency_id)
    if row is None:
        raise NotFound(say("Không có cơ quan này."))
    return row


def aliases_of(session: Session, agency_id: int) -> Sequence[AgencyAlias]:
    """Other names of an agency, by their words."""
    return session.scalars(select(AgencyAlias).where(AgencyAlias.agency_id == agency_id).order_by(AgencyAlias.words, AgencyAlias.id).limit(200)).all()
