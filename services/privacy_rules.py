"""The one registry of where people are kept: what is told of it, what an export holds, what an erasure does.

A table with a key to a person and no rule here fails `tests/services/test_privacy_rules.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store import Store


class Kind(StrEnum):
    """What belongs together for the person who reads about it."""

    PROFILE = "profile"
    GOALS = "goals"
    SKILLS = "skills"
    MENTORING = "mentoring"
    SESSIONS = "sessions"
    NOTES = "notes"
    FEEDBACK = "feedback"
    SUGGESTIONS = "suggestions"
    CALENDAR = "calendar"
    ACCESS = "access"
    MODEL = "model"
    PROGRAMME = "programme"


class OnErase(StrEnum):
    """What an erasure does with a row: it goes, its key is emptied, or it stays as somebody's who has left."""

    DELETE = "delete"
    UNNAME = "unname"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of one column that is a key to a person.

    Parameters
    ----------
    why
        Why the row stays, or why it is not exported; "" where it is exported and goes.
    secret
        Columns that no export holds: hashes and sealed credentials, which nobody can use but an attacker.
    emptied
        What the other columns of a row that stays are overwritten with.
    """

    kind: Kind
    on_erase: OnErase = OnErase.DELETE
    why: str = ""
    is_exported: bool = True
    secret: frozenset[str] = frozenset()
    emptied: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeylessRule:
    """The rule of a place that holds a person's words or id without a key: what an erasure does there, and why."""

    forget: Callable[[Store, str], object]
    why: str


_HASH = frozenset({"token_hash"})
_UNNAMED = "who did it is nobody's business later; that it was done is"
_OTHERS = "the other person's, or what the programme decided about several"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "goals.person_id": Rule(Kind.GOALS),
        "goal_roles.person_id": Rule(Kind.GOALS),
        "held_skills.person_id": Rule(Kind.SKILLS),
        "struck_skills.person_id": Rule(Kind.SKILLS),
        "level_changes.person_id": Rule(Kind.SKILLS),
        "offered_topics.mentor_id": Rule(Kind.MENTORING),
        "mentor_offers.mentor_id": Rule(Kind.MENTORING),
        "availability.person_id": Rule(Kind.MENTORING),
        "date_hours.person_id": Rule(Kind.MENTORING),
        "absences.person_id": Rule(Kind.MENTORING),
        "session_notes.author_id": Rule(Kind.NOTES),
        "chat_messages.author_id": Rule(Kind.NOTES),
        "feedback.author_id": Rule(
            Kind.FEEDBACK, OnErase.ANONYMISE, "a mean of ratings must not change", emptied={"still_open": ""}
        ),
        "suggestion_sets.person_id": Rule(Kind.SUGGESTIONS),
        "passed_topics.person_id": Rule(Kind.SUGGESTIONS),
        "blocks.person_id": Rule(Kind.SUGGESTIONS),
        "blocks.blocked_id": Rule(Kind.SUGGESTIONS, why="the other person's secret", is_exported=False),
        "calendar_connections.person_id": Rule(Kind.CALENDAR, secret=frozenset({"credentials"})),
        "calendar_events.person_id": Rule(Kind.CALENDAR),
        "busy_times.person_id": Rule(Kind.CALENDAR),
        "taken_quanta.person_id": Rule(Kind.CALENDAR),
        "sign_in_links.person_id": Rule(Kind.ACCESS, secret=_HASH),
        "logins.person_id": Rule(Kind.ACCESS, secret=_HASH),
        "api_tokens.person_id": Rule(Kind.ACCESS, secret=_HASH),
        "identities.person_id": Rule(Kind.ACCESS),
        "llm_calls.person_id": Rule(Kind.MODEL),
        "llm_consents.person_id": Rule(Kind.MODEL),
        "cohort_mentees.mentee_id": Rule(Kind.PROGRAMME),
        "cohort_wishes.mentee_id": Rule(Kind.PROGRAMME),
        "cohort_wishes.mentor_id": Rule(Kind.PROGRAMME, why=_OTHERS, is_exported=False),
        "cohort_pairs.mentee_id": Rule(Kind.PROGRAMME),
        "cohort_pairs.mentor_id": Rule(Kind.PROGRAMME, why=_OTHERS, is_exported=False),
        "cohort_unmatched.mentee_id": Rule(Kind.PROGRAMME, secret=frozenset({"mentor_ids"})),
        "catalog_publishers.person_id": Rule(Kind.PROGRAMME),
        "prompt_versions.created_by": Rule(Kind.PROGRAMME, OnErase.UNNAME, _UNNAMED, is_exported=False),
        "prompt_labels.set_by": Rule(Kind.PROGRAMME, OnErase.UNNAME, _UNNAMED, is_exported=False),
        "topic_drafts.decided_by": Rule(Kind.PROGRAMME, OnErase.UNNAME, _UNNAMED, is_exported=False),
        "agendas.edited_by": Rule(Kind.SESSIONS, OnErase.UNNAME, "exported with the sessions", is_exported=False),
        "waiting_list.person_id": Rule(Kind.SESSIONS),
        "step_answers.person_id": Rule(Kind.SESSIONS),
        "idempotency_keys.person_id": Rule(Kind.SESSIONS, secret=frozenset({"body_hash"})),
        "session_events.by_person": Rule(Kind.SESSIONS, OnErase.ANONYMISE, "the history of the other side's session"),
        "session_events.counts_for": Rule(
            Kind.SESSIONS, OnErase.ANONYMISE, "the history of the other side's session", is_exported=False
        ),
        "session_mentees.person_id": Rule(Kind.SESSIONS, OnErase.ANONYMISE, "the mentor held this session"),
        "sessions.mentor_id": Rule(Kind.SESSIONS, OnErase.ANONYMISE, "the mentees had this session"),
        "leavers.person_id": Rule(Kind.PROFILE),
        "people.manager_id": Rule(Kind.PROFILE, OnErase.UNNAME, "exported with those who report", is_exported=False),
    }
)
"""By `table.column`, in the order in which an erasure goes through them."""

KEYLESS: Mapping[str, KeylessRule] = MappingProxyType(
    {
        "sessions.need": KeylessRule(
            lambda store, id: store.person_traces.clear_words(id), "what the person asked for, and the step after"
        ),
        "sessions.place": KeylessRule(
            lambda store, id: store.person_traces.clear_places(id), "often the mentor's own room"
        ),
        "session_rooms.link": KeylessRule(
            lambda store, id: store.person_traces.forget_rooms(id), "a room of the mentor's own account"
        ),
        "agendas.content": KeylessRule(
            lambda store, id: store.person_traces.delete_agendas(id),
            "rests on words and roles of everybody in the session; drafted again from what is left when it is opened",
        ),
        "llm_calls.sent": KeylessRule(
            lambda store, id: store.person_traces.delete_llm_calls(id), "the same facts as in the agenda"
        ),
        "draft_cache.text": KeylessRule(
            lambda store, id: store.person_traces.empty_draft_cache(id), "does not say in whose words it is"
        ),
        "suggestion_sets.topics": KeylessRule(
            lambda store, id: store.person_traces.delete_suggested(id), "names the mentors suggested to others"
        ),
        "cohort_unmatched.mentor_ids": KeylessRule(
            lambda store, id: store.person_traces.delete_unmatched(id), "names mentors who did not fit"
        ),
        "settings.value": KeylessRule(
            lambda store, id: store.person_traces.unname_settings(id), "says who of HR changed a setting"
        ),
        "jobs.payload": KeylessRule(
            lambda store, id: store.person_traces.delete_jobs(id), "may name whom a message is for"
        ),
    }
)
"""By `table.column`. Vectors hold no word and no id; `services/erase_person.py` drops those of erased texts."""
