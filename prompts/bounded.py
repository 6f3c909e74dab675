"""An HTTP client for answers of unknown length: it reads no more than it should, and follows nobody elsewhere."""

from collections.abc import Iterator

import httpx

from prompts.failures import TooMuchRead

MAX_PLAIN_BYTES = 64 * 1024
MAX_STREAM_BYTES = 8 * 1024 * 1024  # each word comes in some 200 bytes of wrapping; the words are counted apart


class _Counted(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, most: int) -> None:
        self._stream, self._most = stream, most

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for part in self._stream:
            read += len(part)
            if read > self._most:
                raise TooMuchRead(f"An answer must be at most {self._most} bytes.")
            yield part

    def close(self) -> None:
        self._stream.close()


class BoundedTransport(httpx.BaseTransport):
    """Passes requests on and counts what comes back: a stream of events may be longer than a plain body."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport(retries=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["accept-encoding"] = "identity"  # packed bytes could unfold to any length
        response = self._inner.handle_request(request)
        is_stream = response.headers.get("content-type", "").startswith("text/event-stream")
        assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101 - what a synchronous transport gives
        counted = _Counted(response.stream, MAX_STREAM_BYTES if is_stream else MAX_PLAIN_BYTES)
        return httpx.Response(response.status_code, headers=response.headers, stream=counted, request=request)

    def close(self) -> None:
        self._inner.close()


def bounded_client() -> httpx.Client:
    """Return a client that keeps connections, follows no redirect, reads no proxy from the environment."""
    return httpx.Client(transport=BoundedTransport(), follow_redirects=False, trust_env=False)
