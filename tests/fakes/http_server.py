"""A scripted server over real HTTP on loopback: plays faults in order, then answers as its kind does."""

import json
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

_Server = TypeVar("_Server", bound="HttpServer")


@dataclass
class Answer:
    """What the server sends: `content` as JSON, or `body` as it is.

    Parameters
    ----------
    hang
        Nothing is sent until this is set.
    """

    status: int = 200
    content: Any = None
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    hang: Event | None = None

    @property
    def sent(self) -> bytes:
        if self.body is not None:
            return self.body
        return b"" if self.content is None else json.dumps(self.content).encode()


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes

    @property
    def content(self) -> Any:
        return json.loads(self.raw) if self.raw else None

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.raw.decode(), keep_blank_values=True).items()}


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that leave early are part of the play."""


class HttpServer:
    """Plays answers in order, then what `answer` says; subclasses keep a state and answer like a provider."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._played: list[tuple[str, Answer]] = []
        self._lock, self._stopping = Lock(), Event()
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = _QuietServer(("127.0.0.1", 0), handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_port)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def play(self, *answers: Answer, at: str = "") -> None:
        """Let these be the next answers to requests whose path holds `at`."""
        self._played += [(at, answer) for answer in answers]

    def answer(self, asked: Asked) -> Answer:
        """Return what a server of this kind says."""
        return Answer(content={})

    def respond(self, asked: Asked) -> Answer:
        """Return the next answer that was played for this path, else that of `answer`."""
        with self._lock:
            self.asked.append(asked)
            for number, (at, played) in enumerate(self._played):
                if at in asked.path:
                    del self._played[number]
                    return played
            return self.answer(asked)

    def wait(self, answer: Answer) -> None:
        """Wait until an answer may be sent, or the server ends."""
        while answer.hang is not None and not (answer.hang.wait(0.02) or self._stopping.is_set()):
            pass

    def encrypt(self, certificate: Path) -> None:
        """Speak TLS from now on."""
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: HttpServer
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        with suppress(ConnectionError):
            answer = self.owner.respond(self._asked())
            self.owner.wait(answer)
            self._send(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - http.server's names
    do_PROPFIND = do_REPORT = _answer  # noqa: N815

    def _asked(self) -> Asked:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        headers = {key.lower(): value for key, value in self.headers.items()}
        raw = self.rfile.read(int(headers.get("content-length", 0)))
        return Asked(self.command, parts.path, query, headers, raw)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for key, value in {"content-type": "application/json", **answer.headers}.items():
            self.send_header(key, value)
        if answer.status != 204:
            self.send_header("content-length", str(len(answer.sent)))
        self.end_headers()
        self.wfile.write(answer.sent)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def running(server: _Server) -> Iterator[_Server]:
    """Yield the server while it runs."""
    server.start()
    try:
        yield server
    finally:
        server.stop()


def running_http_server(certificate: Path | None = None) -> AbstractContextManager[HttpServer]:
    """Return a running server without a kind of its own; with a certificate and its key it speaks TLS."""
    server = HttpServer()
    if certificate:
        server.encrypt(certificate)
    return running(server)
