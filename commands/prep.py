"""`halfhour prep`: the agenda of a session, or of one that may be booked."""

import argparse
import json
from dataclasses import asdict

from compose import build_context
from domain.agendas import Agenda
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Format
from embeddings import TerminalProgress
from prep import render_agenda
from services.draft_agenda import keep_template
from services.prepare import Pair, agenda_for_pair
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--session", metavar="ID", help="a session that is booked")
    parser.add_argument("--person", metavar="ID", help="the mentee")
    parser.add_argument("--topic", metavar="ID")
    parser.add_argument("--mentor", metavar="ID")
    parser.add_argument("--minutes", type=int, default=20, help="15, 20, 25 or 30 (20)")
    parser.add_argument("--format", choices=list(Format), type=Format, default=Format.ONE_TO_ONE)
    parser.add_argument("--need", default="", metavar="TEXT", help="what the session is for, in own words")
    parser.add_argument("--lang", choices=list(Language), type=Language, help="language of the agenda")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    agenda = _draft(arguments, settings)
    print(json.dumps(asdict(agenda), ensure_ascii=False, indent=2) if arguments.json else render_agenda(agenda))
    return 0


def _draft(arguments: argparse.Namespace, settings: Settings) -> Agenda:
    pair = (arguments.person, arguments.topic, arguments.mentor)
    if (arguments.session is None) == (None in pair):
        raise InvalidInput(
            "prep", "be asked with --session ID, or with --person, --topic and --mentor", "neither or both"
        )
    context = build_context(settings, progress=TerminalProgress())
    if arguments.session:
        return keep_template(context, arguments.session, arguments.lang).agenda
    wanted = Pair(*pair, minutes=arguments.minutes, format=arguments.format, need=arguments.need)
    return agenda_for_pair(context, wanted, arguments.lang)
