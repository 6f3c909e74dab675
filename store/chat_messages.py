"""Messages of chat consults."""

from sqlalchemy import insert, select

from domain.session_talk import ChatMessage
from store.booking_tables import chat_messages
from store.work import Work


class ChatMessages:
    """Queries for messages; lists come oldest first, ties by id."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_session(self, session_id: str) -> list[ChatMessage]:
        """Return the thread of one chat."""
        query = select(chat_messages).where(chat_messages.c.session_id == session_id)
        ordered = query.order_by(chat_messages.c.at, chat_messages.c.id)
        return [ChatMessage(**row) for row in self._work.connection.execute(ordered).mappings()]

    def add(self, message: ChatMessage) -> None:
        """Keep a new message."""
        row = {name: getattr(message, name) for name in ChatMessage.__slots__}
        self._work.writing.execute(insert(chat_messages), row)
