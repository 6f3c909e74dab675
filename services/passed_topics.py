"""A topic that a person says is not for them leaves their suggestions for 90 days, or until they take it back."""

from services.context import Context
from services.topics import topic_of
from store import unit_of_work


def pass_topic(context: Context, person_id: str, topic_id: str) -> None:
    """Suggest the topic to the person no more; raise NotFound when the current catalog does not hold it."""
    with unit_of_work(context.engine, write=True) as store:
        store.passed_topics.add(person_id, topic_of(store, topic_id).id, context.clock())


def take_topic_back(context: Context, person_id: str, topic_id: str) -> None:
    """Let the topic be suggested to the person again."""
    with unit_of_work(context.engine, write=True) as store:
        store.passed_topics.remove(person_id, topic_id)


def is_passed(context: Context, person_id: str, topic_id: str) -> bool:
    """Whether the person said that the topic is not for them."""
    with unit_of_work(context.engine) as store:
        return topic_id in store.passed_topics.of(person_id)
