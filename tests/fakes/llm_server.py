"""A scripted server that speaks OpenAI's protocol over real HTTP on loopback: it plays every reply and fault."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

PIECE = 40


@dataclass
class Reply:
    """What the server does with one request: by default it streams `text`.

    Parameters
    ----------
    body
        Sent as it is, whatever was asked for.
    drop_after
        So many pieces of the text are sent, then the connection is closed without an end.
    piece
        Characters in each event of a stream.
    hang
        Nothing is sent until this is set.
    drip
        After each piece, wait for this to be set, at most a fifth of a second.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str = "application/json"
    finish: str = "stop"
    refusal: str = ""
    usage: tuple[int, int] | None = (100, 50)
    drop_after: int | None = None
    piece: int = PIECE
    hang: Event | None = None
    drip: Event | None = None


def error(status: int, code: str, message: str = "no", **headers: str) -> Reply:
    """Return the reply of a provider that refuses, in OpenAI's shape."""
    body = json.dumps({"error": {"message": message, "type": code, "code": code, "param": None}}).encode()
    return Reply(status=status, body=body, headers={key.replace("_", "-"): value for key, value in headers.items()})


@dataclass
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: str


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that leave early are part of the play."""


class LLMServer:
    """Plays the replies in order; the last one is played again for every further request."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [Reply("{}")]
        self.asked: list[Asked] = []
        self._lock = Lock()
        self.stopping = Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"])).decode()
                with suppress(ConnectionError):
                    _play(self, owner._next(self, raw), json.loads(raw), owner.stopping)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self._server = _QuietServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def play(self, *replies: Reply | str) -> None:
        """Let these be the next replies; a text is streamed."""
        self.asked.clear()
        self.replies = [Reply(reply) if isinstance(reply, str) else reply for reply in replies]

    def _next(self, handler: BaseHTTPRequestHandler, raw: str) -> Reply:
        with self._lock:
            self.asked.append(Asked(handler.path, dict(handler.headers.items()), json.loads(raw), raw))
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def running_llm_server() -> Iterator[LLMServer]:
    """Yield a running server."""
    server = LLMServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _play(handler: BaseHTTPRequestHandler, reply: Reply, asked: dict[str, Any], stopping: Event) -> None:
    if reply.hang is not None:
        while not (reply.hang.wait(0.02) or stopping.is_set()):
            pass
    if reply.body is not None or not asked.get("stream"):
        _send_whole(handler, reply)
    else:
        _send_stream(handler, reply)


def _send_whole(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    body = reply.body if reply.body is not None else json.dumps(_message(reply)).encode()
    handler.send_response(reply.status)
    handler.send_header("content-type", reply.content_type)
    handler.send_header("content-length", str(len(body)))
    for key, value in reply.headers.items():
        handler.send_header(key, value)
    handler.end_headers()
    handler.wfile.write(body)


def _send_stream(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    pieces = [reply.text[at : at + reply.piece] for at in range(0, len(reply.text), reply.piece)]
    for number, piece in enumerate(pieces):
        if reply.drop_after is not None and number >= reply.drop_after:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        _send_event(handler, _chunk({"content": piece}))
        if reply.drip is not None:
            reply.drip.wait(0.2)
    _send_event(handler, _chunk({"refusal": reply.refusal} if reply.refusal else {}, reply.finish))
    if reply.usage:
        _send_event(handler, _chunk(None, usage=reply.usage))
    _write(handler, b"data: [DONE]\n\n")
    _write(handler, b"")


def _send_event(handler: BaseHTTPRequestHandler, event: dict[str, Any]) -> None:
    _write(handler, b"data: " + json.dumps(event).encode() + b"\n\n")


def _write(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()


def _chunk(
    delta: dict[str, str] | None, finish: str | None = None, usage: tuple[int, int] | None = None
) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}]
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": choices}
    if usage:
        chunk["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
    return chunk


def _message(reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal or None}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}
