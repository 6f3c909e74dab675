"""What a provider may answer instead of what was asked for, and what that means to a job."""

from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from tests.fakes.http_server import Answer

SECRET_WORDS = "nora.quist@example.org wrote: I end up doing everyone's work"
SLOW = Answer(hang=Event())


@dataclass(frozen=True)
class Fault:
    """An answer, and the fault it becomes: `code` without the provider's name."""

    name: str
    answer: Answer
    code: str
    may_retry: bool
    retry_after: timedelta | None = None


def _refused(status: int, **headers: str) -> Answer:
    return Answer(
        status, {"error": {"message": SECRET_WORDS}}, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


MINUTE = timedelta(minutes=1)
FAULTS = [
    Fault("400", _refused(400), "400", may_retry=False),
    Fault("403", _refused(403), "403", may_retry=False),
    Fault("404", _refused(404), "404", may_retry=False),
    Fault("408", _refused(408), "408", may_retry=True),
    Fault("409", _refused(409), "409", may_retry=False),
    Fault("410", _refused(410), "410", may_retry=False),
    Fault("429 with seconds", _refused(429, retry_after="60"), "429", may_retry=True, retry_after=MINUTE),
    Fault(
        "429 with a date of HTTP",
        _refused(429, retry_after="Mon, 02 Mar 2026 09:01:00 GMT"),
        "429",
        may_retry=True,
        retry_after=MINUTE,
    ),
    Fault(
        "429 with a date as Zoom writes it",
        _refused(429, retry_after="2026-03-02T09:01:00Z"),
        "429",
        may_retry=True,
        retry_after=MINUTE,
    ),
    Fault("429 with the past", _refused(429, retry_after="2001-01-01T00:00:00Z"), "429", True, timedelta(0)),
    Fault("429 with years", _refused(429, retry_after="9999999"), "429", True, timedelta(days=1)),
    Fault("429 with nonsense", _refused(429, retry_after="soon"), "429", may_retry=True),
    Fault("429 without a word", _refused(429), "429", may_retry=True),
    Fault("500", Answer(500, body=b"<html>sorry</html>"), "500", may_retry=True),
    Fault("503 with seconds", _refused(503, retry_after="60"), "503", may_retry=True, retry_after=MINUTE),
    Fault("redirect", Answer(302, headers={"location": "http://127.0.0.1:1/"}), "redirect", may_retry=False),
    Fault("broken JSON", Answer(body=b'{"id": "1", '), "unreadable", may_retry=True),
    Fault("a list", Answer(body=b"[]"), "unreadable", may_retry=True),
    Fault("no number", Answer(body=b'{"id": NaN}'), "unreadable", may_retry=True),
    Fault("deep JSON", Answer(body=b'{"a":' * 100_000), "unreadable", may_retry=True),
    Fault("no UTF-8", Answer(body=b'{"id": "\xff\xfe"}'), "unreadable", may_retry=True),
    Fault("too large", Answer(body=b'{"id": "' + b"x" * 2_000_000 + b'"}'), "too_large", may_retry=False),
]
NAMES = [fault.name for fault in FAULTS]
