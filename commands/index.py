"""`halfhour index`: embed what is new and rebuild the indexes."""

import argparse

from compose import build_context
from embeddings import TerminalProgress
from services.index import refresh_index
from services.role_teaching import teach_roles
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: what there is to do follows from the store."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    progress = TerminalProgress()
    context = build_context(settings, progress=progress)
    print(refresh_index(context, progress))
    print(f"Likely skills: {teach_roles(context)}")
    return 0
