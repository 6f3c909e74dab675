"""Likely skills for a role in own words, as lines for a terminal and as JSON."""

from collections.abc import Iterator
from typing import Any

from domain.language import Language
from services.likely_skills import NamedSkills, acknowledgements_for

WORDS = {
    Language.EN: {
        "none": "No role that is known here comes near enough to these words. Try the usual title of the role.",
        "roles": "People in roles such as {roles} need:",
        "skill": "{place}. {name}  [{id}], level {level}: {roles}",
        "held": "Everything that roles such as {roles} need is there already.",
    },
    Language.RU: {
        "none": "Ни одна из известных здесь ролей не похожа на эти слова. Попробуйте обычное название роли.",
        "roles": "Людям в таких ролях, как {roles}, нужны:",
        "skill": "{place}. {name}  [{id}], уровень {level}: {roles}",
        "held": "Всё, что нужно в таких ролях, как {roles}, уже есть.",
    },
}


def likely_lines(found: NamedSkills, language: Language) -> Iterator[str]:
    """Yield the near roles, a line per skill with the roles that ask for it, and what is owed to their owners."""
    words, titles = WORDS[language], {key: role.title.get(language) for key, role in found.roles.items()}
    near = ", ".join(titles[key] for key in found.likely.role_ids)
    if not near:
        yield words["none"]
        return
    yield words["roles" if found.likely.skills else "held"].format(roles=near)
    for place, one in enumerate(found.likely.skills, start=1):
        named = {"name": found.skills[one.skill_id].name.get(language), "id": one.skill_id, "level": one.level}
        yield words["skill"].format(place=place, roles=", ".join(titles[key] for key in one.role_ids), **named)
    yield from acknowledgements_for(found.roles.values())


def likely_json(text: str, found: NamedSkills, language: Language) -> dict[str, Any]:
    """Return the answer as one JSON object; scores rounded to four decimals."""
    return {
        "role": text,
        "language": language,
        "near_roles": [{"id": key, "title": found.roles[key].title.get(language)} for key in found.likely.role_ids],
        "skills": [
            {
                "id": one.skill_id,
                "name": found.skills[one.skill_id].name.get(language),
                "level": one.level,
                "score": round(one.score, 4),
                "roles": list(one.role_ids),
            }
            for one in found.likely.skills
        ],
        "acknowledgements": acknowledgements_for(found.roles.values()),
    }
