"""The company's own prompts: immutable versions, and labels that say which version is in force."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PromptVersion:
    """The files of one version by name; `created_by` is None for nobody in particular."""

    name: str
    version: str
    files: dict[str, str]
    sha256: str
    created_at: datetime
    created_by: str | None = None


@dataclass(frozen=True, slots=True)
class PromptLabel:
    """A label that was set to a version; `number` counts from 1 and the highest is in force.

    The version may be one that ships with the program.
    """

    name: str
    label: str
    number: int
    version: str
    set_at: datetime
    set_by: str | None = None
