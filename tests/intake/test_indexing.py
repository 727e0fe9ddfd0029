"""What the search is handed: old and new names, fields with their ancestors, never a petitioner, only the stub of what was diverted."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions import ports
from petitions.areas import actions as areas
from petitions.areas.models import AdminUnit
from petitions.core.identity import SYSTEM
from petitions.intake.indexing import Petitions
from petitions.intake.values import AnswerValues, PetitionerValues, ReferenceValues
from petitions.outbox import queries as outbox
from petitions.outbox.models import OutboxMessage
from petitions.search import lexicon
from petitions.search.documents import SearchDocument
from tests.make import council
from tests.make import intake as make


def document(session: Session, petition_id: int) -> SearchDocument:
    [found] = Petitions().load(session, [petition_id])
    return found


def test_a_petition_is_found_by_its_old_ward_and_by_its_new_one(session: Session) -> None:
    place = make.world(session)
    found = document(session, make.petition(session, place).id)
    assert set(found.filters["unit"]) == {str(place.old.id), str(place.new.id)}
    assert "xã Gia Lâm" in found.texts["place"]
    (names,) = Petitions().lexicons(session)
    for typed, other in (("thi tran trau quy", "xã Gia Lâm"), ("xã Gia Lâm", "thị trấn Trâu Quỳ")):
        run = lexicon.form_of(typed).words
        assert other in [form.text for one in names.expansions(run, lexicon.form_of(typed).marked) for form in one.others]


def test_what_the_office_says_of_a_units_ground_reaches_the_petitions_of_both_units(session: Session) -> None:
    place = make.world(session)
    ports.introduce()
    near, other = (
        council.unit(session, name="Đặng Xá", kind="xa", valid_from=None, valid_to=date(2025, 6, 30), of=place.district),
        council.unit(session, name="Thuận An"),
    )
    mine, theirs, far = (make.petition(session, place, unit_id=unit.id, place_words=unit.name) for unit in (place.old, near, other))
    assert {mine.unit_id, theirs.unit_id, far.unit_id} == {place.old.id, near.id, other.id}
    start = outbox.last(session, "index")
    areas.add_change(session, near.id, new_id=place.new.id, on=date(2025, 7, 1), share="part", source="thử", confirmed=True, by=SYSTEM, now=make.NOW)
    session.flush()
    promised = [message.subject_id for message in session.scalars(select(OutboxMessage).where(OutboxMessage.id > start.id))]
    assert sorted(promised) == [mine.id, theirs.id]
    assert str(place.new.id) in document(session, theirs.id).filters["unit"]
    assert str(near.id) in document(session, theirs.id).filters["unit"]
    row = session.get_one(AdminUnit, other.id)
    values = {"name": "Thuận Ân", "valid_to": None, "confirmed": True, "source": "thử", "note": None, "version": row.version, "reason": "gõ nhầm"}
    areas.correct_unit(session, other.id, **values, by=SYSTEM, now=make.NOW)
    session.flush()
    assert far.id in [message.subject_id for message in session.scalars(select(OutboxMessage).where(OutboxMessage.id > start.id))]


def test_a_field_brings_its_ancestors_and_both_rounds_count(session: Session) -> None:
    place = make.world(session)
    bus = make.field(place, "urban.traffic.public_transport")
    found = document(session, make.petition(session, place, field_id=bus, timing="both").id)
    assert found.filters["field"] == tuple(str(make.field(place, code)) for code in ("urban", "urban.traffic", "urban.traffic.public_transport"))
    assert found.filters["timing"] == ("before", "after")
    assert found.filters["group"] == ("2",)


def test_no_petitioner_is_ever_indexed(session: Session) -> None:
    place = make.world(session)
    person = PetitionerValues("Trần Thị Ẩn Danh", "Số 3 ngõ 9 phố Kín", "0900000000")
    found = document(session, make.petition(session, place, petitioners=(person,)).id)
    assert not any(secret in repr(found) for secret in (person.name, person.address, person.phone))


def test_of_a_diverted_paper_only_the_stub_is_indexed(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="diverted", answers=(AnswerValues(text="Trả lời kín"),))
    found = document(session, petition.id)
    assert set(found.texts) <= {"code", "place"}
    caption = Petitions().captions(session, [petition.id])[petition.id]
    assert petition.summary not in (caption.title, *caption.texts.values())


def test_each_day_of_a_hit_says_which_day_it_is(session: Session) -> None:
    place = make.world(session)
    met, received = date(2025, 11, 20), date(2025, 11, 22)

    def days(**values: Any) -> list[tuple[str, str]]:
        number = make.petition(session, place, **values).id
        return [(str(what), day) for what, day in Petitions().captions(session, [number])[number].days]

    assert days(met_on=met, received_on=received) == [("tiếp nhận", "22/11/2025"), ("tiếp xúc", "20/11/2025")]
    assert days(met_on=met, received_on=met) == [("tiếp xúc, tiếp nhận", "20/11/2025")]
    assert days(met_on=None, met_as_written="11/2025", received_on=None) == [("tiếp xúc", "11/2025")]


def test_codes_of_other_systems_are_words_too_and_numbers_resolve(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, references=(ReferenceValues("VTS", "KN-50300"),))
    found = document(session, petition.id)
    assert found.texts["code"] == f"{petition.code} KN-50300"
    assert found.external_id == "KN-50300"
    source = Petitions()
    assert source.resolve(session, "constituency", "20") == (str(place.constituency.id),)
    assert source.resolve(session, "field", "thoát nước") == (str(make.field(place, "urban.drainage")),)
    assert source.labels(session, {"state": ["registered"], "unit": ["0"], "body": ["0"]}) == {"state": {"registered": "Đã tiếp nhận"}, "unit": {}, "body": {}}
