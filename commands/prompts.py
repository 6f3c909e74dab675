"""`halfhour prompts`: versions of the prompts for a language model: list, add, compare, publish, go back."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commands.prep_evaluation import prep_json
from compose import build_context
from domain.errors import InvalidInput
from embeddings import TerminalProgress
from services.context import Context
from services.evaluate_prep import evaluate_prep
from services.measured_model import measured_model
from services.prep_cases import read_prep_cases
from services.prompt_versions import AGENDA, NAMES, add_version, all_versions, prompt_in_force, publish, roll_back
from settings import Settings
from store import unit_of_work

COMPARED = ("cases", "min_score", "median_score", "template_share", "calls", "usd", "ms_median")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="every version, and which is in force").add_argument("--json", action="store_true")
    adding = actions.add_parser("add", help="keep the folder NAME/vN with its templates and meta.yaml as a new version")
    adding.add_argument("folder", type=Path, metavar="FOLDER")
    comparing = actions.add_parser("compare", help="draft made-up sessions with two versions of the agenda prompt")
    comparing.add_argument("versions", nargs=2, metavar="VERSION")
    comparing.add_argument("--cases", type=int, default=12, metavar="N", help="how many sessions, spread over all (12)")
    comparing.add_argument("--json", action="store_true", help="print one JSON object")
    publishing = actions.add_parser("publish", help="draft with this version from now on")
    publishing.add_argument("version", metavar="VERSION")
    rolling = actions.add_parser("rollback", help="draft again with the version before")
    for action in (publishing, rolling):
        action.add_argument("--name", choices=NAMES, default=AGENDA, help=f"which prompt ({AGENDA})")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    context = build_context(settings)
    acts = {"list": _list, "add": _add, "compare": _compare, "publish": _publish, "rollback": _roll_back}
    acts[arguments.action](context, arguments)
    return 0


def _list(context: Context, arguments: argparse.Namespace) -> None:
    with unit_of_work(context.engine) as store:
        known = {name: (all_versions(store, name), prompt_in_force(store, name).version) for name in NAMES}
    if arguments.json:
        print(json.dumps({name: {"versions": all_, "in_force": now} for name, (all_, now) in known.items()}))
        return
    for name, (versions, now) in known.items():
        print(f"{name}: " + ", ".join(f"{version} (in force)" if version == now else version for version in versions))


def _add(context: Context, arguments: argparse.Namespace) -> None:
    folder: Path = arguments.folder.resolve()
    if not folder.is_dir():
        raise InvalidInput("FOLDER", "be a folder with templates and meta.yaml", folder.name)
    files = {path.name: _text(path) for path in sorted(folder.iterdir()) if path.suffix in (".j2", ".yaml")}
    with unit_of_work(context.engine, write=True) as store:
        prompt = add_version(store, folder.parent.name, folder.name, files, context.clock())
    print(f"{prompt.label} is kept, sha256 {prompt.sha256[:12]}. Try it: halfhour prompts compare v1 {prompt.version}")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput(path.name, "be UTF-8 text", "other bytes", "Save it as UTF-8.") from None


def _compare(context: Context, arguments: argparse.Namespace) -> None:
    cases = read_prep_cases()
    if not 1 <= arguments.cases <= len(cases):
        raise InvalidInput("--cases", f"be 1 to {len(cases)}", arguments.cases)
    some = [cases[number * len(cases) // arguments.cases] for number in range(arguments.cases)]
    found: dict[str, Any] = {}
    for version in arguments.versions:
        evaluation = evaluate_prep(measured_model(context, version), cases=some, progress=TerminalProgress())
        found[version] = prep_json(evaluation)["llm"]
    print(json.dumps(found, ensure_ascii=False) if arguments.json else "\n".join(_table(found)))


def _table(found: dict[str, Any]) -> Iterator[str]:
    yield " ".join([f"{'':16}", *(f"{version:>12}" for version in found)])
    for key in COMPARED:
        yield " ".join([f"{key:16}", *(f"{figures[key]:>12}" for figures in found.values())])
    for version, figures in found.items():
        codes = ", ".join(f"{code} {count}" for code, count in figures["violations"].items())
        yield f"{version} was rejected for: {codes or 'nothing'}"


def _publish(context: Context, arguments: argparse.Namespace) -> None:
    with unit_of_work(context.engine, write=True) as store:
        label = publish(store, arguments.name, arguments.version, context.clock())
    print(f"{label.name}/{label.version} is in force.")


def _roll_back(context: Context, arguments: argparse.Namespace) -> None:
    with unit_of_work(context.engine, write=True) as store:
        label = roll_back(store, arguments.name, context.clock())
    print(f"{label.name}/{label.version} is in force again.")
