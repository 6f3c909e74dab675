"""What HR sees of unmet needs: the open drafts, when Halfhour looked last, and whether it may look again."""

from dataclasses import dataclass
from datetime import datetime

from domain.jobs import JobState
from domain.topic_drafts import DraftStatus, TopicDraft
from domain.topics import Area, Topic
from services.approve_topic import fields_of
from services.context import Context
from services.topic_drafts import content_of, look_of_today, looked_at
from services.topic_fields import TopicFields
from store import unit_of_work


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A matter that the catalog lacks, and the topic drafted for it."""

    id: str
    words: tuple[str, ...]
    people: int
    drafted_by: str
    found_at: datetime
    fields: TopicFields


@dataclass(frozen=True, slots=True)
class UnmetPage:
    """The open drafts, most needs first; `look` is how far today's look has come, None where nobody asked for one."""

    drafts: list[OpenDraft]
    areas: tuple[Area, ...]
    looked_at: datetime | None
    look: JobState | None
    added: Topic | None

    @property
    def may_look(self) -> bool:
        """Whether asking for a look now brings one."""
        return self.look in (None, JobState.DEAD)

    @property
    def is_looking(self) -> bool:
        """Whether a look was asked for and is not done yet."""
        return self.look in (JobState.QUEUED, JobState.LEASED)


def unmet_page(context: Context, added_id: str = "") -> UnmetPage:
    """Return the page; `added_id` names the topic that was approved just now."""
    with unit_of_work(context.engine) as store:
        catalog = store.catalog.current()
        return UnmetPage(
            [_open(draft) for draft in store.topic_drafts.with_status(DraftStatus.OPEN)],
            catalog.areas,
            looked_at(store),
            look_of_today(store, context.clock()),
            next((topic for topic in catalog.topics if topic.id == added_id), None),
        )


def _open(draft: TopicDraft) -> OpenDraft:
    content = content_of(draft)
    return OpenDraft(
        draft.id, content.words, content.people, content.outline.drafted_by, draft.created_at, fields_of(draft)
    )
