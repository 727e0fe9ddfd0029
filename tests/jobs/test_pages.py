"""The page of operations as the administrator reads it in English."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from petitions.core import clock, db
from petitions.jobs import register
from petitions.jobs.models import DONE, JobRun
from tests.make import accounts as people


def test_jobs_have_a_head_of_their_own_and_a_short_run_took_less_than_a_tenth(client: Any, office: Any) -> None:
    boss, now = people.stored(office.engine, roles=("administrator",)), clock.now()
    with db.transaction(office.engine) as session:
        session.execute(text("UPDATE users SET language = 'en' WHERE id = :id"), {"id": boss.id})
        held = {"job": register.jobs()[0].name, "day": clock.today(), "state": DONE, "tries": 1, "holder": "a:1"}
        session.add(JobRun(**held, held_until=now, started_at=now, ended_at=now + timedelta(milliseconds=20)))
    shown = people.sign_in(client, office.engine, boss).get("/jobs").get_data(as_text=True)
    assert "under 0.1 s" in shown
    assert "took 0.0 s" not in shown
    assert ">Job<" in shown
    assert ">Change<" not in shown
