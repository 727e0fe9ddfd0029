"""`/`: the reader's home page."""

from flask import Blueprint
from markupsafe import Markup

from petitions.core import clock
from petitions.core.words import say
from petitions.home import greeting
from petitions.web import menu, panels
from petitions.web.access import identity, signed_in
from petitions.web.pages import page

blueprint = Blueprint("home", __name__)
menu.register(menu.Entry("home.show", say("Trang chủ"), "home", None, order=0, key="g h"))


@blueprint.get("/")
@signed_in
def show() -> str:
    """What needs doing first, for this person."""
    who = identity()
    shown = [(panel, Markup(page(panel.template, panel=panel, **values))) for panel, values in panels.for_(who)]  # noqa: S704 - drawn and escaped by our own template
    return page("home/show.html", greeting=greeting.of(who, clock.now()), shown=shown, ways=greeting.ways(who), new=menu.by_key(who, menu.NEW))
