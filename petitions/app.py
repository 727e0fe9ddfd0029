"""The application: which rooms there are, and what they hand to one another. Reads like a table of contents."""

from flask import Flask

from petitions import ports
from petitions.accounts import views as accounts
from petitions.agencies import views as agencies
from petitions.areas import views as areas
from petitions.core.office import Office
from petitions.council import views as council
from petitions.documents import views as documents
from petitions.duties import views as duties
from petitions.home import views as home
from petitions.intake import views as intake
from petitions.intake.importing import views as importing
from petitions.jobs import views as jobs
from petitions.journal import views as journal
from petitions.letters import views as letters
from petitions.notifications import views as notifications
from petitions.oversight import views as oversight
from petitions.search import views as search
from petitions.settings import Settings
from petitions.web import house, pages
from petitions.workdays import views as workdays

ROOMS = (home, search, oversight, intake, importing, duties, letters, council, agencies, areas, accounts, workdays, documents, journal, notifications, jobs)


def assemble() -> None:
    """Introduce the rooms to one another; commands, which draw no pages, do so too."""
    ports.introduce()


def create_app(what: Settings | Office | None = None) -> Flask:
    """The office as a WSGI application; without an argument, the one that the environment describes."""
    office = what if isinstance(what, Office) else Office.open(what or Settings.from_environment())
    app = Flask("petitions", static_folder=None, template_folder=str(pages.folder()))
    house.lay_ground(app, office)
    assemble()
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    house.check(app)
    return app
