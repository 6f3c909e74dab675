"""Gives a permission back at the provider of a calendar that was let go of."""

from contextlib import suppress

from domain.calendars import CalendarConnection
from integrations.calendar import CalendarFailed
from services.cloud_calendars import tokens_of
from services.context import Context


def revoke_consent(context: Context, connection: CalendarConnection) -> None:
    """Give the permission back; a provider that does not answer keeps nobody connected, nor do unreadable tokens."""
    oauth = context.calendar_consents.get(connection.kind)
    if oauth:
        with suppress(CalendarFailed):
            oauth.revoke(tokens_of(context.seal.unseal(connection.person_id, connection.credentials)))
