"""The office's lists: what was true on a day stays; a name from a day is a new entry; nothing is deleted; two clerks see each other."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Invalid, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM
from petitions.core.seen import digest
from petitions.council import queries as council
from petitions.intake.indexing import Petitions
from petitions.intake.models import Field, Origin
from petitions.intake.queries.lists import lists
from petitions.intake.rules import problems
from petitions.intake.wordlists import actions
from petitions.journal import queries as journal
from petitions.outbox import queries as outbox
from petitions.outbox.models import OutboxMessage
from tests.make import accounts as people
from tests.make import intake as make

DONE = {"by": SYSTEM, "now": make.NOW}
SUMMER = date(2026, 7, 1)


def field(session: Session, code: str) -> Field:
    return session.scalars(select(Field).where(Field.code == code)).one()


def values(session: Session, which: str, row: Any, **changes: Any) -> dict[str, Any]:
    shown = actions.values_of(session, which, row)
    return {**shown, "aliases": [one for one in shown["aliases"].split("; ") if one], **changes}


def test_a_name_from_a_day_is_a_new_entry_and_takes_the_other_names_along(session: Session) -> None:
    make.world(session)
    old = field(session, "urban.drainage")
    many, names = session.scalar(select(func.count()).select_from(Field)), values(session, "fields", old)["aliases"]
    new = actions.rename(session, "fields", str(old.id), values(session, "fields", old, name="Thoát nước và chống ngập"), from_on=SUMMER, seen=None, **DONE)
    known = lists(session)
    assert (old.valid_to, new.valid_from, new.parent_id, new.report_group) == (date(2026, 6, 30), SUMMER, old.parent_id, old.report_group)
    assert session.scalar(select(func.count()).select_from(Field)) == (many or 0) + 1
    assert known.fields[old.id].valid_on(date(2026, 6, 30))
    assert not known.fields[old.id].valid_on(SUMMER)
    assert known.fields[new.id].valid_on(SUMMER)
    assert not known.fields[new.id].valid_on(date(2026, 6, 30))
    assert known.find_field(names[0]) == new.id
    db.finish(session)
    assert [entry.act for entry in journal.timeline(session, ("field", old.id))] == ["list.end"]


def test_a_correction_is_the_same_entry_and_reaches_the_search(session: Session) -> None:
    place = make.world(session)
    row = field(session, "urban.drainage")
    petition = make.petition(session, place, field_id=row.id)
    start = outbox.last(session, "index")
    actions.correct(session, "fields", str(row.id), values(session, "fields", row, name="Thoát nước, úng ngập"), seen=None, **DONE)
    session.flush()
    assert petition.id in session.scalars(select(OutboxMessage.subject_id).where(OutboxMessage.id > start.id)).all()
    [document] = Petitions().load(session, [petition.id])
    assert "Thoát nước, úng ngập" in document.texts["field"]


def test_what_has_ended_cannot_be_chosen_for_later_days(session: Session) -> None:
    place = make.world(session)
    first = session.scalars(select(Origin).order_by(Origin.position)).first()
    assert first is not None
    actions.end(session, "origins", first.code, last_day=date(2025, 12, 31), reason="thôi dùng", **DONE)
    said = problems(
        make.values(place, origin=first.code, met_on=date(2026, 1, 5), received_on=date(2026, 1, 6)),
        lists(session),
        council.roll(session),
        today=date(2026, 1, 20),
    )
    assert "origin" in said
    said = problems(
        make.values(place, origin=first.code, met_on=date(2025, 12, 5), received_on=date(2025, 12, 6)),
        lists(session),
        council.roll(session),
        today=date(2026, 1, 20),
    )
    assert "origin" not in said


def test_what_is_refused(session: Session) -> None:
    make.world(session)
    above, drainage, traffic = (field(session, code) for code in ("urban", "urban.drainage", "urban.traffic"))
    with pytest.raises(RuleBroken):
        actions.end(session, "fields", str(above.id), last_day=SUMMER, reason="x", **DONE)
    with pytest.raises(Invalid):  # the name of a sister
        actions.correct(session, "fields", str(traffic.id), values(session, "fields", traffic, name=drainage.name.upper()), seen=None, **DONE)
    other = values(session, "fields", drainage)["aliases"][0]
    with pytest.raises(Invalid):
        actions.correct(session, "fields", str(traffic.id), values(session, "fields", traffic, aliases=[other]), seen=None, **DONE)
    with pytest.raises(NotFound):
        actions.found(session, "fields", "999999")
    seen = digest(actions.values_of(session, "fields", drainage))
    actions.correct(session, "fields", str(drainage.id), values(session, "fields", drainage, name="Một"), seen=seen, **DONE)
    with pytest.raises(Stale):
        actions.correct(session, "fields", str(drainage.id), values(session, "fields", drainage, name="Hai"), seen=seen, **DONE)


def test_the_pages(client: Any, office: Any) -> None:
    admin = people.sign_in(client, office.engine, people.stored(office.engine, roles=("administrator",)))

    def send(path: str, **boxes: str) -> Any:
        token = re.search(r'name="csrf-token" content="([^"]+)"', admin.get("/lists").text).group(1)
        return admin.post(path, data={"csrf_token": token, **boxes})

    assert send("/lists/origins/new", name="Đường dây nóng của quận", name_en="Hotline", channel="meeting", aliases="hotline; ĐDN").status_code == 303
    shown = admin.get("/lists?list=origins&lang=vi").text
    assert "hotline; ĐDN" in shown
    code = "duong_day_nong_cua_quan"
    form = admin.get(f"/lists/origins/{code}/edit").text
    seen = re.search(r'name="seen" value="(\w+)"', form).group(1)
    boxes = {"channel": "meeting", "how": "fix", "aliases": "hotline", "seen": seen}
    assert send(f"/lists/origins/{code}/edit", name="Đường dây nóng một", **boxes).status_code == 303
    stale = send(f"/lists/origins/{code}/edit", name="Đường dây nóng hai", **boxes)
    assert (stale.status_code, "Đường dây nóng một" in stale.text, "Đường dây nóng hai" in stale.text) == (409, True, True)
    assert send(f"/lists/origins/{code}/edit", name="Tổng đài", channel="meeting", how="rename").status_code == 422
    assert send(f"/lists/origins/{code}/edit", name="Tổng đài", channel="meeting", how="rename", from_on="1/7/2026").status_code == 303
    assert "đến 30/06/2026" in admin.get("/lists?list=origins").text
    assert send("/lists/origins/new", name="x", channel="khong_co").status_code == 422
    assert send("/lists/levels/city/end", last_day="31/02/2026", reason="x").status_code == 422
    assert admin.get("/lists/levels/khong-co/edit").status_code == 404
    for which in ("origins", "levels", "fields"):
        assert admin.get(f"/lists?list={which}&lang=en").status_code == 200
