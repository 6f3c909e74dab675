"""The company's own prompts: versions that never change, and labels with their history."""

from datetime import datetime

from sqlalchemy import func, insert, select

from domain.errors import InvalidInput, NotFound
from domain.prompt_versions import PromptLabel, PromptVersion
from store.drafting_tables import prompt_labels, prompt_versions
from store.rows import lock_table
from store.work import Work

_SAME = ("files", "sha256")


class PromptVersions:
    """Queries for prompt versions and their labels; neither is ever changed, so that every step can be taken back."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, version: PromptVersion) -> bool:
        """Keep a version and return whether it is new.

        Raises
        ------
        InvalidInput
            If this version is there already with another content.
        """
        lock_table(self._work.writing, prompt_versions)
        known = self._find(version.name, version.version)
        if known is None:
            row = {name: getattr(version, name) for name in PromptVersion.__slots__}
            self._work.writing.execute(insert(prompt_versions), row)
            return True
        if any(getattr(known, name) != getattr(version, name) for name in _SAME):
            shown = f"another content for {version.name} {version.version}"
            raise InvalidInput("a prompt version", "never change", shown, "Give the new one another version.")
        return False

    def get(self, name: str, version: str) -> PromptVersion:
        """Return the version; raise NotFound when it is not stored."""
        found = self._find(name, version)
        if found is None:
            raise NotFound("prompt version", f"{name} {version}")
        return found

    def of(self, name: str) -> list[PromptVersion]:
        """Return the stored versions of a prompt, oldest first, ties by version."""
        query = select(prompt_versions).where(prompt_versions.c.name == name)
        ordered = query.order_by(prompt_versions.c.created_at, prompt_versions.c.version)
        return [PromptVersion(**row) for row in self._work.connection.execute(ordered).mappings()]

    def set_label(self, name: str, label: str, version: str, at: datetime, by: str | None = None) -> PromptLabel:
        """Let the label point to a version from now on, and return it."""
        # two people at once get a number each
        lock_table(self._work.writing, prompt_labels)
        is_this = (prompt_labels.c.name == name, prompt_labels.c.label == label)
        last = self._work.writing.execute(select(func.max(prompt_labels.c.number)).where(*is_this)).scalar_one() or 0
        new = PromptLabel(name, label, last + 1, version, at, by)
        self._work.writing.execute(insert(prompt_labels), {key: getattr(new, key) for key in PromptLabel.__slots__})
        return new

    def labelled(self, name: str, label: str) -> str | None:
        """Return the version that the label points to; None when it was never set."""
        history = self.label_history(name, label)
        return history[-1].version if history else None

    def label_history(self, name: str, label: str) -> list[PromptLabel]:
        """Return what the label pointed to, oldest first; the last is in force."""
        query = select(prompt_labels).where(prompt_labels.c.name == name, prompt_labels.c.label == label)
        rows = self._work.connection.execute(query.order_by(prompt_labels.c.number)).mappings()
        return [PromptLabel(**row) for row in rows]

    def _find(self, name: str, version: str) -> PromptVersion | None:
        query = select(prompt_versions).where(prompt_versions.c.name == name, prompt_versions.c.version == version)
        row = self._work.connection.execute(query).mappings().first()
        return PromptVersion(**row) if row else None
