"""What tests/conftest.py promises: no network but loopback, and no skip where REQUIRE_ALL=1 forbids it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"])
def test_other_machines_cannot_be_reached(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        for reach in (lambda: client.connect((host, 9)), lambda: client.sendto(b"x", (host, 9))):
            with pytest.raises(OSError, match="Tests must stay on loopback"):
                reach()


def test_names_cannot_be_looked_up() -> None:
    with pytest.raises(socket.gaierror, match="Tests must not look up names"):
        socket.create_connection(("mail.example", 25))


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


_SKIPS = """
import pytest

def test_runs():
    pass

@pytest.mark.skip(reason="no server here")
def test_needs_a_server():
    pass

@pytest.mark.xfail(reason="known")
def test_known():
    assert False
"""


@pytest.mark.parametrize(
    ("required", "outcome"), [("", "1 passed, 2 skipped, 1 xfailed"), ("1", "1 passed, 1 xfailed, 2 errors")]
)
def test_a_skip_fails_where_all_is_required(tmp_path: Path, required: str, outcome: str) -> None:
    (tmp_path / "test_some.py").write_text(_SKIPS)
    (tmp_path / "test_whole_file.py").write_text("import pytest\npytest.importorskip('no_such_module')")
    own = ["-p", "tests.conftest", "-c", os.devnull, "--continue-on-collection-errors"]
    command = [sys.executable, "-m", "pytest", "-q", *own, str(tmp_path)]
    environment = os.environ | {"REQUIRE_ALL": required, "CI": ""}  # with CI set pytest says each reason twice
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert outcome in ended.stdout
    assert ended.stdout.count("lets no test be skipped") == (2 if required else 0)
