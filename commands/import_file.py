"""`halfhour import`: people, topics, roles or company words from a table; all rows or none."""

import argparse
from pathlib import Path

from compose import build_context
from embeddings import TerminalProgress
from services.company_words import import_company_words
from services.import_people import import_people
from services.import_roles import import_roles
from services.import_topics import import_topics
from services.index import refresh_index
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["people", "topics", "roles", "words"])
    parser.add_argument("file", type=Path, help="a CSV or XLSX file; for topics also an area file (YAML)")
    parser.add_argument("--confirm-leavers", action="store_true", help="let more than a fifth of the staff leave")
    parser.add_argument("--no-index", action="store_true", help="do not embed the new texts now")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    progress = TerminalProgress()
    context = build_context(settings, progress=progress)
    now = context.clock()
    if arguments.kind == "people":
        confirmed = arguments.confirm_leavers
        changed = import_people(context.engine, arguments.file, now, confirm_leavers=confirmed)
        print(f"{arguments.file.name}: {changed} records changed.")
    elif arguments.kind == "roles":
        print(f"{arguments.file.name}: {import_roles(context.engine, arguments.file)} roles changed.")
    elif arguments.kind == "words":
        print(f"{arguments.file.name}: {import_company_words(context.engine, arguments.file)} company words changed.")
    else:
        version = import_topics(context.engine, arguments.file, now)
        print(f"{arguments.file.name}: the catalog is at version {version.number}.")
    if not arguments.no_index:
        print(refresh_index(context, progress))
    return 0
