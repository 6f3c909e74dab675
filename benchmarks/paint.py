"""How soon the largest part of a page is painted, and how far anything moves afterwards: `python -m benchmarks.paint`.

Chromium opens pages of the served demo on loopback, each role its own, several times with an empty cache. Milliseconds
are of the largest contentful paint since the page was asked for; the shift is the sum that browsers report (0: nothing
moved).
"""

import sys
from statistics import median

from playwright.sync_api import Browser

from benchmarks.browsing import HOST, serving
from benchmarks.screens import SHOTS, Shot, opened, somebody
from commands.demo import demo_settings, prepare_demo
from domain.people import Person
from settings import read_settings
from tests.web.browser import chromium

ROUNDS = 3
Seen = tuple[float, float]
# a page may be painted before the script asks: buffered entries are handed over too
SEEN = """() => new Promise(tell => {
  let largest = 0, shift = 0
  new PerformanceObserver(list => { for (const entry of list.getEntries()) largest = entry.startTime })
    .observe({type: "largest-contentful-paint", buffered: true})
  new PerformanceObserver(list => { for (const entry of list.getEntries()) shift += entry.value })
    .observe({type: "layout-shift", buffered: true})
  requestAnimationFrame(() => setTimeout(() => tell([largest, shift]), 200))
})"""


def main() -> int:
    """Print medians by page; return 1 when a page takes a second, or something on it moves."""
    settings = demo_settings(read_settings())
    context = prepare_demo(settings)
    is_slow = False
    print("| page | LCP, median | worst | shift |\n|---|---|---|---|")
    with serving(settings) as port, chromium() as browser:
        for shot in SHOTS:
            person = somebody(context, shot.role, shot.language)
            seen = [look(shot, browser, f"http://{HOST}:{port}", person) for _ in range(ROUNDS)]
            paints, shift = [paint for paint, _ in seen], max(moved for _, moved in seen)
            print(f"| {shot.name} | {median(paints):.0f} ms | {max(paints):.0f} ms | {shift:.3f} |")
            is_slow |= max(paints) >= 1000 or shift > 0 or min(paints) == 0
    return int(is_slow)


def look(shot: Shot, browser: Browser, url: str, person: Person) -> Seen:
    """Return milliseconds to the largest paint and the shift of the page, for a newcomer."""
    with opened(shot, browser, url, person) as page:
        page.wait_for_load_state("load")
        paint, shift = page.evaluate(SEEN)
    return float(paint), float(shift)


if __name__ == "__main__":
    sys.exit(main())
