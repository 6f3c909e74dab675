"""Spaces and pools for the recommender's tests, over embeddings that a test chooses or that a fake encoder makes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from domain.feedback import Feedback
from domain.language import Language
from domain.people import MentorOffer, Person
from domain.sessions import MentoringSession, SessionStatus
from domain.suggestions import Need, NeedKind
from domain.topics import Topic
from embeddings import VectorIndex, build_index, text_hash
from recommender import (
    HelpedTopics,
    MentorPool,
    MentorRequest,
    NeedVectors,
    TopicRequest,
    TopicSpace,
    build_helped_topics,
    build_mentor_pool,
    build_topic_space,
    mentor_texts,
    need_texts,
    topic_texts,
)
from tests.builders import NOW, a_feedback, a_person, a_session, a_topic, an_offer
from tests.fakes.encoder import FakeEncoder

BOTH = frozenset(Language)
ENCODER = FakeEncoder(dim=256)


def index_of(vectors: Mapping[str, Sequence[float]]) -> VectorIndex:
    """Return an index that holds these vectors by text."""
    return build_index([text_hash(text) for text in vectors], np.array(list(vectors.values()), dtype=np.float32))


def encoded(texts: Iterable[str]) -> VectorIndex:
    """Return an index of the fake encoder's vectors."""
    distinct = list({text_hash(text): text for text in texts}.values())
    return build_index([text_hash(text) for text in distinct], ENCODER.encode(distinct))


def a_space(topics: Sequence[Topic]) -> TopicSpace:
    return build_topic_space(topics, encoded(topic_texts(topics, BOTH)), BOTH)


def a_pool(people: Sequence[Person], offers: Sequence[MentorOffer], **more: Any) -> MentorPool:
    """Return a pool; `more` holds sessions and feedback, none by default, and what else `build_mentor_pool` takes."""
    sessions, feedback = more.pop("sessions", ()), more.pop("feedback", ())
    texts = mentor_texts(people, offers, sessions, BOTH)
    return build_mentor_pool(people, offers, sessions, feedback, encoded(texts) if texts else None, BOTH, **more)


def mentors(*ids: str, **changes: Any) -> tuple[list[Person], list[MentorOffer]]:
    """Return people with these ids and one offer each, alike in all else."""
    return [a_person(id) for id in ids], [an_offer(id, **changes) for id in ids]


def a_need(text: str, kind: NeedKind = NeedKind.GOAL, language: Language = Language.EN, **changes: Any) -> NeedVectors:
    """Return a need with the fake encoder's embeddings."""
    return NeedVectors(Need(kind, text, language, **changes), ENCODER.encode(need_texts(text)))


def ask_topics(*needs: NeedVectors, **changes: Any) -> TopicRequest:
    """Return a request of p1, in English, with no gaps and no sessions."""
    person = changes.pop("person", a_person())
    return TopicRequest(person, needs, changes.pop("now", NOW), changes.pop("language", Language.EN), **changes)


def ask_mentors(*needs: NeedVectors, **changes: Any) -> MentorRequest:
    """Return a request of p1 for mentors on delegate-work."""
    mentee, topic = changes.pop("mentee", a_person()), changes.pop("topic", a_topic())
    return MentorRequest(mentee, topic, needs, changes.pop("now", NOW), changes.pop("language", Language.EN), **changes)


def held_by(person_id: str, topic_id: str, rating: int | None = 5) -> tuple[MentoringSession, list[Feedback]]:
    """Return a session that the person had on the topic, and the person's feedback on it, if any."""
    id = f"{person_id}-{topic_id}"
    session = a_session(id, mentee_ids=(person_id,), topic_id=topic_id, status=SessionStatus.HELD)
    said = [] if rating is None else [a_feedback(f"f-{id}", session_id=id, author_id=person_id, rating=rating)]
    return session, said


def helped(*held: tuple[MentoringSession, list[Feedback]]) -> HelpedTopics:
    """Return what helped whom, out of `held_by`."""
    return build_helped_topics([session for session, _ in held], [word for _, words in held for word in words])


def helped_by(first: str, second: str, people: int) -> HelpedTopics:
    """Return the likeness of two topics on which the same people talked with the best ratings."""
    return helped(*(held_by(f"other{n}", topic) for n in range(people) for topic in (first, second)))
