"""Alembic's entry: runs the migrations on the connection, and in the transaction, that it is given."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # the caller's transaction is the one: all migrations happen or none
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
