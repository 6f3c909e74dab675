"""Topics drafted from unmet needs, and what HR decided on them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.engine import RowMapping

from domain.errors import NotFound
from domain.language import LocalText
from domain.topic_drafts import DraftStatus, TopicDraft
from store.dataclass_json import from_json, to_json
from store.drafting_tables import topic_drafts
from store.work import Work


class TopicDrafts:
    """Queries for drafts of topics; a decision is final."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, draft: TopicDraft) -> None:
        """Keep a new draft."""
        row = {name: getattr(draft, name) for name in TopicDraft.__slots__}
        self._work.writing.execute(insert(topic_drafts), row | {"title": to_json(draft.title)})

    def get(self, draft_id: str) -> TopicDraft:
        """Return the draft; raise NotFound when there is none."""
        query = select(topic_drafts).where(topic_drafts.c.id == draft_id)
        row = self._work.connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("topic draft", draft_id)
        return _draft(row)

    def with_status(self, status: DraftStatus) -> list[TopicDraft]:
        """Return the drafts of this status, most needs first, ties by id."""
        query = select(topic_drafts).where(topic_drafts.c.status == status)
        ordered = query.order_by(topic_drafts.c.needs_count.desc(), topic_drafts.c.id)
        return [_draft(row) for row in self._work.connection.execute(ordered).mappings()]

    def rewrite(self, draft_id: str, title: LocalText, content: Mapping[str, Any]) -> bool:
        """Give an open draft another title and content; return False, and change nothing, when it is not open."""
        rewritten = update(topic_drafts).where(_is_open(draft_id)).values(title=to_json(title), content=dict(content))
        return bool(self._work.writing.execute(rewritten).rowcount)

    def decide(self, draft_id: str, status: DraftStatus, at: datetime, by: str) -> bool:
        """Approve or reject an open draft; return False, and change nothing, when it is not open."""
        decided = update(topic_drafts).where(_is_open(draft_id)).values(status=status, decided_at=at, decided_by=by)
        return bool(self._work.writing.execute(decided).rowcount)


def _is_open(draft_id: str) -> ColumnElement[bool]:
    return and_(topic_drafts.c.id == draft_id, topic_drafts.c.status == DraftStatus.OPEN)


def _draft(row: RowMapping) -> TopicDraft:
    title = from_json(LocalText, row["title"])
    return TopicDraft(**{**row, "title": title, "status": DraftStatus(row["status"])})
