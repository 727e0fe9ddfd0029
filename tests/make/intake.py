"""Makers of intake: a small world (one council, one constituency, a town that became a commune), people, and petitions in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from petitions.areas.models import AdminUnit, District, UnitChange
from petitions.core.identity import SYSTEM, Identity
from petitions.council.models import Body, Constituency, CouncilSession, Term
from petitions.intake import reference
from petitions.intake.actions import entry, moves
from petitions.intake.lists import Lists
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists
from petitions.intake.values import PetitionValues
from tests.make import accounts, council

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
TODAY = date(2026, 1, 20)
KEY = "khóa niêm phong để thử, dài hơn ba mươi hai ký tự"
TEXT = "Đường liên xã xuống cấp, ngập úng mỗi khi mưa to, đề nghị Thành phố sớm cải tạo hệ thống thoát nước."


@dataclass(frozen=True)
class World:
    """What petitions are entered in, and who works there."""

    body: Body
    term: Term
    constituency: Constituency
    district: District
    old: AdminUnit
    new: AdminUnit
    council_session: CouncilSession
    clerk: Identity
    other_clerk: Identity
    lead: Identity
    lists: Lists


def world(session: Session, *, code: str = "HD") -> World:
    """Constituency 20: huyện Gia Lâm until 30/06/2025, xã Gia Lâm (thị trấn Trâu Quỳ cũ) from the next day."""
    body = council.body(session, code=code)
    term = council.term(session, of=body)
    constituency = council.constituency(session, of=term, number=20)
    district = council.district(session)
    old = council.unit(session, name="Trâu Quỳ", kind="thi_tran", valid_from=None, valid_to=date(2025, 6, 30), of=district)
    new = council.unit(session, name="Gia Lâm")
    session.add(UnitChange(old_id=old.id, new_id=new.id, on=date(2025, 7, 1), share="whole", source="thử"))
    council.line(session, of=constituency, district=district, valid_from=date(2021, 6, 23), valid_to=date(2025, 6, 30))
    council.line(session, of=constituency, unit=new)
    held = CouncilSession(term_id=term.id, number=28, kind="ordinary_end", opened_on=date(2025, 11, 26))
    session.add(held)
    reference.load(session, by=SYSTEM, now=NOW)
    session.flush()
    scopes = {"body": [body.id]}
    return World(
        body,
        term,
        constituency,
        district,
        old,
        new,
        held,
        accounts.identity(session, name="Chuyên viên Một", roles=("clerk",), scopes=scopes),
        accounts.identity(session, name="Chuyên viên Hai", roles=("clerk",), scopes=scopes),
        accounts.identity(session, name="Lãnh đạo Văn phòng", roles=("lead",), scopes=scopes),
        lists(session),
    )


def person(session: Session, place: World, *roles: str, scopes: dict[str, Collection[int]] | None = None) -> Identity:
    """Someone of these roles, of the world's body unless scopes are given."""
    return accounts.identity(session, roles=roles, scopes=scopes if scopes is not None else {"body": [place.body.id]})


def values(place: World, **given: Any) -> PetitionValues:
    """What a clerk types."""
    typed: dict[str, Any] = {
        "body_id": place.body.id,
        "text": TEXT,
        "summary": "Cải tạo thoát nước đường liên xã",
        "origin": "contact_before",
        "met_on": date(2025, 11, 14),
        "received_on": date(2025, 11, 17),
        "place_words": "xã Gia Lâm",
        **given,
    }
    return PetitionValues(**typed)


def petition(session: Session, place: World, *, state: str = "draft", by: Identity | None = None, now: datetime = NOW, **given: Any) -> Petition:
    """A petition brought to `state` by the ways that lead there ("waiting": a submitted draft)."""
    who = by or place.clerk
    made = entry.save_draft(session, values(place, **given), by=who, now=now, key=KEY)
    if state == "draft":
        return made
    moves.submit(session, made.id, by=who, now=now)
    if state == "waiting":
        return made
    moves.accept(session, made.id, by=place.lead, now=now)
    if state == "classified":
        moves.classify(session, made.id, field_id=field(place, "urban.drainage"), level="city", by=place.clerk, now=now)
    elif state in ("returned", "deferred"):
        moves.classify(session, made.id, field_id=field(place, "urban.drainage"), level="city", by=place.clerk, now=now)
        made.state = state  # as its duties, or the clerk, left it
    elif state == "diverted":
        moves.divert(session, made.id, kind="complaint", reason="Là khiếu nại về đất", sent_to="Ban Tiếp công dân", by=place.clerk, now=now, today=TODAY)
    return made


def field(place: World, code: str) -> int:
    """The id of a seeded field."""
    return next(node.id for node in place.lists.fields.values() if node.code == code)
