"""The best matching among some pairs, as a min-cost flow: the only home of OR-tools."""

import numpy as np

from recommender.matching.arcs import Arcs
from recommender.matching.levels import Levels


def best_flow(arcs: Arcs, worths: np.ndarray, levels: Levels, capacity: np.ndarray) -> np.ndarray:
    """Return the places within the arcs of the pairs of a best matching, rising.

    Nodes are mentees, mentors, `nobody` and the sink; a mentee who goes to nobody costs what a match is worth. Every
    mentee has that way, so a flow always exists.
    Source: Goldberg, An Efficient Implementation of a Scaling Minimum-Cost Flow Algorithm (1997), as in OR-tools.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # a tenth of a second that only matching needs

    mentees, mentors = levels.mentees, levels.mentors
    every, seats = np.arange(mentees), mentees + np.arange(mentors)
    nobody, sink = mentees + mentors, mentees + mentors + 1
    flow = SimpleMinCostFlow()
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        arcs.rows, mentees + arcs.columns, np.ones(len(worths), dtype=np.int64), levels.match - worths
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([every, seats, [nobody]]),
        np.concatenate([np.full(mentees, nobody), np.full(mentors + 1, sink)]),
        np.concatenate([np.ones(mentees, dtype=np.int64), np.minimum(capacity, mentees), [mentees]]),
        np.concatenate([np.full(mentees, levels.match), np.zeros(mentors + 1, dtype=np.int64)]),
    )
    flow.set_nodes_supplies(np.array([*every, sink]), np.array([*np.ones(mentees, dtype=np.int64), -mentees]))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The flow must have an optimum, got status {status}.")
    return np.flatnonzero(flow.flows(pairs))
