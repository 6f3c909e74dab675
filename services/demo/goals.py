"""Which goal text goes to whom: by language, field, job and gender, each text once while the company is small."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from domain.people import Goal
from services.demo.staff import Member
from services.demo.texts import ANY_FIELD, GoalText

SECOND_GOAL_SHARE = 0.14
CLOSED_SHARE = 0.06
OWN_FIELD_SHARE = 0.75
OLDEST_DAYS = 150
NEWCOMER_TOPIC = "first-weeks-in-new-job"


@dataclass(frozen=True, slots=True)
class WrittenGoal:
    """A goal and the text it was made from, which knows the topic behind the words."""

    goal: Goal
    text: GoalText


class GoalShelf:
    """Goal texts not yet taken.

    Parameters
    ----------
    copies
        How often each text may be taken: 1 for a company of some 300 people.
    """

    def __init__(self, texts: tuple[GoalText, ...], copies: int, rng: Random) -> None:
        self._left = Counter({text.text: copies for text in texts})
        self._rng = rng
        self._bound_topics: dict[str, set[str]] = defaultdict(set)
        self._shelves: dict[tuple[str, str, bool], list[GoalText]] = defaultdict(list)
        for text in texts:
            self._shelves[text.language, text.field, text.is_lead].append(text)

    def bind(self, field: str, topic_ids: frozenset[str]) -> None:
        """Keep goals of the field about these topics for departments that name the topic."""
        self._bound_topics[field] |= topic_ids

    def take(self, member: Member) -> GoalText | None:
        """Return a text that this member could have written, None when the fitting ones are used up."""
        own = self._fitting(member, member.seat.field)
        general = self._fitting(member, ANY_FIELD)
        for_the_job = [text for text in own if text.role_ids]
        own = for_the_job or own
        shelf = own if own and (not general or self._rng.random() < OWN_FIELD_SHARE) else general
        if not shelf:
            return None
        text = self._rng.choice(shelf)
        self._left[text.text] -= 1
        return text

    def _fitting(self, member: Member, field: str) -> list[GoalText]:
        shelf = self._shelves[member.person.locale, field, member.is_lead]
        return [text for text in shelf if self._left[text.text] > 0 and self._suits(text, member)]

    def _suits(self, text: GoalText, member: Member) -> bool:
        if text.by not in (None, member.gender) or (text.role_ids and member.job.role_id not in text.role_ids):
            return False
        if member.biography and text.about in member.biography.topic_ids | {NEWCOMER_TOPIC}:
            return False  # nobody asks for what they teach
        return text.about in member.seat.department.topic_ids or text.about not in self._bound_topics[text.field]


def write_goals(
    members: list[Member], texts: tuple[GoalText, ...], copies: int, now: datetime, rng: Random
) -> list[WrittenGoal]:
    """Return the goals of active members, ordered by id; most have one, some two, a few none."""
    shelf = GoalShelf(texts, copies, rng)
    for member in members:
        shelf.bind(member.seat.field, member.seat.department.topic_ids)
    active = [member for member in members if member.person.is_active]
    writers = rng.sample(active, len(active))
    writers += rng.sample(active, round(len(active) * SECOND_GOAL_SHARE))
    drawn = [(member, text) for member in writers if (text := shelf.take(member))]
    drawn.sort(key=lambda pair: pair[0].person.id)
    digits = max(3, len(str(len(drawn))))
    return [
        WrittenGoal(_goal(f"g{i:0{digits}d}", member, text, now, rng), text)
        for i, (member, text) in enumerate(drawn, start=1)
    ]


def _goal(goal_id: str, member: Member, text: GoalText, now: datetime, rng: Random) -> Goal:
    age = timedelta(days=rng.randint(1, OLDEST_DAYS), minutes=rng.randint(0, 500))
    created_at = now - age
    closed_at = created_at + age * rng.uniform(0.5, 0.9) if rng.random() < CLOSED_SHARE else None
    return Goal(goal_id, member.person.id, text.text, text.language, created_at, closed_at)
