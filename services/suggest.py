"""A person's priority topics, each with mentors; or the same for a need typed now."""

import logging
import secrets
from dataclasses import dataclass, replace

from domain.blocks import NO_BLOCKS
from domain.errors import NotFound
from domain.language import Language
from domain.people import Person
from domain.suggestions import Excluded, MentorSuggestion, SuggestionSet, check_need
from domain.topics import Topic, TopicStatus
from recommender import MentorRanking, rank_mentors, recommend_topics, with_mentors
from services.context import Context
from services.needs import embedded_need, own_needs
from services.programme import Programme, read_programme
from services.programme_rules import programme_rules
from services.topic_requests import Asked, mentor_request, topic_request
from store import STORE_FAULTS, Store, unit_of_work

log = logging.getLogger(__name__)

TOPICS_SHOWN, MENTORS_SHOWN = 5, 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """An answer, with the topics and people that it names."""

    answer: SuggestionSet
    topics: dict[str, Topic]
    people: dict[str, Person]

    @property
    def has_catalog(self) -> bool:
        """Whether there is any topic that could be suggested to somebody."""
        return any(topic.status is TopicStatus.ACTIVE for topic in self.topics.values())


@dataclass(frozen=True, slots=True)
class RankedMentors:
    """The mentors for a topic, with the people that it names."""

    suggestions: tuple[MentorSuggestion, ...]
    excluded: tuple[Excluded, ...]
    people: dict[str, Person]


def suggest_for_person(
    context: Context, person_id: str, *, k: int = TOPICS_SHOWN, language: Language | None = None
) -> Suggested:
    """Return the person's priority topics with mentors, and keep what was shown; nothing is embedded here.

    Raises
    ------
    NotFound
        If there is no such person.
    """
    now = context.clock()
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id)
        needs = own_needs(context, store, person_id, now)
        asked = _with_bars(store, Asked(person, needs, "", language or person.locale, now))
        suggested = _suggest(context, store, asked, k)
        before = store.suggestions.latest_for(person_id)
    if before is None or _essence(before) != _essence(suggested.answer):
        _keep_shown(context, suggested.answer)
    return suggested


def _keep_shown(context: Context, answer: SuggestionSet) -> None:
    try:
        with unit_of_work(context.engine, write=True) as store:
            store.suggestions.add(answer)
    except STORE_FAULTS as error:  # reading goes on with a full disk
        log.warning("What was suggested was not kept: %s", error)


def suggest_for_need(
    context: Context,
    need: str,
    *,
    person_id: str | None = None,
    k: int = TOPICS_SHOWN,
    language: Language | None = None,
) -> Suggested:
    """Return the topics for a need typed now, with mentors; what is shown to a person is kept.

    Raises
    ------
    InvalidInput
        If the need is empty, too long or not text.
    NotFound
        If there is no such person.
    """
    suggested = find_for_need(context, need, person_id=person_id, k=k, language=language)
    if person_id:
        with unit_of_work(context.engine, write=True) as store:
            store.suggestions.add(suggested.answer)
    return suggested


def find_for_need(
    context: Context,
    need: str,
    *,
    person_id: str | None = None,
    k: int = TOPICS_SHOWN,
    language: Language | None = None,
) -> Suggested:
    """Return the same answer as `suggest_for_need` would, with the same errors; nothing is kept."""
    typed = embedded_need(context, check_need(need))
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id) if person_id else None
        shown_in = language or typed.need.language
        asked = _with_bars(store, Asked(person, [typed], typed.need.text, shown_in, context.clock()))
        return _suggest(context, store, asked, k)


def suggestions_shown(context: Context, person_id: str, answer_id: str) -> Suggested:
    """Return an answer as it was shown to this person, less the mentors whom a block has parted from them since.

    Raises
    ------
    NotFound
        If there is none, or it was shown to somebody else.
    """
    with unit_of_work(context.engine) as store:
        answer = store.suggestions.get(answer_id)
        if answer.person_id != person_id:
            raise NotFound("suggestion set", answer_id)  # as if it were missing
        blocks = store.blocks.around(person_id)
        topics = {topic.id: topic for topic in store.catalog.version(answer.catalog_version).topics}
        people = store.people.by_ids(_mentioned(answer))
    return Suggested(_without(answer, blocks.own | blocks.of_others), topics, people)


def mentors_for_topic(
    context: Context,
    person_id: str,
    topic_id: str,
    *,
    need: str = "",
    k: int = TOPICS_SHOWN,
    language: Language | None = None,
) -> RankedMentors:
    """Return the mentors for a topic, ranked for this person.

    Raises
    ------
    NotFound
        If there is no such person or topic.
    """
    now = context.clock()
    typed = [embedded_need(context, check_need(need))] if need.strip() else []
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id)
        needs = typed or own_needs(context, store, person_id, now)
        asked = _with_bars(store, Asked(person, needs, need, language or person.locale, now))
        topics = {topic.id: topic for topic in store.catalog.current().topics}
        if topic_id not in topics:
            raise NotFound("topic", topic_id, "Choose one from the catalog.")
        ranking = _rank_mentors(context, store, asked, topics[topic_id], read_programme(store), k)
        people = _mentors(context, store)
    return RankedMentors(ranking.suggestions, ranking.excluded, people)


def has_told_us(context: Context, person: Person) -> bool:
    """Return whether there is something of the person's own to suggest from: a goal, feedback or a role."""
    with unit_of_work(context.engine) as store:
        has_written = bool(store.goals.of(person.id) or store.feedback.of_mentee(person.id))
        has_role = bool(person.target_role_id or store.goal_roles.of(person.id))
    return has_written or has_role


def _without(answer: SuggestionSet, person_ids: frozenset[str]) -> SuggestionSet:
    """Return the answer without these people, be they suggested or left out."""
    topics = tuple(
        replace(
            topic,
            mentors=tuple(one for one in topic.mentors if one.mentor_id not in person_ids),
            excluded_mentors=tuple(gone for gone in topic.excluded_mentors if gone.candidate_id not in person_ids),
        )
        for topic in answer.topics
    )
    return replace(answer, topics=topics)


def _with_bars(store: Store, asked: Asked) -> Asked:
    """Return what is asked with the person's blocks and the rules of the programme."""
    blocks = store.blocks.around(asked.person.id) if asked.person else NO_BLOCKS
    return replace(asked, blocks=blocks, rules=programme_rules(store))


def _suggest(context: Context, store: Store, asked: Asked, k: int) -> Suggested:
    catalog = store.catalog.current()
    programme = read_programme(store)
    request = topic_request(context, store, asked, catalog, programme)
    ranking = recommend_topics(request, context.spaces.topics(store), k, programme.topic_weights)
    by_id = {topic.id: topic for topic in catalog.topics}
    topics = tuple(
        with_mentors(each, _rank_mentors(context, store, asked, by_id[each.topic_id], programme, MENTORS_SHOWN))
        for each in ranking.suggestions
    )
    answer = SuggestionSet(
        id=secrets.token_hex(8),
        person_id=asked.person.id if asked.person else None,
        need=asked.need,
        language=asked.language,
        asked_at=asked.now,
        catalog_version=catalog.version.number,
        encoder_id=context.encoder.id,
        topics=topics,
        excluded=ranking.excluded,
    )
    return Suggested(answer, by_id, _mentors(context, store))


def _mentioned(answer: SuggestionSet) -> set[str]:
    suggested = {one.mentor_id for topic in answer.topics for one in topic.mentors}
    return suggested | {gone.candidate_id for topic in answer.topics for gone in topic.excluded_mentors}


def _mentors(context: Context, store: Store) -> dict[str, Person]:
    return {person.id: person for person in context.spaces.mentors(store).people}


def _rank_mentors(
    context: Context, store: Store, asked: Asked, topic: Topic, programme: Programme, k: int
) -> MentorRanking:
    return rank_mentors(mentor_request(asked, topic), context.spaces.mentors(store), k, programme.mentor_weights)


def _essence(answer: SuggestionSet) -> object:
    """Return what makes an answer worth keeping again: what was shown, under which versions."""
    shown = [(topic.topic_id, [mentor.mentor_id for mentor in topic.mentors]) for topic in answer.topics]
    return shown, answer.language, answer.catalog_version, answer.encoder_id
