"""`halfhour weights`: which weights are in force and where they come from; `--learn` looks for better ones."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from compose import build_context
from recommender import MentorWeights, TopicWeights
from services.context import Context
from services.programme import Programme, Setting, history, origin_of, read_programme
from services.weight_learning import Lesson, learn_from_outcomes
from settings import Settings
from store import unit_of_work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learn", action="store_true", help="learn from outcomes; HR decides on /hr/programme")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    context = build_context(settings)
    lessons = learn_from_outcomes(context) if arguments.learn else {}
    shown = _in_force(context)
    if arguments.json:
        learnt = {setting: asdict(lesson) for setting, lesson in lessons.items()}
        print(json.dumps(shown | ({"learnt": learnt} if learnt else {}), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*_lines(shown), *_lesson_lines(lessons)]))
    return 0


def _in_force(context: Context) -> dict[str, Any]:
    """Return by setting where its values come from, who set them when, and the shares that count."""
    with unit_of_work(context.engine) as store:
        programme, changes = read_programme(store), history(store)
    told: dict[str, Any] = {}
    for setting, weights in _weights(programme):
        last = next((change for change in changes if change.setting is setting), None)
        told[setting] = {
            "origin": origin_of(changes, setting),
            "set_at": last.at if last else None,
            "set_by": last.person_id if last else None,
            "damage": programme.damaged.get(setting),
            "shares": {name: round(share, 4) for name, share in weights.shares().items()},
        }
    return told | {Setting.TOPIC_PRIORITIES: programme.priorities}


def _weights(programme: Programme) -> list[tuple[Setting, TopicWeights | MentorWeights]]:
    return [
        (Setting.TOPIC_WEIGHTS, programme.topic_weights),
        (Setting.MENTOR_WEIGHTS, programme.mentor_weights),
    ]


def _lines(shown: dict[str, Any]) -> Iterator[str]:
    for setting in (Setting.TOPIC_WEIGHTS, Setting.MENTOR_WEIGHTS):
        told = shown[setting]
        since = f", {told['set_at']} by {told['set_by']}" if told["set_at"] else ""
        yield f"{setting} ({told['origin']}{since}), in percent:"
        if told["damage"]:
            yield f"  What is stored cannot be read, the defaults stand for it: {told['damage']}"
        yield from (f"  {100 * share:5.1f}  {name}" for name, share in told["shares"].items())
    priorities = shown[Setting.TOPIC_PRIORITIES]
    yield f"{Setting.TOPIC_PRIORITIES}: {'none' if not priorities else ''}".rstrip()
    yield from (f"  {value:5.2f}  {topic_id}" for topic_id, value in priorities.items())


def _lesson_lines(lessons: dict[Setting, Lesson]) -> Iterator[str]:
    for setting, lesson in lessons.items():
        if lesson.missing:
            yield f"{setting}: {lesson.outcomes} outcomes, {lesson.missing} more are needed; the defaults stay."
            continue
        verdict = "HR may take them on /hr/programme." if lesson.is_better else "Nothing is clearly better."
        figures = f"{lesson.right} of 100 later comparisons right, {lesson.right_now} by those in force"
        yield f"{setting}: learnt from {lesson.outcomes} outcomes, {figures}. {verdict}"
