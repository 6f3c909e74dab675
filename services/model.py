"""The configured language model and what may be spent on it."""

from dataclasses import dataclass
from datetime import timedelta

from prompts import LLM

DEADLINE = timedelta(seconds=12)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent in a day, from midnight UTC on: by the whole programme, and for one person.

    0 stops every call. A model of unknown price spends calls and tokens only.
    """

    calls: int = 500
    tokens: int = 2_000_000
    usd: float = 5.0
    calls_per_person: int = 20


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """The model; `name` as people read it, `deadline` for one draft, `is_local` where it answers in the house."""

    name: str
    llm: LLM
    budget: Budget = Budget()
    deadline: timedelta = DEADLINE
    is_local: bool = False
