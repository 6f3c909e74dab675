"""`halfhour index`: embed what is new and rebuild the indexes."""

import argparse

from compose import build_context
from embeddings import TerminalProgress
from services.index import refresh_index
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: what there is to do follows from the store."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    progress = TerminalProgress()
    print(refresh_index(build_context(settings, progress=progress), progress))
    return 0
