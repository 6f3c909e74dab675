"""What providers answer instead of an answer, as codes: by status and kind, never by repeating their words."""

from typing import Any

from prompts.failures import FailureCode, LLMFailed

_QUOTA = ("insufficient_quota", "exceeded your current quota", "billing", "payment required", "credit balance")
_FORMAT_WORDS = ("format", "schema", "json_object", "grammar")
_DROPS = frozenset({"APIConnectionError", "MidStreamFallbackError", "RemoteProtocolError", "ConnectError", "ReadError"})


class RateLimited(Exception):
    """The server has no room now; `seconds` until it does, None where it does not say."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        super().__init__("The server asks to wait.")


def is_about_format(error: Exception) -> bool:
    """Whether the request was refused for its `response_format`."""
    kind = type(error).__name__
    is_refusal = kind == "UnsupportedParamsError" or _status(error) in (400, 422)
    return is_refusal and any(word in str(error) for word in _FORMAT_WORDS)


def failure_of(error: Exception) -> Exception:
    """Return the failure that a provider's error stands for."""
    status, kind = _status(error), type(error).__name__.casefold()
    if status == 429 or "ratelimit" in kind:
        return LLMFailed(FailureCode.OUT_OF_QUOTA) if _is_quota(error) else RateLimited(_retry_after(error))
    return LLMFailed(_code(status, kind, error))


def _code(status: int, kind: str, error: Exception) -> FailureCode:
    names = {type(cause).__name__ for cause in _causes(error)}
    if "TooMuchRead" in names:
        return FailureCode.TOO_LONG
    if "JSONDecodeError" in names:
        return FailureCode.BAD_ANSWER
    if "timeout" in kind or status == 408:
        return FailureCode.TIMEOUT
    if "contentpolicy" in kind or "content_filter" in str(error):
        return FailureCode.FILTERED
    if not _DROPS.isdisjoint(names):
        return FailureCode.DROPPED
    known = {401: FailureCode.UNAUTHORIZED, 403: FailureCode.UNAUTHORIZED, 404: FailureCode.NOT_FOUND}
    known |= {402: FailureCode.OUT_OF_QUOTA, 400: FailureCode.BAD_REQUEST, 422: FailureCode.BAD_REQUEST}
    if status >= 500:
        return FailureCode.SERVER_ERROR
    return known.get(status, FailureCode.BAD_ANSWER)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found


def _status(error: Exception) -> int:
    status: Any = getattr(error, "status_code", 0)
    return int(status) if isinstance(status, int) or (isinstance(status, str) and status.isdigit()) else 0


def _is_quota(error: Exception) -> bool:
    told = str(error).casefold()
    return any(word in told for word in _QUOTA)


def _retry_after(error: Exception) -> float | None:
    for cause in _causes(error):
        for holder in (getattr(cause, "response", None), cause):
            headers = getattr(holder, "headers", None) or getattr(holder, "litellm_response_headers", None) or {}
            value = headers.get("retry-after") if hasattr(headers, "get") else None
            if value is not None:
                return float(value) if str(value).replace(".", "", 1).isdigit() else None
    return None
