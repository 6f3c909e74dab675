"""What the recommender is asked with: a person, needs with their embeddings, sessions, the time; nothing is fetched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import numpy as np

from domain.blocks import NO_BLOCKS, Blocks
from domain.errors import InvalidInput
from domain.feedback import Feedback
from domain.language import Language
from domain.people import Format, Goal, Person, Skill, SkillGap
from domain.programme import NO_RULES, ProgrammeRules
from domain.sessions import MentoringSession, check_minutes
from domain.suggestions import Need, NeedKind
from domain.topics import Topic
from embeddings import text_hash, windows
from recommender.helped import HelpedTopics

FEEDBACK_HALF_LIFE_DAYS = 90
_NOTHING = np.empty((0, 0), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class NeedVectors:
    """A need and the embeddings of `need_texts(need.text)`: the whole text first, then its windows.

    `vectors` has shape (m, dim), unit rows; m = 1 where the whole text alone is compared. m = 0 where the encoder does
    not speak the need's language or the text is not embedded yet: the need is then matched by words and characters
    only. `meanings` are those of the company words in the text: embeddings have read them already, words and
    characters read them behind the text.
    """

    need: Need
    vectors: np.ndarray = field(default_factory=_NOTHING.copy)
    meanings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2:
            raise InvalidInput("vectors", "have shape (m, dim)", self.vectors.shape)
        texts = len(need_texts(self.need.text))
        if len(self.vectors) not in (0, 1, texts):
            raise InvalidInput("vectors", f"have 0, 1 or {texts} rows", len(self.vectors), "Encode need_texts(text).")

    @property
    def read_text(self) -> str:
        """The need as words and characters read it: with the meanings of its company words behind it."""
        return "\n".join((self.need.text, *self.meanings))


@dataclass(frozen=True, slots=True, eq=False)
class TopicRequest:
    """What topics are ranked for.

    Parameters
    ----------
    person
        None where a need is typed by nobody in particular: no sessions, gaps or own mentors count then.
    needs
        Typed needs, goals (`goal_needs`), what past feedback still asks for (`feedback_needs`), and skill gaps by the
        name of the skill, for gaps that no topic builds by id. With a typed need among them only the fit to it ranks.
    language
        In which the reasons are written.
    sessions
        All sessions of the person as a mentee, whatever their status.
    skills
        By id, for the names in reasons.
    supply
        By topic id, how many mentors this person may choose from (`count_mentors`); None where it was not counted:
        then no topic is left out for want of a mentor.
    free_soon
        By topic id, how many of these have time within a week (`count_free_soon`); None: `supply` counts instead.
    own_feedback
        All feedback that the person wrote as a mentee.
    priorities
        By topic id, the priority 0..1 that HR gave; a topic that is not in it keeps `Topic.priority`.
    helped
        What helped others, over all sessions (`build_helped_topics`); None counts for nothing.
    shown
        By topic id, how often it was suggested to anybody; None counts for nothing.
    passed
        By topic id, when the person said that it is not for them.
    """

    person: Person | None
    needs: Sequence[NeedVectors]
    now: datetime
    language: Language
    gaps: Sequence[SkillGap] = ()
    sessions: Sequence[MentoringSession] = ()
    skills: Mapping[str, Skill] = field(default_factory=dict)
    supply: Mapping[str, int] | None = None
    free_soon: Mapping[str, int] | None = None
    own_feedback: Sequence[Feedback] = ()
    priorities: Mapping[str, float] = field(default_factory=dict)
    helped: HelpedTopics | None = None
    shown: Mapping[str, int] | None = None
    passed: Mapping[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_aware(self.now)


@dataclass(frozen=True, slots=True, eq=False)
class MentorRequest:
    """What mentors are ranked for: a topic, the needs behind it, and how the mentee would like to talk.

    Parameters
    ----------
    mentee
        None where a need is typed by nobody in particular: rules about the own manager do not apply, times are read in
        `zone`.
    format
        None means any format that both the topic and the mentor allow.
    zone
        IANA name for the times when there is no mentee.
    blocks
        Whom the mentee does not want to see, and who does not want to be seen.
    programme
        What HR rules.
    """

    mentee: Person | None
    topic: Topic
    needs: Sequence[NeedVectors]
    now: datetime
    language: Language
    format: Format | None = None
    minutes: int = 20
    zone: str = "UTC"
    blocks: Blocks = NO_BLOCKS
    programme: ProgrammeRules = NO_RULES

    def __post_init__(self) -> None:
        _check_aware(self.now)
        check_minutes(self.minutes)

    @property
    def mentee_zone(self) -> str:
        return self.mentee.zone if self.mentee else self.zone


def goal_needs(goals: Sequence[Goal]) -> list[Need]:
    """Return the open goals as needs of full weight, in the order given."""
    return [Need(NeedKind.GOAL, goal.text, goal.language) for goal in goals if goal.closed_at is None]


def feedback_needs(feedback: Sequence[Feedback], now: datetime) -> list[Need]:
    """Return what the person's feedback still asks for, newest first; the weight halves every 90 days."""
    asking = sorted((f for f in feedback if f.still_open.strip()), key=lambda f: (f.created_at, f.id), reverse=True)
    return [Need(NeedKind.FEEDBACK, f.still_open, f.language, _faded((now - f.created_at).days)) for f in asking]


@lru_cache(maxsize=2_000)
def need_texts(text: str) -> tuple[str, ...]:
    """Return the texts to embed for a need, in the order of `NeedVectors.vectors`: the whole, then its windows."""
    return (text, *windows(text))


def whole_text(text: str) -> list[str]:
    """Return what is compared of a need where many are read: the whole, no windows."""
    return [text]


def with_vectors(
    need: Need,
    vectors: Mapping[str, np.ndarray],
    languages: frozenset[Language],
    meanings: tuple[str, ...] = (),
    texts_of: Callable[[str], Sequence[str]] = need_texts,
) -> NeedVectors:
    """Return the need with its embeddings; without any when one is missing or the encoder does not speak its language.

    Parameters
    ----------
    vectors
        Unit embeddings by text hash.
    languages
        Those of the encoder.
    meanings
        Those of the company words in the need.
    texts_of
        What of its text is compared: `need_texts` or `whole_text`.
    """
    hashes = [text_hash(text) for text in texts_of(need.text)]
    if need.language not in languages or any(key not in vectors for key in hashes):
        return NeedVectors(need, meanings=meanings)
    return NeedVectors(need, np.stack([vectors[key] for key in hashes]), meanings)


def _faded(age_days: int) -> float:
    return float(0.5 ** (max(age_days, 0) / FEEDBACK_HALF_LIFE_DAYS))


def _check_aware(now: datetime) -> None:
    if now.tzinfo is None:
        raise InvalidInput("now", "carry a time zone", "a naive time", "Pass the clock's UTC time.")
