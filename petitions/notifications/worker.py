"""The worker's loop for mail: gathers what waits, sends it, marks what a dead process left undecided.

The outbox wakes it; what is still to be done is in the rows themselves, so nothing is lost when a worker dies. Several workers may run: a mail
has one sender at a time, and its row says so before the first byte leaves.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.core.words import say
from petitions.jobs import pulse
from petitions.notifications import actions, composing, gathering, posting, queries
from petitions.notifications.hours import hours_of
from petitions.notifications.models import Mail
from petitions.notifications.relay import Down, Lost, Refused, Relay
from petitions.outbox import queries as outbox
from petitions.settings import MailSettings
from petitions.workdays import queries as workdays

POLL = 1.0  # seconds between two looks at the outbox
LOOK_AROUND = 5.0  # seconds between two looks at what waits for its hour
BACK_OFF = (5.0, 15.0, 30.0, 60.0)  # seconds without a server, then the last one
AT_A_TIME = 200  # mails in one conversation

log = logging.getLogger(__name__)


def run_forever(office: Office, stop: threading.Event) -> None:
    """Send what waits, until `stop`; no error ends it."""
    cursor: outbox.Cursor | None = None
    looked, failures = 0.0, 0
    while not stop.is_set():
        try:
            woken, cursor = _woken(office, cursor)
            if woken or time.monotonic() - looked > LOOK_AROUND:
                looked = time.monotonic()
                work(office, stop)
            failures = 0
            pulse.report(stop, None)
            stop.wait(POLL)
        except Down as error:
            pulse.report(stop, str(say("Máy chủ thư không nhận: {why}", why=error)))
            stop.wait(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
            failures += 1
        except Exception as error:
            pulse.report(stop, type(error).__name__)
            log.exception("mail could not be looked after; trying again in %s s", BACK_OFF[0])
            stop.wait(BACK_OFF[0])


def _woken(office: Office, cursor: outbox.Cursor | None) -> tuple[bool, outbox.Cursor]:
    """Whether something was promised since the last look, and how far that was."""
    with db.reading(office.engine) as session:
        if cursor is None:
            return True, outbox.newest(session, actions.TOPIC)
        messages = outbox.after(session, cursor, actions.TOPIC)
        return (True, outbox.Cursor(messages[-1].transaction, messages[-1].id)) if messages else (False, cursor)


def work(office: Office, stop: threading.Event, *, pause: timedelta = gathering.PAUSE) -> int:
    """One round: what is lost is marked, what waits is gathered and sent. How many mails were tried; raises Down without a server."""
    settings = office.settings.mail
    if settings is None:
        return 0
    _find_lost(office)
    _gather(office, settings, pause)
    tried = 0
    while not stop.is_set() and _anything(office):
        many = _converse(office, settings, stop)
        tried += many
        if many < AT_A_TIME:
            break
    return tried


def open_now(office: Office) -> bool:
    """Whether mail that is not critical may leave now."""
    with db.reading(office.engine) as session:
        return hours_of(queries.settings(session)).open_at(workdays.calendar(session), clock.now())


def _find_lost(office: Office) -> None:
    with db.reading(office.engine) as session:
        anything = queries.any_sending(session)
    if anything:
        with db.transaction(office.engine) as session:
            lost = posting.find_lost(session, now=clock.now())
        if lost:
            log.warning("%s mails may have been sent when their sender died", lost)


def _gather(office: Office, settings: MailSettings, pause: timedelta) -> None:
    open_ = open_now(office)
    while True:
        with db.reading(office.engine) as session:
            people = gathering.people_to_tell(session, now=clock.now(), open_=open_, pause=pause)
        for user_id in people:
            with db.transaction(office.engine) as session:
                gathering.gather(session, user_id, settings, now=clock.now(), open_=open_)
        if len(people) < gathering.PEOPLE:
            return


def _anything(office: Office) -> bool:
    open_ = open_now(office)
    with db.reading(office.engine) as session:
        return session.scalar(posting.waiting(clock.now(), open_)) is not None


def _converse(office: Office, settings: MailSettings, stop: threading.Event) -> int:
    """Send mail after mail over one connection."""
    open_ = open_now(office)
    tried = 0
    with Relay(settings) as relay:
        while tried < AT_A_TIME and not stop.is_set():
            with db.transaction(office.engine) as session:
                mail = posting.take(session, settings, now=clock.now(), open_=open_)
            if mail is None:
                break
            tried += 1
            _send(office, relay, mail)
    return tried


def _send(office: Office, relay: Relay, mail: Mail) -> None:
    """Send one mail that was taken, and note what became of it."""
    try:
        with db.reading(office.engine) as session:
            written = composing.compose(mail, session.get_one(User, mail.user_id), posting.contents(session, mail.id), office.settings)
    except Exception as error:  # this mail cannot be written; the others can
        log.exception("mail %s cannot be written", mail.id)
        why = type(error).__name__
        _note(office, lambda session: posting.refused(session, mail, code=None, reply=why, for_good=True, now=clock.now()))
        return
    try:
        code, reply = relay.send(mail.address, written)
    except Refused as refusal:
        code_, why, for_good = refusal.code, refusal.reply, refusal.for_good
        _note(office, lambda session: posting.refused(session, mail, code=code_, reply=why, for_good=for_good, now=clock.now()))
    except Lost as error:
        lost = str(error)
        _note(office, lambda session: posting.unknown(session, mail, reply=lost, now=clock.now()))
        raise Down(lost) from None
    except Down as error:
        down = str(error)
        _note(office, lambda session: posting.not_begun(session, mail, reply=down, now=clock.now()))
        raise
    else:
        _note(office, lambda session: posting.arrived(session, mail, code=code, reply=reply, now=clock.now()))


def _note(office: Office, outcome: Callable[[Session], None]) -> None:
    """Write an outcome down; a busy database is asked again, since what is known now nobody would know later."""
    for last in (False, False, False, True):
        try:
            with db.transaction(office.engine) as session:
                outcome(session)
            return
        except OperationalError:
            if last:
                raise
            log.warning("the outcome of a mail could not be written yet", exc_info=True)
