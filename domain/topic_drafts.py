"""Topics that were drafted from unmet needs, for HR to approve or reject."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.language import LocalText


class DraftStatus(StrEnum):
    """What HR decided; `open` is nothing yet."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A proposed topic: its title, the rest of it as JSON, and how many needs stand behind it."""

    id: str
    title: LocalText
    content: dict[str, Any]
    needs_count: int
    created_at: datetime
    status: DraftStatus = DraftStatus.OPEN
    decided_at: datetime | None = None
    decided_by: str | None = None
