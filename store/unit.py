"""The unit of work: one transaction per use case, with one attribute per aggregate."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine

from store.agendas import Agendas
from store.api_tokens import ApiTokens
from store.availability import AvailabilityQueries
from store.blocks import BlockQueries
from store.calendars import Calendars
from store.catalog import CatalogVersions
from store.chat_messages import ChatMessages
from store.cohorts import Cohorts
from store.company_words import CompanyWordQueries
from store.consents import Consents
from store.draft_cache import DraftCache
from store.engine import IS_WRITE, writers_turn
from store.faults import named_faults
from store.feedback import FeedbackQueries
from store.goal_roles import GoalRoles
from store.goals import Goals
from store.idempotency import IdempotencyKeys
from store.identities import Identities
from store.imported_skills import ImportedSkills
from store.jobs import Jobs
from store.leavers import Leavers
from store.level_changes import LevelChanges
from store.llm_calls import LLMCalls
from store.logins import Logins
from store.offers import Offers
from store.old_words import OldWords
from store.passed_topics import PassedTopics
from store.people import People
from store.person_rows import PersonRows
from store.person_traces import PersonTraces
from store.programme import (
    TIMES_STATE,
    mark_time_change,
    raise_generation,
    read_generation,
    read_setting,
    write_setting,
)
from store.prompt_versions import PromptVersions
from store.roles import Roles
from store.session_events import SessionEvents
from store.session_notes import SessionNotes
from store.session_rooms import SessionRooms
from store.sessions import Sessions
from store.sign_in_links import SignInLinks
from store.step_answers import StepAnswers
from store.suggestions import Suggestions
from store.topic_drafts import TopicDrafts
from store.used_tokens import UsedTokens
from store.vectors import Vectors
from store.waiting_list import WaitingList
from store.work import Work

_ABSENT = object()


class Store:
    """Everything kept, as seen within one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.people = People(work)
        self.goals = Goals(work)
        self.goal_roles = GoalRoles(work)
        self.roles = Roles(work)
        self.imported_skills = ImportedSkills(work)
        self.offers = Offers(work)
        self.catalog = CatalogVersions(work)
        self.sessions = Sessions(work)
        self.session_events = SessionEvents(work)
        self.step_answers = StepAnswers(work)
        self.session_notes = SessionNotes(work)
        self.chat_messages = ChatMessages(work)
        self.session_rooms = SessionRooms(work)
        self.waiting_list = WaitingList(work)
        self.idempotency_keys = IdempotencyKeys(work)
        self.agendas = Agendas(work)
        self.availability = AvailabilityQueries(work)
        self.feedback = FeedbackQueries(work)
        self.suggestions = Suggestions(work)
        self.vectors = Vectors(work)
        self.sign_in_links = SignInLinks(work)
        self.used_tokens = UsedTokens(work)
        self.logins = Logins(work)
        self.identities = Identities(work)
        self.api_tokens = ApiTokens(work)
        self.blocks = BlockQueries(work)
        self.calendars = Calendars(work)
        self.company_words = CompanyWordQueries(work)
        self.cohorts = Cohorts(work)
        self.jobs = Jobs(work)
        self.llm_calls = LLMCalls(work)
        self.consents = Consents(work)
        self.prompt_versions = PromptVersions(work)
        self.draft_cache = DraftCache(work)
        self.topic_drafts = TopicDrafts(work)
        self.passed_topics = PassedTopics(work)
        self.leavers = Leavers(work)
        self.old_words = OldWords(work)
        self.person_rows = PersonRows(work)
        self.person_traces = PersonTraces(work)
        self.level_changes = LevelChanges(work)

    def generation(self) -> int:
        """Return the change counter of what rankings read, one higher already when this transaction changed any.

        Read are topics, people and the skills they hold, goals, offers, sessions and feedback; what was built at the
        same number is current.
        """
        return read_generation(self._work.connection) + int(self._work.has_index_change)

    def times_state(self) -> str:
        """Return the mark of what is kept of people's times besides sessions and offers; another one after a change."""
        return str(read_setting(self._work.connection, TIMES_STATE, ""))

    def get_setting(self, key: str, default: Any = None) -> Any:
        """Return the JSON value of a programme setting, or the default."""
        value = self._work.once(("setting", key), lambda: read_setting(self._work.connection, key, _ABSENT))
        return default if value is _ABSENT else value

    def put_setting(self, key: str, value: Any) -> None:
        """Keep the JSON value of a programme setting."""
        write_setting(self._work.writing, key, value)


@contextmanager
def unit_of_work(engine: Engine, *, write: bool = False) -> Iterator[Store]:
    """Yield the store within one transaction: committed at the end, undone when an error leaves the block.

    Parameters
    ----------
    write
        Whether anything may be changed. A reading transaction sees one state of the store from its first query on;
        on SQLite one writing transaction runs at a time and the others wait.

    Raises
    ------
    NotReady
        If the database cannot be reached, read or written, its disk being full for example; nothing is changed.
    """
    with named_faults(engine), _transaction(engine, write) as connection:
        work = Work(connection, may_write=write)
        yield Store(work)
        if work.has_time_change:
            mark_time_change(connection)
        if work.has_index_change:
            # last of all, so that on PostgreSQL writers wait for each other's counter only while they commit
            raise_generation(connection)


@contextmanager
def _transaction(engine: Engine, write: bool) -> Iterator[Connection]:
    turn = writers_turn(engine) if write else nullcontext()
    with turn, engine.connect() as connection, connection.execution_options(**_options(engine, write)).begin():
        yield connection


def _options(engine: Engine, write: bool) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {IS_WRITE: write}
    return {"isolation_level": "READ COMMITTED" if write else "REPEATABLE READ"}
