"""What a file of roles brings, and how its skills find their place among those of the catalog."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.language import LocalText
from domain.origins import Origin
from domain.people import RoleProfile, Skill

MAX_SUMMARY_CHARACTERS = 1_000
_WORD = re.compile(r"[\w+#]+")  # C, C++ and C# are three skills


@dataclass(frozen=True, slots=True)
class RoleBatch:
    """Roles of one origin, the skills they need that the catalog does not hold, and how many roles name no skill."""

    origin: Origin
    roles: tuple[RoleProfile, ...]
    skills: tuple[Skill, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Occupation:
    """A role as it is published, in one language; `id` carries its origin before a colon."""

    id: str
    title: str
    summary: str


def role_batch(
    origin: Origin,
    occupations: Iterable[Occupation],
    levels: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
    catalog_skills: Iterable[Skill],
) -> RoleBatch:
    """Return the occupations as role profiles; one that needs no skill is left out.

    A skill whose name is that of a catalog skill, but for case and punctuation, is that skill.

    Parameters
    ----------
    levels
        Level 1-4 by skill id, by occupation id.
    names
        Names of skills by id.
    """
    of_catalog = {skill_key(name): skill.id for skill in catalog_skills for name in (skill.name.ru, skill.name.en)}
    place = {skill_id: of_catalog.get(skill_key(name), skill_id) for skill_id, name in names.items()}
    roles, left_out = [], 0
    for occupation in occupations:
        required = _highest((place[skill_id], level) for skill_id, level in levels.get(occupation.id, {}).items())
        if required:
            roles.append(_profile(occupation, required, origin))
        left_out += not required
    needed = {skill_id for role in roles for skill_id in role.required_levels}
    new = [Skill(key, in_both(name)) for key, name in sorted(names.items()) if place[key] == key and key in needed]
    return RoleBatch(origin, tuple(roles), tuple(new), left_out)


def skill_key(name: str) -> str:
    """Return the name without case and punctuation.

    >>> skill_key("Problem-Solving") == skill_key("problem solving")
    True
    """
    return " ".join(_WORD.findall(name.casefold()))


def in_both(text: str) -> LocalText:
    """Return an English text that stands in for the Russian one too, until somebody translates it."""
    return LocalText(text, text)


def _profile(occupation: Occupation, required: dict[str, int], origin: Origin) -> RoleProfile:
    summary = textwrap.shorten(occupation.summary, MAX_SUMMARY_CHARACTERS, placeholder="…")
    return RoleProfile(occupation.id, in_both(occupation.title), in_both(summary), required, origin)


def _highest(levels: Iterable[tuple[str, int]]) -> dict[str, int]:
    highest: dict[str, int] = {}
    for skill_id, level in levels:
        highest[skill_id] = max(level, highest.get(skill_id, 0))
    return highest
