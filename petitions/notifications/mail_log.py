"""`/mails`: the delivery log: what was sent to whom, what became of it, and what waits for a person's decision. No content is shown."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import Invalid
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.jobs import health
from petitions.notifications import actions, captions, kinds, mailbox, posting, queries
from petitions.notifications import hours as office_hours
from petitions.notifications.models import UNDECIDED
from petitions.notifications.schemas import Bounce, MailListing, OfficeHours
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db, office
from petitions.workdays import queries as workdays

blueprint = Blueprint("mails", __name__, url_prefix="/mails")
WAITS_LONG = timedelta(hours=1)


@blueprint.get("")
@needs(Permission.JOB_READ)
def listing() -> str:
    """The delivery log, the newest first."""
    return _listing(_hours_form())


def _hours_form() -> Form:
    standing = office_hours.hours_of(queries.settings(db()))
    return blank_form(opens_at=f"{standing.opens:%H:%M}", closes_at=f"{standing.closes:%H:%M}")


def _listing(form: Form) -> str:
    asked: dict[str, Any] = {"state": "", "page": 1} | read_query(MailListing)
    found = mailbox.log(db(), state=asked["state"], number=asked["page"])
    counts = mailbox.counts(db(), clock.now()).by_state
    return page(
        "notifications/mails.html",
        found=found,
        sizes=mailbox.sizes(db(), [mail.id for mail, _ in found.rows]),
        tabs=[(state, caption, counts.get(state, 0)) for state, caption in captions.STATES.items()],
        state=asked["state"],
        states=captions.STATES,
        tones=captions.TONES,
        form=form,
        may_manage=identity().may(Permission.JOB_MANAGE),
        total=sum(counts.values()),
    )


@blueprint.post("/hours")
@needs(Permission.JOB_MANAGE)
def set_hours() -> ResponseReturnValue:
    """From when to when mail may leave on a working day."""
    try:
        values = read_form(OfficeHours)
        chosen = office_hours.read(values["opens_at"], values["closes_at"])
    except Invalid as error:
        return _listing(typed(error.fields)), 422
    actions.set_hours(db(), chosen, by=identity(), now=clock.now())
    flash(str(say("Đã lưu giờ gửi thư.")), "success")
    return redirect(url_for("notifications.mails.listing"), 303)


@blueprint.get("/<int:mail_id>")
@needs(Permission.JOB_READ)
def show(mail_id: int) -> str:
    """One mail: to whom, about what kinds of things, every try."""
    return _show(mail_id, blank_form())


def _show(mail_id: int, form: Form) -> str:
    mail, user = mailbox.one(db(), mail_id)
    held = [kind.caption if (kind := kinds.find(row.kind)) else row.kind for row in posting.contents(db(), mail_id)]
    tries = [(one, captions.OUTCOMES[one.outcome] if one.outcome else captions.UNFINISHED) for one in mailbox.tries(db(), mail_id)]
    return page(
        "notifications/mail.html",
        mail=mail,
        user=user,
        kinds={str(name): [str(one) for one in held].count(str(name)) for name in held},
        tries=tries,
        state=captions.STATES[mail.state],
        tone=captions.TONES[mail.state],
        explained=captions.EXPLAINED.get(mail.state),
        may_manage=identity().may(Permission.JOB_MANAGE),
        may_send=mail.state in mailbox.AGAIN,
        may_let_be=mail.state in mailbox.LET_BE,
        may_bounce=mail.state in mailbox.CAME_BACK,
        undecided=mail.state == UNDECIDED,
        form=form,
    )


@blueprint.post("/<int:mail_id>/again")
@needs(Permission.JOB_MANAGE)
def send_again(mail_id: int) -> ResponseReturnValue:
    """Send it again."""
    made = mailbox.send_again(db(), mail_id, office().settings.mail, by=identity(), now=clock.now())
    flash(str(say("Thư sẽ được gửi lại trong ít giây.")), "success")
    return redirect(url_for("notifications.mails.show", mail_id=made.id), 303)


@blueprint.post("/<int:mail_id>/let-be")
@needs(Permission.JOB_MANAGE)
def let_be(mail_id: int) -> ResponseReturnValue:
    """Do not send it (any more)."""
    mailbox.let_be(db(), mail_id, by=identity(), now=clock.now())
    return redirect(url_for("notifications.mails.show", mail_id=mail_id), 303)


@blueprint.post("/<int:mail_id>/bounced")
@needs(Permission.JOB_MANAGE)
def bounced(mail_id: int) -> ResponseReturnValue:
    """It came back."""
    try:
        mailbox.bounced(db(), mail_id, **read_form(Bounce), by=identity(), now=clock.now())
    except Invalid as error:
        return _show(mail_id, typed(error.fields)), 422
    flash(str(say("Đã ghi thư bị trả lại; công văn sau gửi nơi này sẽ nhắc điều đó.")), "success")
    return redirect(url_for("notifications.mails.show", mail_id=mail_id), 303)


def part(session: Session, of: Office, now: datetime) -> health.Part:
    """Mail on the page of operations."""
    settings, counts = of.settings.mail, mailbox.counts(session, now)
    hours = office_hours.hours_of(queries.settings(session))
    open_ = hours.open_at(workdays.calendar(session), now)
    old = counts.oldest_waiting is not None and now - counts.oldest_waiting > WAITS_LONG and open_
    tabs = [(state, caption, counts.by_state.get(state, 0)) for state, caption in captions.STATES.items()]
    values = {"mail": settings, "counts": counts, "tabs": tabs, "hours": hours, "open": open_, "old": old, "production": of.settings.production}
    return health.Part("notifications/health.html", values, late=bool(counts.by_state.get(UNDECIDED)) or old)
