"""How far a person has come: levels of skills over time, of topics by their own feedback, steps, sessions held."""

from dataclasses import dataclass
from datetime import datetime

from domain.feedback import Feedback
from domain.language import Language, LocalText
from domain.people import LevelChange, Person, Skill
from services.context import Context
from services.own_sessions import SessionRow, sessions_of
from services.skills import known_skills
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill held: its level 0-4 now, and the changes noted, oldest first."""

    skill: Skill
    level: int
    changes: tuple[LevelChange, ...]


@dataclass(frozen=True, slots=True)
class TopicMove:
    """What a session did for a topic by the person's own word: level 0-4 before and after."""

    title: LocalText
    before: int
    after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Skills that changed first, then the others, by name; topics latest first; sessions held latest first."""

    skills: tuple[SkillLine, ...]
    topics: tuple[TopicMove, ...]
    held: tuple[SessionRow, ...]

    @property
    def steps(self) -> list[SessionRow]:
        """The sessions that left the person with a step, latest first."""
        return [row for row in self.held if row.is_mentee and row.next_step]


def progress_of(context: Context, person: Person, language: Language) -> Progress:
    """Return the person's own progress; nobody is compared with anybody."""
    with unit_of_work(context.engine) as store:
        skills = _skill_lines(store, person.id, language)
        topics = _topic_moves(store, person.id)
    return Progress(tuple(skills), tuple(topics), tuple(sessions_of(context, person, language).held))


def _skill_lines(store: Store, person_id: str, language: Language) -> list[SkillLine]:
    held, changes = store.people.held(person_id), store.level_changes.of(person_id)
    skills = known_skills(store, held)
    lines = [
        SkillLine(skill, held[key], tuple(change for change in changes if change.skill_id == key))
        for key, skill in skills.items()
    ]
    return sorted(lines, key=lambda line: (len(line.changes) < 2, line.skill.name.get(language).casefold()))


def _topic_moves(store: Store, person_id: str) -> list[TopicMove]:
    titles = {topic.id: topic.title for topic in store.catalog.current().topics}
    topic_of = {session.id: session.topic_id for session in store.sessions.of_person(person_id)}
    told = [one for one in store.feedback.of_person(person_id) if one.session_id in topic_of]
    moves = [_move(one, topic_of[one.session_id], titles) for one in told]
    return [move for move in reversed(moves) if move]


def _move(said: Feedback, topic_id: str, titles: dict[str, LocalText]) -> TopicMove | None:
    if said.level_before is None or said.level_after is None:
        return None
    title = titles.get(topic_id, LocalText(topic_id, topic_id))
    return TopicMove(title, said.level_before, said.level_after, said.created_at)
