"""What is said for a topic: one method per feature, each with nothing but what the request holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.topics import Topic
from recommender import reason_words as words
from recommender.eligibility import last_held
from recommender.quotes import clauses, cut_at_word, quoted_clause
from recommender.reasons import Say
from recommender.requests import NeedVectors, TopicRequest, need_texts
from recommender.topic_features import ASKING, LEFT_OPEN, free_mentors, of_kind, weighted_similarity
from recommender.topic_gaps import built_gaps, gaps_by_name
from recommender.topic_history import CAPABLE, last_words
from recommender.topic_space import TopicSpace

LIKE_ENOUGH = 0.15  # below this similarity a quote would claim a likeness that is not there
_MONTH_DAYS = 30
_SELDOM = 3  # suggested to anybody so many times or less


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
            "helped_similar": self._helped_similar,
            "progress": self._progress,
            "freshness": self._freshness,
            "supply": self._supply,
            "exploration": self._exploration,
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
            return self._gap_by_name()
        gap, language = named[0], self.request.language
        skill = self.request.skills[gap.skill_id].name.get(language)
        if gap.is_likely:
            return words.likely_gap_words(skill, language)
        return words.gap_words(skill, gap.held_level, gap.wanted_level, language)

    def _gap_by_name(self) -> str | None:
        """Return the closest of the gaps that no topic builds by id; its name may come from a role of the company."""
        gaps = gaps_by_name(self.request, self.space.topics)
        best = self._closest(gaps) if gaps else None
        if best is None:
            return None
        skill = self.request.skills.get(best.need.skill_id or "")
        sure = (gap for gap in self.request.gaps if not gap.is_likely)
        levels = {gap.skill_id: (gap.held_level, gap.wanted_level) for gap in sure}
        name, language = skill.name.get(self.request.language) if skill else best.need.text, self.request.language
        return words.named_gap_words(name, levels.get(best.need.skill_id or ""), language)

    def _helped_similar(self) -> str | None:
        own = sorted(topic_id for topic_id in last_held(self.request.sessions) if topic_id in self.space.row_of)
        behind = self.request.helped.strongest(own, self._topic.id) if self.request.helped else None
        if behind is None:
            return None
        title = self.space.topics[self.space.row_of[behind]].title.get(self.request.language)
        return words.helped_words(title, self.request.language)

    def _progress(self) -> str | None:
        word = last_words(self.request).get(self._topic.id)
        if word is None or (word.level_after is None and not word.still_open.strip()):
            return None
        return words.progress_words(word.level_after, self.request.language) if _is_short_of(word.level_after) else None

    def _supply(self) -> str | None:
        count = free_mentors(self.request).get(self._topic.id, 0)
        say = words.supply_words if self.request.free_soon is None else words.free_soon_words
        return say(count, self.request.language) if count else None

    def _exploration(self) -> str | None:
        seen = (self.request.shown or {}).get(self._topic.id, 0)
        return words.seldom_words(self.request.language) if self.request.shown is not None and seen <= _SELDOM else None

    def _freshness(self) -> str | None:
        if self.request.person is None:
            return None
        at = last_held(self.request.sessions).get(self._topic.id)
        if at is None:
            return words.never_talked_words(self.request.language)
        months = (self.request.now - at).days // _MONTH_DAYS
        return words.months_ago_words(months, self.request.language) if months > 0 else None

    def _closest_quote(self, needs: list[NeedVectors]) -> tuple[str, float]:
        """Return the telling clause of the need that ranks the topic, and how like; no words where none is."""
        best = self._closest(needs)
        return (self._quote(best), self._similarity(best)) if best else ("", 0.0)

    def _closest(self, needs: list[NeedVectors]) -> NeedVectors | None:
        """Return the need that ranks the topic, None where not even that one is like it; the first of equals counts."""
        best = max(needs, key=lambda need: weighted_similarity(need, self.space.phrases)[self.row])
        return best if self._similarity(best) >= LIKE_ENOUGH else None

    def _similarity(self, need: NeedVectors) -> float:
        return float(self.space.phrases.similarity(need)[self.row])

    def _quote(self, need: NeedVectors) -> str:
        """Return the clause around the closest window; without embeddings the clause that comes closest by itself."""
        closest, text = self.space.phrases.closest(need, self.row), need.need.text
        if closest:
            return quoted_clause(text, need_texts(text)[closest.window] if closest.window else closest.text)
        alone = {clause: NeedVectors(replace(need.need, text=clause)) for clause in clauses(text)}
        best = max(alone, key=lambda clause: self.space.phrases.similarity(alone[clause])[self.row], default="")
        return cut_at_word(best)


def _is_short_of(level: int | None) -> bool:
    return level is None or level < CAPABLE
