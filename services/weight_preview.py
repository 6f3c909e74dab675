"""What other weights would change: a comparison over a sample of people, as counts that point at nobody.

Of topics it says which come and go. Of mentors it names none: a count beside a name would tell of ratings.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from domain.people import Person, Role
from domain.topics import Catalog, Topic
from recommender import MentorWeights, TopicWeights, first_mentors, first_topics
from services.context import Context
from services.needs import own_needs
from services.programme import Programme, read_programme
from services.programme_rules import programme_rules
from services.topic_requests import Asked, mentor_request, topic_request
from store import Store, unit_of_work

SAMPLE = 100
LONGEST = timedelta(seconds=2)  # so long somebody waits for a preview; who was not reached by then is not in it
ENOUGH_PEOPLE = 5  # below it a count would point at people. Source: RELIABILITY.md R15
COMPARED, MOST_NAMED = 3, 3


@dataclass(frozen=True, slots=True)
class Shift:
    """A topic, and for how many more (or fewer: negative) of the people it would be among the first three."""

    topic: Topic
    people: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How many people were compared, for how many the first topic changes, and topics that gain or lose most.

    Parameters
    ----------
    changed
        None for more than nobody and fewer than five: that is all that is said.
    """

    people: int
    changed: int | None
    gains: list[Shift]
    losses: list[Shift]

    @property
    def is_told(self) -> bool:
        """Whether there are enough people to say anything."""
        return self.people >= ENOUGH_PEOPLE


@dataclass(frozen=True, slots=True)
class MentorPreview:
    """How many people were compared, for how many the first mentor of their first topic changes, and the spread.

    Parameters
    ----------
    changed
        As in `Preview`.
    mentors_now, mentors_then
        How many different mentors stand among the first three of these people.
    """

    people: int
    changed: int | None
    mentors_now: int
    mentors_then: int

    @property
    def is_told(self) -> bool:
        """Whether there are enough people to say anything."""
        return self.people >= ENOUGH_PEOPLE


def preview_weights(context: Context, weights: TopicWeights) -> Preview:
    """Return what the weights would change against those in force, for up to 100 mentees, always in one order."""
    with unit_of_work(context.engine) as store:
        programme, catalog = read_programme(store), store.catalog.current()
        compared = list(_compared(context, store, catalog, programme, weights))
    shifts = Counter(topic_id for _, then in compared for topic_id in then)
    shifts.subtract(topic_id for now, _ in compared for topic_id in now)
    topics = {topic.id: topic for topic in catalog.topics}
    told = sorted((-n, id) for id, n in shifts.items() if abs(n) >= ENOUGH_PEOPLE)
    gains = [Shift(topics[id], -n) for n, id in told if n < 0][:MOST_NAMED]
    losses = [Shift(topics[id], -n) for n, id in reversed(told) if n > 0][:MOST_NAMED]
    return Preview(len(compared), _changed(compared), gains, losses)


def preview_mentor_weights(context: Context, weights: MentorWeights) -> MentorPreview:
    """Return what the weights would change for the first topic of up to 100 mentees, always in one order."""
    with unit_of_work(context.engine) as store:
        compared = list(_compared_mentors(context, store, weights))
    now, then = ({mentor_id for pair in compared for mentor_id in pair[side]} for side in (0, 1))
    return MentorPreview(len(compared), _changed(compared), len(now), len(then))


def _changed(compared: Sequence[tuple[list[str], list[str]]]) -> int | None:
    """Return for how many the first place changes; None for fewer than five."""
    changed = sum(now[:1] != then[:1] for now, then in compared)
    return changed if changed >= ENOUGH_PEOPLE or not changed else None


def _compared(
    context: Context, store: Store, catalog: Catalog, programme: Programme, weights: TopicWeights
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield for each person of the sample the first topics now and then, as far as the time goes."""
    space = context.spaces.topics(store)
    for asked in _asking(context, store):
        request = topic_request(context, store, asked, catalog, programme)
        before, after = first_topics(request, space, [programme.topic_weights, weights], COMPARED)
        yield before, after


def _compared_mentors(context: Context, store: Store, weights: MentorWeights) -> Iterator[tuple[list[str], list[str]]]:
    """Yield for each person of the sample who has a topic its first mentors now and then, as far as the time goes."""
    programme, catalog = read_programme(store), store.catalog.current()
    space, pool = context.spaces.topics(store), context.spaces.mentors(store)
    topics = {topic.id: topic for topic in catalog.topics}
    for asked in _asking(context, store):
        request = topic_request(context, store, asked, catalog, programme)
        for topic_id in first_topics(request, space, [programme.topic_weights], 1)[0]:
            wanted = mentor_request(asked, topics[topic_id])
            before, after = first_mentors(wanted, pool, [programme.mentor_weights, weights], COMPARED)
            yield before, after


def _asking(context: Context, store: Store) -> Iterator[Asked]:
    """Yield what each person of the sample asks with, until the time is over."""
    now, rules = context.clock(), programme_rules(store)
    until = now + LONGEST
    for person in takewhile(lambda _: context.clock() <= until, _sample(store.people.list())):
        needs, blocks = own_needs(context, store, person.id, now), store.blocks.around(person.id)
        yield Asked(person, needs, "", person.locale, now, blocks, rules)


def _sample(people: list[Person]) -> list[Person]:
    """Return up to 100 mentees by a hash of their ids: neither the first of the alphabet nor others every time."""
    mentees = [person for person in people if Role.MENTEE in person.roles]
    return sorted(mentees, key=lambda person: hashlib.sha256(person.id.encode()).digest())[:SAMPLE]
