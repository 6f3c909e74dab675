"""How near the topics shown together are, by lambda: the table of recommender/diversify.py.

Run: python -m benchmarks.nearness
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from commands.demo import demo_settings, prepare_demo
from domain.people import Role
from domain.suggestions import Need, NeedKind
from embeddings import detect_language
from recommender import NeedVectors, TopicRequest, TopicSpace, TopicWeights, need_texts
from recommender.diversify import diversified, topic_likeness
from recommender.eligibility import topic_rules
from recommender.scoring import best_first, weighted_scores
from recommender.topic_features import topic_features
from recommender.topics import CONSIDERED_PER_PLACE
from services.context import Context
from services.demo.files import read_demo_texts
from services.needs import own_needs
from services.programme import read_programme
from services.topic_requests import Asked, topic_request
from settings import read_settings
from store import unit_of_work

LAMBDAS = (1.0, 0.9, 0.8, 0.7, 0.6)
PEOPLE, NEEDS, FIRST, TYPED = 150, 240, 3, 5
NEAR = 0.76  # a cosine that one pair of topics in a hundred passes


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Candidates best first, their fit to own words, and the topic that was meant, if that is known."""

    rows: list[int]
    scores: np.ndarray
    needs: np.ndarray
    about: str = ""


def main() -> None:
    context = prepare_demo(demo_settings(read_settings()))
    with unit_of_work(context.engine) as store:
        space = context.spaces.topics(store)
    people, typed = list(_people(context, space)), list(_typed(context, space))
    print("| lambda | people: near, score, own words kept | typed needs: near, score kept, among five |\n|---|---|---|")
    for fit in LAMBDAS:
        near, kept, words, _ = _measured(people, space, fit, FIRST)
        near_typed, kept_typed, _, found = _measured(typed, space, fit, TYPED)
        print(f"| {fit} | {near:.2f}, {kept:.3f}, {words:.3f} | {near_typed:.2f}, {kept_typed:.3f}, {found:.2f} |")


def _people(context: Context, space: TopicSpace) -> Iterator[Case]:
    with unit_of_work(context.engine) as store:
        mentees = [person for person in store.people.list() if Role.MENTEE in person.roles][:PEOPLE]
        catalog, programme, now = store.catalog.current(), read_programme(store), context.clock()
        for person in mentees:
            asked = Asked(person, own_needs(context, store, person.id, now), "", person.locale, now)
            yield _case(topic_request(context, store, asked, catalog, programme), space, TopicWeights(), FIRST)


def _typed(context: Context, space: TopicSpace) -> Iterator[Case]:
    for goal in read_demo_texts().goals[:NEEDS]:
        language = detect_language(goal.text)
        need = NeedVectors(Need(NeedKind.TYPED, goal.text, language), context.encoder.encode(need_texts(goal.text)))
        request = TopicRequest(None, [need], context.clock(), language)
        yield _case(request, space, TopicWeights().for_typed_need(), TYPED, goal.about)


def _case(request: TopicRequest, space: TopicSpace, weights: TopicWeights, k: int, about: str = "") -> Case:
    features = topic_features(request, space)
    scores = weighted_scores(features, weights.shares())
    rules = topic_rules(request, space.topics)
    order = best_first(scores, np.array([topic.id for topic in space.topics], dtype=object))
    rows = [row for row in order if rules[row] is None][: k * CONSIDERED_PER_PLACE]
    return Case(rows, scores[rows], features["need"][rows], about)


def _measured(cases: Sequence[Case], space: TopicSpace, fit: float, k: int) -> tuple[float, ...]:
    """Return the shares: cases with a near pair among the first three, score and own words kept, meant among k."""
    near, kept, found, words, best_words = [], [], [], 0.0, 0.0
    for case in cases:
        topics = [space.topics[row] for row in case.rows]
        likeness = topic_likeness(topics, space.vectors[case.rows])
        shown = diversified(case.scores, likeness, k, fit)
        near.append(_has_near_pair(space, [case.rows[place] for place in shown[:FIRST]]))
        kept.append(case.scores[shown].mean() / case.scores[:k].mean())
        words, best_words = words + case.needs[shown].sum(), best_words + case.needs[:k].sum()
        found.append(case.about in [topics[place].id for place in shown])
    return float(np.mean(near)), float(np.mean(kept)), words / best_words, float(np.mean(found))


def _has_near_pair(space: TopicSpace, rows: Sequence[int]) -> bool:
    pairs = [(a, b) for place, a in enumerate(rows) for b in rows[place + 1 :]]
    topics = space.topics
    related = any(topics[a].id in topics[b].related_ids or topics[b].id in topics[a].related_ids for a, b in pairs)
    return related or any(float(space.vectors[a] @ space.vectors[b]) > NEAR for a, b in pairs)


if __name__ == "__main__":
    main()
