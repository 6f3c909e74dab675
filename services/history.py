"""Reads from the store what the replay of the past needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from domain.feedback import Feedback
from domain.people import SkillGap, skill_gaps
from domain.suggestions import Need, NeedKind
from embeddings import Progress
from recommender import mentor_texts
from recommender.evaluate.past import Records
from recommender.evaluate.past_requests import Today
from services.context import Context
from services.needs import need_reader
from services.spaces import MENTORS
from store import Store

Item = TypeVar("Item")


def read_records(store: Store) -> Records:
    """Return everything that people wrote, asked for and offered, with its times."""
    people = {person.id: person for person in store.people.list(active_only=False)}
    sessions = store.sessions.list()
    mentees = sorted({person_id for session in sessions for person_id in session.mentee_ids} & people.keys())
    return Records(
        people=people,
        gaps={person_id: _gaps(store, people[person_id].target_role_id, person_id) for person_id in mentees},
        goals={person_id: store.goals.of(person_id, open_only=False) for person_id in mentees},
        feedback=_by(store.feedback.of_all_mentees(), lambda one: one.author_id),
        sessions=sessions,
        offers=store.offers.list(),
    )


def read_today(context: Context, store: Store, records: Records, progress: Progress) -> Today:
    """Return the spaces of today; what was written in the past and has no vector any more is embedded, not kept."""
    encoder, catalog = context.encoder, store.catalog.current()
    texts = mentor_texts(list(records.people.values()), records.offers, records.sessions, encoder.languages)
    return Today(
        space=context.spaces.topics(store),
        skills={skill.id: skill for skill in catalog.skills},
        mentor_index=context.spaces.open_index(store, MENTORS, texts),
        languages=encoder.languages,
        read_need=need_reader(context, store, list(_needs(records)), progress),
    )


def _needs(records: Records) -> Iterable[Need]:
    """Give every need that anybody ever had, whatever became of it."""
    for goals in records.goals.values():
        yield from (Need(NeedKind.GOAL, goal.text, goal.language) for goal in goals)
    for feedback in records.feedback.values():
        yield from (_left_open(one) for one in feedback if one.still_open.strip())


def _left_open(feedback: Feedback) -> Need:
    return Need(NeedKind.FEEDBACK, feedback.still_open, feedback.language)


def _gaps(store: Store, role_id: str | None, person_id: str) -> list[SkillGap]:
    return skill_gaps(store.people.held(person_id), store.roles.get(role_id)) if role_id else []


def _by(items: Iterable[Item], key: Callable[[Item], str]) -> Mapping[str, Sequence[Item]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found
