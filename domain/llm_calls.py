"""The ledger of calls to a model: what was sent, for whom, and what it cost."""

from dataclasses import dataclass
from datetime import datetime

OK = "ok"


@dataclass(frozen=True, slots=True)
class LLMCall:
    """One call, as those whom it concerns may see it.

    Parameters
    ----------
    purpose
        A code such as `agenda`.
    session_id, person_id
        The session it was made for, and the person for whom; None where it was for neither.
    sent
        The messages as they were sent.
    fact_numbers
        The facts among them, as numbered in the agenda.
    outcome
        `ok`, or the code of what failed.
    usd
        None where the price of the model is not known.
    """

    id: str
    at: datetime
    purpose: str
    model: str
    prompt_name: str
    prompt_version: str
    prompt_sha: str
    sent: str
    outcome: str
    milliseconds: int
    fact_numbers: tuple[int, ...] = ()
    session_id: str | None = None
    person_id: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What some calls cost together; a call without a known price counts 0 usd."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens
