"""How fast and how well whole cohorts are matched, from vectors to the proposal. Prints one table per size.

The company is made up: needs lie around topics, some topics and mentors are wanted by everybody, mentors offer six
topics of 400 and have few or many places. The work runs in a process of its own, whose peak of memory is read at its
end; making the company up is not timed.

Run: python -m benchmarks.cohorts [--size small|medium|large]
"""

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from threadpoolctl import threadpool_limits

from domain.language import Language, LocalText, LocalTexts
from domain.people import Format, MentorOffer, Person
from domain.suggestions import NeedKind
from domain.topics import Topic, TopicLevel
from embeddings import build_index, text_hash
from recommender import MentorPool, TopicRequest, TopicSpace, build_mentor_pool, build_topic_space, count_mentors
from recommender.cohort_fits import QuickFits
from recommender.cohort_needs import CohortNeeds
from recommender.cohort_scores import Cohort, score_pairs
from recommender.cohort_topics import ByVectors, quick_topics
from recommender.matching import MatchProblem, match_cohort

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"small": (500, 120), "medium": (10_000, 2_000), "large": (100_000, 10_000)}
TOPICS, OFFERED, DIM, MINUTES = 400, 6, 384, 20
ZONES = ("Europe/Berlin", "Europe/Moscow", "Asia/Almaty", "America/New_York")
SPEAKS = (frozenset({Language.EN}), frozenset({Language.RU}))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    space: TopicSpace
    pool: MentorPool
    mentees: list[Person]
    needs: CohortNeeds
    places: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description="Match made-up cohorts.")
    parser.add_argument("--size", choices=SIZES, action="append", help="default: small and medium")
    parser.add_argument("--here", choices=SIZES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        with threadpool_limits(1):  # as `serve` does: threads within small products only wait for each other
            print(json.dumps(measure(*SIZES[arguments.here])))
        return
    for size in arguments.size or ["small", "medium"]:
        command = [sys.executable, "-m", "benchmarks.cohorts", "--here", size]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        mentees, mentors = SIZES[size]
        print(f"\n| {mentees:,} mentees x {mentors:,} mentors | |\n|---|---|")
        for name, value in json.loads(done.stdout).items():
            print(f"| {name} | {value} |")


def measure(mentees: int, mentors: int) -> dict[str, str]:
    """Return what was measured, by name, in words."""
    company = make_company(mentees, mentors)
    began, worked = perf_counter(), process_time()
    requests = _requests(company)
    topics = quick_topics(requests, ByVectors(company.needs, company.space), company.space)
    after_topics = perf_counter()
    cohort = Cohort(company.mentees, company.space.topics, topics, NOW, MINUTES)
    pairs = score_pairs(cohort, company.pool, QuickFits(company.needs, company.pool, mentees, NOW))
    after_scores = perf_counter()
    ids = [mentee.id for mentee in company.mentees]
    problem = MatchProblem(ids, company.pool.ids.tolist(), pairs.scores, company.places)
    found = match_cohort(problem)
    ended = perf_counter()
    return {
        "topics": f"{after_topics - began:.1f} s",
        "scores of pairs": f"{after_scores - after_topics:.1f} s",
        "matching": f"{ended - after_scores:.1f} s",
        "from vectors to the proposal": f"{ended - began:.1f} s",
        "processor time of it": f"{process_time() - worked:.1f} s",
        "peak memory": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB",
        "allowed pairs": f"{pairs.scores.nnz:,}",
        "places": f"{company.places.sum():,}",
        "matched": f"{len(found.pairs):,}",
        "poor": f"{found.poor:,}",
        "as many and as few as can be": "proven" if found.is_proven else "not proven",
        "objective": f"{found.objective:.2f}",
        "upper bound": f"{found.bound:.2f}",
        "share of the bound": f"{found.share_of_bound:.3%}",
        "Gini of load": f"{found.load_gini:.3f}",
    }


def make_company(mentees: int, mentors: int) -> Company:
    """Return a company with wanted and unwanted topics and mentors, always the same one of a size."""
    random = np.random.default_rng(20260302)
    centers = _units(random.normal(size=(TOPICS, DIM)))
    wanted = 1 / (np.arange(TOPICS) + 20)
    wanted /= wanted.sum()
    space = _space(random, centers)
    pool = _pool(random, centers, wanted, mentors)
    likes = random.choice(TOPICS, size=(mentees, 2), p=wanted)
    vectors = centers[likes[:, 0]] + 0.6 * centers[likes[:, 1]] + 0.03 * random.normal(size=(mentees, DIM))
    needs = CohortNeeds(
        vectors=_units(vectors),
        owners=np.arange(mentees),
        weights=np.ones(mentees, dtype=np.float32),
        kinds=np.array([NeedKind.GOAL] * mentees, dtype=object),
    )
    people = [_person(random, f"e{number:06}") for number in range(mentees)]
    places = random.integers(1, int(2.2 * mentees / mentors), size=mentors)
    return Company(space, pool, people, needs, places)


def _space(random: np.random.Generator, centers: np.ndarray) -> TopicSpace:
    topics = [_topic(number) for number in range(TOPICS)]
    phrases = [text for topic in topics for text in topic.phrases.en]
    vectors = _units(np.repeat(centers, 6, axis=0) + 0.03 * random.normal(size=(6 * TOPICS, DIM)))
    index = build_index([text_hash(text) for text in phrases], vectors)
    return build_topic_space(topics, index, frozenset({Language.EN}))


def _pool(random: np.random.Generator, centers: np.ndarray, wanted: np.ndarray, mentors: int) -> MentorPool:
    people = [_person(random, f"m{number:06}") for number in range(mentors)]
    offered = [random.choice(TOPICS, OFFERED, replace=False, p=(wanted + 1 / TOPICS) / 2) for _ in range(mentors)]
    offers = [_offer(random, person, topics) for person, topics in zip(people, offered, strict=True)]
    texts = [sentence for offer in offers for sentence in offer.biography.split("\n")]
    about = np.concatenate([topics[:2] for topics in offered])
    clarity = np.repeat(random.uniform(0.5, 2.0, size=mentors), 2)[:, None]  # who writes well is wanted by everybody
    vectors = _units(clarity * centers[about] + 0.04 * random.normal(size=(2 * mentors, DIM)))
    index = build_index([text_hash(text) for text in texts], vectors)
    return build_mentor_pool(people, offers, [], [], index, frozenset({Language.EN}))


def _person(random: np.random.Generator, key: str) -> Person:
    speaks = frozenset(Language) if random.random() < 0.4 else SPEAKS[int(random.random() < 0.4)]
    zone = str(random.choice(ZONES, p=[0.4, 0.35, 0.15, 0.1]))
    return Person(key, key, f"{key}@example.org", min(speaks), speaks, zone, "Work")


def _offer(random: np.random.Generator, person: Person, topics: np.ndarray) -> MentorOffer:
    return MentorOffer(
        mentor_id=person.id,
        topic_ids=frozenset(f"t{number:03}" for number in topics),
        capacity_minutes_per_week=int(random.integers(1, 7)) * MINUTES,
        formats=frozenset({Format.ONE_TO_ONE}),
        biography=f"First of {person.id}\nSecond of {person.id}",
        language=Language.EN,
    )


def _topic(number: int) -> Topic:
    key, nothing = f"t{number:03}", LocalTexts()
    return Topic(
        id=key,
        area="work",
        title=LocalText("", ""),
        summary=LocalText("", ""),
        aliases=nothing,
        phrases=LocalTexts(en=tuple(f"{key} phrase {place}" for place in range(6))),
        questions={},
        next_steps=nothing,
        out_of_scope=LocalText("", ""),
        skill_ids=(),
        level=TopicLevel.STARTING,
        related_ids=(),
        formats=frozenset({Format.ONE_TO_ONE}),
    )


def _requests(company: Company) -> list[TopicRequest]:
    """Return one request per mentee; its needs lie in `Company.needs`."""
    supplies: dict[frozenset[Language], dict[str, int]] = {}
    for mentee in company.mentees:
        if mentee.languages not in supplies:
            supply = count_mentors(company.pool, company.space.topics, mentee, NOW, mentee.locale)
            supplies[mentee.languages] = supply
    return [TopicRequest(p, (), NOW, p.locale, supply=supplies[p.languages]) for p in company.mentees]


def _units(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


if __name__ == "__main__":
    main()
