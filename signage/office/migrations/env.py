"""Run by alembic: migrations go into the transaction of whoever asked for them."""

from alembic import context

from signage.office.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
