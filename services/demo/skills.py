"""Skills that demo people say to hold: near what their job asks, a start on what they aim at."""

from collections.abc import Mapping
from random import Random

from domain.language import Language
from domain.people import MAX_LEVEL, HeldSkill, RoleProfile
from services.demo.staff import Member
from services.demo.texts import Place

ENGLISH = "english-for-work"
MENTORING = "mentoring"
START_ON_TARGET_SHARE = 0.35
_SPREAD = {Place.HEAD: (-1, 0, 0, 1), Place.LEAD: (-2, -1, 0, 0, 1), Place.SPECIALIST: (-2, -1, -1, 0, 0, 1)}


def held_skills(members: list[Member], roles: Mapping[str, RoleProfile], rng: Random) -> list[HeldSkill]:
    """Return what each member holds at level 1 or more, ordered by person and skill."""
    return [
        HeldSkill(member.person.id, skill_id, level)
        for member in members
        for skill_id, level in sorted(_levels(member, roles, rng).items())
        if level > 0
    ]


def _levels(member: Member, roles: Mapping[str, RoleProfile], rng: Random) -> dict[str, int]:
    levels = {}
    target = roles.get(member.person.target_role_id or "")
    for skill_id in sorted(target.required_levels) if target else ():
        if rng.random() < START_ON_TARGET_SHARE:
            levels[skill_id] = rng.choice((1, 1, 2))
    spread = _SPREAD[member.seat.place] if member.biography is None else _SPREAD[Place.HEAD]
    for skill_id, wanted in sorted(roles[member.job.role_id].required_levels.items()):
        levels[skill_id] = min(MAX_LEVEL, max(levels.get(skill_id, 0), wanted + rng.choice(spread)))
    if member.biography is not None:
        levels[MENTORING] = max(levels.get(MENTORING, 0), rng.choice((1, 2, 2, 3)))
    if member.person.locale is Language.RU:
        speaks_english = Language.EN in member.person.languages
        levels[ENGLISH] = rng.choice((2, 3, 3, 4)) if speaks_english else rng.choice((0, 0, 1, 1))
    return levels
