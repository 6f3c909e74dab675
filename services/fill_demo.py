"""Puts the demo company into an empty store."""

from collections.abc import Sequence

from domain.topics import Topic
from services.context import Context
from services.demo.offers import offer_neighbours
from services.demo_company import generate_company
from store import unit_of_work

MADE_UP = "made_up"  # a setting that says so: figures of a past that nobody lived must not be taken for real


def fill_demo(context: Context) -> bool:
    """Save the demo company where there are no people yet; return whether that was done."""
    with unit_of_work(context.engine) as store:
        if store.people.list(active_only=False):
            return False
        related = _related_both_ways(store.catalog.current().topics)
    company = generate_company(context.clock(), topic_ids=related)
    with unit_of_work(context.engine, write=True) as store:
        store.roles.save(company.roles)
        store.people.save(company.people)
        store.people.save_held(company.held_skills)
        store.goals.save(company.goals)
        store.offers.save(offer_neighbours(company.offers, related))
        store.sessions.save(company.sessions)
        store.feedback.save(company.feedback)
        store.put_setting(MADE_UP, True)
    return True


def _related_both_ways(topics: Sequence[Topic]) -> dict[str, set[str]]:
    """Return by topic id the topics that it names as related, and those that name it."""
    related = {topic.id: set(topic.related_ids) for topic in topics}
    for topic in topics:
        for other in topic.related_ids:
            related[other].add(topic.id)
    return related
