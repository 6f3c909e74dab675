"""Role profiles: job roles and the skill levels they require."""

import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from domain.errors import NotFound
from domain.language import LocalText
from domain.origins import Origin
from domain.people import RoleProfile
from store.dataclass_json import from_json, to_json
from store.programme import read_setting, write_setting
from store.rows import changed, must_exist, replace_children, rows_in, rows_of, upsert
from store.tables import role_profiles, role_requirements, skills
from store.work import Work

# `Roles.list` hides the built-in name inside the class
Profiles = list[RoleProfile]

_STATE = "roles_state"


class Roles:
    """Queries for role profiles."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, role_id: str) -> RoleProfile:
        """Return the profile; raise NotFound when there is none."""
        found = self.get_many([role_id])
        if role_id not in found:
            raise NotFound("role", role_id)
        return found[role_id]

    def get_many(self, role_ids: Iterable[str]) -> dict[str, RoleProfile]:
        """Return those of these profiles that are stored, by id."""
        keys = [*role_ids]
        levels: dict[str, dict[str, int]] = {}
        required = select(role_requirements).order_by(role_requirements.c.skill_id)
        for row in rows_in(self._work.connection, required, role_requirements.c.role_id, keys):
            levels.setdefault(row["role_id"], {})[row["skill_id"]] = row["level"]
        rows = rows_of(self._work.connection, role_profiles.c.id, keys)
        return {row["id"]: _profile(row, levels.get(row["id"], {})) for row in rows}

    def list(self) -> Profiles:
        """Return all profiles by id."""
        ids = self._work.connection.execute(select(role_profiles.c.id)).scalars()
        stored = self.get_many(ids)
        return [stored[role_id] for role_id in sorted(stored)]

    def save(self, profiles: Iterable[RoleProfile]) -> int:
        """Insert or replace profiles; return how many really changed. Raise InvalidInput for an unknown skill."""
        new = changed(profiles, lambda profile: profile.id, self.get_many)
        connection = self._work.writing
        required = [_requirement(profile.id, *one) for profile in new for one in profile.required_levels.items()]
        skill_ids = (row["skill_id"] for row in required)
        must_exist(connection, skills.c.id, skill_ids, "skill_id", "Publish or import it first.")
        upsert(connection, role_profiles, [_row(profile) for profile in new])
        replace_children(connection, role_requirements.c.role_id, (profile.id for profile in new), required)
        if new:
            write_setting(connection, _STATE, secrets.token_hex(8))
        return len(new)

    def state(self) -> str:
        """Return a word that is another one after every change of a profile; "" while there are none."""
        return str(read_setting(self._work.connection, _STATE, ""))


def _profile(row: RowMapping, levels: dict[str, int]) -> RoleProfile:
    title, summary = from_json(LocalText, row["title"]), from_json(LocalText, row["summary"])
    return RoleProfile(row["id"], title, summary, levels, Origin(row["origin"]))


def _row(profile: RoleProfile) -> dict[str, object]:
    texts = {"title": to_json(profile.title), "summary": to_json(profile.summary)}
    return {"id": profile.id, "origin": str(profile.origin)} | texts


def _requirement(role_id: str, skill_id: str, level: int) -> dict[str, object]:
    return {"role_id": role_id, "skill_id": skill_id, "level": level}
