"""One topic of the current catalog, with what stands around it."""

from dataclasses import dataclass

from domain.errors import NotFound
from domain.language import Language
from domain.people import Format, Person
from domain.topics import Area, Topic, TopicStatus
from prep.skeleton import split_minutes
from prep.wording import wording_of
from services.context import Context
from store import Store, unit_of_work

OUTLINE_MINUTES = 20


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic, its area, its near topics, and the people who may be named beside it."""

    topic: Topic
    area: Area
    related: list[Topic]
    people: dict[str, Person]


def topic_page(context: Context, topic_id: str) -> TopicPage:
    """Return the topic; raise NotFound when the current catalog does not hold it."""
    with unit_of_work(context.engine) as store:
        catalog = store.catalog.current()
        people = {person.id: person for person in store.people.list(active_only=False)}
    topics = {topic.id: topic for topic in catalog.topics}
    if topic_id not in topics:
        raise NotFound("topic", topic_id, "Choose one from the catalog.")
    topic = topics[topic_id]
    near = [topics[other] for other in topic.related_ids if other in topics]
    areas = {area.id: area for area in catalog.areas}
    return TopicPage(topic, areas[topic.area], [n for n in near if n.status is TopicStatus.ACTIVE], people)


@dataclass(frozen=True, slots=True)
class OutlineSegment:
    """A part of a session on a topic: how many minutes, what it is called, a question that may be asked in it."""

    minutes: int
    title: str
    question: str


def session_outline(topic: Topic, language: Language, minutes: int = OUTLINE_MINUTES) -> list[OutlineSegment]:
    """Return what a one-to-one on the topic looks like, part by part; its agenda is then made for the person."""
    titles = wording_of(language).titles[Format.ONE_TO_ONE]
    shares = split_minutes(minutes, Format.ONE_TO_ONE)
    return [
        OutlineSegment(share, titles[stage][0], next(iter(topic.questions[stage].get(language)), ""))
        for stage, share in shares.items()
    ]


def topic_of(store: Store, topic_id: str) -> Topic:
    """Return the topic of the current catalog; raise NotFound for none."""
    topics = {topic.id: topic for topic in store.catalog.current().topics}
    if topic_id not in topics:
        raise NotFound("topic", topic_id, "Choose one from the catalog.")
    return topics[topic_id]


def all_topics(context: Context) -> list[Topic]:
    """Return the active topics of the current catalog, by id."""
    with unit_of_work(context.engine) as store:
        topics = store.catalog.current().topics
    return sorted((topic for topic in topics if topic.status is TopicStatus.ACTIVE), key=lambda topic: topic.id)
