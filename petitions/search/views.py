"""`/search`: one page, in parts for htmx; the whole search stands in its address. Suggestions, downloads, and the office's own words."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from petitions.core import clock
from petitions.core.errors import Conflict, Invalid
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.search import actions, addresses, exporting, finding, lexicon, queries, suggesting
from petitions.search.requests import NEWEST, OLDEST, RELEVANCE
from petitions.search.schemas import DroppedWords, NewWords, WordsAddress
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_form, read_query, refused
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("search", __name__)
menu.register(menu.Entry("search.show", say("Tìm kiếm"), "search", Permission.PETITION_READ, order=10, key="/", phone=True))
menu.register(menu.Entry("search.words", say("Từ ngữ tìm kiếm"), "list", Permission.REFERENCE_READ, order=63))

SORTS = ((RELEVANCE, say("Sát nghĩa nhất")), (NEWEST, say("Mới nhất")), (OLDEST, say("Cũ nhất")))
TONES = {"grey": "quiet", "blue": "act", "green": "done", "amber": "near", "red": "late"}
SHOWN_NAMES = 5  # other names of one expansion that are written out


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
        names=SHOWN_NAMES,
        tries=addresses.tries(found),
        browses=addresses.browses(found),
        files=[(kind, addresses.download(kind)) for kind in exporting.KINDS],
    )


@blueprint.get("/search/suggest")
@needs(Permission.PETITION_READ)
def suggest() -> Response:
    """Completions of what is being typed, as JSON: words of public lists, and of the index what stands in many documents."""
    found = suggesting.suggest(db(), finding.engine_of(office()), request.args.get("q", "")[: suggesting.LONGEST])
    return jsonify([{"text": one.text, "kind": str(one.kind)} for one in found])


@blueprint.get("/search/results.<kind>")
@needs(Permission.PETITION_READ)
def download(kind: str) -> Response:
    """The rows that the pages of this address list, in their order, as a file."""
    asked, _ = addresses.asked_of(request.args)
    found = finding.find(db(), finding.engine_of(office()), addresses.listed(asked), identity())
    media, data = exporting.file_of(kind, found.rows)
    answer = Response(data, mimetype=media)
    answer.headers["Content-Disposition"] = f"attachment; filename=ket-qua-tim-kiem.{kind}"
    return answer


# -- the office's own words ----------------------------------------------------------------------------------------------


@blueprint.get("/search/words")
@needs(Permission.REFERENCE_READ)
def words() -> str:
    """Abbreviations and synonyms that are searched along: the office's own lines, then the program's."""
    return page("search/words.html", **_words(blank_form()))


def _words(form: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {"q": "", "page": 1} | (read_query(WordsAddress) if request.method == "GET" else {})
    living = queries.living(db())
    dropped = {lexicon.key_of(lexicon.forms_of(row.forms)): row for row in living if row.drops}
    lines = [(line, dropped.get(lexicon.key_of(line.forms))) for line in lexicon.lines() if lexicon.holds(line.forms, asked["q"])]
    first = (asked["page"] - 1) * PAGE_SIZE
    return {
        "own": [row for row in living if not row.drops and lexicon.holds(lexicon.forms_of(row.forms), asked["q"])],
        "withdrawn": queries.withdrawn(db(), PAGE_SIZE) if not asked["q"] else [],
        "lines": Page(lines[first : first + PAGE_SIZE], asked["page"], PAGE_SIZE, len(lines)),
        "q": asked["q"],
        "form": form,
        "may_edit": identity().may(Permission.REFERENCE_MANAGE),
        "separator": lexicon.SEPARATOR,
    }


@blueprint.post("/search/words")
@needs(Permission.REFERENCE_MANAGE)
def add_words() -> ResponseReturnValue:
    """Add a line of the office's own."""
    try:
        actions.add_words(db(), **read_form(NewWords), by=identity(), now=clock.now())
    except (Invalid, Conflict) as error:
        problem = error if isinstance(error, Invalid) else Invalid({"forms": [error.message]})
        return refused("search/words.html", problem, **{key: value for key, value in _words(None).items() if key != "form"})
    flash(str(say("Đã thêm. Từ lần tìm tới, các cách viết này được tìm cùng nhau.")))
    return redirect(url_for("search.words"))


@blueprint.post("/search/words/drop")
@needs(Permission.REFERENCE_MANAGE)
def drop_words() -> ResponseReturnValue:
    """Leave out a line of the program's own."""
    actions.drop_words(db(), **read_form(DroppedWords), by=identity(), now=clock.now())
    flash(str(say("Đã bỏ dòng này.")))
    return redirect(url_for("search.words"))


@blueprint.post("/search/words/<int:number>/withdraw")
@needs(Permission.REFERENCE_MANAGE)
def withdraw_words(number: int) -> ResponseReturnValue:
    """Withdraw a line of the office's own, or take a dropped one of the program's back into use."""
    row = actions.withdraw_words(db(), number, by=identity(), now=clock.now())
    flash(str(say("Đã dùng lại dòng này.") if row.drops else say("Đã rút dòng này.")))
    return redirect(url_for("search.words"))
