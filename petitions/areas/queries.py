"""Every SELECT of the areas, and the gazetteer of a process: built once per edition of the tables, shared by all requests."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.areas import outside
from petitions.areas.gazetteer import Change, Gazetteer, Place, Step
from petitions.areas.models import AdminUnit, AreaAlias, AreaEdition, District, UnitChange
from petitions.core.errors import NotFound
from petitions.core.words import say

EDITION = 1
EDITIONS_KEPT = 4
# The lists of 579 units are those of the term that began in 2021; before that day they are not vouched for.
TERM_BEGAN = date(2021, 1, 1)
_kept: "OrderedDict[str, Gazetteer]" = OrderedDict()
_lock = Lock()


def gazetteer(session: Session) -> Gazetteer:
    """The gazetteer of the present edition. One short SELECT when it is already built; a few and ~20 ms when it is not."""
    token = session.scalar(select(AreaEdition.token).where(AreaEdition.id == EDITION))
    if token is None or session.new or session.dirty:
        return _build(session)
    with _lock:
        if token in _kept:
            _kept.move_to_end(token)
            return _kept[token]
    built = _build(session)
    with _lock:
        _kept[token] = built
        while len(_kept) > EDITIONS_KEPT:
            _kept.popitem(last=False)
    return built


def _build(session: Session) -> Gazetteer:
    aliases: dict[tuple[bool, int], list[str]] = {}
    for words, district_id, unit_id in session.execute(select(AreaAlias.words, AreaAlias.district_id, AreaAlias.unit_id).order_by(AreaAlias.id)):
        aliases.setdefault((True, district_id) if district_id is not None else (False, unit_id or 0), []).append(words)
    d, u, c = District, AdminUnit, UnitChange
    districts = [
        Place(*row, is_district=True, aliases=tuple(aliases.get((True, row.id), ())))
        for row in session.execute(select(d.id, d.code, d.kind, d.name, d.valid_from, d.valid_to).order_by(d.id))
    ]
    units = [
        Place(*row[:7], confirmed=row.confirmed, aliases=tuple(aliases.get((False, row.id), ())))
        for row in session.execute(select(u.id, u.code, u.kind, u.name, u.valid_from, u.valid_to, u.district_id, u.confirmed).order_by(u.id))
    ]
    changes = [Change(*row) for row in session.execute(select(c.old_id, c.new_id, c.on, c.share, c.confirmed).order_by(c.id))]
    outside.provinces()  # read its file now, not at the first question
    return Gazetteer.of(units, districts, changes, known_from=TERM_BEGAN).warm()


# -- what other rooms ask -------------------------------------------------------------------------------------------------


def successors(session: Session, unit_id: int, on: date | None = None) -> tuple[Step, ...]:
    """The units that hold the ground of `unit_id` on `on` (the last ones when None); whole ones first."""
    return gazetteer(session).successors(unit_id, on)


def related_units(session: Session, unit_id: int) -> frozenset[int]:
    """Ids of every unit, of any generation, that shares ground with this one, itself included (for widening a search)."""
    return gazetteer(session).related(unit_id)


def unit_label(session: Session, unit_id: int, former_id: int | None = None) -> str:
    """ "xã Gia Lâm", "phường Minh Khai (Hai Bà Trưng)", "xã Gia Lâm (thị trấn Trâu Quỳ cũ)"."""
    return gazetteer(session).label_with_former(unit_id, former_id)


def district_label(session: Session, district_id: int) -> str:
    """ "quận Ba Đình"."""
    return gazetteer(session).districts[district_id].label


def units_on(session: Session, day: date, district_id: int | None = None) -> list[Place]:
    """The units that live on `day`, by name; those that hold ground of a district when one is given."""
    known = gazetteer(session)
    units = [unit for unit in known.units.values() if unit.lives(day) and (district_id is None or known.touches(unit.id, district_id))]
    return sorted(units, key=lambda unit: known.sort_key(unit.id))


def districts_all(session: Session) -> list[Place]:
    """Every district, by name."""
    return sorted(gazetteer(session).districts.values(), key=lambda district: (district.name, district.id))


def id_of_code(session: Session, code: str) -> int:
    """The id of a unit by its own stable code; NotFound when there is none."""
    found = session.scalar(select(AdminUnit.id).where(AdminUnit.code == code))
    if found is None:
        raise NotFound(say("Không có đơn vị hành chính mang mã «{code}».", code=code))
    return found


def district_id_of_code(session: Session, code: str) -> int:
    """The id of a district by its own stable code; NotFound when there is none."""
    found = session.scalar(select(District.id).where(District.code == code))
    if found is None:
        raise NotFound(say("Không có quận, huyện mang mã «{code}».", code=code))
    return found


# -- rows for the pages and for editing -----------------------------------------------------------------------------------


def unit(session: Session, unit_id: int) -> AdminUnit:
    """The row of a unit; NotFound."""
    row = session.get(AdminUnit, unit_id)
    if row is None:
        raise NotFound(say("Không có đơn vị hành chính này."))
    return row


def district(session: Session, district_id: int) -> District:
    """The row of a district; NotFound."""
    row = session.get(District, district_id)
    if row is None:
        raise NotFound(say("Không có quận, huyện này."))
    return row


def changes_of(session: Session, unit_id: int) -> tuple[Sequence[UnitChange], Sequence[UnitChange]]:
    """(changes into this unit, changes out of it), oldest first."""
    into = session.scalars(select(UnitChange).where(UnitChange.new_id == unit_id).order_by(UnitChange.on, UnitChange.id).limit(500)).all()
    out = session.scalars(select(UnitChange).where(UnitChange.old_id == unit_id).order_by(UnitChange.on, UnitChange.id).limit(500)).all()
    return into, out
