"""The bones of an agenda: how many minutes each stage gets and how many questions it asks."""

from math import ceil

from domain.people import Format
from domain.topics import Stage

# Source: Manager Tools one-on-ones (10/10/10), MentorCloud (17/50/33 %) and GROW, balanced for 15-30 minutes.
_PERCENT = {Stage.GOAL: 13, Stage.REALITY: 33, Stage.OPTIONS: 34, Stage.WILL: 20}
ROUND_MINUTES = 0.5
"""What one person needs in an opening or closing round."""

QUESTIONS_BY_MINUTES = {15: (3, 5), 20: (4, 6), 25: (5, 7), 30: (5, 8)}
"""Fewest and most questions that a live session bears."""

CHAT_FEWER = 2
"""So many questions fewer in a chat consult."""

VOLUNTARY_ABOVE = 6
"""In a larger group nobody is called on to speak."""

_ASKED_BY_MINUTES = {15: 4, 20: 6, 25: 6, 30: 7}
_CHAT_ASKED_BY_MINUTES = {15: 3, 20: 4, 25: 5, 30: 5}
_SHARES = {3: (1, 1, 1, 0), 4: (1, 1, 1, 1), 5: (1, 1, 2, 1), 6: (1, 2, 2, 1), 7: (1, 2, 2, 2)}
_SHARES_WITH_CARRY_OVER = {6: (2, 1, 2, 1), 7: (2, 2, 2, 1)}


def split_minutes(minutes: int, format: Format, people: int = 1) -> dict[Stage, int]:
    """Return whole minutes by stage, summing to `minutes`; a group's opening and close give everybody half a minute."""
    shares = _largest_remainder(minutes, _PERCENT)
    if format is not Format.GROUP:
        return shares
    round_minutes = ceil(people * ROUND_MINUTES)
    opening, close = max(shares[Stage.GOAL], round_minutes), max(shares[Stage.WILL], round_minutes)
    core = {stage: _PERCENT[stage] for stage in (Stage.REALITY, Stage.OPTIONS)}
    return {Stage.GOAL: opening, **_largest_remainder(minutes - opening - close, core), Stage.WILL: close}


def split_questions(minutes: int, format: Format, has_carry_over: bool = False) -> dict[Stage, int]:
    """Return how many questions each stage asks; what is left from last time gives the opening a second."""
    total = (_CHAT_ASKED_BY_MINUTES if format is Format.CHAT else _ASKED_BY_MINUTES)[minutes]
    shares = _SHARES_WITH_CARRY_OVER.get(total, _SHARES[total]) if has_carry_over else _SHARES[total]
    return dict(zip(Stage, shares, strict=True))


def question_limits(minutes: int, format: Format) -> tuple[int, int]:
    """Return the fewest and the most questions for so many minutes."""
    low, high = QUESTIONS_BY_MINUTES[minutes]
    fewer = CHAT_FEWER if format is Format.CHAT else 0
    return low - fewer, high - fewer


def _largest_remainder(minutes: int, weights: dict[Stage, int]) -> dict[Stage, int]:
    total = sum(weights.values())
    whole = {stage: minutes * weight // total for stage, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda stage: -(minutes * weights[stage] % total))
    for stage in by_remainder[: minutes - sum(whole.values())]:
        whole[stage] += 1
    return whole
