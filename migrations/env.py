"""What Alembic runs for each step: on the connection that `petitions.core.migrate` hands over, in its transaction."""

from alembic import context

from petitions.core import migrate

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=migrate.tables(),
    render_as_batch=True,
    compare_type=True,
    render_item=migrate.render_item,
)
context.run_migrations()
