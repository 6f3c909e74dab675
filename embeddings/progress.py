"""How far long work has come, for whoever wants to know."""

import sys
from typing import NoReturn, Protocol

from tqdm import tqdm


class Progress(Protocol):
    """Told after every step of long work; `total` is 0 where it is not known."""

    def __call__(self, done: int, total: int, what: str) -> None: ...


def silent(done: int, total: int, what: str) -> None:
    """Say nothing."""


class TerminalProgress:
    """A bar on stderr, one for each `what`; nothing at all where stderr is not a terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def __call__(self, done: int, total: int, what: str) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None or self._bar.desc != what:
            self.close()
            self._bar = tqdm(total=total, desc=what, file=sys.stderr, leave=False)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
