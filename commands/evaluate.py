"""`halfhour evaluate`: how good the rankings are, on public sets or on the own past, and how good the agendas are."""

import argparse
import json
from datetime import date
from pathlib import Path

from commands.demo import demo_settings
from commands.evaluation_json import as_json
from commands.evaluation_text import as_text
from commands.prep_evaluation import prep_json, prep_text
from compose import build_context, build_encoder, build_plain_minilm
from domain.errors import InvalidInput
from embeddings import TerminalProgress
from services.evaluate import Encoders, Evaluation, evaluate
from services.evaluate_history import HistoryEvaluation, evaluate_history
from services.evaluate_prep import evaluate_prep
from services.measured_model import measured_model
from settings import DATABASE, Settings
from web.reports import render_report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    says = "a folder with a task.json; may be given several times"
    parser.add_argument("--benchmark", action="append", default=[], type=Path, metavar="DIR", help=says)
    parser.add_argument("--history", action="store_true", help="replay the organisation's own past sessions")
    parser.add_argument("--split", type=_day, metavar="DATE", help="with --history: find the sessions from this day on")
    parser.add_argument("--demo", action="store_true", help="with --history: the past of the demo company, made up")
    parser.add_argument("--prep", action="store_true", help="judge drafted agendas of fixed, made-up sessions")
    parser.add_argument("--baselines", action="store_true", help="measure popularity, words, plain MiniLM, ... beside")
    parser.add_argument("--ablation", action="store_true", help="rank again without each feature in turn")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a page with charts, in one file")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    _check(arguments)
    if arguments.prep:
        return _run_prep(arguments, settings)
    found = _found(arguments, settings)
    if arguments.json:
        objects = [as_json(one) for one in found]
        print(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False))
    else:
        print("\n\n".join(as_text(one) for one in found))
    if arguments.report:
        arguments.report.write_text(render_report(found), encoding="utf-8")
    return 0


def _run_prep(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print how good drafted agendas are; no encoder is loaded for it."""
    measured = measured_model(build_context(settings)) if settings.llm_model else None
    found = evaluate_prep(measured, progress=TerminalProgress())
    print(json.dumps(prep_json(found), ensure_ascii=False) if arguments.json else prep_text(found))
    return 0


def encoders_for(settings: Settings, progress: TerminalProgress) -> Encoders:
    """Return the configured encoder, and plain MiniLM beside it for the baseline."""
    ours = build_encoder(settings, progress)
    minilm = build_plain_minilm(settings, progress)
    return Encoders(ours, minilm, settings.data_folder / "evaluate")


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what would fail after minutes, or be left unread."""
    if arguments.prep and (arguments.benchmark or arguments.history or arguments.report):
        raise InvalidInput("--prep", "stand alone, or with --json", "more", "Measure agendas and rankings one by one.")
    if not (arguments.benchmark or arguments.history or arguments.prep):
        raise InvalidInput("evaluate", "be asked with --benchmark DIR, --history or --prep", "none of them")
    if not arguments.history and (arguments.split or arguments.demo):
        raise InvalidInput("--split and --demo", "come with --history", "--benchmark alone", "Add --history.")
    if arguments.report and not arguments.report.absolute().parent.is_dir():
        raise InvalidInput("--report", "lie in a folder that exists", arguments.report.parent, "Make the folder first.")


def _found(arguments: argparse.Namespace, settings: Settings) -> list[Evaluation | HistoryEvaluation]:
    progress = TerminalProgress()
    asked = {"with_baselines": arguments.baselines, "with_ablation": arguments.ablation}
    encoders = encoders_for(settings, progress)
    found: list[Evaluation | HistoryEvaluation] = [
        evaluate(folder, encoders, progress=progress, **asked) for folder in arguments.benchmark
    ]
    if arguments.history:
        context = build_context(_demo(settings) if arguments.demo else settings, progress=progress)
        found.append(evaluate_history(context, split=arguments.split, progress=progress, **asked))
    return found


def _demo(settings: Settings) -> Settings:
    """Return the settings of the demo company that is there already: making one would print what is not JSON."""
    demo = demo_settings(settings)
    if not (demo.data_folder / DATABASE).exists():
        raise InvalidInput("--demo", "find a demo company", "none", "Run `halfhour demo --print-only` first.")
    return demo


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a day such as 2026-03-31, got {text}") from None
