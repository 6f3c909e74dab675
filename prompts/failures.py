"""Why a model gave no answer. Codes only: what a provider says may hold a key or a person's words."""

from enum import StrEnum


class FailureCode(StrEnum):
    """What went wrong."""

    RATE_LIMITED = "rate_limited"
    OUT_OF_QUOTA = "out_of_quota"
    UNAUTHORIZED = "unauthorized"
    NOT_FOUND = "not_found"
    BAD_REQUEST = "bad_request"
    SERVER_ERROR = "server_error"
    BAD_ANSWER = "bad_answer"
    DROPPED = "dropped"
    TIMEOUT = "timeout"
    TOO_LONG = "too_long"
    FILTERED = "filtered"
    REFUSED = "refused"
    CIRCUIT_OPEN = "circuit_open"
    NOT_LOCAL = "not_local"


RETRIED = frozenset({FailureCode.SERVER_ERROR, FailureCode.BAD_ANSWER, FailureCode.DROPPED, FailureCode.FILTERED})
"""A second call may bring an answer; after the others it would only cost."""

OUTAGES = frozenset({FailureCode.SERVER_ERROR, FailureCode.BAD_ANSWER, FailureCode.DROPPED, FailureCode.TIMEOUT})
"""The model cannot be reached or does not work: so many in a row open the circuit."""


class LLMFailed(Exception):
    """There is no answer; the code says why."""

    def __init__(self, code: FailureCode) -> None:
        self.code = code
        super().__init__(f"The language model gave no answer: {code}.")

    @property
    def may_retry(self) -> bool:
        """Whether one more call makes sense."""
        return self.code in RETRIED


class TooMuchRead(Exception):
    """More bytes came than anything that was asked for needs."""
