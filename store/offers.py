"""Mentors' offers and the topics they hold."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from domain.language import Language
from domain.people import Format, MentorOffer, WeeklyHours
from store.dataclass_json import all_from_json, to_json
from store.rows import changed, must_exist, replace_children, rows_of, upsert
from store.tables import mentor_offers, offered_topics, people, topics
from store.work import Work

# `Offers.list` hides the built-in name inside the class
MentorOffers = list[MentorOffer]


class Offers:
    """Queries for what mentors give."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, mentor_id: str) -> MentorOffer | None:
        """Return the mentor's offer; None for a person who offers nothing."""
        return self._work.once(("offer", mentor_id), lambda: self._stored([mentor_id]).get(mentor_id))

    def list(self) -> MentorOffers:
        """Return all offers by mentor id."""
        topic_ids: dict[str, set[str]] = {}
        for row in self._work.connection.execute(select(offered_topics)).mappings():
            topic_ids.setdefault(row["mentor_id"], set()).add(row["topic_id"])
        rows = self._work.connection.execute(select(mentor_offers).order_by(mentor_offers.c.mentor_id)).mappings()
        return [_offer(row, topic_ids.get(row["mentor_id"], set())) for row in rows]

    def save(self, offers: Iterable[MentorOffer]) -> int:
        """Insert or replace; return how many really changed. Raise InvalidInput for an unknown topic or mentor."""
        new = changed(offers, lambda offer: offer.mentor_id, self._stored)
        mentor_ids = [offer.mentor_id for offer in new]
        offered = [
            {"mentor_id": offer.mentor_id, "topic_id": topic_id}
            for offer in new
            for topic_id in sorted(offer.topic_ids)
        ]
        connection = self._work.writing
        must_exist(connection, people.c.id, mentor_ids, "mentor_id", "Import the person first.")
        topic_ids = (row["topic_id"] for row in offered)
        must_exist(connection, topics.c.id, topic_ids, "topic_id", "Publish it in the catalog first.")
        upsert(connection, mentor_offers, [_row(offer) for offer in new])
        replace_children(connection, offered_topics.c.mentor_id, mentor_ids, offered)
        self._work.has_index_change |= bool(new)
        return len(new)

    def _stored(self, mentor_ids: Iterable[str]) -> dict[str, MentorOffer]:
        keys = [*mentor_ids]
        topic_ids: dict[str, set[str]] = {}
        for row in rows_of(self._work.connection, offered_topics.c.mentor_id, keys):
            topic_ids.setdefault(row["mentor_id"], set()).add(row["topic_id"])
        rows = rows_of(self._work.connection, mentor_offers.c.mentor_id, keys)
        return {row["mentor_id"]: _offer(row, topic_ids.get(row["mentor_id"], set())) for row in rows}


def _offer(row: RowMapping, topic_ids: set[str]) -> MentorOffer:
    fields: dict[str, Any] = {**row, "language": Language(row["language"]), "topic_ids": frozenset(topic_ids)}
    fields["formats"] = frozenset(Format(name) for name in row["formats"])
    fields["weekly_hours"] = all_from_json(WeeklyHours, row["weekly_hours"])
    return MentorOffer(**fields)


def _row(offer: MentorOffer) -> dict[str, Any]:
    row = {name: getattr(offer, name) for name in MentorOffer.__slots__ if name != "topic_ids"}
    return row | {"formats": to_json(offer.formats), "weekly_hours": to_json(offer.weekly_hours)}
