"""`/jobs`: how the background is: jobs, loops, mail. A job that failed can be tried again."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.jobs import actions, captions, health, queries, register
from petitions.web import health as web_health
from petitions.web import menu, panels
from petitions.web.access import identity, needs
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("jobs", __name__)
menu.register(menu.Entry("jobs.show", say("Vận hành"), "refresh", Permission.JOB_READ, order=85))


@blueprint.record_once
def _ground(state: BlueprintSetupState) -> None:
    web_health.remark_with(state.app, "background", lambda: not health.is_late(db(), clock.now()))  # type: ignore[arg-type]


@blueprint.get("/jobs")
@needs(Permission.JOB_READ)
def show() -> str:
    """Jobs with their last and next run, loops with their signs of life, and what other rooms add."""
    session, now = db(), clock.now()
    jobs, loops = health.job_lines(session, now), health.loop_lines(session, now)
    parts = health.parts(session, office(), now)
    late = sum(line.tone == health.LATE for line in jobs) + sum(line.tone == health.LATE for line in loops) + sum(part.late for part in parts)
    recent = [(run, register.find(run.job), captions.STATES[run.state], health.words_of(run.problem)) for run in queries.recent(session)]
    may_manage = identity().may(Permission.JOB_MANAGE)
    return page("jobs/show.html", jobs=jobs, loops=loops, parts=parts, late=late, recent=recent, now=now, may_manage=may_manage)


@blueprint.post("/jobs/runs/<int:run_id>/retry")
@needs(Permission.JOB_MANAGE)
def retry(run_id: int) -> ResponseReturnValue:
    """Have a run that failed tried again within seconds."""
    run = queries.run(db(), run_id)
    if run is None:
        raise NotFound(say("Không có lần chạy này."))
    actions.try_again(db(), run, by=identity(), now=clock.now())
    flash(str(say("Việc này sẽ được chạy lại trong ít giây.")), "success")
    return redirect(url_for("jobs.show"), 303)


def late(_who: Identity) -> Mapping[str, Any] | None:
    """On the home page: only when something asks for attention."""
    session, now = db(), clock.now()
    jobs = [line for line in health.job_lines(session, now) if line.tone == health.LATE]
    loops = [line for line in health.loop_lines(session, now) if line.tone == health.LATE]
    return {"jobs": jobs, "loops": loops} if jobs or loops else None


panels.register(panels.Panel("jobs.late", say("Cần xem: việc nền"), Permission.JOB_READ, order=90, template="jobs/late.html", load=late))
