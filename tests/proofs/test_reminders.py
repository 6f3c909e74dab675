"""R6: a reminder is never lost and never sent after a cancel or a move, over real processes and a real mail server.

Four workers send 500 reminders; twenty of them are killed, the server is away for a while, and meanwhile sessions are
cancelled and moved: by the use cases, which take their jobs back, and behind their back, so that only the look at the
session before sending stands between the old reminder and its reader.
"""

import multiprocessing
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from domain.sessions import MentoringSession, SessionStatus
from services.booking import change
from services.booking.desk import Asked
from services.booking.jobs import NOTICE
from services.context import Context
from store import Engine, migrate, unit_of_work
from tests.databases import KINDS, new_database, opened
from tests.integrations.mail_server import _free_port
from tests.proofs import reminder_worker
from tests.proofs.reminder_company import BEGINS, HOUR, MOVED_BY, all_tokens, fill, tokens
from tests.proofs.reminder_worker import STOP, Scene, context_of
from tests.proofs.report import record

WORKERS, DIES_BEFORE, DIES_AFTER, KILLS_AT_RANDOM = 4, 6, 6, 9  # one to spare: two may meet in one process
AWAY = (18.0, 25.0)  # seconds on the wall in which the mail server is not there
ALL_DUE = 41.0  # by then every reminder is due, those of moved sessions too
PATIENCE_SECONDS = 240
ON_ITS_WAY = 1.0  # a mail that the server has this soon after a change was looked at before it


@dataclass
class Inbox:
    """What the server took: (Message-ID's own part, whom it is for and what about, when on the wall)."""

    mails: list[tuple[str, str, float]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(cast(bytes, envelope.content), policy=default)
        if str(mail["Subject"]).startswith("Reminder"):
            token = str(mail["Message-ID"]).strip("<>").partition("@")[0]
            self.mails.append((token, f"{mail['To']} {mail['Subject']}", time.time()))
        return "250 OK"


class Post:
    """A mail server on one port, which can be away."""

    def __init__(self) -> None:
        self.inbox, self.port = Inbox(), _free_port()
        self._controller: Controller | None = None

    def be(self, there: bool) -> None:
        if there and self._controller is None:
            self._controller = Controller(self.inbox, hostname="127.0.0.1", port=self.port)
            self._controller.start()
        elif not there and self._controller is not None:
            self._controller.stop()
            self._controller = None


class Fleet:
    """Worker processes, of which one that was killed is replaced."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._choice = scene, random.Random(6)
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload([reminder_worker.__name__])
        self.killed = 0
        self.running = [self._start() for _ in range(WORKERS)]

    def kill_one(self) -> bool:
        """Kill one of those that live; return False where that one was just dying by itself."""
        process = self._choice.choice(self.running)
        was_alive = process.is_alive()
        process.kill()
        process.join()
        return was_alive

    def look_after(self) -> None:
        """Replace those that died; any other end than by SIGKILL fails the proof."""
        for process in [process for process in self.running if process.exitcode is not None]:
            assert process.exitcode == -signal.SIGKILL
            self.running.remove(process)
            self.killed += 1
            self.running.append(self._start())

    def close(self) -> None:
        (self._scene.folder / STOP).touch()
        for process in self.running:
            process.join(30)
            process.kill()
            process.join()

    def _start(self) -> BaseProcess:
        process = self._forks.Process(target=reminder_worker.work, args=(self._scene,))
        process.start()
        return process


@dataclass
class Changes:
    """What happens to sessions meanwhile, each at its second; and from when on a reminder would be wrong."""

    context: Context
    sessions: list[MentoringSession]
    wrong_since: dict[str, float] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def planned(self) -> list[tuple[float, Callable[[], None]]]:
        """Return the changes in order: before reminders are due, while the server is away, and as they are sent."""
        first, second, third = self.sessions[:100], self.sessions[100:180], self.sessions[180:]
        choice, plan = random.Random(7), []
        for some, (start, end), act in (
            (first[:15], (1.0, 9.0), self._cancel),
            (first[15:25], (1.0, 9.0), self._cancel_behind),
            (first[25:35], (10.0, 13.0), self._cancel),
            (second[:15], (2.0, 19.0), self._move),
            (second[15:25], (2.0, 19.0), self._move_behind),
            (second[25:35], (20.0, 24.0), self._cancel),
            (second[35:40], (20.0, 24.0), self._cancel_behind),
            (third[:10], (30.0, 33.0), self._cancel),
            (third[10:15], (26.0, 29.0), self._cancel_behind),
        ):
            plan += [(choice.uniform(start, end), _bound(act, session)) for session in some]
        return sorted(plan, key=lambda item: item[0])

    def now(self) -> dict[str, MentoringSession]:
        with unit_of_work(self.context.engine) as store:
            return {session.id: session for session in store.sessions.list()}

    def _cancel(self, session: MentoringSession) -> None:
        change.cancel(self.context, session.id, Asked(session.mentor_id))
        self._note(session, "cancelled")

    def _move(self, session: MentoringSession) -> None:
        assert session.starts_at
        change.move(self.context, session.id, session.starts_at + MOVED_BY, Asked(session.mentor_id))
        self._note(session, "moved")

    def _cancel_behind(self, session: MentoringSession) -> None:
        self._save(replace(session, status=SessionStatus.CANCELLED))
        self._note(session, "cancelled behind")

    def _move_behind(self, session: MentoringSession) -> None:
        """Move it without its jobs: the old reminder must not be sent, and no new one is planned."""
        assert session.starts_at
        self._save(replace(session, starts_at=session.starts_at + 4 * HOUR))
        self._note(session, "moved behind")

    def _save(self, session: MentoringSession) -> None:
        with unit_of_work(self.context.engine, write=True) as store:
            store.sessions.save([session])

    def _note(self, before: MentoringSession, what: str) -> None:
        self.done[what] += 1
        self.wrong_since |= dict.fromkeys(tokens(before), time.time())


def _bound(act: Callable[[MentoringSession], None], session: MentoringSession) -> Callable[[], None]:
    return lambda: act(session)


@dataclass(frozen=True)
class Outcome:
    """What is counted at the end."""

    inbox: Inbox
    changes: Changes
    kills: int

    def expected(self) -> set[str]:
        """Return the reminders that had to come: of sessions that are still booked at a time within the proof."""
        last = BEGINS + 2 * HOUR
        sessions = self.changes.now().values()
        booked = [s for s in sessions if s.status is SessionStatus.BOOKED and s.starts_at and s.starts_at < last]
        return all_tokens(booked)

    def figures(self) -> dict[str, object]:
        sent = Counter(token for token, _, _ in self.inbox.mails)
        ids_of = defaultdict(set)
        for token, about, _ in self.inbox.mails:
            ids_of[about].add(token)
        wrong = self.changes.wrong_since
        late = [at - wrong[token] for token, _, at in self.inbox.mails if token in wrong and at > wrong[token]]
        return {
            "reminders": 2 * len(self.changes.sessions),
            "workers": WORKERS,
            "kills": self.kills,
            "changes": dict(self.changes.done),
            "expected": len(self.expected()),
            "lost": len(self.expected() - sent.keys()),
            "sent after a change": sum(seconds > ON_ITS_WAY for seconds in late),
            "on their way": sum(seconds <= ON_ITS_WAY for seconds in late),
            "the latest, ms": round(max(late, default=0) * 1000),
            "duplicates": sum(sent.values()) - len(sent),
            "duplicates with another Message-ID": sum(len(ids) - 1 for ids in ids_of.values()),
        }


@contextmanager
def staged(kind: str, folder: Path) -> Iterator[tuple[Engine, str, list[MentoringSession]]]:
    """Yield a database in which every session is booked and every reminder planned."""
    with new_database(kind, folder) as url, opened(url) as engine:
        migrate(engine)
        yield engine, url, fill(engine)


def play(url: str, folder: Path, sessions: list[MentoringSession]) -> Outcome:
    """Let the workers send, and meanwhile kill, change and take the server away; return what came of it."""
    untouched = [token for session in sessions[60:100] for token in sorted(tokens(session))]
    dying = dict.fromkeys(untouched[:DIES_BEFORE], "before") | dict.fromkeys(untouched[-DIES_AFTER:], "after")
    post = Post()
    post.be(there=True)
    scene = Scene(url, folder, post.port, BEGINS, time.time(), dying)
    changes, fleet = Changes(context_of(scene), sessions), Fleet(scene)
    plan = changes.planned()
    kills = [11.0 + 2.5 * number for number in range(KILLS_AT_RANDOM)]
    try:
        while not _is_over(changes.context, scene):
            second = time.time() - scene.began
            assert second < PATIENCE_SECONDS
            post.be(there=not AWAY[0] <= second < AWAY[1])
            while plan and plan[0][0] <= second:
                plan.pop(0)[1]()
            if kills and kills[0] <= second and fleet.kill_one():
                kills.pop(0)
            fleet.look_after()
            time.sleep(0.02)
    finally:
        fleet.close()
        post.be(there=False)
    return Outcome(post.inbox, changes, fleet.killed)


def _is_over(context: Context, scene: Scene) -> bool:
    """Say whether every reminder is due, and none waits or is just being sent."""
    if time.time() - scene.began < ALL_DUE:
        return False
    with unit_of_work(context.engine) as store:
        return not store.jobs.overdue({NOTICE}, scene.clock())


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_no_reminder_is_lost_and_none_tells_of_what_has_changed(kind: str, tmp_path: Path) -> None:
    with staged(kind, tmp_path) as (_engine, url, sessions):
        outcome = play(url, tmp_path, sessions)
        figures = outcome.figures()
        outcome.changes.context.engine.dispose()
    record("R6", kind, figures)
    assert figures["reminders"] == 500
    assert figures["lost"] == 0
    assert figures["sent after a change"] == 0
    assert figures["duplicates with another Message-ID"] == 0
    assert outcome.kills >= 20
    assert DIES_AFTER <= cast(int, figures["duplicates"]) <= outcome.kills
