"""`/search`: one page, in parts for htmx; the whole search stands in its address."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from petitions.core.paging import Page
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.search import addresses, finding
from petitions.search.requests import NEWEST, OLDEST, RELEVANCE
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("search", __name__)
menu.register(menu.Entry("search.show", say("Tìm kiếm"), "search", Permission.PETITION_READ, order=10, key="/", phone=True))

SORTS = ((RELEVANCE, say("Sát nghĩa nhất")), (NEWEST, say("Mới nhất")), (OLDEST, say("Cũ nhất")))
TONES = {"grey": "quiet", "blue": "act", "green": "done", "amber": "near", "red": "late"}


@blueprint.get("/search")
@needs(Permission.PETITION_READ)
def show() -> str | Response:
    """Search and show what was found."""
    asked, hints = addresses.asked_of(request.args)
    found = finding.find(db(), finding.engine_of(office()), asked, identity())
    return page(
        "search/show.html",
        found=found,
        shown=Page(found.rows, addresses.page_of(request.args), addresses.PAGE_SIZE, min(found.results.total, addresses.MOST_PAGES * addresses.PAGE_SIZE)),
        choices=addresses.choices(found),
        chips=addresses.chips(found),
        hints=[*hints, *found.results.hints],
        kept=addresses.kept(request.args),
        bare=addresses.bare(),
        sorts=SORTS,
        tones=TONES,
        since=request.args.get("from", ""),
        until=request.args.get("to", ""),
    )
