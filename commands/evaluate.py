"""`halfhour evaluate`: a benchmark folder's metrics, as a table for people or as one JSON object."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from compose import build_encoder, build_plain_minilm
from embeddings import TerminalProgress
from services.evaluate import Encoders, Evaluation, evaluate
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--benchmark", required=True, type=Path, metavar="DIR", help="a folder with a task.json")
    parser.add_argument("--baselines", action="store_true", help="measure popularity, words and plain MiniLM beside")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    progress = TerminalProgress()
    encoders = encoders_for(settings, progress)
    found = evaluate(arguments.benchmark, encoders, with_baselines=arguments.baselines, progress=progress)
    print(json.dumps(asdict(found), ensure_ascii=False) if arguments.json else table(found))
    return 0


def encoders_for(settings: Settings, progress: TerminalProgress) -> Encoders:
    """Return the configured encoder, and plain MiniLM beside it for the baseline."""
    ours = build_encoder(settings, progress)
    minilm = build_plain_minilm(settings, progress)
    return Encoders(ours, minilm, settings.data_folder / "evaluate")


def table(found: Evaluation) -> str:
    """Return the figures as aligned lines: ours first, then the baselines."""
    rows = {"halfhour": found.metrics, **found.baselines}
    label, cell = max(map(len, rows)), max(7, *map(len, found.metrics))
    head = " " * label + "".join(f"  {name:>{cell}}" for name in found.metrics)
    lines = [
        f"{name:<{label}}" + "".join(f"  {value:>{cell}.3f}" for value in row.values()) for name, row in rows.items()
    ]
    title = f"{found.name} ({found.task}, {found.split or 'no split'}): {found.queries} queries, {found.seconds:.1f} s"
    return "\n".join([title, "", head, *lines])
