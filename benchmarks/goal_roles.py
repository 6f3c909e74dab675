"""How often a role in people's own words finds the right starter role, and how often words without a role find none.

Run: python -m benchmarks.goal_roles [--misses]
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from compose import build_encoder
from domain.language import Language
from embeddings import Encoder, build_index, detect_language, text_hash
from recommender import RoleSpace, likely_skills, need_texts, role_texts
from services.catalog_files import read_starter_roles
from settings import read_settings

TEXTS = Path(__file__).with_name("goal_roles.tsv")
NO_ROLE = "-"


@dataclass(frozen=True, slots=True)
class GoalText:
    """What somebody wants to become, and the starter roles that are right for it; none for words without a role."""

    text: str
    right: frozenset[str]


def read_goal_texts() -> list[GoalText]:
    """Return the texts in the order of the file."""
    lines = [line for line in TEXTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cells = (line.split("\t") for line in lines[1:])
    return [GoalText(text, frozenset(roles.split(";")) - {NO_ROLE}) for text, roles in cells]


def starter_space(encoder: Encoder | None) -> RoleSpace:
    """Return the starter roles with their embeddings; None gives them words only."""
    roles = read_starter_roles()
    if encoder is None:
        return RoleSpace(roles)
    texts = role_texts(roles, encoder.languages)
    distinct = list({text_hash(text): text for text in texts}.values())
    index = build_index([text_hash(text) for text in distinct], encoder.encode(distinct))
    return RoleSpace(roles, index, encoder.languages)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares: right role first, silent though a role is named, silent where none is, required skills of those named."""

    texts: int
    first: float
    missed: float
    silent: float
    required: float


def measure(goals: Sequence[GoalText], space: RoleSpace, encoder: Encoder | None, misses: bool = False) -> Figures:
    """Return the figures over these texts; with `misses` print what goes wrong."""
    required = {role.id: role.required_levels.keys() for role in space.roles}
    first, missed, silent, precise = [], [], [], []
    for goal in goals:
        vectors = encoder.encode(need_texts(goal.text)) if encoder else np.empty((0, 0), dtype=np.float32)
        found = likely_skills(space, goal.text, vectors, {})
        if not goal.right:
            silent.append(not found.role_ids)
        else:
            missed.append(not found.role_ids)
            first.append(bool(goal.right.intersection(found.role_ids[:1])))
            wanted = {skill for role_id in goal.right for skill in required[role_id]}
            precise += [skill.skill_id in wanted for skill in found.skills]
        if misses and (bool(found.role_ids[:1]) != bool(goal.right) or not goal.right.issuperset(found.role_ids[:1])):
            print(f"{goal.text}: {', '.join(found.role_ids) or NO_ROLE}")
    return Figures(len(goals), *(float(np.mean(values)) for values in (first, missed, silent, precise)))


def main(argv: Sequence[str] | None = None) -> None:
    """Print a line per language, by embeddings and by words alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print the texts that go wrong")
    arguments = parser.parse_args(argv)
    goals = read_goal_texts()
    for name, encoder in (("embeddings", build_encoder(read_settings())), ("words", None)):
        space = starter_space(encoder)
        for language in Language:
            own = [goal for goal in goals if detect_language(goal.text) is language]
            print(f"{name} {language}: {measure(own, space, encoder, arguments.misses)}")


if __name__ == "__main__":
    main()
