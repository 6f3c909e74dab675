"""`halfhour worker` with one kind of job, which says when it begins and ends when it is told to."""

import sys
from collections.abc import Mapping
from typing import Any

import cli
import compose
from services.context import Context
from services.jobs import Handlers


def note(_context: Context, payload: Mapping[str, Any]) -> None:
    say(f"begins {payload['number']}")
    sys.stdin.readline()
    say(f"ends {payload['number']}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def handlers() -> Handlers:
    return {"note": note}


if __name__ == "__main__":
    compose.build_handlers = handlers
    sys.exit(cli.main(sys.argv[1:]))
