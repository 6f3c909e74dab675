"""Made-up roles of which it is known what can be learnt: families share a core, and texts name the tools of a role."""

import numpy as np

from domain.language import LocalText
from domain.people import RoleProfile
from recommender import RoleGaps, RoleSpace, role_texts
from tests.builders import a_role
from tests.recommender.spaces import BOTH, encoded

FAMILIES, TOOLS, TOOLS_EACH = 12, 60, 4


def craft_roles(count: int) -> list[RoleProfile]:
    """Return roles that need their family's two skills and the tools that their summary names.

    Near roles are of the same family and use other tools: their vote cannot know which; a text that names a tool can.
    """
    chance = np.random.default_rng(0)
    return [_craft(number, chance.choice(TOOLS, TOOLS_EACH, replace=False).tolist()) for number in range(count)]


def _craft(number: int, tools: list[int]) -> RoleProfile:
    family = f"family{number % FAMILIES}"
    core = [f"{family}-first", f"{family}-second"]
    named = " ".join(f"gadget{tool}" for tool in tools)
    title, summary = f"{family} {family} worker {number}", f"{family} with {named}"
    levels = dict.fromkeys([*core, *(f"use-{tool}" for tool in tools)], 3)
    texts = {"title": LocalText(title, title), "summary": LocalText(summary, summary)}
    return a_role(f"r{number:03d}", required_levels=levels, **texts)


def skill_names(roles: list[RoleProfile]) -> dict[str, str]:
    """Return a name for each skill: that of a tool holds the word by which texts name it."""
    ids = {skill_id for role in roles for skill_id in role.required_levels}
    return {skill_id: skill_id.replace("use-", "gadget").replace("-", " ") for skill_id in sorted(ids)}


def gaps_of(roles: list[RoleProfile]) -> RoleGaps:
    """Return the roles as the learnt ranker sees them, embedded by the fake encoder."""
    names = skill_names(roles)
    index = encoded([*role_texts(roles, BOTH), *names.values()])
    return RoleGaps(RoleSpace(roles, index, BOTH), index, names)
