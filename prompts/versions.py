"""Versions of prompts: folders of templates whose hash is written beside them; a published version never changes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from domain.errors import InvalidInput, NotFound
from domain.language import Language

META = "meta.yaml"
MAX_FILE_CHARACTERS = 20_000
MAX_RENDERED_CHARACTERS = 60_000
_ACTION = "Put back the file of this version, or add your change as a new version."


class Message(NamedTuple):
    """One message to a model."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version: its templates by file name, and what its meta.yaml says.

    Parameters
    ----------
    sha256
        Over templates, options and schema: all that an answer depends on; it goes into the ledger with each call.
    schema
        JSON schema of the answer.
    options
        `temperature` and `max_output_tokens` for the model.
    """

    name: str
    version: str
    files: Mapping[str, str]
    sha256: str
    schema: Mapping[str, Any]
    options: dict[str, float] = field(default_factory=dict)

    @classmethod
    def from_files(cls, name: str, version: str, texts: Mapping[str, str]) -> "Prompt":
        """Return the version that these files make.

        Raises
        ------
        InvalidInput
            If meta.yaml is missing or broken, a template of a language is missing, too long or cannot be read, or the
            hash that meta.yaml names is another one.
        """
        templates = {key: text for key, text in texts.items() if key != META}
        _check_templates(templates)
        meta = _meta(texts)
        options, schema = _options(meta), _schema(meta)
        digest = prompt_hash(templates, options, schema)
        if meta.get("sha256") not in (None, digest):
            raise InvalidInput(f"prompt {name}/{version}", "match the sha256 of its meta.yaml", digest[:12], _ACTION)
        return cls(name, version, templates, digest, schema, options)

    @property
    def label(self) -> str:
        """The name and version as the ledger and agendas write them."""
        return f"{self.name}/{self.version}"

    def render(self, language: Language, values: Mapping[str, object]) -> tuple[Message, ...]:
        """Return the messages for the model.

        Raises
        ------
        InvalidInput
            If a template names a value that there is none of, reaches for what the sandbox forbids, or grows too long.
        """
        spoken = language if f"system.{language}.j2" in self.files else Language.EN
        return tuple(Message(role, self._filled(f"{role}.{spoken}.j2", values)) for role in ("system", "user"))

    def _filled(self, key: str, values: Mapping[str, object]) -> str:
        try:
            text = _compiled(self.files[key]).render(values).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise _unfit(key, type(error).__name__) from None
        if len(text) > MAX_RENDERED_CHARACTERS:
            raise _unfit(key, f"{len(text)} characters")
        return text


@cache
def load_prompt(name: str, version: str) -> Prompt:
    """Return a version that ships, read once; raise NotFound for none, InvalidInput where it was changed."""
    if version not in versions_of(name):
        raise NotFound("prompt", f"{name}/{version}", "`halfhour prompts list` names them all.")
    folder = files("prompts").joinpath(name, version)
    texts = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith((".j2", META))}
    prompt = Prompt.from_files(name, version, texts)
    if "sha256" not in _meta(texts):
        raise InvalidInput(f"prompt {name}/{version}", "name its sha256 in meta.yaml", "none", _ACTION)
    return prompt


def versions_of(name: str) -> list[str]:
    """Return the versions that ship with Halfhour, oldest first; none for an unknown name."""
    folder = files("prompts").joinpath(name)
    if not name.isidentifier() or not folder.is_dir():
        return []
    return sorted((entry.name for entry in folder.iterdir() if entry.name[:1] == "v"), key=_number)


def prompt_hash(templates: Mapping[str, str], options: Mapping[str, float], schema: Mapping[str, Any]) -> str:
    """Return the SHA-256 over all that a prompt asks with, whatever the order of its parts."""
    parts = {"templates": dict(templates), "options": dict(options), "schema": dict(schema)}
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    """Return the template, compiled once: that takes ten times as long as filling it in."""
    return _environment().from_string(text)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # letters cost less than their numbers
    return environment


def _check_templates(templates: Mapping[str, str]) -> None:
    for key in ("system.en.j2", "user.en.j2"):
        if key not in templates:
            raise InvalidInput("prompt", f"hold {key}", sorted(templates), "Add the file.")
    for key, text in templates.items():
        if len(text) > MAX_FILE_CHARACTERS:
            raise InvalidInput(key, f"be at most {MAX_FILE_CHARACTERS} characters", len(text), "Shorten it.")
        try:
            _compiled(text)
        except TemplateError as error:
            raise _unfit(key, type(error).__name__) from None


def _meta(texts: Mapping[str, str]) -> dict[str, Any]:
    try:
        meta = yaml.safe_load(texts.get(META, ""))
    except yaml.YAMLError:
        meta = None
    if not isinstance(meta, dict):
        raise InvalidInput(META, "be a map of options and sha256", type(meta).__name__, "Write it as in agenda/v1.")
    return meta


def _options(meta: Mapping[str, Any]) -> dict[str, float]:
    options = meta.get("options", {})
    wanted = {"temperature": (0, 2), "max_output_tokens": (1, 8_000)}
    for key, value in options.items() if isinstance(options, dict) else [("options", options)]:
        low, high = wanted.get(key, (1, 0))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise InvalidInput(f"option {key}", f"be one of {', '.join(wanted)} within its range", value)
    return dict(options)


def _schema(meta: Mapping[str, Any]) -> dict[str, Any]:
    schema = meta.get("schema")
    if not isinstance(schema, dict):
        raise InvalidInput(META, "hold the schema of the answer", type(schema).__name__, "Copy it from agenda/v1.")
    return schema


def _number(version: str) -> tuple[int, str]:
    return (int(version[1:]) if version[1:].isdigit() else 0, version)


def _unfit(key: str, why: str) -> InvalidInput:
    return InvalidInput(key, "be a template that renders with the values of a brief", why, "See agenda/v1 for them.")
