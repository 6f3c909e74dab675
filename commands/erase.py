"""`halfhour erase`: forget a person; says what goes and what stays, and acts only when told so again."""

import argparse
import sys

from compose import build_context
from services.erase_person import erase_person
from services.privacy import stored_about
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", required=True, metavar="ID", help="who is to be forgotten")
    parser.add_argument("--confirm", metavar="ID", default="", help="the same id again: it cannot be undone")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    context = build_context(settings)
    counted = stored_about(context, arguments.person)
    print(", ".join(f"{kind}: {count}" for kind, count in counted.items() if count))
    if arguments.confirm != arguments.person:
        print("Nothing was erased. Repeat it with --confirm and the id; it cannot be undone.", file=sys.stderr)
        return 2
    erase_person(context, arguments.person)
    print("Erased. Sessions with others stay without a name and words, ratings without words.")
    return 0
