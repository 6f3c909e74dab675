"""How fast and how large the served demo is: help, ready, pages, memory. Prints one table of medians.

Run: python -m benchmarks.serving
"""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep

from benchmarks.demo_login import demo_cookie
from commands.demo import demo_settings, prepare_demo
from domain.people import Role
from settings import read_settings
from store import unit_of_work

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
PEOPLE = 40
READY_SECONDS = 30
SERVE = """
from commands.demo import demo_settings
from commands.serve import serve
from settings import read_settings
serve(demo_settings(read_settings(), {port}), is_demo=True)
"""


def main() -> None:
    settings = demo_settings(read_settings())
    context = prepare_demo(settings)
    with unit_of_work(context.engine) as store:
        asked = {goal.person_id for goal in store.goals.all_open()}
        mentees = [p.id for p in store.people.list() if p.roles == {Role.MENTEE} and p.id in asked][:PEOPLE]
    context.engine.dispose()
    helps = [_seconds([sys.executable, str(ROOT / "cli.py"), "--help"]) for _ in range(ROUNDS)]
    starts, pages, memory = [], [], []
    for _ in range(ROUNDS):
        with _served() as (port, seconds, process):
            starts.append(seconds)
            pages += [_page_ms(port, person) for person in mentees]
            memory.append(_resident_mb(process.pid))
    print("| what | median | p95 |\n|---|---|---|")
    print(f"| `halfhour --help` | {median(helps):.2f} s | |")
    print(f"| from start of `serve` to `/readyz` 200 | {median(starts):.1f} s | |")
    shown, slow = median(pages), quantiles(pages, n=20)[18]
    print(f"| a page of suggestions, {len(mentees)} people | {shown:.0f} ms | {slow:.0f} ms |")
    print(f"| memory of the process after these pages | {median(memory):.0f} MB | |")


@contextmanager
def _served() -> Iterator[tuple[int, float, subprocess.Popen[bytes]]]:
    """Yield port, seconds until ready, and the process of a served demo; it is ended afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = SERVE.format(port=port)
    began = perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        yield port, _seconds_until_ready(port, began), process
    finally:
        process.terminate()
        process.wait()


def _seconds_until_ready(port: int, began: float) -> float:
    while perf_counter() - began < READY_SECONDS:
        try:
            if _get(port, "/readyz")[0] == 200:
                return perf_counter() - began
        except ConnectionError:
            sleep(0.02)
    raise TimeoutError(f"/readyz must answer 200 within {READY_SECONDS} s, got nothing.")


def _page_ms(port: int, person_id: str) -> float:
    """Return the milliseconds of a person's second look at the first page: the first one keeps what was shown."""
    cookie = _sign_in(port, person_id)
    _get(port, "/", cookie)
    began = perf_counter()
    status, _ = _get(port, "/", cookie)
    assert status == 200
    return (perf_counter() - began) * 1000


def _sign_in(port: int, person_id: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        return demo_cookie(connection, person_id)


def _get(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


def _seconds(command: list[str]) -> float:
    began = perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return perf_counter() - began


def _resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
