"""`/journal`: everything that was done, newest first, for those who audit: by person, act, subject and days; as CSV; whether the chain is whole.

Looking changes nothing. Pages are turned by the last entry seen, never by number: a page far back costs as much as the first.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.journal import queries, showing, words
from petitions.journal.queries import Asked
from petitions.journal.schemas import JournalQuery
from petitions.web import menu, panels
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_query
from petitions.web.pages import here, page
from petitions.web.transaction import db

blueprint = Blueprint("journal", __name__)
menu.register(menu.Entry("journal.listing", say("Nhật ký"), "history", Permission.JOURNAL_READ, order=12))

SIZE = 50
CHECKED = 200  # newest entries whose links are checked whenever the page is opened
MOST = 10_000  # lines of a file
NEWEST = 6  # on the home page


def newest(who: Identity) -> dict[str, Any]:
    """The home page's panel: what was done last, and whether it is whole."""
    checked, broken = queries.newest_whole(db(), CHECKED)
    return {"lines": showing.lines(db(), queries.listed(db(), Asked(), NEWEST), who), "checked": checked, "broken": broken, "whole": words.last_check(db())}


panels.register(panels.Panel("journal.newest", say("Nhật ký"), Permission.JOURNAL_READ, order=20, template="journal/panel.html", load=newest))


@blueprint.get("/journal")
@needs(Permission.JOURNAL_READ)
def listing() -> str:
    """What was done, newest first."""
    session, sent = db(), read_query(JournalQuery)
    asked, unknown = _asked(sent)
    entries = [] if unknown else queries.listed(session, asked, SIZE + 1)
    shown = entries[:SIZE]
    checked, broken = queries.newest_whole(session, CHECKED)
    acts = sorted(((act, str(words.told(act, "…"))) for act in queries.acts(session)), key=lambda pair: pair[1])
    return page(
        "journal/list.html",
        lines=showing.lines(session, shown, identity()),
        older=here(before=shown[-1].id) if len(entries) > SIZE else None,
        newest=here(before=None) if asked.before is not None else None,
        narrowed=any((asked.by, asked.act, sent["subject"], asked.since, asked.until)),
        unknown=unknown,
        form=blank_form(_typed(sent)),
        people=queries.people(session),
        acts=acts,
        checked=checked,
        broken=broken,
        whole=words.last_check(session),
        file="/journal.csv" + here(before=None).removeprefix("/journal"),
        most=MOST,
        now=clock.now(),
    )


@blueprint.get("/journal.csv")
@needs(Permission.JOURNAL_READ)
def export() -> Response:
    """The same entries as a file, at most `MOST` of them."""
    session = db()
    asked, unknown = _asked(read_query(JournalQuery))
    entries = iter(()) if unknown else queries.every(session, replace(asked, before=None), MOST)
    answer = Response(showing.csv_of(session, entries, identity()), mimetype="text/csv", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename=nhat-ky-{clock.today():%Y%m%d}.csv"
    return answer


def _asked(sent: dict[str, Any]) -> tuple[Asked, bool]:
    """What the address asks; True when it names a subject that nobody knows."""
    subject = showing.subject_of(db(), sent["subject"]) if sent["subject"] else None
    since, until = sent["since"], sent["until"]
    asked = Asked(
        by=sent["by"],
        act=sent["act"],
        subject=subject,
        since=clock.midnight(since[0]) if since else None,
        until=clock.midnight(until[1] + timedelta(days=1)) if until else None,
        before=sent["before"],
    )
    return asked, bool(sent["subject"]) and subject is None


def _typed(sent: dict[str, Any]) -> dict[str, Any]:
    days = {name: span and (span[0] if name == "from" else span[1]) for name, span in (("from", sent["since"]), ("to", sent["until"]))}
    return {"by": sent["by"], "act": sent["act"], "subject": sent["subject"], **days}
