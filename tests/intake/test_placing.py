"""Where a petition belongs when its unit stays open."""

from datetime import date

from sqlalchemy.orm import Session

from petitions.areas.models import UnitChange
from petitions.intake.desk.column import listen
from petitions.intake.queries.places import atlas
from tests.make import council
from tests.make import intake as make


def divided(session: Session, *, apart: bool = False) -> make.World:
    """The world with thị trấn Trâu Quỳ divided between xã Gia Lâm and xã Bát Tràng, of one constituency or (`apart`) of two."""
    place = make.world(session)
    session.query(UnitChange).filter_by(old_id=place.old.id).update({"share": "part"})
    other = council.unit(session, name="Bát Tràng")
    session.add(UnitChange(old_id=place.old.id, new_id=other.id, on=date(2025, 7, 1), share="part", source="thử"))
    session.flush()
    council.line(session, of=council.constituency(session, of=place.term, number=21) if apart else place.constituency, unit=other)
    return place


def test_a_place_divided_whose_heirs_share_a_constituency_gets_it_and_its_unit_stays_open(session: Session) -> None:
    place = divided(session)
    petition = make.petition(session, place, met_on=date(2026, 1, 12), place_words="thị trấn Trâu Quỳ, huyện Gia Lâm")
    assert (petition.unit_id, petition.unit_resolution) == (None, "unresolved")
    assert (petition.constituency_id, petition.constituency_basis) == (place.constituency.id, "meeting_day")
    assert petition.code == "HD16-20-00001"
    typed = make.values(place, met_on=date(2026, 1, 12), place_words="thị trấn Trâu Quỳ, huyện Gia Lâm")
    column = listen(typed, atlas=atlas(session), lists=place.lists, today=make.TODAY)
    assert str(column.constituency) == str(atlas(session).roll.constituencies[place.constituency.id].label)
    assert column.assignment is not None
    assert "Bát Tràng" in str(column.assignment.said)
    assert "Gia Lâm" in str(column.assignment.said)


def test_places_of_two_constituencies_place_nothing_nor_does_a_guess_at_a_name(session: Session) -> None:
    place = divided(session, apart=True)
    petition = make.petition(session, place, met_on=date(2026, 1, 12), place_words="thị trấn Trâu Quỳ, huyện Gia Lâm")
    assert petition.constituency_id is None
    guessed = make.petition(session, place, met_on=date(2026, 1, 12), place_words="xã Gia Lâm Đồng")
    assert guessed.constituency_id is None
