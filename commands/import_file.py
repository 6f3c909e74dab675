"""`halfhour import`: people, topics, roles or company words from a table; all rows or none."""

import argparse
from pathlib import Path

from compose import build_context
from domain.errors import InvalidInput
from embeddings import TerminalProgress
from services.company_words import import_company_words
from services.context import Context
from services.import_people import import_people
from services.import_roles import import_roles
from services.import_topics import import_topics
from services.index import refresh_index
from services.role_teaching import teach_roles
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["people", "topics", "roles", "words"])
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="a CSV or XLSX file; for topics also an area file (YAML); for roles also several files, or a folder, of "
        "our own tables, ESCO's CSV files or O*NET's text files",
    )
    parser.add_argument("--confirm-leavers", action="store_true", help="let more than a fifth of the staff leave")
    parser.add_argument("--no-index", action="store_true", help="do not embed the new texts now")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    if len(arguments.files) > 1 and arguments.kind != "roles":
        raise InvalidInput("FILE", f"be one for {arguments.kind}", f"{len(arguments.files)} files")
    progress = TerminalProgress()
    context = build_context(settings, progress=progress)
    names = ", ".join(path.name for path in arguments.files)
    print(f"{names}: {_import(context, arguments)}")
    if not arguments.no_index:
        print(refresh_index(context, progress))
        if arguments.kind == "roles":
            print(f"Likely skills: {teach_roles(context)}")
    return 0


def _import(context: Context, arguments: argparse.Namespace) -> str:
    """Return what the import did, in words."""
    engine, path, now = context.engine, arguments.files[0], context.clock()
    if arguments.kind == "people":
        return f"{import_people(engine, path, now, confirm_leavers=arguments.confirm_leavers)} records changed."
    if arguments.kind == "roles":
        return str(import_roles(engine, arguments.files))
    if arguments.kind == "words":
        return f"{import_company_words(engine, path)} company words changed."
    return f"the catalog is at version {import_topics(engine, path, now).number}."
