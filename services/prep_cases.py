"""The fixed sessions by which the drafting of agendas is measured: situations in both languages, thin to rich."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from domain.agendas import FactKind
from domain.language import Language
from domain.people import Format
from domain.sessions import ALLOWED_MINUTES
from domain.topics import Topic
from prep import AgendaRequest, NamedGap, OwnWords
from services.catalog_files import read_starter_areas

GROUP_SEATS = (3, 4, 6, 8)


class Material(StrEnum):
    """How much is known: nothing but the topic, the need and roles, everything."""

    THIN = "thin"
    PLAIN = "plain"
    RICH = "rich"


@dataclass(frozen=True, slots=True)
class PrepCase:
    """One session to draft an agenda for."""

    material: Material
    request: AgendaRequest

    @property
    def name(self) -> str:
        asked = self.request
        return f"{asked.topic.id} {asked.language} {asked.format} {asked.minutes} min {self.material}"


def read_prep_cases() -> list[PrepCase]:
    """Return every language x format x length x material once, situations and sizes of groups taken in turn."""
    topics = {topic.id: topic for area in read_starter_areas() for topic in area.topics}
    text = files("catalog").joinpath("prep/cases.yaml").read_text(encoding="utf-8")
    situations = yaml.safe_load(text)["situations"]
    return [case for language in Language for case in _cases_in(language, situations, topics)]


def _cases_in(
    language: Language, situations: Sequence[dict[str, Any]], topics: Mapping[str, Topic]
) -> Iterator[PrepCase]:
    own = [situation for situation in situations if situation["language"] == language]
    for number, (format, minutes, material) in enumerate(product(Format, ALLOWED_MINUTES, Material)):
        situation = own[number % len(own)]
        people = GROUP_SEATS[number % len(GROUP_SEATS)] if format is Format.GROUP else 1
        bare = AgendaRequest(topics[situation["topic"]], language, format, minutes, ("",) * people)
        yield PrepCase(material, _told(bare, material, situation))


def _told(bare: AgendaRequest, material: Material, situation: dict[str, Any]) -> AgendaRequest:
    if material is Material.THIN:
        return bare
    need = OwnWords(FactKind.NEED, situation["need"])
    plain = replace(bare, words=(need,), mentee_roles=tuple(situation["roles"][: bare.people]))
    if material is Material.PLAIN:
        return plain
    skill = situation["skill"]
    return replace(
        plain,
        words=(need, OwnWords(FactKind.GOAL, situation["goal"])),
        gaps=(NamedGap(skill["name"], skill["held"], skill["wanted"], people=2),),
        last_still_open=situation["still_open"],
        last_next_step=situation["last_step"],
        last_questions=(situation["last_question"],),
        mentor=situation["mentor"],
    )
