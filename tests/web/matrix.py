"""Eight actors, and what parts of addresses stand for: things of one's own, of strangers, and things that are not.

A route whose address holds no part needs its rule in `test_routes.py` only. One with a new kind of part needs one line
in `THINGS` here too.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import create_app
from domain.cohorts import Cohort
from domain.language import LocalText
from domain.people import Role
from domain.topic_drafts import TopicDraft
from prep.topic_outline import outline_from_words
from services.api_tokens import make_api_token
from services.context import Context
from services.logins import LoginTerms, begin_login
from services.suggest import suggest_for_need
from services.topic_drafts import DraftContent
from settings import Settings
from store import unit_of_work
from store.dataclass_json import to_json
from tests.builders import NOW, a_goal, a_person, a_session
from tests.web.conftest import HOME, SECRET, UNLIMITED, copied
from tests.web.test_routes import RULES, Rule
from web.access import COOKIE


class Actor(StrEnum):
    """Who sends a request. The suspended one was signed in before, and the login is still stored."""

    ANONYMOUS = "anonymous"
    MENTEE = "mentee"
    OTHER_MENTEE = "other mentee"
    MENTOR = "mentor"
    OTHER_MENTOR = "other mentor"
    HR = "hr"
    ADMIN = "admin"
    SUSPENDED = "suspended"


PERSON = {
    Actor.MENTEE: "nora",
    Actor.OTHER_MENTEE: "lena",
    Actor.MENTOR: "dee",
    Actor.OTHER_MENTOR: "max",
    Actor.HR: "hana",
    Actor.ADMIN: "adam",
    Actor.SUSPENDED: "sue",
}
OUTSIDE = frozenset({Actor.ANONYMOUS, Actor.SUSPENDED})
INSIDE = frozenset(Actor) - OUTSIDE


class Answer(StrEnum):
    """What an actor gets: the way to sign in, the page for what is not there, or something."""

    SIGN_IN = "sign in"
    NOTHING = "nothing"
    SOMETHING = "something"


@dataclass(frozen=True)
class Thing:
    """What can stand in one place of an address.

    Parameters
    ----------
    own
        By actor the one that they may reach; nobody else may.
    foreign
        One of strangers, whom no actor but those of `own` with this very one may reach; "" for what is nobody's.
    """

    own: Mapping[Actor, str]
    foreign: str = ""
    missing: str = "no-such"

    def foreign_to(self, actor: Actor) -> str:
        """Return one that exists and is not this actor's, "" when there is none."""
        return self.foreign if self.own.get(actor) != self.foreign else ""


def for_everybody(key: str, missing: str = "no-such") -> Thing:
    return Thing(dict.fromkeys(INSIDE, key), missing=missing)


def for_hr(key: str, missing: str = "no-such") -> Thing:
    return Thing({Actor.HR: key}, key, missing)


_SESSION = Thing(
    {Actor.MENTEE: "booked", Actor.MENTOR: "booked", Actor.OTHER_MENTEE: "lenas", Actor.OTHER_MENTOR: "maxs"},
    foreign="strangers",
)
# by the beginning of the address and the part in it; the longest beginning counts
THINGS: dict[str, Thing] = {
    "/sessions/{session_id}": _SESSION,
    "/api/v1/sessions/{session_id}": _SESSION,
    "/groups/{session_id}": Thing({}, foreign="strangers"),  # a session of two is no group, and says so to nobody
    "/goals/{goal_id}": Thing({Actor.MENTEE: "g1", Actor.OTHER_MENTEE: "g3"}, foreign="strange-goal"),
    "/needs/{answer_id}": Thing({Actor.MENTEE: "{noras_answer}"}, foreign="{pips_answer}"),
    "/tokens/{token_id}": Thing({Actor.MENTEE: "{noras_token}"}, foreign="{pips_token}"),
    "/topics/{topic_id}": for_everybody("delegate-work"),
    "/api/v1/topics/{topic_id}": for_everybody("delegate-work"),
    "/api/v1/mentors/{mentor_id}": for_everybody("vera"),
    "/calendar/{provider}": for_everybody("google"),
    "/catalog/topics/{topic_id}": for_hr("delegate-work"),
    "/catalog/history/{number}": for_hr("1", missing="99"),
    "/cohorts/{cohort_id}": for_hr("spring"),
    "/hr/unmet/{draft_id}": for_hr("a-draft"),
    "/hr/people/{person_id}": Thing({Actor.HR: "nora", Actor.ADMIN: "nora"}, "nora"),
    "/hr/import/{kind}": for_hr("people"),
    "/hr/import/template/{kind}": for_hr("people"),
    "/sign-in/{token}": Thing({}),
    "/answer/{token}": Thing({}),
    "/s/{token}": Thing({}),
}
# what HR may and an administrator too; everything else of HR is nothing to an administrator
ADMIN_TOO = {
    "GET /hr/jobs",
    "POST /hr/jobs/retry",
    "GET /hr/people",
    "GET /hr/people.csv",
    "GET /hr/people/{person_id:path}",
    "POST /hr/people/change",
}
# own things that may still read like nothing, each for a reason of its own
MAY_READ_LIKE_NOTHING = {
    "GET /sessions/{session_id}/agenda/versions/{number}": "no agenda has been kept yet",
    "POST /sessions/{session_id}/agenda/versions/{number}": "no agenda has been kept yet",
    "POST /api/v1/sessions/{session_id}/join": "a session of two is no group",
    "POST /api/v1/sessions/{session_id}/wait": "a session of two is no group",
    "POST /api/v1/sessions/{session_id}/stop-waiting": "a session of two is no group",
    "GET /sessions/{session_id}/follow-up": "it was not held yet",
    "POST /sessions/{session_id}/follow-up": "it was not held yet",
    "POST /cohorts/{cohort_id}/approve": "there is no proposal yet",
    "POST /topics/{topic_id}/ask": "the mentor of the form is nobody",
    "POST /catalog/topics/{topic_id}/restore": "it is not retired",
    "GET /calendar/{provider}/connect": "no provider is set up",
    "GET /calendar/{provider}/callback": "no provider is set up",
    "GET /calendar/{provider}/failed": "no provider is set up",
    "GET /hr/import/{kind}/{key}": "nothing was uploaded",
    "POST /hr/import/{kind}/{key}": "nothing was uploaded",
}
# where a redirect is no demand to sign in
SENT_ELSEWHERE = {
    "GET /needs": "to the first page, whoever asks",
    "POST /sign-out": "signing out ends there",
    "POST /sign-out/everywhere": "signing out ends there",
}
_PART = re.compile(r"{(\w+)(:path)?}")


@dataclass(frozen=True)
class Operation:
    """One operation with the rule that `test_routes.py` has for it, and the thing in its address."""

    name: str
    rule: Rule
    thing: Thing | None = None
    part: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return self.name.split(" ")[0].replace("MOUNT", "GET")

    @property
    def template(self) -> str:
        return self.name.split(" ")[1]

    def address(self, key: str = "") -> str:
        """Return where to send the request, with `key` for the thing."""
        if self.thing is None:
            return self.rule.path or self.template
        query = self.rule.path.partition("?")[2]
        filled = _PART.sub(lambda found: {**self.parts, self.part: key}[found[1]], self.template)
        return f"{filled}?{query}" if query else filled

    def may_read_like_nothing(self, actor: Actor) -> bool:
        """Say whether an actor's own thing may: the rule of such a thing says so, or there is a reason."""
        is_about_it = self.thing is not None and self.parts.get(self.part) in self.thing.own.values()
        return self.name in MAY_READ_LIKE_NOTHING or (is_about_it and self.expected(actor) is Answer.NOTHING)

    def answer_of(self, status: int, place: str) -> Answer:
        """Return what an answer is: a status, and where it leads."""
        if status == 303 and place == "/sign-in" and self.name not in SENT_ELSEWHERE:
            return Answer.SIGN_IN
        return _answer(status)

    def expected(self, actor: Actor) -> Answer:
        """Return what the rule says that the actor gets of what is theirs, or everybody's."""
        if actor in OUTSIDE:
            is_sent_on = self.rule.nobody == 303 and self.name not in SENT_ELSEWHERE
            return Answer.SIGN_IN if is_sent_on else _answer(self.rule.nobody)
        if actor is Actor.ADMIN and self._is_of_hr:
            return _answer(self.rule.hr) if self.name in ADMIN_TOO else Answer.NOTHING
        kinds = {Actor.MENTOR: "mentor", Actor.OTHER_MENTOR: "mentor", Actor.HR: "hr"}
        return _answer(getattr(self.rule, kinds.get(actor, "mentee")))

    @property
    def _is_of_hr(self) -> bool:
        return self.template.startswith(("/hr", "/catalog", "/cohorts"))


def _answer(status: int) -> Answer:
    return {401: Answer.SIGN_IN, 404: Answer.NOTHING}.get(status, Answer.SOMETHING)


def operations() -> list[Operation]:
    """Return every operation that has a rule.

    Raises
    ------
    KeyError
        If a part of an address stands for no thing yet: it wants a line in `THINGS`.
    """
    return [_operation(name, rule) for name, rule in RULES.items()]


def _operation(name: str, rule: Rule) -> Operation:
    template = name.split(" ")[1]
    if not _PART.search(template):
        return Operation(name, rule)
    beginnings = sorted((key for key in THINGS if _plain(template).startswith(key)), key=len)
    if not beginnings:
        raise KeyError(template)
    pattern = _PART.sub(lambda found: f"(?P<{found[1]}>[^/?]+)", template.replace(".", r"\."))
    matched = re.match(pattern, rule.path)
    part = _PART.findall(beginnings[-1])[0][0]
    return Operation(name, rule, THINGS[beginnings[-1]], part, matched.groupdict() if matched else {})


def _plain(template: str) -> str:
    return template.replace(":path", "")


@dataclass
class Company:
    """The company of the other tests on a database of its own, with an administrator, one who was suspended, and
    things of strangers."""

    app: FastAPI
    made: dict[str, str]
    tokens: dict[Actor, str]
    sent: int = 0

    def send(self, operation: Operation, actor: Actor, key: str = "") -> tuple[int, str, str, dict[str, str]]:
        """Return (status, place to go on, text, other headers) of the actor's request; the key reads `KEY` in them."""
        self.sent += 1
        key = key.format_map(self.made)
        client = TestClient(self.app, base_url=HOME, follow_redirects=False)
        if actor in self.tokens:
            client.cookies.set(COOKIE, self.tokens[actor], domain="127.0.0.1")
        rule = operation.rule
        address = operation.address(key).format_map(self.made | {"answer": self.made["noras_answer"]})
        answered = client.request(operation.method, address, data=rule.form, json=rule.body)
        if "/sign-out" in address and actor in self.tokens:
            self.tokens[actor] = begin_login(self.app.state.context, PERSON[actor], LoginTerms())
        headers = {name: _hidden(key, value) for name, value in answered.headers.items() if name != "content-length"}
        return answered.status_code, headers.pop("location", ""), _hidden(key, answered.text), headers


def _hidden(key: str, words: str) -> str:
    """Return the words without the key: only where an address holds it when it is as short as a number."""
    if not key:
        return words
    in_address = rf"(?:(?<=/)|(?<=%2F)){re.escape(key)}\b"
    return re.sub(in_address if len(key) < 3 else re.escape(key), "KEY", words)


@contextmanager
def company_of_its_own(untouched: Context, folder: Path) -> Iterator[Company]:
    """Yield it; the company that other tests use is not touched."""
    with copied(untouched, folder) as context:
        yield _company(context)


def _company(context: Context) -> Company:
    people = fill(context)
    app = create_app(Settings(secret_key=SECRET, worker="off", **UNLIMITED), context=context)
    made = {
        f"{name}s_{kind}": key
        for name in ("nora", "pip")
        for kind, key in (("answer", _answer_of(context, name)), ("token", _token_of(context, name)))
    }
    return Company(app, made, people)


def fill(context: Context) -> dict[Actor, str]:
    """Keep what the copy lacks; return a login of each actor, also of the suspended one."""
    drafted = DraftContent(("garage", "lottery"), 6, outline_from_words(("garage", "lottery")))
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("adam", roles=frozenset({Role.ADMIN})), a_person("sue", is_active=False)])
        store.goals.save([a_goal("strange-goal", "pip", text="I cannot say what I think")])
        theirs = {"starts_at": None, "topic_id": "delegate-work"}
        store.sessions.save(
            [
                a_session("strangers", mentor_id="omar", mentee_ids=("pip",), **theirs),
                a_session("maxs", mentor_id="max", mentee_ids=("pip",), **theirs),
            ]
        )
        store.cohorts.add(Cohort("spring", "Spring", ("nora",), None, 20, 0.2, NOW))
        store.topic_drafts.add(TopicDraft("a-draft", LocalText("A topic", "Тема"), to_json(drafted), 5, NOW))
    return {actor: begin_login(context, person_id, LoginTerms()) for actor, person_id in PERSON.items()}


def _answer_of(context: Context, person_id: str) -> str:
    return suggest_for_need(context, "I cannot say no to my boss", person_id=person_id).answer.id


def _token_of(context: Context, person_id: str) -> str:
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id)
    make_api_token(context, person, "Notebook", 90)
    with unit_of_work(context.engine) as store:
        return store.api_tokens.of(person_id)[0].id
