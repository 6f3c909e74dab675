"""A real CalDAV server on loopback: Radicale, with its storage in a folder that is thrown away."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import httpx2
from radicale import config
from radicale.app import Application
from radicale.log import logger

USER, PASSWORD = "nora", "an app password of the tests"
CALENDAR = "/nora/work/"


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: a test reads what its server kept."""


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@dataclass
class RadicaleServer:
    """Where it listens, and a window into what it keeps."""

    host: str
    client: httpx2.Client

    @property
    def address(self) -> str:
        return f"http://{self.host}/"

    @property
    def calendar(self) -> str:
        return f"http://{self.host}{CALENDAR}"

    def ask(self, method: str, path: str, content: str = "", **headers: str) -> httpx2.Response:
        """Return the answer to a request of Nora's own program."""
        return self.client.request(method, f"http://{self.host}{path}", content=content.encode(), headers=headers)

    def make_calendar(self, path: str = CALENDAR, kind: str = "VEVENT") -> None:
        """Make an empty calendar of events, or of another kind."""
        body = (
            '<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
            f'<C:supported-calendar-component-set><C:comp name="{kind}"/></C:supported-calendar-component-set>'
            "</D:prop></D:set></C:mkcalendar>"
        )
        assert self.ask("MKCALENDAR", path, body).status_code == 201

    def keep(self, name: str, text: str, folder: str = CALENDAR) -> int:
        """Put a text into the calendar, as any program would, and return the status."""
        return self.ask("PUT", f"{folder}{name}.ics", text).status_code

    def empty(self) -> None:
        """Throw the calendar away and make a new one."""
        self.ask("DELETE", CALENDAR)
        self.make_calendar()

    def texts(self) -> list[str]:
        """Return the events in the calendar, by path."""
        listed = self.ask("PROPFIND", CALENDAR, depth="1").text
        paths = sorted({path for path in listed.replace("<", ">").split(">") if path.endswith(".ics")})
        return [self.ask("GET", path).text for path in paths]


@contextmanager
def running_radicale(folder: Path, tls: ssl.SSLContext | None = None) -> Iterator[RadicaleServer]:
    """Yield a server that knows Nora and holds her empty calendar; it listens before this returns.

    With `tls`, the context of its certificate, it speaks https, and `ask` cannot look into it.
    """
    passwords = folder / "passwords"
    passwords.write_text(f"{USER}:{PASSWORD}\n")
    logger.setLevel("CRITICAL")  # what it refuses is part of the play
    with make_server("127.0.0.1", 0, Application(_configuration(folder, passwords)), _Threaded, _Quiet) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        with httpx2.Client(auth=(USER, PASSWORD), trust_env=False) as client:
            radicale = RadicaleServer(f"127.0.0.1:{server.server_port}", client)
            if not tls:
                radicale.make_calendar()
            try:
                yield radicale
            finally:
                server.shutdown()
                thread.join()


def _configuration(folder: Path, passwords: Path) -> config.Configuration:
    made = config.load()
    auth = {"type": "htpasswd", "htpasswd_filename": str(passwords), "htpasswd_encryption": "plain", "delay": "0"}
    storage = {"filesystem_folder": str(folder / "collections"), "_filesystem_fsync": "False"}
    made.update({"auth": auth, "storage": storage, "logging": {"level": "critical"}}, "tests", privileged=True)
    return made
