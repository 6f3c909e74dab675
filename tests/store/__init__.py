"""The store keeps what it is given, on SQLite and on PostgreSQL."""
