"""What is said for a mentor: one method per feature; nothing here comes from what another mentee wrote."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from recommender import reason_words as words
from recommender.mentor_features import (
    REPLY_HALF_HOURS,
    WORKDAY_HOURS,
    shared_hours,
)
from recommender.mentor_fit import TopicFits
from recommender.mentor_pool import MOST_WEEKS, MentorPool, minutes_left
from recommender.mentor_sessions import REPLY_PRIOR
from recommender.quotes import quoted_clause
from recommender.ratings import TopicOutcome
from recommender.reasons import Say
from recommender.requests import MentorRequest
from recommender.topic_reasons import LIKE_ENOUGH
from recommender.weeks import zone_of

GOOD_RATING = 4.0  # of 5: a lower mean counts in the score, but nobody is recommended by it
GOOD_LIFT = 0.5  # levels
MUCH_SPARE = 2 / 3  # half the load of the mean mentor


@dataclass(frozen=True, slots=True)
class MentorReasons:
    """The sentences for one mentor, in the language of the request.

    Parameters
    ----------
    place
        Of the mentor in `fits`.
    slot
        The first free one, UTC.
    features, average
        Of the mentor, and the mean over the candidates.
    """

    request: MentorRequest
    pool: MentorPool
    row: int
    slot: datetime | None
    fits: TopicFits
    place: int
    features: Mapping[str, float]
    average: Mapping[str, float]

    def by_feature(self) -> Mapping[str, Say]:
        """Return what gives the sentence of each feature of mentor_features.py."""
        return {
            "topic_fit": self._topic_fit,
            "skill": self._skill,
            "experience": self._experience,
            "rating": self._rating,
            "topic_rating": self._topic_rating,
            "growth": self._growth,
            "availability": self._availability,
            "capacity_week": lambda: words.week_words(self._minutes_left(1), self.request.language),
            "capacity_month": lambda: words.month_words(self._minutes_left(MOST_WEEKS), self.request.language),
            "load": self._load,
            "reply": self._reply,
            "language": self._language,
            "zone": self._zone,
            "format": self._format,
        }

    @property
    def _outcome(self) -> TopicOutcome | None:
        return self.pool.outcomes.get(self.request.topic.id, {}).get(self.row)

    def _topic_fit(self) -> str | None:
        own, past = self.fits.own[self.place], self.fits.past[self.place]
        if max(own, past) < LIKE_ENOUGH:
            return None
        if own < past:
            return words.past_need_words(self.request.language)
        said = self.pool.evidence.texts[self.fits.own_text[self.place]]
        need = self.request.needs[self.fits.own_need[self.place]].need
        return words.own_words(quoted_clause(said, need.text), self.request.language)

    def _skill(self) -> str | None:
        return words.skilled_words(self.request.language) if self.features["skill"] > 0 else None

    def _experience(self) -> str | None:
        sessions = self.pool.held.get(self.request.topic.id, Counter[int]())[self.row]
        return words.experience_words(sessions, self.request.language) if sessions else None

    def _rating(self) -> str | None:
        ratings = self.pool.ratings
        if not ratings.may_be_shown[self.row] or ratings.means[self.row] < GOOD_RATING:
            return None
        return words.rating_words(float(ratings.means[self.row]), int(ratings.raters[self.row]), self.request.language)

    def _topic_rating(self) -> str | None:
        found = self._outcome
        if found is None or found.rating < GOOD_RATING:
            return None
        return words.topic_rating_words(found.rating, found.raters, self.request.language)

    def _growth(self) -> str | None:
        found = self._outcome
        has_grown = found is not None and found.lift is not None and found.lift >= GOOD_LIFT
        return words.growth_words(self.request.language) if has_grown else None

    def _availability(self) -> str | None:
        if self.slot is None:
            return None
        zone = zone_of(self.request.mentee_zone)
        return words.free_words(self.slot.astimezone(zone), self.request.now.astimezone(zone), self.request.language)

    def _minutes_left(self, weeks: int) -> int:
        return int(minutes_left(self.pool, np.array([self.row]), self.request.now, weeks).sum())

    def _load(self) -> str | None:
        """Say it only where more is asked of the other candidates: all alike is no news."""
        is_spared = self.features["load"] >= MUCH_SPARE > self.average["load"]
        return words.spare_words(self.request.language) if is_spared else None

    def _reply(self) -> str | None:
        replies = self.pool.replies
        is_known = replies.answers[self.row] >= REPLY_PRIOR
        is_prompt = is_known and replies.hours[self.row] <= REPLY_HALF_HOURS
        return words.prompt_words(self.request.language) if is_prompt else None

    def _language(self) -> str | None:
        """Say the languages where one might doubt them: the mentor's own is not the mentee's."""
        mentor, mentee = self.pool.people[self.row], self.request.mentee
        if mentee and mentor.locale is mentee.locale:
            return None
        return words.languages_words(mentor.languages, self.request.language)

    def _zone(self) -> str | None:
        own, theirs = zone_of(self.request.mentee_zone), self.pool.zones[self.pool.zone_codes[self.row]]
        hours = int(shared_hours(own, theirs, self.request.now))
        return words.hours_words(hours, hours == WORKDAY_HOURS, self.request.language) if hours else None

    def _format(self) -> str | None:
        is_open = self.request.format is None and self.features["format"] == 1
        return words.any_format_words(self.request.language) if is_open else None
