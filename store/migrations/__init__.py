"""Migrations: run by `store.schema.migrate`, found by the place of this package."""
