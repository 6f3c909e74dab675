"""HR's weekly twenty minutes on one page: what changed, what waits, what nobody offers, whether it works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.people import Role
from domain.sessions import OPEN
from domain.topic_drafts import DraftStatus
from domain.topics import Topic
from services.catalog_draft import read_draft
from services.context import Context
from services.insights import FEWEST, Insights, insights, topics_without_mentor
from services.jobs import dead_jobs
from services.programme import Setting, history
from store import Store, unit_of_work

RECENT, MOST_SHOWN = timedelta(days=14), 5


@dataclass(frozen=True, slots=True)
class CatalogNews:
    """A version that was published lately."""

    number: int
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ProgrammeNews:
    """A setting of the programme that was changed lately."""

    setting: Setting
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class HrHome:
    """What HR looks at once a week.

    Parameters
    ----------
    unmet
        How many drafted topics wait for a decision.
    lonely
        Active topics that nobody offers, those first that most people asked for.
    waiting, waiting_long
        Open requests, and those of them that are older than a day. Plain counts: HR may see that a pair is to meet.
    """

    versions: list[CatalogNews]
    changes: list[ProgrammeNews]
    drafted: int
    unmet: int
    lonely: list[Topic]
    lonely_count: int
    waiting: int
    waiting_long: int
    dead_jobs: int
    has_mentors: bool
    figures: Insights


def hr_home(context: Context) -> HrHome:
    """Return the page as it stands."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        people = store.people.list(active_only=False)
        names = {person.id: person.name for person in people}
        asked = [session for session in store.sessions.list() if session.status in OPEN]
        lonely = _most_wanted(store, topics_without_mentor(store))
        unmet = len(store.topic_drafts.with_status(DraftStatus.OPEN))
        drafted = len(read_draft(store).topics)
        versions, changes = _versions(store, names, now), _changes(store, names, now)
    return HrHome(
        versions=versions,
        changes=changes,
        drafted=drafted,
        unmet=unmet,
        lonely=lonely[:MOST_SHOWN],
        lonely_count=len(lonely),
        waiting=len(asked),
        waiting_long=sum(session.created_at < now - timedelta(days=1) for session in asked),
        dead_jobs=len(dead_jobs(context.engine)),
        has_mentors=any(Role.MENTOR in person.roles and person.is_active for person in people),
        figures=insights(context),
    )


def _versions(store: Store, names: dict[str, str], now: datetime) -> list[CatalogNews]:
    by = store.catalog.publishers()
    recent = [v for v in reversed(store.catalog.versions()) if v.published_at >= now - RECENT][:MOST_SHOWN]
    return [CatalogNews(v.number, v.note, v.published_at, names.get(by.get(v.number, ""), "")) for v in recent]


def _changes(store: Store, names: dict[str, str], now: datetime) -> list[ProgrammeNews]:
    told = (
        ProgrammeNews(change.setting, datetime.fromisoformat(change.at), names.get(change.person_id, ""))
        for change in history(store)
    )
    return [news for news in told if news.at >= now - RECENT][:MOST_SHOWN]


def _most_wanted(store: Store, topics: list[Topic]) -> list[Topic]:
    """Return the topics by how many people asked for them; fewer than five count as nobody."""
    mentees: dict[str, set[str]] = {}
    for session in store.sessions.list():
        mentees.setdefault(session.topic_id, set()).update(session.mentee_ids)
    people = {id: len(some) if len(some) >= FEWEST else 0 for id, some in mentees.items()}
    return sorted(topics, key=lambda topic: (-people.get(topic.id, 0), topic.id))
