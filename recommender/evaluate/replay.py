"""Replays the past: what the product and the baselines would have named just before somebody asked for a session."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from domain.topics import Topic
from recommender import (
    MentorPool,
    MentorRequest,
    MentorWeights,
    NeedVectors,
    TopicRequest,
    TopicSpace,
    TopicWeights,
    rank_mentors,
    recommend_topics,
)
from recommender.evaluate.habits import Habits
from recommender.evaluate.measure import SHOWN
from recommender.evaluate.past import Wish
from recommender.evaluate.past_requests import Past
from recommender.lexical import BM25Index

SEED = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rankings to replay: ours by name of the system, one for each set of weights, and whether baselines too."""

    topic_weights: Mapping[str, TopicWeights]
    mentor_weights: Mapping[str, MentorWeights]
    with_baselines: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each system would have named for a wish: the first ten topics, and mentors for the topic asked for.

    `topic_asked`, `mentor_asked` and `person_asked` count how often each had been asked for, or had asked, before.
    """

    wish: Wish
    topics: Mapping[str, list[str]]
    mentors: Mapping[str, list[str]]
    topic_asked: int
    mentor_asked: int
    person_asked: int


def replay(past: Past, wishes: Iterable[Wish], plan: Plan) -> Iterator[Outcome]:
    """Give an outcome for each wish, in their order."""
    baselines = _Baselines(past) if plan.with_baselines else None
    for wish in wishes:
        dawn, topic_request, mentor_request = past.dawn(wish.at), past.topic_request(wish), past.mentor_request(wish)
        topics = _topics(topic_request, past.today.space, plan)
        mentors = _mentors(mentor_request, dawn.pool, plan)
        if baselines:
            topics |= baselines.topics(wish, topic_request)
            mentors |= baselines.mentors(wish, mentor_request)
        yield Outcome(
            wish,
            topics,
            mentors,
            topic_asked=dawn.topic_habits.times(wish.topic_id),
            mentor_asked=dawn.mentor_habits.times(wish.mentor_id),
            person_asked=len(topic_request.sessions),
        )


def _topics(request: TopicRequest, space: TopicSpace, plan: Plan) -> dict[str, list[str]]:
    rankings = {name: recommend_topics(request, space, SHOWN, each) for name, each in plan.topic_weights.items()}
    return {name: [one.topic_id for one in ranking.suggestions] for name, ranking in rankings.items()}


def _mentors(request: MentorRequest, pool: MentorPool, plan: Plan) -> dict[str, list[str]]:
    rankings = {name: rank_mentors(request, pool, SHOWN, each) for name, each in plan.mentor_weights.items()}
    return {name: [one.mentor_id for one in ranking.suggestions] for name, ranking in rankings.items()}


class _Baselines:
    """Popularity, words, item-kNN and chance, among the candidates that our rules let the person have.

    Where a baseline says the same of two candidates, the one asked for more often comes first.
    """

    def __init__(self, past: Past) -> None:
        self._past = past
        self._topic_ids = [topic.id for topic in past.today.space.topics]
        self._topic_words = BM25Index([_topic_text(topic) for topic in past.today.space.topics])
        self._mentor_words = BM25Index(past.mentor_texts())
        self._chance = np.random.default_rng(SEED)

    def topics(self, wish: Wish, request: TopicRequest) -> dict[str, list[str]]:
        space = self._past.today.space
        allowed = [one.topic_id for one in recommend_topics(request, space, len(space.topics)).suggestions]
        words = self._topic_words.scores(_text(request.needs))
        return self._rankings(allowed, self._topic_ids, self._past.dawn(wish.at).topic_habits, wish, words)

    def mentors(self, wish: Wish, request: MentorRequest) -> dict[str, list[str]]:
        dawn, ids = self._past.dawn(wish.at), self._past.mentor_ids
        allowed = [one.mentor_id for one in rank_mentors(request, dawn.pool, max(len(ids), 1)).suggestions]
        asked = "\n".join((_text(request.needs), request.topic.title.en, request.topic.title.ru))
        return self._rankings(allowed, ids, dawn.mentor_habits, wish, self._mentor_words.scores(asked))

    def _rankings(
        self, allowed: Sequence[str], ids: Sequence[str], habits: Habits, wish: Wish, words: np.ndarray
    ) -> dict[str, list[str]]:
        row_of = {key: row for row, key in enumerate(ids)}
        rows = np.array([row_of[key] for key in sorted(allowed)], dtype=np.int64)
        scores = {
            "popularity": habits.popularity,
            "bm25": words,
            "item-knn": habits.together(wish.person_id),
            "random": self._chance.random(len(ids)),
        }
        return {name: _best(ids, rows, values, habits.popularity) for name, values in scores.items()}


def _best(ids: Sequence[str], rows: np.ndarray, scores: np.ndarray, popularity: np.ndarray) -> list[str]:
    """Return the ids of the rows, highest score first, then the more popular, then as the rows stand."""
    order = np.lexsort((-popularity[rows], -scores[rows]))
    return [ids[row] for row in rows[order[:SHOWN]]]


def _text(needs: Sequence[NeedVectors]) -> str:
    return "\n".join(need.read_text for need in needs)


def _topic_text(topic: Topic) -> str:
    texts = [text for local in (topic.title, topic.summary) for text in (local.en, local.ru)]
    lists = [text for local in (topic.aliases, topic.phrases) for text in (*local.en, *local.ru)]
    return "\n".join((*texts, *lists))
