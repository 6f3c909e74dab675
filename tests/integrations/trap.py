"""A server on loopback that only counts who connects: what a guard keeps away must never get here."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Trap:
    """Counts connections, and answers each with an empty page."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener, self.connections = listener, 0
        self.port = int(listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                taken, _ = self._listener.accept()
                self.connections += 1
                with taken:
                    taken.recv(65_536)
                    taken.sendall(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")


@contextmanager
def running_trap() -> Iterator[Trap]:
    """Yield a trap that listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Trap(listener)
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
