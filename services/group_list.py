"""Groups that a person may take part in."""

from dataclasses import dataclass
from datetime import datetime

from domain.language import LocalText
from domain.people import Format, MentorOffer, Person
from domain.sessions import MentoringSession
from domain.topics import Topic
from services.booking.pair_rules import rule_apart
from services.context import Context
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group to come, as one person sees it; `place_in_line` counts from 1, 0 for who does not wait."""

    session: MentoringSession
    title: LocalText
    mentor: Person
    has_seat: bool
    is_own: bool
    place_in_line: int
    waiting: int


@dataclass(frozen=True, slots=True)
class GroupList:
    """Groups to come, soonest first, and the topics that the person may offer to groups."""

    groups: list[GroupRow]
    topics: list[Topic]


def group_list(context: Context, person: Person) -> GroupList:
    """Return the groups that begin after now; those of mentors from whom a rule parts the person are left out."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        topics = {topic.id: topic for topic in store.catalog.current().topics}
        rows = [_row(store, session, person, topics) for session in store.sessions.open_groups(now)]
        own = store.offers.get(person.id)
    found = [row for row in rows if row is not None]
    return GroupList(sorted(found, key=_when), _topics_for_groups(own, topics))


def _row(store: Store, session: MentoringSession, person: Person, topics: dict[str, Topic]) -> GroupRow | None:
    mentor, is_own = store.people.get(session.mentor_id), session.mentor_id == person.id
    has_seat = person.id in session.mentee_ids
    if not is_own and not has_seat and rule_apart(store, person, mentor, store.offers.get(mentor.id)):
        return None
    line = store.waiting_list.of(session.id)
    place = line.index(person.id) + 1 if person.id in line else 0
    topic = topics.get(session.topic_id)
    title = topic.title if topic else LocalText(session.topic_id, session.topic_id)
    return GroupRow(session, title, mentor, has_seat, is_own, place, len(line))


def _when(row: GroupRow) -> tuple[datetime, str]:
    return row.session.starts_at or row.session.created_at, row.session.id


def _topics_for_groups(offer: MentorOffer | None, topics: dict[str, Topic]) -> list[Topic]:
    if offer is None or Format.GROUP not in offer.formats:
        return []
    return [topics[key] for key in sorted(offer.topic_ids) if key in topics and Format.GROUP in topics[key].formats]
