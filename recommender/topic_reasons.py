"""What is said for a topic: one method per feature, each with nothing but what the request holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.topics import Topic
from recommender import reason_words as words
from recommender.eligibility import last_held
from recommender.quotes import clauses, cut_at_word, quoted_clause
from recommender.reasons import Say
from recommender.requests import NeedVectors, TopicRequest, need_texts
from recommender.topic_features import ASKING, LEFT_OPEN, built_gaps, of_kind, weighted_similarity
from recommender.topic_space import TopicSpace

LIKE_ENOUGH = 0.15  # below this similarity a quote would claim a likeness that is not there
_MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class TopicReasons:
    """The sentences for one topic, in the language of the request."""

    request: TopicRequest
    space: TopicSpace
    row: int

    def by_feature(self) -> Mapping[str, Say]:
        """Return what gives the sentence of each feature of topic_features.py."""
        return {
            "need": self._need,
            "feedback": self._feedback,
            "skill_gap": self._skill_gap,
            "priority": lambda: words.priority_words(self.request.language),
            "supply": self._supply,
            "freshness": self._freshness,
        }

    @property
    def _topic(self) -> Topic:
        return self.space.topics[self.row]

    def _need(self) -> str | None:
        quote, similarity = self._closest_quote(of_kind(self.request, ASKING))
        return words.need_words(quote, similarity, self.request.language) if quote else None

    def _feedback(self) -> str | None:
        quote, _ = self._closest_quote(of_kind(self.request, LEFT_OPEN))
        return words.left_open_words(quote, self.request.language) if quote else None

    def _skill_gap(self) -> str | None:
        named = [g for g in built_gaps(self.request.gaps, self._topic.skill_ids) if g.skill_id in self.request.skills]
        if not named:
            return None
        skill = self.request.skills[named[0].skill_id].name.get(self.request.language)
        return words.gap_words(skill, named[0].held_level, named[0].wanted_level, self.request.language)

    def _supply(self) -> str | None:
        mentors = (self.request.supply or {}).get(self._topic.id, 0)
        return words.supply_words(mentors, self.request.language) if mentors else None

    def _freshness(self) -> str | None:
        if self.request.person is None:
            return None
        at = last_held(self.request.sessions).get(self._topic.id)
        if at is None:
            return words.never_talked_words(self.request.language)
        months = (self.request.now - at).days // _MONTH_DAYS
        return words.months_ago_words(months, self.request.language) if months > 0 else None

    def _closest_quote(self, needs: list[NeedVectors]) -> tuple[str, float]:
        """Return the telling clause of the need that ranks the topic, and its similarity; no words where none is like.

        The first of equals counts, as in `best_similarity`.
        """
        best = max(needs, key=lambda need: weighted_similarity(need, self.space.phrases)[self.row])
        similarity = float(self.space.phrases.similarity(best)[self.row])
        return (self._quote(best), similarity) if similarity >= LIKE_ENOUGH else ("", similarity)

    def _quote(self, need: NeedVectors) -> str:
        """Return the clause around the closest window; without embeddings the clause that comes closest by itself."""
        closest, text = self.space.phrases.closest(need, self.row), need.need.text
        if closest:
            return quoted_clause(text, need_texts(text)[closest.window] if closest.window else closest.text)
        alone = {clause: NeedVectors(replace(need.need, text=clause)) for clause in clauses(text)}
        best = max(alone, key=lambda clause: self.space.phrases.similarity(alone[clause])[self.row], default="")
        return cut_at_word(best)
