"""The application for a WSGI server (`waitress-serve wsgi:application`, `gunicorn wsgi:application`), set up by the environment."""

from petitions.app import create_app
from petitions.settings import Settings

application = create_app(Settings.from_environment())
