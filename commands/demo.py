"""`halfhour demo`: a company to look around in, one person's topics and agenda, then the pages."""

import argparse
import shutil
from itertools import chain

from commands.serve import serve
from commands.suggestion_text import suggestion_lines
from compose import build_context
from domain.language import Language
from domain.people import Role
from domain.suggestions import TopicSuggestion
from embeddings import TerminalProgress
from prep import render_agenda
from services.context import Context
from services.fill_demo import fill_demo
from services.index import refresh_index
from services.prepare import Pair, agenda_for_pair
from services.suggest import Suggested, suggest_for_person
from settings import Settings
from store import unit_of_work

TOPICS_PRINTED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--print-only", action="store_true", help="end after printing, serve nothing")
    parser.add_argument("--fresh", action="store_true", help="forget what was changed in the demo, make it anew")
    parser.add_argument("--person", metavar="ID", help="whose topics to print")
    parser.add_argument("--port", type=int, help="instead of HALFHOUR_PORT")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    settings = demo_settings(settings, arguments.port)
    if arguments.fresh:
        shutil.rmtree(settings.data_folder, ignore_errors=True)
    context = prepare_demo(settings)
    people = [arguments.person] if arguments.person else _first_mentees(context)
    for person_id in people:
        _print_person(context, person_id)
    if arguments.print_only:
        return 0
    context.engine.dispose()
    print(f"\nHalfhour is at http://{settings.host}:{settings.port} (Ctrl+C ends it)", flush=True)
    serve(settings, is_demo=True)
    return 0


def demo_settings(settings: Settings, port: int | None = None) -> Settings:
    """Return settings that keep the demo apart from everything real; on loopback there is nobody to limit."""
    apart = {"data_folder": settings.data_folder / "demo", "database_url": "", "organisation": "Halfhour"}
    unlimited = {"requests_per_person": 0, "requests_per_visitor": 0}
    return settings.model_copy(update={**apart, **unlimited, "port": port or settings.port})


def prepare_demo(settings: Settings) -> Context:
    """Return the demo company, made, embedded and indexed."""
    progress = TerminalProgress()
    context = build_context(settings, progress=progress)
    if fill_demo(context):
        print("A demo company is ready: everybody in it is invented.")
    print(refresh_index(context, progress))
    return context


def _first_mentees(context: Context) -> list[str]:
    """Return one mentee per language: the first who wrote two goals and has no other role."""
    with unit_of_work(context.engine) as store:
        goals = [goal.person_id for goal in store.goals.all_open()]
        mentees = [p for p in store.people.list() if p.roles == {Role.MENTEE} and goals.count(p.id) > 1]
    firsts = ([p.id for p in mentees if p.locale is language][:1] for language in Language)
    return list(chain.from_iterable(firsts))


def _print_person(context: Context, person_id: str) -> None:
    with unit_of_work(context.engine) as store:
        person, goals = store.people.get(person_id), store.goals.of(person_id)
    suggested = suggest_for_person(context, person_id, k=TOPICS_PRINTED)
    print(f"\n{person.name}, {person.job_title} ({person.id})")
    print("\n".join(f"  “{goal.text}”" for goal in goals), end="\n\n")
    print("\n".join(suggestion_lines(suggested)))
    if best := next((topic for topic in suggested.answer.topics if topic.mentors), None):
        print(_agenda_text(context, suggested, person_id, best))


def _agenda_text(context: Context, suggested: Suggested, person_id: str, best: TopicSuggestion) -> str:
    mentor = suggested.people[best.mentors[0].mentor_id]
    return f"{render_agenda(agenda_for_pair(context, Pair(person_id, best.topic_id, mentor.id)))}\n"
