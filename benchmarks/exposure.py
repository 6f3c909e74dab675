"""How evenly suggestions fall on the mentors of the demo company, with and without the load term.

Everybody asks for suggestions once: first all of the company as it stands, then one after another, each asking the
first mentor of the first topic for a session, which the next one's ranking already knows. Of a list only the first
place counts: it is where people look. The load is what the term looks at: minutes of 28 days and ahead, for the minutes
offered. Counted are mentors who are neither away nor without minutes.

Run: python -m benchmarks.exposure
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from commands.demo import demo_settings, prepare_demo
from domain.people import Format, Person, skill_gaps
from domain.sessions import MentoringSession, SessionStatus
from domain.topics import Topic
from recommender import (
    MentorPool,
    MentorRanking,
    MentorRequest,
    MentorWeights,
    NeedVectors,
    TopicRequest,
    TopicSpace,
    count_mentors,
    rank_mentors,
    recommend_topics,
)
from recommender.mentor_sessions import LOAD_DAYS, busy_times, taken_minutes, workload
from recommender.metrics import gini, top_share
from services.context import Context
from services.needs import own_needs
from settings import read_settings
from store import unit_of_work

TOPICS_SHOWN, ASKED_MINUTES = 5, 20
WITHOUT_LOAD = replace(MentorWeights(), load=0.0)


@dataclass(frozen=True, slots=True)
class Asker:
    """A person with needs, and what else their topics depend on."""

    person: Person
    request: TopicRequest


@dataclass(frozen=True, slots=True)
class Company:
    """The demo company as the recommender reads it."""

    space: TopicSpace
    pool: MentorPool
    sessions: list[MentoringSession]
    askers: list[Asker]
    topics: dict[str, Topic]

    @property
    def is_open(self) -> np.ndarray:
        """Whom anybody may be suggested: active, not on a break, with minutes to give."""
        pool, now = self.pool, self.askers[0].request.now.timestamp()
        return np.asarray(pool.is_active & (pool.paused_until <= now) & (pool.capacity > 0))


def main() -> None:
    company = read_company(prepare_demo(demo_settings(read_settings())))
    print(f"{len(company.askers)} people ask, {int(company.is_open.sum())} mentors are open to them.")
    print("| load term | asked | Gini of first places | of the top tenth | mentors with none | Gini of load |")
    print("|---|---|---|---|---|---|")
    for how, ask in (("all at once", ask_at_once), ("one after another", ask_in_turn)):
        for name, weights in (("without", WITHOUT_LOAD), ("with", MentorWeights())):
            print(f"| {name} | {how} | {figures(company, *ask(company, weights))} |")


def figures(company: Company, places: Counter[str], pool: MentorPool) -> str:
    """Return the row's cells: how unequal first places are, and the load they leave."""
    amounts = np.array([places[offer.mentor_id] for offer in pool.offers])[company.is_open]
    minutes = pool.workload.since(company.askers[0].request.now - timedelta(days=LOAD_DAYS), len(pool.offers))
    load = (minutes / np.maximum(pool.capacity, 1))[company.is_open]
    none = f"{int((amounts == 0).sum())} of {len(amounts)}"
    return f"{gini(amounts):.3f} | {top_share(amounts):.3f} | {none} | {gini(load):.3f}"


def read_company(context: Context) -> Company:
    """Return the company with everybody who has told anything of themselves."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        catalog, space, pool = store.catalog.current(), context.spaces.topics(store), context.spaces.mentors(store)
        roles = {role.id: role for role in store.roles.list()}
        askers = []
        for person in store.people.list():
            needs: list[NeedVectors] = own_needs(context, store, person.id, now)
            gaps = skill_gaps(store.people.held(person.id), roles.get(person.target_role_id or ""))
            own = store.sessions.of_person(person.id)
            if needs or gaps:
                askers.append(Asker(person, TopicRequest(person, needs, now, person.locale, gaps, own)))
        return Company(space, pool, store.sessions.list(), askers, {topic.id: topic for topic in catalog.topics})


def ask_at_once(company: Company, weights: MentorWeights) -> tuple[Counter[str], MentorPool]:
    """Return how often each mentor stands first when all ask on the same day, and the pool as it was."""
    rankings = (ranking for asker in company.askers for _, ranking in shown_to(asker, company, company.pool, weights))
    return Counter(ranking.suggestions[0].mentor_id for ranking in rankings if ranking.suggestions), company.pool


def ask_in_turn(company: Company, weights: MentorWeights) -> tuple[Counter[str], MentorPool]:
    """Return the same when each in turn asks the first mentor of the first topic for a session."""
    places: Counter[str] = Counter()
    pool, sessions = company.pool, list(company.sessions)
    for asker in company.askers:
        shown = [(topic, ranking) for topic, ranking in shown_to(asker, company, pool, weights) if ranking.suggestions]
        places.update(ranking.suggestions[0].mentor_id for _, ranking in shown)
        if shown:
            sessions.append(_asked_for(asker, *shown[0]))
            pool = _with_sessions(pool, sessions)
    return places, pool


def shown_to(
    asker: Asker, company: Company, pool: MentorPool, weights: MentorWeights
) -> Iterator[tuple[Topic, MentorRanking]]:
    """Yield the person's topics, each with its mentors."""
    person, request = asker.person, asker.request
    supply = count_mentors(pool, list(company.topics.values()), person, request.now, person.locale)
    for suggestion in recommend_topics(replace(request, supply=supply), company.space, TOPICS_SHOWN).suggestions:
        topic = company.topics[suggestion.topic_id]
        asked = MentorRequest(person, topic, request.needs, request.now, person.locale)
        yield topic, rank_mentors(asked, pool, weights=weights)


def _asked_for(asker: Asker, topic: Topic, ranking: MentorRanking) -> MentoringSession:
    first = ranking.suggestions[0]
    return MentoringSession(
        id=f"asked by {asker.person.id}",
        topic_id=topic.id,
        mentor_id=first.mentor_id,
        mentee_ids=(asker.person.id,),
        format=Format.ONE_TO_ONE,
        minutes=ASKED_MINUTES,
        status=SessionStatus.REQUESTED,
        need="",
        created_at=asker.request.now - timedelta(seconds=1),
        starts_at=first.next_slot,
    )


def _with_sessions(pool: MentorPool, sessions: Sequence[MentoringSession]) -> MentorPool:
    """Return the pool as it is once these sessions are asked for."""
    return replace(
        pool,
        workload=workload(sessions, pool.row_of),
        taken_minutes=taken_minutes(sessions, pool.people, pool.row_of),
        busy=busy_times(sessions),
    )


if __name__ == "__main__":
    main()
