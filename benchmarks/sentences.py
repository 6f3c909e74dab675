"""Sentences as people write them at work, as many as wanted, the same for the same seed. Own words, no data set."""

import random

_OPENINGS = (
    "I keep", "Every week I end up", "Since the reorganisation we are", "My lead says I should stop", "Honestly, I am",
    "Nobody warned me about", "In the last two sprints we kept", "It feels as if I am", "What wears me out is",
)  # fmt: skip
_DOINGS = (
    "rewriting other people's pull requests", "agreeing to dates that nobody can hold", "explaining the same dashboard",
    "waiting for an answer from the risk department", "postponing the talk about pay", "sitting in status calls",
    "guessing what the customer meant", "patching the month-end sheet", "being the only one who knows the build",
    "giving patients bad news between two doors", "handing over a shift without notes", "getting stuck in slow queries",
)  # fmt: skip
_CIRCUMSTANCES = (
    "although the team has grown to eleven people", "because the requirements change on Thursday afternoons",
    "and then the evening is gone", "while two stakeholders want opposite things", "even when I prepared it well",
    "since our analyst went on leave", "right before the audit", "and my hands shake when the director joins",
    "which makes the juniors go quiet", "so the backlog looks worse than it is", "with no tests to lean on",
)  # fmt: skip
_WISHES = (
    "I want to learn to say no without burning bridges.", "How do others do this?", "I need a first small step.",
    "I would like to hear how an experienced lead handles it.", "Maybe I ask the wrong questions.",
    "A checklist would help, or one good example.", "By summer I want to run this on my own.",
)  # fmt: skip


def sentences(count: int, seed: int = 7) -> list[str]:
    """Return `count` texts of 3 to some 90 words: short complaints mostly, a few long ones, all different."""
    dice = random.Random(seed)  # noqa: S311 - a reproducible draw, nothing secret
    texts = dict.fromkeys(_text(dice, number) for number in range(count))
    return list(texts)


def _text(dice: random.Random, number: int) -> str:
    clauses = [f"{dice.choice(_OPENINGS)} {dice.choice(_DOINGS)}"]
    clauses += dice.sample(_CIRCUMSTANCES, dice.choice((0, 1, 1, 2, 3, 6)))
    ending = f" {dice.choice(_WISHES)}" if dice.random() < 0.5 else ""
    return f"{', '.join(clauses)} (ticket {number}).{ending}"
