"""Words around a session go when they are old; ratings stay."""

from datetime import timedelta

from sqlalchemy import Engine, insert, select

from store import unit_of_work
from store.booking_tables import chat_messages, session_notes
from tests.builders import NOW, a_feedback, a_session

OLD, NEW = NOW - timedelta(days=1), NOW


def test_notes_messages_and_words_of_feedback_go_by_their_age(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1"), a_session("s2", starts_at=None)])
        store.feedback.save([a_feedback("f1", created_at=OLD), a_feedback("f2", created_at=NEW)])
    note = {"author_id": "p1", "is_shared": False, "text": "words", "revision": 1}
    message = {"session_id": "s1", "author_id": "p1", "text": "words"}
    with company.begin() as connection:
        connection.execute(
            insert(session_notes), [note | {"session_id": f"s{i}", "updated_at": at} for i, at in ((1, OLD), (2, NEW))]
        )
        connection.execute(
            insert(chat_messages), [message | {"id": f"c{i}", "at": at} for i, at in ((1, OLD), (2, NEW))]
        )
    with unit_of_work(company, write=True) as store:
        assert store.old_words.purge_before(NOW) == 3
        assert store.old_words.purge_before(NOW) == 0
        assert [(one.rating, one.still_open) for one in store.feedback.list()] == [
            (4, ""),
            (4, "how to check without hovering"),
        ]
    with company.connect() as connection:
        assert list(connection.execute(select(session_notes.c.session_id)).scalars()) == ["s2"]
        assert list(connection.execute(select(chat_messages.c.id)).scalars()) == ["c2"]
