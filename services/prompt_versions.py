"""Versions of prompts, shipped or the company's own: which is in force, a new one, the one before."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.prompt_versions import PromptLabel, PromptVersion
from prep import brief_of
from prompts import Prompt, load_prompt, versions_of
from services.prep_cases import read_prep_cases
from store import Store

AGENDA, TOPIC = "agenda", "topic"
NAMES = (AGENDA, TOPIC)
IN_FORCE = "in_force"
_SHIPPED_FIRST = "v1"


def prompt_in_force(store: Store, name: str) -> Prompt:
    """Return the version that drafts are written with: the one the label points to, else the first that ships."""
    return read_prompt(store, name, store.prompt_versions.labelled(name, IN_FORCE) or _SHIPPED_FIRST)


def read_prompt(store: Store, name: str, version: str) -> Prompt:
    """Return a version of a prompt; raise NotFound for none, InvalidInput where its files were changed."""
    if version in versions_of(name):
        return load_prompt(name, version)
    kept = store.prompt_versions.get(name, version)
    return Prompt.from_files(name, version, kept.files)


def all_versions(store: Store, name: str) -> list[str]:
    """Return the names of all versions, those that ship first."""
    return [*versions_of(name), *(kept.version for kept in store.prompt_versions.of(name))]


def add_version(store: Store, name: str, version: str, files: Mapping[str, str], at: datetime) -> Prompt:
    """Keep a version of the company's own; it counts once it is published. The same files twice keep nothing new.

    Raises
    ------
    InvalidInput
        The prompt is unknown, the version's name is taken or not v and a number, or the files make no prompt.
    """
    if name not in NAMES:
        raise InvalidInput("prompt", f"be one of {', '.join(NAMES)}", name)
    if not (version[:1] == "v" and version[1:].isdigit()):
        raise InvalidInput("version", "be v and a number", version, "Name the folder v2, v3 and so on.")
    if version in versions_of(name):
        raise InvalidInput("version", "be new", version, "This one ships with Halfhour and never changes.")
    prompt = Prompt.from_files(name, version, files)
    for language, values in _examples(name):
        prompt.render(language, values)
    store.prompt_versions.add(PromptVersion(name, version, dict(files), prompt.sha256, at))
    return prompt


def _examples(name: str) -> Iterator[tuple[Language, Mapping[str, object]]]:
    """Yield values as drafts will give them: a template that asks for others fails here, not in a job at night."""
    if name == TOPIC:
        yield Language.EN, {"people": 5, "needs": 6, "words": ["parking"]}
        return
    for language in Language:
        case = next(case for case in read_prep_cases() if case.request.language is language)
        yield language, brief_of(case.request).values(["form"])


def publish(store: Store, name: str, version: str, at: datetime, by: str | None = None) -> PromptLabel:
    """Let drafts be written with a version from now on; raise NotFound for none, InvalidInput where it is broken."""
    read_prompt(store, name, version)
    return store.prompt_versions.set_label(name, IN_FORCE, version, at, by)


def roll_back(store: Store, name: str, at: datetime, by: str | None = None) -> PromptLabel:
    """Let the version count again that was in force before the present one; raise NotFound where there was none."""
    history = [_SHIPPED_FIRST, *(label.version for label in store.prompt_versions.label_history(name, IN_FORCE))]
    before = [version for version in history if version != history[-1]]
    if not before:
        raise NotFound("earlier version", name, "Only one was ever in force.")
    return publish(store, name, before[-1], at, by)
