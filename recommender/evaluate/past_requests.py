"""The requests of the past: what a ranking would have been asked with a moment before somebody asked for a session."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from domain.language import Language
from domain.people import Skill
from domain.suggestions import Need
from embeddings import VectorIndex
from recommender import (
    HelpedTopics,
    MentorPool,
    MentorRequest,
    NeedVectors,
    TopicRequest,
    TopicSpace,
    build_mentor_pool,
    count_free_soon,
    count_mentors,
    feedback_needs,
    goal_needs,
)
from recommender.evaluate.habits import Habits
from recommender.evaluate.past import (
    Records,
    Wish,
    feedback_before,
    goals_before,
    offers_without_pauses,
    sessions_before,
)
from recommender.helped import build_helped_topics


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """What is taken as it is now, for the store keeps no past of it.

    Parameters
    ----------
    mentor_index
        Embeddings of the mentors' texts; `languages` are those of its encoder.
    read_need
        A need with its embeddings.
    """

    space: TopicSpace
    skills: Mapping[str, Skill]
    mentor_index: VectorIndex | None
    languages: frozenset[Language]
    read_need: Callable[[Need], NeedVectors]


@dataclass(frozen=True, slots=True, eq=False)
class Dawn:
    """What all people had asked for when a day began, UTC."""

    pool: MentorPool
    helped: HelpedTopics
    topic_habits: Habits
    mentor_habits: Habits


class Past:
    """The requests as they would have been made, in the order of the wishes.

    What others did is known up to the beginning of the day, what the person did up to the moment itself.
    """

    def __init__(self, records: Records, today: Today) -> None:
        self._records, self.today = records, today
        self._offers = offers_without_pauses(records.offers)
        self._people = list(records.people.values())
        self._topic_ids = [topic.id for topic in today.space.topics]
        self._bios = {one.mentor_id: one.biography for one in self._offers if one.mentor_id in records.people}
        self.mentor_ids = sorted(self._bios)
        self._dawns: dict[datetime, Dawn] = {}

    def dawn(self, at: datetime) -> Dawn:
        """Return the beginning of the day; only the last one is kept."""
        began = datetime.combine(at.date(), time(), at.tzinfo)
        if began not in self._dawns:
            self._dawns = {began: self._dawn(began)}
        return self._dawns[began]

    def mentor_texts(self) -> list[str]:
        """Return the biographies in the order of `mentor_ids`."""
        return [self._bios[mentor_id] for mentor_id in self.mentor_ids]

    def topic_request(self, wish: Wish) -> TopicRequest:
        """Return what topics would have been ranked for; how often topics had been shown is not known any more."""
        person = self._records.people[wish.person_id]
        dawn = self.dawn(wish.at)
        seeking = (dawn.pool, self.today.space.topics, person, wish.at, person.locale)
        own = [session for session in self._records.sessions if wish.person_id in session.mentee_ids]
        return TopicRequest(
            person=person,
            needs=self._needs(wish),
            now=wish.at,
            language=person.locale,
            gaps=self._records.gaps.get(wish.person_id, ()),
            sessions=sessions_before(own, wish.at),
            skills=self.today.skills,
            supply=count_mentors(*seeking),
            free_soon=count_free_soon(*seeking),
            own_feedback=feedback_before(self._records.feedback.get(wish.person_id, ()), wish.at),
            helped=dawn.helped,
        )

    def mentor_request(self, wish: Wish) -> MentorRequest:
        """Return what mentors would have been ranked for on the topic that the person chose."""
        person, space = self._records.people[wish.person_id], self.today.space
        topic = space.topics[space.row_of[wish.topic_id]]
        return MentorRequest(person, topic, self._needs(wish), wish.at, person.locale)

    def _needs(self, wish: Wish) -> list[NeedVectors]:
        goals = goals_before(self._records.goals.get(wish.person_id, ()), wish.at)
        feedback = feedback_before(self._records.feedback.get(wish.person_id, ()), wish.at)
        return [self.today.read_need(need) for need in (*goal_needs(goals), *feedback_needs(feedback, wish.at))]

    def _dawn(self, began: datetime) -> Dawn:
        sessions = sessions_before(self._records.sessions, began)
        feedback = [one for some in self._records.feedback.values() for one in feedback_before(some, began)]
        index, languages = self.today.mentor_index, self.today.languages
        seats = [(person_id, session) for session in sessions for person_id in session.mentee_ids]
        return Dawn(
            build_mentor_pool(self._people, self._offers, sessions, feedback, index, languages, space=self.today.space),
            build_helped_topics(sessions, feedback),
            Habits(self._topic_ids, [(person_id, session.topic_id) for person_id, session in seats]),
            Habits(self.mentor_ids, [(person_id, session.mentor_id) for person_id, session in seats]),
        )
