"""Entering and correcting: places, codes, what the journal keeps, what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import NotAllowed, RuleBroken, Stale
from petitions.intake.actions import entry, persons
from petitions.intake.models import Petition
from petitions.intake.queries.reading import petitioners
from petitions.intake.values import AgencyValues, AnswerValues, PetitionerValues, ReferenceValues
from petitions.journal.models import JournalEntry
from petitions.journal.queries import timeline
from petitions.outbox.models import OutboxMessage
from tests.make import intake as make

PERSON = PetitionerValues("Trần Thị Ẩn Danh", "Số 3 ngõ 9", "0900000000")


def test_a_petition_gets_unit_constituency_and_code_from_its_meeting_day(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place)
    assert (petition.unit_id, petition.unit_resolution) == (place.new.id, "auto")
    assert (petition.constituency_id, petition.constituency_basis) == (place.constituency.id, "meeting_day")
    assert petition.code == "HD16-20-00001"
    assert (petition.channel, petition.timing, petition.state) == ("meeting", "before", "draft")


def test_the_day_decides_which_generation_of_units_counts(session: Session) -> None:
    place = make.world(session)
    before = make.petition(session, place, met_on=date(2024, 11, 14), received_on=None, place_words="thị trấn Trâu Quỳ, huyện Gia Lâm")
    assert (before.unit_id, before.district_id) == (place.old.id, place.district.id)
    assert before.constituency_id == place.constituency.id
    after = make.petition(session, place, place_words="thị trấn Trâu Quỳ, huyện Gia Lâm")
    assert after.unit_id == place.new.id
    assert after.place_words == "thị trấn Trâu Quỳ, huyện Gia Lâm"


def test_without_a_meeting_the_day_of_receipt_counts_and_is_said(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, met_on=None, origin="letter")
    assert petition.constituency_basis == "receipt_day"
    assert petition.dated_on == date(2025, 11, 17)


def test_a_month_that_crosses_no_change_is_good_enough(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, met_on=None, met_as_written="11/2025")
    assert (petition.constituency_id, petition.constituency_basis, petition.met_as_written) == (place.constituency.id, "meeting_day", "11/2025")
    assert petition.met_on is None


def test_words_that_name_no_place_stay_unresolved_and_the_code_says_00(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, place_words="Khu đô thị phía Tây Nam hồ")
    assert (petition.unit_id, petition.unit_resolution, petition.constituency_id) == (None, "unresolved", None)
    assert petition.code == "HD16-00-00001"


def test_a_chosen_unit_is_marked_as_the_clerks_choice_with_his_name(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, place_words="khu trung tâm", unit_id=place.new.id)
    assert (petition.unit_resolution, petition.unit_resolved_by) == ("clerk", place.clerk.user_id)


def test_a_district_alone_is_kept_as_a_district(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, met_on=date(2024, 5, 2), received_on=None, place_words="huyện Gia Lâm")
    assert (petition.unit_id, petition.district_id, petition.unit_resolution) == (None, place.district.id, "district_only")
    assert petition.constituency_id == place.constituency.id


def test_what_comes_from_before_the_term_is_marked_and_numbered_00(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, met_on=date(2019, 5, 2), received_on=None)
    assert (petition.outside, petition.constituency_id, petition.code) == ("before_term", None, "HD16-00-00001")


def test_a_correction_never_changes_the_code_and_editing_the_summary_never_the_original(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place)
    typed = make.values(place, summary="Tóm tắt khác", place_words="nơi không rõ")
    entry.correct(session, petition.id, typed, version=petition.version, by=place.clerk, now=make.NOW, key=make.KEY)
    assert petition.code == "HD16-20-00001"
    assert petition.constituency_id is None
    assert petition.original_text == make.TEXT
    db.finish(session)
    noted = timeline(session, ("petition", petition.id))[-1]
    assert noted.act == "petition.correct"
    assert noted.changes["summary"] == ["Cải tạo thoát nước đường liên xã", "Tóm tắt khác"]
    assert "original_text" not in noted.changes


def test_nothing_is_written_when_nothing_differs(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place)
    before = petition.version
    entry.correct(session, petition.id, make.values(place), version=before, by=place.clerk, now=make.NOW, key=make.KEY)
    db.finish(session)
    assert petition.version == before
    assert [row.act for row in timeline(session, ("petition", petition.id))] == ["petition.enter"]


def test_a_stale_save_is_refused_with_what_stands(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place)
    seen = petition.version
    entry.correct(session, petition.id, make.values(place, summary="Bản một"), version=seen, by=place.clerk, now=make.NOW, key=make.KEY)
    with pytest.raises(Stale) as refusal:
        entry.correct(session, petition.id, make.values(place, summary="Bản hai"), version=seen, by=place.other_clerk, now=make.NOW, key=make.KEY)
    assert refusal.value.current.summary == "Bản một"


def test_the_same_form_sent_twice_makes_one_petition(session: Session) -> None:
    place = make.world(session)
    first, second = (entry.save_draft(session, make.values(place), by=place.clerk, now=make.NOW, key=make.KEY, form_token="một-lần") for _ in range(2))
    assert first.id == second.id
    assert session.scalar(select(func.count()).select_from(Petition)) == 1


def test_every_write_promises_the_index_and_writes_the_journal(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="classified")
    promised = session.scalars(select(OutboxMessage.subject_id).where(OutboxMessage.topic == "index")).all()
    assert promised == [petition.id] * 4
    db.finish(session)
    acts = [row.act for row in timeline(session, ("petition", petition.id))]
    assert acts == ["petition.enter", "petition.submit", "petition.accept", "petition.classify"]


def test_petitioners_stay_in_their_table_and_the_journal_holds_only_seals(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, petitioners=(PERSON,))
    persons.change(session, petition.id, [replace(PERSON, phone="0911111111")], voters_count=7, version=1, by=place.clerk, now=make.NOW, key=make.KEY)
    db.finish(session)
    written = " ".join(repr((row.changes, row.reason)) for row in session.scalars(select(JournalEntry)))
    assert "sealed:" in written
    for secret in (PERSON.name, PERSON.address, PERSON.phone, "0911111111"):
        assert secret not in written


def test_looking_at_petitioners_is_noted_and_only_for_those_of_the_body(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="registered", petitioners=(PERSON,))
    _petition, people = persons.reveal(session, petition.code, by=place.lead, now=make.NOW)
    assert [row.name for row in people] == [PERSON.name]
    db.finish(session)
    assert timeline(session, ("petition", petition.id))[-1].act == "petitioner.read"
    with pytest.raises(NotAllowed):
        persons.reveal(session, petition.code, by=make.person(session, place, "delegate"), now=make.NOW)


def test_a_correction_that_shows_no_petitioners_leaves_them_alone(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, petitioners=(PERSON,))
    entry.correct(session, petition.id, make.values(place, summary="Khác", petitioners=None), version=1, by=place.clerk, now=make.NOW, key=make.KEY)
    assert [row.name for row in petitioners(session, petition.id)] == [PERSON.name]


def test_answers_agencies_and_references_of_a_file_are_kept(session: Session) -> None:
    place = make.world(session)
    given = make.values(
        place,
        agencies=(AgencyValues("Sở Giao thông"), AgencyValues("Phòng QLĐT", part="with")),
        references=(ReferenceValues("VTS", "KN-1"),),
        answers=(AnswerValues(number="12/SGT", text="Đã xong", class_as_written="xong", answer_class="resolved"),),
    )
    [petition] = entry.add_all(session, [given], state="registered", by=place.clerk, now=make.NOW, key=make.KEY, act="petition.import")
    entry.correct(session, petition.id, make.values(place, references=given.references), version=None, by=place.clerk, now=make.NOW, key=make.KEY)
    assert [row.text for row in petition.answers] == ["Đã xong"]
    assert petition.agencies == []
    assert [row.reference for row in petition.references] == ["KN-1"]


def test_nobody_writes_for_a_body_that_is_not_his(session: Session) -> None:
    place = make.world(session)
    stranger = make.person(session, place, "clerk", scopes={"body": [place.body.id + 1000]})
    with pytest.raises(NotAllowed):
        entry.save_draft(session, make.values(place), by=stranger, now=make.NOW, key=make.KEY)


def test_what_was_diverted_cannot_be_corrected(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="diverted")
    with pytest.raises(RuleBroken):
        entry.correct(session, petition.id, make.values(place), version=petition.version, by=place.clerk, now=make.NOW, key=make.KEY)


def test_an_import_goes_as_far_as_its_values_allow(session: Session) -> None:
    place = make.world(session)
    full = make.values(place, field_id=make.field(place, "urban.traffic"), level="city")
    half = make.values(place, field_id=make.field(place, "urban.traffic"))
    classified, registered = entry.add_all(session, [full, half], state=None, by=place.clerk, now=make.NOW, key=make.KEY, import_batch_id=3)
    assert (classified.state, classified.report_group, registered.state) == ("classified", 2, "registered")
    assert [classified.code, registered.code] == ["HD16-20-00001", "HD16-20-00002"]
