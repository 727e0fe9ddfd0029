"""The steps from one shape of the database to the next, driven by `petitions.core.migrate`; no alembic.ini."""
