"""A worker: threads that run jobs whenever some are due, until they are told to stop."""

import logging
import threading
from collections.abc import Callable, Sequence

from domain.errors import NotReady
from services.context import Context
from services.jobs import Handlers, run_due
from store import STORE_FAULTS

PAUSE_AFTER_ERROR_SECONDS = 30.0

log = logging.getLogger(__name__)


class Worker:
    """Looks for due jobs once a period, or at once when woken; a job in hand is finished before it stops.

    Parameters
    ----------
    name
        Begins the names of its threads; no other worker may have it.
    period_seconds
        The longest time between two looks.
    threads
        How many jobs may run at once.
    plans
        What adds the jobs that are done day by day; each is called before the first look and may be called twice.
    """

    def __init__(
        self,
        context: Context,
        handlers: Handlers,
        *,
        name: str,
        period_seconds: float,
        threads: int = 1,
        plans: Sequence[Callable[[Context], None]] = (),
    ) -> None:
        self._context, self._handlers = context, handlers
        self._period_seconds = period_seconds
        self._plans, self._has_planned = plans, False
        self._changed = threading.Condition()
        self._is_stopping = False
        self._wakes = 0
        names = (f"{name}-{number}" for number in range(threads))
        self._threads = [threading.Thread(target=self._work, args=(name,), name=name) for name in names]

    def start(self) -> None:
        """Let the threads begin."""
        log.info("the worker begins, %d threads", len(self._threads))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Let the threads look for due jobs now."""
        with self._changed:
            self._wakes += 1
            self._changed.notify_all()

    def ask_to_stop(self) -> None:
        """Let every thread end once the job in its hand is done; do not wait for it."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        log.info("the worker is asked to stop")

    def wait(self) -> None:
        """Return when all threads have ended."""
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """End the threads and return when they have."""
        self.ask_to_stop()
        self.wait()

    def run_once(self) -> int:
        """Run in this thread what is due now, and return how many jobs ran."""
        return self._run_due(self._threads[0].name)

    def _work(self, name: str) -> None:
        while not self._is_stopping:
            # noted before the look: who wakes during it is not overheard
            heard = self._wakes
            self._rest(self._look(name), heard)

    def _look(self, name: str) -> float:
        """Run what is due and return how many seconds to rest."""
        try:
            self._run_due(name)
        except STORE_FAULTS as error:  # the database may be away for a while, the worker must not be
            why = error if isinstance(error, NotReady) else type(error).__name__
            log.error("the worker cannot reach its jobs: %s", why)
            return max(self._period_seconds, PAUSE_AFTER_ERROR_SECONDS)
        return self._period_seconds

    def _run_due(self, name: str) -> int:
        if not self._has_planned:
            for plan in self._plans:
                plan(self._context)
            self._has_planned = True
        return run_due(self._context, self._handlers, name, is_stopping=lambda: self._is_stopping)

    def _rest(self, seconds: float, heard: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._wakes != heard, timeout=seconds)
