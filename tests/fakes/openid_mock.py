"""oidc-provider-mock as a process of its own: a provider that others wrote."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.request import urlopen

from tests.proofs.servers import wait_until_it_listens

PERSON = {"sub": "mock-1", "email": "p1@example.org", "email_verified": True}
STRANGER = {"sub": "mock-2", "email": "p1@example.org", "email_verified": False}


@contextmanager
def running_mock() -> Iterator[str]:
    """Yield the issuer, which knows two people; the process is gone afterwards."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    people = [part for one in (PERSON, STRANGER) for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_listens(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def time_at(issuer: str) -> datetime:
    """Return the time of that process, which signs by it."""
    with urlopen(f"{issuer}/jwks") as answered:  # noqa: S310 - loopback
        return parsedate_to_datetime(answered.headers["date"])
