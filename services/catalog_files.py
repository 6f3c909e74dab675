"""The reviewed YAML files of `catalog/`: areas with topics, skills, role profiles; problems under file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain.errors import ImportRejected, RowProblem
from domain.language import LocalText, LocalTexts
from domain.people import Format, RoleProfile, Skill
from domain.topics import Area, Stage, Topic, TopicLevel
from services.alias_claims import AliasClaims

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Item = TypeVar("Item")
LINE = "__line__"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextEntry(_Entry):
    """A text in both languages."""

    en: Text
    ru: Text

    def to_domain(self) -> LocalText:
        return LocalText(self.en, self.ru)


class TextsEntry(_Entry):
    """Texts in both languages."""

    en: list[Text] = Field(min_length=1)
    ru: list[Text] = Field(min_length=1)

    def to_domain(self) -> LocalTexts:
        return LocalTexts(tuple(self.en), tuple(self.ru))


class NamedEntry(_Entry):
    """An area or a skill: an id and its name in both languages."""

    id: Id
    en: Text
    ru: Text


class TopicEntry(_Entry):
    """A topic as it stands in an area file."""

    id: Id
    title: TextEntry
    summary: TextEntry
    aliases: TextsEntry
    phrases: TextsEntry
    questions: dict[Stage, TextsEntry]
    next_steps: TextsEntry
    out_of_scope: TextEntry
    skills: list[Id]
    level: TopicLevel
    related: list[Id]
    formats: list[Format] = Field(min_length=1)

    def to_domain(self, area_id: str) -> Topic:
        return Topic(
            id=self.id,
            area=area_id,
            title=self.title.to_domain(),
            summary=self.summary.to_domain(),
            aliases=self.aliases.to_domain(),
            phrases=self.phrases.to_domain(),
            questions={stage: texts.to_domain() for stage, texts in self.questions.items()},
            next_steps=self.next_steps.to_domain(),
            out_of_scope=self.out_of_scope.to_domain(),
            skill_ids=tuple(self.skills),
            level=self.level,
            related_ids=tuple(self.related),
            formats=frozenset(self.formats),
        )


class RoleEntry(_Entry):
    """A role profile as it stands in roles.yaml."""

    id: Id
    title: TextEntry
    summary: TextEntry
    required: dict[Id, Annotated[int, Field(ge=1, le=4)]] = Field(min_length=1)
    field: str = ""

    def to_domain(self) -> RoleProfile:
        return RoleProfile(self.id, self.title.to_domain(), self.summary.to_domain(), dict(self.required))


@dataclass(frozen=True, slots=True)
class AreaFile:
    """One area and its topics, as read from one file; `alias_lines` says by topic id where its aliases stand."""

    filename: str
    area: Area
    topics: tuple[Topic, ...]
    alias_lines: dict[str, int]


@dataclass(frozen=True, slots=True)
class Located(Generic[Item]):
    """An entry and the line it starts at."""

    line: int
    item: Item


def read_starter_areas() -> list[AreaFile]:
    """Return the starter catalog's areas, ordered by id.

    Raises
    ------
    ImportRejected
        A file is broken, or an alias is claimed by two topics.
    """
    packaged = (entry for entry in files("catalog").iterdir() if entry.name.endswith(".yaml"))
    found = [parse_area(entry.name, entry.read_text(encoding="utf-8")) for entry in packaged if _is_area(entry.name)]
    found.sort(key=lambda file: file.area.id)
    claimed = AliasClaims()
    for file in found:
        problems = claimed.add(file.topics, file.alias_lines)
        if problems:
            raise ImportRejected(file.filename, problems)
    return found


def read_starter_skills() -> list[Skill]:
    """Return the skills that topics build and roles require, ordered by id."""
    entries = _parse_entries("skills.yaml", _load_packaged("skills.yaml"), "skills", NamedEntry)
    return sorted((Skill(e.item.id, LocalText(e.item.en, e.item.ru)) for e in entries), key=lambda skill: skill.id)


def read_starter_roles() -> list[RoleProfile]:
    """Return the starter role profiles, ordered by id."""
    entries = _parse_entries("roles.yaml", _load_packaged("roles.yaml"), "roles", RoleEntry)
    return sorted((entry.item.to_domain() for entry in entries), key=lambda role: role.id)


def parse_area(filename: str, text: str) -> AreaFile:
    """Return the area in a YAML text.

    Raises
    ------
    ImportRejected
        Not YAML, a field is missing, unknown or empty, a language is missing; each with its line.
    """
    document = _load(filename, text)
    head = [_validated(NamedEntry, document.get("area"), 1)]
    _raise_problems(filename, head)
    area_id = head[0].item.id
    entries = _parse_entries(filename, document, "topics", TopicEntry)
    name = LocalText(head[0].item.en, head[0].item.ru)
    topics = tuple(entry.item.to_domain(area_id) for entry in entries)
    lines = {raw["id"]: raw["aliases"][LINE] for raw in document["topics"]}
    return AreaFile(filename, Area(area_id, name), topics, lines)


def _is_area(name: str) -> bool:
    return name not in {"skills.yaml", "roles.yaml"}


def _load_packaged(name: str) -> dict[str, Any]:
    return _load(name, files("catalog").joinpath(name).read_text(encoding="utf-8"))


class _LinedLoader(yaml.CSafeLoader):
    """Notes at which line each mapping starts."""


def _construct_mapping(loader: _LinedLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    mapping[LINE] = node.start_mark.line + 1
    return mapping


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def _load(filename: str, text: str) -> dict[str, Any]:
    try:
        document = yaml.load(text, Loader=_LinedLoader)  # noqa: S506 - a safe loader that also notes lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ImportRejected(filename, [RowProblem(line, "", f"this is not YAML: {error.problem}")]) from None
    if not isinstance(document, dict):
        raise ImportRejected(filename, [RowProblem(1, "", "the file must hold a mapping")])
    return document


_Model = TypeVar("_Model", bound=BaseModel)
_Checked = Located[_Model] | list[RowProblem]


def _parse_entries(filename: str, document: dict[str, Any], key: str, model: type[_Model]) -> list[Located[_Model]]:
    listed = document.get(key)
    if not isinstance(listed, list) or not listed:
        raise ImportRejected(filename, [RowProblem(1, key, "must be a list of at least one entry")])
    entries = [_validated(model, raw, 1) for raw in listed]
    _raise_problems(filename, entries)
    return [entry for entry in entries if isinstance(entry, Located)]


def _validated(model: type[_Model], raw: object, line: int) -> Any:
    if not isinstance(raw, dict):
        return [RowProblem(line, "", f"must be a mapping with the fields {', '.join(model.model_fields)}")]
    line = raw.get(LINE, line)
    try:
        return Located(line, model.model_validate(_without_lines(raw)))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return [RowProblem(_line_of(raw, each["loc"]), ".".join(map(str, each["loc"])), each["msg"]) for each in found]


def _without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_lines(inner) for key, inner in value.items() if key != LINE}
    return [_without_lines(inner) for inner in value] if isinstance(value, list) else value


def _line_of(raw: Any, place: tuple[str | int, ...]) -> int:
    """Return the line of the innermost mapping on the way to `place`."""
    line = raw.get(LINE, 1)
    for step in place:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            break
        line = raw.get(LINE, line) if isinstance(raw, dict) else line
    return int(line)


def _raise_problems(filename: str, entries: Iterable[object]) -> None:
    problems = [problem for entry in entries if isinstance(entry, list) for problem in entry]
    if problems:
        raise ImportRejected(filename, problems)
