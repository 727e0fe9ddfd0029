"""Reference data: what is publicly known of Hanoi's bodies, terms, sessions and constituencies, from petitions/council/data.

Loading again changes nothing; a row that the office has edited, ended or superseded is left as it is. Needs the areas loaded before.
"""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from petitions.areas.gazetteer import KIND_WORDS
from petitions.areas.models import AdminUnit, District, UnitChange
from petitions.core.dates import format_day
from petitions.core.errors import RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.council.actions.versions import renew
from petitions.council.drafting import Piece, draft
from petitions.council.models import DRAFT, PUBLISHED, Body, Committee, Constituency, ConstituencyUnit, CouncilSession, DeputyGroup, Provenance, Term
from petitions.journal.actions import record

DATA = resources.files("petitions.council") / "data"
UNITS_FROM = date(2025, 7, 1)
DISTRICTS_TO = UNITS_FROM - timedelta(days=1)
NEWER = "Dữ liệu tham chiếu mới"
GROUP_NAMES = {"HD": "Tổ đại biểu số {number}", "QH": "Tổ đại biểu Quốc hội đơn vị số {number}"}
Kept = TypeVar("Kept", bound=Provenance)


def load(session: Session, *, by: Identity, now: datetime) -> Mapping[str, int]:
    """Put in what is missing and bring unedited rows up to the shipped data; returns how many rows of each table changed.

    Raises RuleBroken when the areas are not loaded.
    """
    load = _Loading(session, now)
    load.bodies()
    load.sessions()
    load.constituencies()
    load.ground()
    session.flush()
    if load.changed:
        renew(session)
        record(session, "council.load_reference", ("council", 0), by=by, now=now, changes={name: (None, n) for name, n in sorted(load.changed.items())})
    return load.changed


class _Loading:
    """One run: the rows met so far by their seed."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.changed: Counter[str] = Counter()
        self.units = {row.code: row for row in session.scalars(select(AdminUnit))}
        self.districts = {row.code: row for row in session.scalars(select(District))}
        if not self.units or not self.districts:
            raise RuleBroken(say("Chưa có dữ liệu địa bàn: hãy nạp địa bàn trước khi nạp đơn vị bầu cử."))
        self.body_ids: dict[str, int] = {}
        self.terms: dict[str, Term] = {}
        self.by_district: dict[tuple[str, int], Constituency] = {}
        self.rows = self._seeded(Body, Term, CouncilSession, Committee, Constituency, ConstituencyUnit, DeputyGroup)

    def _seeded(self, *models: type[Any]) -> dict[tuple[str, str], Any]:
        return {(model.__tablename__, row.seed): row for model in models for row in self.session.scalars(select(model).where(model.seed.is_not(None)))}

    def put(self, model: type[Kept], seed: str, taken: Any = None, **values: Any) -> Kept | None:
        """The row of `seed` with `values`, unless the office edited it; a new one unless the office has its own (`taken`)."""
        table = str(model.__tablename__)  # type: ignore[attr-defined]
        row = self.rows.get((table, seed))
        if row is None:
            if taken is not None:
                return None
            row = self.rows[table, seed] = model(**values | {"seed": seed})
            self.session.add(row)
            self.session.flush()
            self.changed[table] += 1
        elif not row.edited and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            self.changed[table] += 1
        known: Kept = row
        return known

    def bodies(self) -> None:
        """Bodies, terms, committees."""
        known = json.loads((DATA / "bodies.json").read_text(encoding="utf-8"))
        for one in known["bodies"]:
            own_body = self.session.scalar(select(Body).where(Body.code == one["code"], Body.seed.is_(None)))
            body = self.put(Body, one["code"], own_body, **one) or own_body
            if body is not None:
                self.body_ids[one["code"]] = body.id
        for one in known["terms"]:
            code, number = one.pop("body"), one["number"]
            values = one | {name: _day(one[name]) for name in ("elected_on", "starts_on", "ends_on")}
            key, body_id = f"{code}-{number}", self.body_ids[code]
            own_term = self.session.scalar(select(Term).where(Term.body_id == body_id, Term.number == number, Term.seed.is_(None)))
            term = self.put(Term, key, own_term, body_id=body_id, **values) or own_term
            if term is not None:
                self.terms[key] = term
        for one in known["committees"]:
            code = one.pop("body")
            same = select(Committee).where(Committee.body_id == self.body_ids[code], Committee.code == one["code"], Committee.seed.is_(None))
            self.put(Committee, f"{code}-{one['code']}", self.session.scalar(same), body_id=self.body_ids[code], **one)

    def sessions(self) -> None:
        """Council sessions."""
        for one in _table("sessions.csv"):
            key, number = f"{one['body']}-{one['term']}", int(one["number"])
            values: dict[str, Any] = {name: _day(one[name]) for name in ("opened_on", "closed_on", "earliest_on", "latest_on")}
            values |= {name: one[name] for name in ("kind", "dates_as_known", "note", "source")} | {"confirmed": one["confirmed"] == "1"}
            term_id, own = self.terms[key].id, CouncilSession
            same = select(own).where(own.term_id == term_id, own.number == number, own.seed.is_(None))
            self.put(own, f"{key}-{number}", self.session.scalar(same), term_id=term_id, number=number, **values)

    def constituencies(self) -> None:
        """Constituencies, their groups, and the districts' lists that held until 2025-06-30."""
        for one in _table("constituencies.csv"):
            key, number = f"{one['body']}-{one['term']}", int(one["number"])
            codes = [code for code in one["districts"].split(";") if code]
            # The number of some is not known: the districts name the constituency, so that a correction of numbers is not undone here.
            seed = f"{key}-{codes[0] if codes else number}"
            held = Constituency.number == number
            taken = self.session.scalar(select(Constituency).where(Constituency.term_id == self.terms[key].id, held, Constituency.seed.is_distinct_from(seed)))
            values = {"name": one["name"], "former": one["former"] == "1", "seats": int(one["seats"]) if one["seats"] else None}
            values |= {"confirmed": one["confirmed"] == "1", "note": one["note"], "source": one["source"]}
            row = self.put(Constituency, seed, taken, term_id=self.terms[key].id, number=number, **values)
            if row is None:
                continue
            self.rows["constituency", f"{key}-{number}"] = row
            self._group(one["body"], row, seed)
            for code in codes:
                self.by_district[key, self.districts[code].id] = row
                certainty, basis = PUBLISHED, "Địa bàn: cả quận, huyện, thị xã"
                self.line(key, row, code, (date(2021, 5, 23), DISTRICTS_TO), certainty, basis, one["source"])

    def _group(self, body: str, row: Constituency, seed: str) -> None:
        if row.edited:
            return  # its number may have changed, and its group's with it
        own = DeputyGroup
        same = select(own).where(own.term_id == row.term_id, own.number == row.number, own.seed.is_distinct_from(seed))
        name = GROUP_NAMES[body].format(number=row.number)
        self.put(own, seed, self.session.scalar(same), term_id=row.term_id, number=row.number, name=name, constituency_id=row.id)

    def ground(self) -> None:
        """Lists by unit: what was seen goes first, the rest of each term that had districts by the rule, as a draft."""
        seen: set[tuple[str, str]] = set()
        for one in _table("units.csv"):
            key = f"{one['body']}-{one['term']}"
            seen.add((key, one["unit"]))
            row = self.rows.get(("constituency", f"{key}-{one['number']}"))
            if row is not None:
                self.line(key, row, one["unit"], (date.fromisoformat(one["valid_from"]), None), one["certainty"], one["basis"], one["source"])
        names = {row.id: f"{KIND_WORDS[row.kind]} {row.name}" for row in self.districts.values()}
        drafts = draft(_pieces(self.session))
        for key in sorted({key for key, _district in self.by_district}):
            for unit in self.units.values():
                guess = drafts.get(unit.id)
                row = self.by_district.get((key, guess.district_id)) if guess else None
                if guess is None or row is None or (key, unit.code) in seen:
                    continue
                basis = f"Quy tắc nháp: {guess.own} trên {guess.total} mảnh từ {names[guess.district_id]}"
                self.line(key, row, unit.code, (UNITS_FROM, None), DRAFT, basis, "suy ra từ dữ liệu sắp xếp đơn vị hành chính")

    def line(self, key: str, row: Constituency, place: str, days: tuple[date, date | None], certainty: str, basis: str, source: str) -> None:
        """One line of a list, unless the office has its own for that place and time."""
        unit, district = self.units.get(place), self.districts.get(place)
        seed = f"{key}:{place}:{days[0]}"
        known = self.rows.get((ConstituencyUnit.__tablename__, seed))
        if known is not None and (known.edited or known.superseded_at is not None):
            return
        if known is not None and known.constituency_id != row.id:
            known.superseded_at, known.superseded_reason, known.seed = self.now, f"{NEWER}: {format_day(self.now.date())}", None
            self.session.flush()
            del self.rows[ConstituencyUnit.__tablename__, seed]
            known = None
        where = ConstituencyUnit.unit_id == unit.id if unit else ConstituencyUnit.district_id == (district.id if district else None)
        taken = None if known is not None else self._own_line(row.term_id, where, days)
        place_ids = {"unit_id": unit.id if unit else None, "district_id": district.id if district and not unit else None}
        values = {"constituency_id": row.id, "valid_from": days[0], "valid_to": days[1], "certainty": certainty, "basis": basis, "source": source}
        self.put(ConstituencyUnit, seed, taken, **place_ids, **values)

    def _own_line(self, term_id: int, where: Any, days: tuple[date, date | None]) -> ConstituencyUnit | None:
        own = ConstituencyUnit
        same = select(own).join(Constituency, Constituency.id == own.constituency_id).where(Constituency.term_id == term_id, where, own.superseded_at.is_(None))
        same = same.where(or_(own.valid_to.is_(None), own.valid_to >= days[0]))
        return self.session.scalars(same if days[1] is None else same.where(own.valid_from <= days[1])).first()


def _pieces(session: Session) -> list[Piece]:
    rows = (
        select(UnitChange.new_id, AdminUnit.district_id, UnitChange.share).join(AdminUnit, AdminUnit.id == UnitChange.old_id).where(UnitChange.on == UNITS_FROM)
    )
    return [Piece(new, district, share == "whole") for new, district, share in session.execute(rows) if district is not None]


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
