"""Topics that people said are not for them, and when."""

from datetime import datetime

from sqlalchemy import and_, delete, select

from store.own_page_tables import passed_topics
from store.rows import must_exist, upsert
from store.tables import people, topics
from store.work import Work


class PassedTopics:
    """Queries for topics passed on; a person's own only."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, person_id: str) -> dict[str, datetime]:
        """Return by topic id when the person passed on it, latest first, ties by id."""
        in_order = (passed_topics.c.at.desc(), passed_topics.c.topic_id)
        query = select(passed_topics).where(passed_topics.c.person_id == person_id).order_by(*in_order)
        return {row["topic_id"]: row["at"] for row in self._work.connection.execute(query).mappings()}

    def add(self, person_id: str, topic_id: str, at: datetime) -> None:
        """Note that the topic is not for the person; said again, it counts from now. Raise InvalidInput for unknown."""
        connection = self._work.writing
        must_exist(connection, people.c.id, [person_id], "person_id", "Import the person first.")
        must_exist(connection, topics.c.id, [topic_id], "topic_id", "Choose one from the catalog.")
        upsert(connection, passed_topics, [{"person_id": person_id, "topic_id": topic_id, "at": at}])

    def remove(self, person_id: str, topic_id: str) -> bool:
        """Let the topic be suggested again; return whether it was passed on."""
        is_this = and_(passed_topics.c.person_id == person_id, passed_topics.c.topic_id == topic_id)
        return bool(self._work.writing.execute(delete(passed_topics).where(is_this)).rowcount)

    def purge_before(self, at: datetime) -> int:
        """Forget what was passed on before `at`; return how many went."""
        return self._work.writing.execute(delete(passed_topics).where(passed_topics.c.at < at)).rowcount
