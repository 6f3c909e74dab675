"""`halfhour export`: everything kept about a person, as a ZIP of JSON and CSV."""

import argparse
from pathlib import Path

from compose import build_context
from services.export_person import export_person
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", required=True, metavar="ID", help="whose data")
    parser.add_argument("file", type=Path, help="the ZIP to write; nobody else can read it")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    content = export_person(build_context(settings), arguments.person)
    arguments.file.touch(mode=0o600)
    arguments.file.write_bytes(content)
    print(f"{arguments.file}: {len(content)} bytes.")
    return 0
