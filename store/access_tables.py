"""The tables of access: logins, tokens for programs, identities of a sign-in provider, signed links already used.

Secrets are kept as SHA-256 only.
"""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from store.columns import UtcDateTime
from store.tables import metadata

logins = Table(
    "logins",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("token_hash", String, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

identities = Table(
    "identities",
    metadata,
    Column("issuer", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("linked_at", UtcDateTime, nullable=False),
)

used_tokens = Table(
    "used_tokens",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("used_at", UtcDateTime, nullable=False, index=True),
)
