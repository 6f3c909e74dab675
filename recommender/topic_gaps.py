"""How topics answer skill gaps: by the skills they build, and where no topic builds one, by the skill's name."""

from collections.abc import Sequence
from dataclasses import replace
from math import prod

import numpy as np

from domain.people import MAX_LEVEL, SkillGap
from domain.suggestions import NeedKind
from domain.topics import Topic, TopicStatus
from recommender.requests import NeedVectors, TopicRequest


def built_gaps(gaps: Sequence[SkillGap], skill_ids: Sequence[str]) -> list[SkillGap]:
    """Return the gaps that a topic with these skills builds, largest first, ties by skill id."""
    return sorted((gap for gap in gaps if gap.skill_id in skill_ids), key=lambda gap: (-gap.size, gap.skill_id))


def closed_by_skills(gaps: Sequence[SkillGap], topics: Sequence[Topic]) -> np.ndarray:
    """Return 1 - product of (1 - severity) over the gaps that a topic builds: each further gap adds less."""
    left = {gap.skill_id: 1 - gap.severity for gap in gaps}
    remaining = [prod(left[skill_id] for skill_id in left.keys() & set(topic.skill_ids)) for topic in topics]
    return 1 - np.array(remaining, dtype=np.float64)


def gaps_by_name(request: TopicRequest, topics: Sequence[Topic]) -> list[NeedVectors]:
    """Return the skill gaps whose skill no active topic builds, weighted by their size: a gap of four levels is 1."""
    built = {skill for topic in topics if topic.status is TopicStatus.ACTIVE for skill in topic.skill_ids}
    gaps = (n for n in request.needs if n.need.kind is NeedKind.SKILL_GAP and n.need.skill_id not in built)
    return [replace(gap, need=replace(gap.need, weight=_severity(gap))) for gap in gaps]


def _severity(gap: NeedVectors) -> float:
    return gap.need.weight * min(max(gap.need.gap_levels, 0), MAX_LEVEL) / MAX_LEVEL
