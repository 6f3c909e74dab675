"""Takes the screenshots of docs/screens from the demo company: `python -m benchmarks.screens FOLDER`."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from api import create_app
from commands.demo import demo_settings, prepare_demo
from domain.language import Language
from domain.people import Person, Role
from domain.sessions import SessionStatus
from services.context import Context
from services.suggest import suggest_for_person
from settings import read_settings
from store import unit_of_work
from tests.web.browser import CHROMIUM, chromium, follow, served

WIDE, PHONE = (1280, 1000), (360, 780)
TO_TOPIC, TO_AGENDA = 'main .cards a[href^="/topics/"]', 'main a[href*="/agenda?"]'
TO_TIMES, TO_SESSION = 'main a[href*="/ask?"]', 'main h3 a[href^="/sessions/"]'


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as somebody sees it: whose eyes, the links to follow from the address, how it is shown."""

    name: str
    role: Role
    language: Language
    scheme: str = "light"
    size: tuple[int, int] = WIDE
    address: str = "/"
    links: tuple[str, ...] = ()


SHOTS = (
    Shot("home-en", Role.MENTEE, Language.EN),
    Shot("topic-en", Role.MENTEE, Language.EN, links=(TO_TOPIC,)),
    Shot("agenda-en", Role.MENTEE, Language.EN, links=(TO_TOPIC, TO_AGENDA)),
    Shot("home-ru", Role.MENTEE, Language.RU, "dark"),
    Shot("agenda-ru-phone", Role.MENTEE, Language.RU, size=PHONE, links=(TO_TOPIC, TO_AGENDA)),
    Shot("ask-en-phone", Role.MENTEE, Language.EN, size=PHONE, links=(TO_TOPIC, TO_TIMES)),
    Shot("session-ru", Role.MENTEE, Language.RU, address="/sessions", links=(TO_SESSION,)),
    Shot("sessions-en-phone", Role.MENTEE, Language.EN, "dark", PHONE, "/sessions"),
    Shot("goals-en", Role.MENTEE, Language.EN, address="/goals"),
    Shot("progress-ru-phone", Role.MENTEE, Language.RU, size=PHONE, address="/progress"),
    Shot("search-en", Role.MENTEE, Language.EN, address="/search"),
    Shot("privacy-ru-phone", Role.MENTEE, Language.RU, "dark", PHONE, "/privacy"),
    Shot("mentoring-en", Role.MENTOR, Language.EN, address="/mentoring"),
    Shot("mentoring-ru-phone", Role.MENTOR, Language.RU, size=PHONE, address="/mentoring"),
    Shot("availability-en-phone", Role.MENTOR, Language.EN, size=PHONE, address="/availability"),
    Shot("hr-en", Role.HR, Language.EN, address="/hr"),
    Shot("catalog-ru", Role.HR, Language.RU, address="/catalog"),
    Shot("topic-editor-en", Role.HR, Language.EN, address="/catalog/topics/delegate-work"),
    Shot("people-en", Role.HR, Language.EN, address="/hr/people"),
    Shot("import-ru", Role.HR, Language.RU, address="/hr/import"),
    Shot("insights-ru", Role.HR, Language.RU, "dark", address="/hr/insights"),
    Shot("programme-en", Role.HR, Language.EN, address="/hr/programme"),
)


def main() -> int:
    """Write every shot into the folder; return 1 with the reason when there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if not CHROMIUM.exists():
        print(f"{CHROMIUM} must be there, it is not. Install Debian's chromium.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    settings = demo_settings(read_settings())
    context = prepare_demo(settings)
    with served(create_app(settings, is_demo=True, context=context)) as url, chromium() as browser:
        for shot in SHOTS:
            path = take(shot, browser, url, somebody(context, shot.role, shot.language), folder)
            print(f"{path}  {path.stat().st_size // 1000} kB")
    return 0


def take(shot: Shot, browser: Browser, url: str, person: Person, folder: Path) -> Path:
    """Save what the person sees and return the file."""
    path = folder / f"{shot.name}.png"
    with opened(shot, browser, url, person) as page:
        page.screenshot(path=path)
    return path


@contextmanager
def opened(shot: Shot, browser: Browser, url: str, person: Person) -> Iterator[Page]:
    """Yield the page as the person sees it, in a browser that was never here before."""
    width, height = shot.size
    with browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.scheme) as profile:  # type: ignore[arg-type]
        page = profile.new_page()
        page.goto(f"{url}/sign-in?lang={shot.language}")
        page.locator("#person").select_option(person.id)
        follow(page.locator("form:has(#person) button"))
        page.goto(url + shot.address)
        for link in shot.links:
            follow(page.locator(link).first)
        yield page


def somebody(context: Context, role: Role, language: Language) -> Person:
    """Return who has most to show: with a session ahead and a step behind where there are such, most often quoted."""
    with unit_of_work(context.engine) as store:
        people = [p for p in store.people.list() if p.locale is language and role in p.roles]
        sessions = store.sessions.list()
        writers = {goal.person_id for goal in store.goals.all_open()}
    if role is not Role.MENTEE:
        return people[0]
    ahead = {mentee for s in sessions if s.status is SessionStatus.BOOKED for mentee in s.mentee_ids}
    behind = {mentee for s in sessions if s.next_step for mentee in s.mentee_ids}
    candidates = [p for p in people if p.id in writers & ahead & behind] or [p for p in people if p.id in writers]
    return max(candidates, key=lambda person: quotes(context, person))


def quotes(context: Context, person: Person) -> tuple[bool, int]:
    """Return whether the first suggestion begins with the person's own words, and how many do."""
    topics = suggest_for_person(context, person.id, k=3).answer.topics
    own = [bool(topic.reasons) and topic.reasons[0].feature == "need" for topic in topics]
    return own[:1] == [True], sum(own)


if __name__ == "__main__":
    sys.exit(main())
