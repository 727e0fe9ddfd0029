"""Runs of jobs: one of many workers has it, a dead one is followed, a failed one is tried again, and a day is done once."""

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from petitions.core import clock, db, holder
from petitions.core.errors import RuleBroken
from petitions.core.office import Office
from petitions.core.words import Message, say
from petitions.jobs import actions, commands, health, pulse, queries, register, running
from petitions.jobs.models import DONE, FAILED, RUNNING, JobRun
from petitions.jobs.register import Job
from tests.conftest import BOTH

both = pytest.mark.parametrize("office", BOTH, indirect=True)
DAY = date(2026, 1, 20)


class Work:
    """A job that counts its runs; `problem` is raised by the first `times` ones."""

    def __init__(self) -> None:
        self.days: list[date] = []
        self.problem: Exception | None = None

    def run(self, _office: Office, today: date, _now: datetime) -> Message:
        self.days.append(today)
        if self.problem:
            raise self.problem
        return say("Đã gộp {n} thư trong ngày.", n=len(self.days))


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """The only job of the register."""
    made = Work()
    monkeypatch.setattr(register, "_jobs", {})
    register.register(Job("counting", say("Việc định kỳ"), run=made.run, at=time(0)))
    return made


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock."""

    def move(day: date, hour: time = time(12)) -> None:
        moment = datetime.combine(day, hour, clock.HANOI)
        monkeypatch.setattr("petitions.core.clock.now", lambda: moment)

    move(DAY)
    return move


def runs(office: Office) -> list[tuple[date, str, int]]:
    with db.reading(office.engine) as session:
        return [(row.day, row.state, row.tries) for row in session.scalars(select(JobRun).order_by(JobRun.day))]


@both
def test_many_workers_one_run(office: Office, work: Work, at: Any) -> None:
    problems: list[BaseException] = []

    def look() -> None:
        try:
            running.run_due(office)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(work.days), problems, runs(office)) == (1, [], [(DAY, DONE, 1)])


def test_a_week_without_a_run_is_made_up_for_once_and_a_clock_that_jumps_back_does_nothing(office: Office, work: Work, at: Any) -> None:
    running.run_due(office)
    at(DAY + timedelta(days=8))
    for _ in range(3):
        running.run_due(office)
    at(DAY + timedelta(days=3))
    running.run_due(office)
    at(DAY + timedelta(days=9))
    running.run_due(office)
    assert work.days == [DAY, DAY + timedelta(days=8), DAY + timedelta(days=9)]


def test_what_fails_rests_is_tried_again_and_then_told(office: Office, work: Work, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(running, "_alarms", {})
    running.alarm_with("test", lambda _session, job, _run, _now: told.append(job.name))
    work.problem = ValueError("mật khẩu")
    running.run_due(office)
    running.run_due(office)  # it rests
    assert runs(office) == [(DAY, FAILED, 1)]
    for minutes in (11, 22, 33, 44):
        at(DAY, time(12, minutes))
        running.run_due(office)
    assert (len(work.days), told) == (actions.MOST_TRIES, ["counting"])
    with db.reading(office.engine) as session:
        run = queries.run_of(session, "counting", DAY)
        told_why = str(health.words_of(run.problem))
        assert "ValueError" in told_why
        assert "mật khẩu" not in told_why  # what an error holds stays in the server's log
        line = health.job_lines(session, clock.now())[0]
        assert (line.tone, line.may_retry) == ("late", True)
    work.problem = None
    assert [outcome.problem for outcome in running.run_by_hand(office, today=DAY)] == [None]
    assert runs(office) == [(DAY, DONE, 4)]


@both
def test_a_run_of_a_dead_holder_is_taken_over(office: Office, work: Work, at: Any) -> None:
    with db.transaction(office.engine) as session:
        actions.claim(session, "counting", DAY, now=clock.now())
        session.scalars(select(JobRun)).one().holder = "another-machine:1:abc"
    assert running.run_due(office) == []
    at(DAY, time(12, 1))
    assert running.run_due(office) == []  # its lease still holds
    at(DAY, time(12, 3))
    running.run_due(office)
    assert runs(office) == [(DAY, DONE, 2)]
    with db.transaction(office.engine) as session:  # the one believed dead comes back and may not say anything any more
        run = session.scalars(select(JobRun)).one()
        run.state, run.holder = RUNNING, "another-machine:1:abc"
        session.flush()
        assert not actions.finish(session, run.id, now=clock.now())


def test_a_process_of_this_machine_that_is_gone_needs_no_lease(office: Office, work: Work, at: Any) -> None:
    with db.transaction(office.engine) as session:
        actions.claim(session, "counting", DAY, now=clock.now())
        host, _, _ = holder.name().rsplit(":", 2)
        session.scalars(select(JobRun)).one().holder = f"{host}:999999999:abc"
    running.run_due(office)
    assert runs(office) == [(DAY, DONE, 2)]
    assert holder.gone(holder.name()[:-1] + "_")  # our own number, given again after a restart
    assert not holder.gone(holder.name())
    assert not holder.gone("nonsense")


def test_the_command_runs_a_day_by_hand(office: Office, work: Work) -> None:
    def run(*given: str) -> Any:
        return CliRunner().invoke(commands.jobs, given, obj=office)

    first, again = run("run-due", "--today", "2026-01-20"), run("run-due", "--today", "2026-01-20")
    assert "counting: Đã gộp 1 thư" in first.stdout
    assert "đã chạy rồi" in again.stdout
    assert run("run-due", "--today", "2026-01-10").exit_code == 0
    assert work.days == [DAY]
    assert clock.held() is None
    work.problem = RuleBroken(say("Máy chủ thư không nhận: {why}", why="x"))
    broken = run("run-due", "--today", "2026-01-21")
    assert (broken.exit_code, "Máy chủ thư không nhận: x" in broken.stderr) == (1, True)
    assert "20/01" not in run("list").stdout.split("lần tới")[0]
    assert run("run-due", "--today", "hôm qua").exit_code == 2


def test_signs_of_life_tell_who_lives_who_hangs_and_who_is_gone(office: Office, at: Any) -> None:
    stop = threading.Event()
    watched, idle = pulse.Watched(stop), threading.Thread(target=stop.wait)
    idle.start()
    beating = threading.Thread(target=pulse.beat_forever, args=(office, {"mail": (watched, idle)}, stop))
    beating.start()
    pulse.report(watched, "Máy chủ thư không nhận")
    stop.set()
    beating.join()
    idle.join()
    assert watched.is_set()
    with db.transaction(office.engine) as session:
        line = next(one for one in health.loop_lines(session, clock.now()) if one.name == "mail")
        assert (line.alive, line.tone, str(line.state)) == (0, "late", "không còn nhịp báo")  # it ended
        row = queries.beats(session)[0]
        row.ended_at = None
        session.flush()
        line = next(one for one in health.loop_lines(session, clock.now()) if one.name == "mail")
        assert (line.alive, line.problem, str(line.state)) == (1, "Máy chủ thư không nhận", "đang vướng")
        row.problem, row.looked_at = None, clock.now() - timedelta(minutes=6)
        session.flush()
        line = next(one for one in health.loop_lines(session, clock.now()) if one.name == "mail")
        assert (line.tone, str(line.state)) == ("near", "đang bận một việc dài")
        at(DAY, time(12, 2))
        assert next(one for one in health.loop_lines(session, clock.now()) if one.name == "mail").alive == 0
