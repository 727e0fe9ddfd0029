"""`/inbox`: what an agency owes today, this week and overdue; many acknowledged or given to a department at once."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties import listing
from petitions.duties.actions import receiving
from petitions.duties.desk.choices import agency_choices
from petitions.duties.panel import Desk
from petitions.duties.queries import inbox, queues
from petitions.duties.queries.inbox import SECTIONS, Wish
from petitions.duties.schemas import DistributeForm, ListQuery, ReceiptForm
from petitions.duties.urging.queries import reading as urging
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("inbox", __name__)
menu.register(menu.Entry("duties.inbox.show", say("Hộp việc"), "inbox", Permission.DUTY_ANSWER, order=5, key="g i", phone=True))
SIZE = 50
SILENT = "unacknowledged"


@blueprint.get("/inbox")
@needs(Permission.DUTY_ANSWER)
def show() -> str:
    """What lies in the inbox, the earliest day first."""
    return page("duties/inbox.html", **_shown())


def _shown() -> dict[str, Any]:
    session, who, now = db(), identity(), clock.now()
    asked = read_query(ListQuery)
    desk = Desk.read(session, clock.today(), named=who.may(Permission.DUTY_DISTRIBUTE))
    mine = inbox.mine(who, now)
    counts = inbox.counts(session, mine, desk.at)
    section = asked["section"] if asked["section"] in (*SECTIONS, SILENT) else None
    wish = Wish(section=None if section == SILENT else section, unacknowledged=section == SILENT, letter_id=asked["letter"], agency_id=asked["agency"])
    narrowed = wish.letter_id is not None or wish.agency_id is not None
    total = None if narrowed else next(n for name, _, n, _ in _tabs(counts, section) if name == section)
    rows = queues.page_of(session, [mine, *inbox.narrowed(wish, desk.at)], number=asked["page"], total=total, size=SIZE)
    return {
        "rows": rows,
        "lines": listing.lines(session, rows.rows, desk, queues.questions(rows.rows)),
        "tabs": _tabs(counts, section),
        "section": section,
        "now": now,
        "form": blank_form(received_on=clock.today()),
        "may_distribute": who.may(Permission.DUTY_DISTRIBUTE),
        "letter": rows.rows[0].full_number if asked["letter"] and rows.rows else "",
        "urgings": urging.waiting(session, who, now) if not narrowed else [],
    }


def _tabs(counts: dict[str, int], section: str | None) -> list[tuple[str | None, Message, int, bool]]:
    """(section, words, count, whether shown now); the three that hurry come first and always stand."""
    open_ = sum(n for name, n in counts.items() if name not in ("done", SILENT))
    made: list[tuple[str | None, Message, int, bool]] = [(None, say("Tất cả"), open_, section is None)]
    made += [(name, SECTIONS[name], counts[name], section == name) for name in ("late", "today", "week")]
    if counts[SILENT] or section == SILENT:
        made.append((SILENT, say("Quá hạn xác nhận đã nhận"), counts[SILENT], section == SILENT))
    made += [(n, SECTIONS[n], counts[n], section == n) for n in ("soon", "later", "undated", "stopped", "office") if counts[n] or section == n]
    return made


@blueprint.post("/inbox/acknowledge")
@needs(Permission.DUTY_ANSWER)
def acknowledge() -> ResponseReturnValue:
    """Many were received on one day; those that cannot be acknowledged are named."""
    try:
        values = read_form(ReceiptForm)
    except Invalid as error:
        _tell(error)
        return redirect(url_for("duties.inbox.show"))
    done = _each(values["ids"], receiving.acknowledge, received_on=values["received_on"])
    if done:
        flash(str(say_n("Đã xác nhận nhận {n} việc.", "Đã xác nhận nhận {n} việc.", done)), "success")
    return redirect(url_for("duties.inbox.show"))


@blueprint.get("/inbox/distribute")
@needs(Permission.DUTY_DISTRIBUTE)
def distribution() -> str:
    """The People's Committee office gives the chosen items to a department."""
    ids = [int(text) for text in request.args.getlist("ids") if text.isdigit()][:500]
    return _distribution(ids, blank_form(forwarded_on=clock.today()))


@blueprint.post("/inbox/distribute")
@needs(Permission.DUTY_DISTRIBUTE)
def distribute() -> ResponseReturnValue:
    """Give them."""
    try:
        values = read_form(DistributeForm)
    except Invalid as error:
        ids = [int(text) for text in request.form.getlist("ids") if text.isdigit()][:500]
        return _distribution(ids, typed(error.fields)), 422
    ids = values.pop("ids")
    if done := _each(ids, receiving.forward, **values):
        flash(str(say_n("Đã giao {n} việc.", "Đã giao {n} việc.", done)), "success")
    return redirect(url_for("duties.inbox.show"))


def _distribution(ids: list[int], form: Form) -> str:
    session, now, today = db(), clock.now(), clock.today()
    desk = Desk.read(session, today)
    chosen = {duty.id for duty in inbox.chosen(session, ids, inbox.mine(identity(), now))}
    rows = queues.page_of(session, [queues.among(sorted(chosen))], total=len(chosen), size=500)
    return page("duties/distribute.html", lines=listing.lines(session, rows.rows, desk), form=form, agencies=agency_choices(session, today, city_only=True))


def _each(ids: list[int], act: Any, **values: Any) -> int:
    """Do it to each of those that lie in this person's inbox; each alone, so that one refusal holds up no other. How many were done."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    done = 0
    for duty in inbox.chosen(session, ids, inbox.mine(who, now)):
        try:
            with session.begin_nested():
                act(session, duty.id, **values, by=who, now=now, today=today)
            done += 1
        except PetitionsError as error:
            _tell(error)
    return done


def _tell(error: PetitionsError) -> None:
    words = [str(message) for many in error.fields.values() for message in many] if isinstance(error, Invalid) else [str(error)]
    for word in dict.fromkeys(words):
        flash(word, "error")
