"""The `halfhour` command: finds the command, turns every error into one line on stderr and an exit code.

Each command is a module of `commands/`, imported only when it is called, so that `--help` answers at once.
"""

import argparse
import importlib
import os
import sys
from typing import TYPE_CHECKING, Protocol, cast

from domain.errors import HalfhourError, ImportRejected, InvalidInput, NotFound

if TYPE_CHECKING:
    from settings import Settings

COMMANDS = {
    "demo": "make a demo company, show one person's topics and agenda, then serve it",
    "serve": "serve the pages and the API",
    "worker": "run jobs (drafts, messages) in a process of its own",
    "import": "import people, topics, roles or company words from CSV or XLSX, all or nothing",
    "index": "embed what is new and rebuild the indexes",
    "suggest": "a person's priority topics with mentors, the topics for a need, or the skills that a role needs",
    "match": "match a whole cohort of mentees with mentors, and approve what was proposed",
    "prep": "the agenda of a session",
    "weights": "the weights in force and where they come from; learn better ones from outcomes",
    "prompts": "versions of the prompts for a language model: list, add, compare, publish, go back",
    "evaluate": "run a benchmark folder and print its metrics",
    "access": "print a sign-in link for a person, or give a role",
    "export": "everything kept about a person, as a ZIP of JSON and CSV",
    "erase": "forget a person: what others need stays without a name and words",
    "doctor": "what is configured, reachable, stale",
}
MODULES = {"import": "import_file"}  # `import` is a word of Python
BAD_INPUT = (InvalidInput, NotFound, ImportRejected)
EXIT_FAULT, EXIT_BAD_INPUT, EXIT_INTERRUPTED = 1, 2, 130


class Command(Protocol):
    """What a module of `commands/` offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace, settings: "Settings") -> int: ...


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 a fault, 2 bad input."""
    chosen = _top_parser().parse_args(sys.argv[1:] if argv is None else argv)
    try:
        return _run(chosen.command, chosen.rest)
    except BAD_INPUT as error:
        return _say(error, EXIT_BAD_INPUT)
    except (HalfhourError, OSError) as error:
        return _say(error, EXIT_FAULT)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _run(name: str, rest: list[str]) -> int:
    command = cast(Command, importlib.import_module(f"commands.{MODULES.get(name, name)}"))
    parser = argparse.ArgumentParser(prog=f"halfhour {name}", description=f"Halfhour: {COMMANDS[name]}.")
    command.add_arguments(parser)
    arguments = parser.parse_args(rest)
    from settings import read_settings  # pydantic takes longer to load than --help may take

    code = command.run(arguments, read_settings())
    sys.stdout.flush()
    return code


def _top_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {does}" for name, does in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="halfhour",
        description="The right topic, the right mentor and a ready agenda for a 15-30 minute mentoring session.",
        epilog=f"commands:\n{listing}\n\n`halfhour COMMAND --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the commands below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="its options")
    return parser


def _say(error: Exception, code: int) -> int:
    sys.stdout.flush()
    text = " ".join(str(error).split())
    print(f"halfhour: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of a pipe left: nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FAULT)
