"""How long pages of the demo take while a hundred people look around at once: `python -m benchmarks.browsing`.

One server process, as `halfhour serve` starts it; each person is signed in, opens a page, reads for some seconds, opens
the next. Loopback only; it ends by itself.
"""

import argparse
import http.client
import json
import multiprocessing
import random
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress

from benchmarks.demo_login import demo_cookie
from commands.demo import demo_settings, prepare_demo
from domain.sessions import MentoringSession, SessionStatus
from services.context import Context
from services.suggest import suggest_for_person
from settings import Settings, read_settings
from store import unit_of_work

Visitor = tuple[str, list[str]]  # a person and the addresses that they may open
HOST, READING_SECONDS = "127.0.0.1", (3.0, 9.0)


def main() -> int:
    """Print medians, 95th percentiles and faults by page; return 1 when a page failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    settings = demo_settings(read_settings())
    context = prepare_demo(settings)
    visitors = visits(context, arguments.people)
    with serving(settings) as port:
        waits, faults = browse(port, visitors, arguments.seconds)
    report(waits, faults, as_json=arguments.json)
    return 1 if faults else 0


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """Yield the port of a served demo that is ready; it is ended afterwards."""
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(settings,), daemon=True)
    server.start()
    try:
        wait_for(settings.port)
        yield settings.port
    finally:
        server.kill()
        server.join()


def serve(settings: Settings) -> None:
    """Serve the demo in a process of its own."""
    from commands.serve import serve as run  # in the child alone: the parent must stay light

    run(settings.model_copy(update={"worker": "off"}), is_demo=True)


def visits(context: Context, count: int) -> list[Visitor]:
    """Return so many people, each with the addresses that they may open."""
    with unit_of_work(context.engine) as store:
        people = store.people.list()[:count]
        booked = [s for s in store.sessions.list() if s.status is SessionStatus.BOOKED]
    return [(person.id, addresses(context, person.id, booked)) for person in people]


def addresses(context: Context, person_id: str, booked: list[MentoringSession]) -> list[str]:
    """Return what the person may open: home twice as often as the rest."""
    found = ["/", "/", "/sessions", "/goals", "/progress", "/groups", "/search"]
    found += [f"/topics/{one.topic_id}" for one in suggest_for_person(context, person_id, k=3).answer.topics]
    return found + [f"/sessions/{s.id}/agenda" for s in booked if person_id in s.everybody]


def browse(
    port: int, visitors: list[tuple[str, list[str]]], seconds: float
) -> tuple[dict[str, list[float]], list[str]]:
    """Let everybody look around; return milliseconds by kind of page, and what failed."""
    until, lock = time.monotonic() + seconds, threading.Lock()
    waits: dict[str, list[float]] = {}
    faults: list[str] = []

    def look_around(number: int) -> None:
        person_id, pages = visitors[number]
        choice = random.Random(number)  # noqa: S311 - who opens which page, nothing secret
        cookie = sign_in(port, person_id)
        time.sleep(choice.uniform(0, READING_SECONDS[1]))
        while time.monotonic() < until:
            path = choice.choice(pages)
            status, milliseconds = fetch(port, path, cookie)
            with lock:
                waits.setdefault(path.split("/")[1] or "home", []).append(milliseconds)
                if status != 200:
                    faults.append(f"{status} {path}")
            time.sleep(choice.uniform(*READING_SECONDS))

    with ThreadPoolExecutor(len(visitors)) as pool:
        list(pool.map(look_around, range(len(visitors))))
    return waits, faults


def sign_in(port: int, person_id: str) -> str:
    """Return the cookie of a login by the demo's picker."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        return demo_cookie(connection, person_id)


def fetch(port: int, path: str, cookie: str) -> tuple[int, float]:
    """Return status and milliseconds of one page, its body included."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, (time.perf_counter() - began) * 1000


def wait_for(port: int) -> None:
    """Return once the server is ready."""
    for _ in range(600):
        with suppress(OSError):
            if fetch(port, "/readyz", "")[0] == 200:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not become ready.")


def report(waits: dict[str, list[float]], faults: list[str], *, as_json: bool) -> None:
    """Print the table, or one JSON object."""
    everything = [wait for some in waits.values() for wait in some]
    rows = {name: figures(some) for name, some in sorted(waits.items())} | {"all pages": figures(everything)}
    if as_json:
        print(json.dumps({"pages": rows, "faults": len(faults)}))
        return
    print(f"{'page':<12} {'opened':>7} {'median ms':>10} {'p95 ms':>8}")
    for name, row in rows.items():
        print(f"{name:<12} {row['opened']:>7.0f} {row['median']:>10.0f} {row['p95']:>8.0f}")
    print(f"faults: {len(faults)} {faults[:3] if faults else ''}")


def figures(some: list[float]) -> dict[str, float]:
    """Return how many, their median and their 95th percentile."""
    p95 = statistics.quantiles(some, n=20, method="inclusive")[-1] if len(some) > 1 else some[0]
    return {"opened": len(some), "median": statistics.median(some), "p95": p95}


if __name__ == "__main__":
    sys.exit(main())
