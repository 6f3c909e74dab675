"""What mentees thought of a mentor, held back until enough of them have spoken."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.feedback import Feedback
from domain.sessions import MentoringSession

ENOUGH_RATERS = 5  # below it a mean would point at people. Source: RELIABILITY.md R15
PRIOR_RATERS = 5  # how many raters the mean over all mentors stands for
NEUTRAL_RATING = 4.0  # where nobody has rated anybody yet
NEUTRAL_LIFT = 0.5  # levels gained by a session, where too few have said so


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """By row: the mean 1..5 over each rater's own mean, how many raters, and the mean smoothed towards all mentors'."""

    means: np.ndarray
    raters: np.ndarray
    smoothed: np.ndarray

    @property
    def may_be_shown(self) -> np.ndarray:
        return np.asarray(self.raters >= ENOUGH_RATERS)


@dataclass(frozen=True, slots=True)
class TopicOutcome:
    """How a mentor's sessions on one topic went: mean rating 1..5 and levels gained, each over its raters' own means.

    `lift` is None below five people who named both levels.
    """

    rating: float
    raters: int
    lift: float | None
    lifted: int


Outcomes = dict[str, dict[int, TopicOutcome]]


def mentor_ratings(
    feedback: Sequence[Feedback], sessions: Sequence[MentoringSession], row_of: dict[str, int]
) -> Ratings:
    """Return the ratings by mentees of their mentors.

    Each rater counts once, by the mean of own ratings. The smoothed mean is (P prior + n mean) / (P + n) for n raters,
    with the mean over all raters as prior; it is the prior itself below `ENOUGH_RATERS`.
    Source: Bayesian average with P = PRIOR_RATERS.
    """
    by_rater = _means_by_rater(feedback, sessions, row_of)
    raters, sums = np.zeros(len(row_of)), np.zeros(len(row_of))
    for (row, _), mean in by_rater.items():
        raters[row] += 1
        sums[row] += mean
    prior = sums.sum() / raters.sum() if by_rater else NEUTRAL_RATING
    smoothed = np.where(raters >= ENOUGH_RATERS, (PRIOR_RATERS * prior + sums) / (PRIOR_RATERS + raters), prior)
    means = np.where(raters > 0, sums / np.maximum(raters, 1), prior)
    return Ratings(means, raters.astype(np.int64), smoothed)


def _means_by_rater(
    feedback: Sequence[Feedback], sessions: Sequence[MentoringSession], row_of: dict[str, int]
) -> dict[tuple[int, str], float]:
    given: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for (row, _, author_id), words in _words_by_topic(feedback, sessions, row_of).items():
        given[row, author_id] += [word.rating for word in words]
    return {key: sum(ratings) / len(ratings) for key, ratings in given.items()}


def topic_outcomes(
    feedback: Sequence[Feedback], sessions: Sequence[MentoringSession], row_of: dict[str, int]
) -> Outcomes:
    """Return by topic id and mentor row how the sessions on it went, where that points at nobody.

    A topic is told of with five raters or more, and only while those who rated the mentor on none of the topics told of
    are five or more, or nobody: else the rating over all topics, less those told of, would be that of a few.
    Source: RELIABILITY.md R15, secondary suppression.
    """
    words = _words_by_topic(feedback, sessions, row_of)
    everyone: defaultdict[int, set[str]] = defaultdict(set)
    for row, _, author_id in words:
        everyone[row].add(author_id)
    raters: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row, topic_id, author_id in words:
        raters[row][topic_id].add(author_id)
    told: Outcomes = {}
    for row, by_topic in raters.items():
        for topic_id in _safe_topics(by_topic, everyone[row]):
            some = [words[row, topic_id, author_id] for author_id in sorted(by_topic[topic_id])]
            told.setdefault(topic_id, {})[row] = _outcome(some)
    return told


def _safe_topics(raters: dict[str, set[str]], everyone: set[str]) -> list[str]:
    """Return the topics that may be told of, those of most raters first, ties by id."""
    safe: list[str] = []
    left = set(everyone)
    for topic_id in sorted(raters, key=lambda topic_id: (-len(raters[topic_id]), topic_id)):
        rest = left - raters[topic_id]
        if len(raters[topic_id]) >= ENOUGH_RATERS and (not rest or len(rest) >= ENOUGH_RATERS):
            safe.append(topic_id)
            left = rest
    return safe


def _outcome(words: Sequence[Sequence[Feedback]]) -> TopicOutcome:
    """Return the outcome from what each rater said, every rater counting once."""
    ratings = [float(np.mean([word.rating for word in of_one])) for of_one in words]
    lifts = [np.mean(gained) for of_one in words if (gained := _gained(of_one))]
    lift = float(np.mean(lifts)) if len(lifts) >= ENOUGH_RATERS else None
    return TopicOutcome(float(np.mean(ratings)), len(ratings), lift, len(lifts))


def _gained(words: Sequence[Feedback]) -> list[int]:
    levels = ((word.level_before, word.level_after) for word in words)
    return [after - before for before, after in levels if before is not None and after is not None]


def _words_by_topic(
    feedback: Sequence[Feedback], sessions: Sequence[MentoringSession], row_of: dict[str, int]
) -> dict[tuple[int, str, str], list[Feedback]]:
    """Return what was said by (mentor row, topic id, mentee id)."""
    of_session = {session.id: session for session in sessions if session.mentor_id in row_of}
    said: defaultdict[tuple[int, str, str], list[Feedback]] = defaultdict(list)
    for word in feedback:
        session = of_session.get(word.session_id)
        if session and word.author_id in session.mentee_ids:
            said[row_of[session.mentor_id], session.topic_id, word.author_id].append(word)
    return dict(said)
