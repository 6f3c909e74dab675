"""How far quick topics for a cohort agree with those of people's own pages, on the demo company. Prints one table.

Run: python -m benchmarks.cohort_topics [--people N]
"""

import argparse
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from commands.demo import demo_settings, prepare_demo
from domain.cohorts import Cohort
from domain.people import Role
from recommender.cohort_needs import cohort_needs
from recommender.cohort_topics import ByVectors, ByWords, exact_topics, quick_topics
from services.cohort_material import Material, material_of
from services.context import Context
from settings import read_settings
from store import unit_of_work


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=70, help="how many mentees (70)")
    material = _material(prepare_demo(demo_settings(read_settings())), parser.parse_args().people)
    requests, space = material.requests, material.space
    needs_of = [request.needs for request in requests]
    with threadpool_limits(1):
        began = perf_counter()
        exact = exact_topics(requests, space)
        print(f"{len(requests)} people, exact: {_ms_each(began, exact):.0f} ms each")
        print("| way | same topics of five | same first | ms each |\n|---|---|---|---|")
        vectors = ByVectors(cohort_needs(needs_of, space.vectors.shape[1]), space)
        for name, similarities in (("by words", ByWords(needs_of, space)), ("by vectors", vectors)):
            began = perf_counter()
            quick = quick_topics(requests, similarities, space)
            same, first = agreement(exact, quick)
            print(f"| {name} | {same:.0%} | {first:.0%} | {_ms_each(began, quick):.0f} |")


def agreement(exact: csr_array, quick: csr_array) -> tuple[float, float]:
    """Return the share of the exact topics that are among the quick ones, and how often the first is the same."""
    first, second = exact.toarray(), quick.toarray()
    same = ((first > 0) & (second > 0)).sum() / max(1, (first > 0).sum())
    return float(same), float(np.mean(first.argmax(axis=1) == second.argmax(axis=1)))


def _material(context: Context, people: int) -> Material:
    """Return mentees who wrote a goal, spread over the whole company."""
    with unit_of_work(context.engine) as store:
        writers = {goal.person_id for goal in store.goals.all_open()}
        mentees = [p.id for p in store.people.list() if Role.MENTEE in p.roles and p.id in writers]
        chosen = tuple(mentees[:: max(1, len(mentees) // people)][:people])
        return material_of(context, store, Cohort("", "agreement", chosen, None, 20, 0.0, context.clock()))


def _ms_each(began: float, scores: csr_array) -> float:
    return (perf_counter() - began) / scores.shape[0] * 1000


if __name__ == "__main__":
    main()
