"""What is said for a mentor: one method per feature; nothing here comes from what another mentee wrote."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from recommender import reason_words as words
from recommender.mentor_features import CAPACITY_WEEKS, WORKDAY_HOURS, shared_hours
from recommender.mentor_pool import MentorPool, minutes_left
from recommender.quotes import quoted_clause
from recommender.reasons import Say
from recommender.requests import MentorRequest
from recommender.topic_features import weighted_similarity
from recommender.topic_reasons import LIKE_ENOUGH
from recommender.weeks import zone_of

GOOD_RATING = 4.0  # of 5: a lower mean counts in the score, but nobody is recommended by it


@dataclass(frozen=True, slots=True)
class MentorReasons:
    """The sentences for one mentor, in the language of the request. `slot` is the first free one, UTC."""

    request: MentorRequest
    pool: MentorPool
    row: int
    slot: datetime | None

    def by_feature(self) -> Mapping[str, Say]:
        """Return what gives the sentence of each feature of mentor_features.py."""
        return {
            "topic_fit": self._topic_fit,
            "experience": self._experience,
            "rating": self._rating,
            "availability": self._availability,
            "capacity": self._capacity,
            "language": self._language,
            "zone": self._zone,
        }

    def _topic_fit(self) -> str | None:
        own = [(float(weighted_similarity(n, self.pool.own_words)[self.row]), n) for n in self.request.needs]
        past = [float(weighted_similarity(n, self.pool.past_needs)[self.row]) for n in self.request.needs]
        likeness, need = max(own, key=lambda pair: pair[0])
        if max(likeness, *past) < LIKE_ENOUGH:
            return None
        closest = self.pool.own_words.closest(need, self.row)
        if closest and likeness >= max(past):
            return words.own_words(quoted_clause(closest.text, need.need.text), self.request.language)
        return words.past_need_words(self.request.language) if max(past) >= LIKE_ENOUGH else None

    def _experience(self) -> str | None:
        sessions = self.pool.held.get(self.request.topic.id, Counter[int]())[self.row]
        return words.experience_words(sessions, self.request.language) if sessions else None

    def _rating(self) -> str | None:
        ratings = self.pool.ratings
        if not ratings.may_be_shown[self.row] or ratings.means[self.row] < GOOD_RATING:
            return None
        return words.rating_words(float(ratings.means[self.row]), int(ratings.raters[self.row]), self.request.language)

    def _availability(self) -> str | None:
        if self.slot is None:
            return None
        zone = zone_of(self.request.mentee_zone)
        return words.free_words(self.slot.astimezone(zone), self.request.now.astimezone(zone), self.request.language)

    def _capacity(self) -> str | None:
        left = minutes_left(self.pool, np.array([self.row]), self.request.now, CAPACITY_WEEKS)
        return words.capacity_words(int(left.sum()), self.request.language)

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
