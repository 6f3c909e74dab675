"""What suggestions for one person cost among 10,000 mentors, everything loaded, for needs never asked before.

Mentors and their words are made up from the demo company's sentences; vectors are those of the configured encoder.
Timed is what a page ranks: who has time, topics for the person, then three mentors for each of five topics.

Run: python -m benchmarks.suggestions
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from statistics import median, quantiles
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from commands.demo import demo_settings, prepare_demo
from domain.feedback import Feedback
from domain.language import Language
from domain.people import Format, MentorOffer, Person, WeeklyHours
from domain.sessions import ALLOWED_MINUTES, MentoringSession, SessionStatus
from domain.topics import Topic
from embeddings import build_index
from recommender import (
    MentorPool,
    MentorRequest,
    NeedVectors,
    TopicRequest,
    TopicSpace,
    build_mentor_pool,
    count_mentors,
    rank_mentors,
    recommend_topics,
)
from services.needs import own_needs
from settings import read_settings
from store import Store, unit_of_work

MENTORS, PEOPLE, SESSIONS_PER_MENTOR, ROUNDS = 10_000, 50, 4, 5
ZONES = ("Europe/Berlin", "Europe/Moscow", "Asia/Almaty", "America/New_York", "Asia/Tokyo")
TOPICS_SHOWN = 5


def main() -> None:
    context = prepare_demo(demo_settings(read_settings()))
    with unit_of_work(context.engine) as store:
        space, catalog, now = context.spaces.topics(store), store.catalog.current(), context.clock()
        company = drawn_company(store, catalog.topics, now)
        vectors = store.vectors.get_many(context.encoder.id, store.vectors.hashes(context.encoder.id))
        index = build_index(list(vectors), np.stack(list(vectors.values())))
        began = perf_counter()
        pool = build_mentor_pool(*company, index, context.encoder.languages, space=space)
        print(f"{MENTORS} mentors, {len(company[2])} sessions: pool built in {perf_counter() - began:.1f} s")
        asked = [(person, own_needs(context, store, person.id, now)) for person in store.people.list()]
    asked = [(person, needs) for person, needs in asked if needs]
    with threadpool_limits(1):  # as `serve` does
        for person, needs in asked[PEOPLE : PEOPLE + 5]:  # what is loaded at first use
            seconds_of(person, needs, space, pool, catalog.topics, now)
        parts = [quickest_of(person, needs, space, pool, catalog.topics, now) for person, needs in asked[:PEOPLE]]
    print(f"{len(parts)} people, {sum(len(needs) for _, needs in asked[:PEOPLE]) / len(parts):.1f} needs each")
    print("| part | median, ms | p95, ms |\n|---|---|---|")
    for name, column in zip(
        ("counting mentors", "topics", "mentors of five topics"), zip(*parts, strict=True), strict=True
    ):
        print(_row(name, column))
    whole = [sum(spent) for spent in parts]
    print(_row("all three", whole))
    of_one = [spent for spent, (_, needs) in zip(whole, asked, strict=False) if len(needs) == 1]
    print(_row(f"all three, {len(of_one)} people of one need", of_one))


def quickest_of(
    person: Person,
    needs: list[NeedVectors],
    space: TopicSpace,
    pool: MentorPool,
    topics: Sequence[Topic],
    now: datetime,
) -> tuple[float, float, float]:
    """Return the quickest of five rounds, each with a text that nothing is remembered of: neighbours only add time."""
    rounds = []
    for number in range(ROUNDS):
        fresh = [replace(each, need=replace(each.need, text=each.need.text + " " * number)) for each in needs]
        rounds.append(seconds_of(person, fresh, space, pool, topics, now))
    return min(rounds, key=sum)


def seconds_of(
    person: Person,
    needs: list[NeedVectors],
    space: TopicSpace,
    pool: MentorPool,
    topics: Sequence[Topic],
    now: datetime,
) -> tuple[float, float, float]:
    """Return how long it takes to count mentors, to rank topics, and to rank mentors for each."""
    by_id = {topic.id: topic for topic in topics}
    began = perf_counter()
    supply = count_mentors(pool, topics, person, now, person.locale)
    counted = perf_counter()
    request = TopicRequest(person, needs, now, person.locale, supply=supply)
    ranking = recommend_topics(request, space, TOPICS_SHOWN)
    ranked = perf_counter()
    for suggestion in ranking.suggestions:
        rank_mentors(MentorRequest(person, by_id[suggestion.topic_id], needs, now, person.locale), pool)
    return counted - began, ranked - counted, perf_counter() - ranked


def drawn_company(
    store: Store, topics: Sequence[Topic], now: datetime
) -> tuple[list[Person], list[MentorOffer], list[MentoringSession], list[Feedback]]:
    """Return 10,000 mentors who offer some ten topics each, speak in demo sentences and have held four sessions."""
    rng = random.Random(7)  # noqa: S311 - a benchmark that repeats
    biographies = [offer for offer in store.offers.list() if offer.biography]
    needs = [session.need for session in store.sessions.list() if session.need]
    people = [_person(number, rng) for number in range(MENTORS)]
    offers = [_offer(person, biographies, topics, rng) for person in people]
    sessions = [_session(number, offers, needs, now, rng) for number in range(MENTORS * SESSIONS_PER_MENTOR)]
    words = [_feedback(session, rng) for session in sessions if session.status is SessionStatus.HELD]
    return people, offers, sessions, words


def _person(number: int, rng: random.Random) -> Person:
    locale = rng.choice(list(Language))
    return Person(
        id=f"m{number:05d}",
        name=f"Mentor {number}",
        email=f"m{number}@example.org",
        locale=locale,
        languages=frozenset(Language) if rng.random() < 0.5 else frozenset({locale}),
        zone=rng.choice(ZONES),
        department=f"Department {rng.randrange(20)}",
        manager_id=f"m{rng.randrange(MENTORS):05d}",
    )


def _offer(
    person: Person, biographies: Sequence[MentorOffer], topics: Sequence[Topic], rng: random.Random
) -> MentorOffer:
    told = rng.sample(biographies, 2)
    start = rng.randrange(8, 17)
    return replace(
        told[0],
        mentor_id=person.id,
        topic_ids=told[0].topic_ids | {topic.id for topic in rng.sample(list(topics), 2)},
        biography=f"{told[0].biography} {told[1].biography}",
        formats=frozenset(Format),
        capacity_minutes_per_week=rng.choice((30, 45, 60, 90)),
        weekly_hours=tuple(WeeklyHours(day, time(start), time(start + 2)) for day in rng.sample(range(5), 2)),
        paused_until=None,
    )


def _session(
    number: int, offers: Sequence[MentorOffer], needs: Sequence[str], now: datetime, rng: random.Random
) -> MentoringSession:
    offer = rng.choice(offers)
    asked = now - timedelta(minutes=rng.randrange(180 * 24 * 60))
    return MentoringSession(
        id=f"s{number:06d}",
        topic_id=rng.choice(sorted(offer.topic_ids)),
        mentor_id=offer.mentor_id,
        mentee_ids=(f"p{rng.randrange(50_000):05d}",),
        format=Format.ONE_TO_ONE,
        minutes=rng.choice(ALLOWED_MINUTES),
        status=SessionStatus.HELD if asked < now - timedelta(days=7) else SessionStatus.BOOKED,
        need=rng.choice(needs),
        created_at=asked,
        starts_at=asked + timedelta(days=6),
        answered_at=asked + timedelta(hours=rng.randrange(72)),
    )


def _feedback(session: MentoringSession, rng: random.Random) -> Feedback:
    return Feedback(
        id=session.id,
        session_id=session.id,
        author_id=session.mentee_ids[0],
        rating=rng.randint(2, 5),
        still_open="",
        language=Language.EN,
        created_at=session.created_at,
    )


def _row(name: str, seconds: Sequence[float]) -> str:
    return f"| {name} | {median(seconds) * 1000:.1f} | {quantiles(seconds, n=20)[18] * 1000:.1f} |"


if __name__ == "__main__":
    main()
