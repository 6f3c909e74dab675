"""`halfhour match`: match a whole cohort of mentees with mentors; nothing is arranged before it is approved."""

import argparse
import json
from typing import Any

from commands.proposal_text import proposal_lines
from compose import build_context
from domain.cohorts import Proposal, fit_of
from domain.errors import InvalidInput
from domain.language import Language
from domain.sessions import ALLOWED_MINUTES
from embeddings import TerminalProgress
from services.context import Context
from services.index import ensure_indexed
from services.match import DEFAULT_MINUTES, CohortView, approve, make_cohort, propose, view_cohort
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--department", metavar="NAME", default="", help="only mentees of this department")
    parser.add_argument("--per-mentor", type=int, metavar="N", help="mentees a mentor gets at most (as time allows)")
    parser.add_argument(
        "--minutes", type=int, default=DEFAULT_MINUTES, metavar="N", help=f"length of a session ({DEFAULT_MINUTES})"
    )
    parser.add_argument("--name", default="", help="how the cohort is called on HR's pages")
    parser.add_argument("--approve", metavar="PROPOSAL", help="ask for the sessions of a proposal, once")
    parser.add_argument("--lang", choices=list(Language), type=Language, default=Language.EN, help="language (en)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.minutes not in ALLOWED_MINUTES:
        raise InvalidInput("minutes", "be 15, 20, 25 or 30", arguments.minutes)
    progress = TerminalProgress()
    context = build_context(settings, progress=progress)
    if arguments.approve:
        return _approve(context, arguments.approve, arguments.lang, as_json=arguments.json)
    name = arguments.name or arguments.department or f"{context.clock():%Y-%m-%d}"
    cohort = make_cohort(
        context, name, department=arguments.department, per_mentor=arguments.per_mentor, minutes=arguments.minutes
    )
    ensure_indexed(context, progress)
    proposal = propose(context, cohort.id)
    view = view_cohort(context, cohort.id)
    if arguments.json:
        print(json.dumps(as_json(view, proposal, arguments.lang), ensure_ascii=False, indent=2))
    else:
        print("\n".join(proposal_lines(view, proposal, arguments.lang)))
    return 0


def as_json(view: CohortView, proposal: Proposal, language: Language) -> dict[str, Any]:
    """Return the proposal as one JSON object; scores rounded to four decimals, times ISO 8601 in UTC."""
    return {
        "proposal": proposal.key,
        "cohort": {"id": view.cohort.id, "name": view.cohort.name, "mentees": len(view.cohort.mentee_ids)},
        "status": proposal.status,
        "made_at": proposal.made_at.isoformat(),
        "objective": round(proposal.objective, 4),
        "upper_bound": round(proposal.bound, 4),
        "share_of_bound": round(proposal.share_of_bound, 4),
        "pairs": [
            {
                "mentee": {"id": pair.mentee_id, "name": view.people[pair.mentee_id].name},
                "mentor": {"id": pair.mentor_id, "name": view.people[pair.mentor_id].name},
                "topic": {"id": pair.topic_id, "title": view.topics[pair.topic_id].title.get(language)},
                "fit": fit_of(pair.score, view.cohort.floor),
                "score": round(pair.score, 4),
                "pinned": pair.is_pinned,
            }
            for pair in proposal.pairs
        ],
        "unmatched": [
            {
                "mentee": {"id": one.mentee_id, "name": view.people[one.mentee_id].name},
                "why": one.why,
                "mentors": list(one.mentor_ids),
            }
            for one in proposal.unmatched
        ],
    }


def _approve(context: Context, key: str, language: Language, *, as_json: bool) -> int:
    approval = approve(context, key, language)
    if as_json:
        print(json.dumps({"proposal": key, "status": approval.proposal.status, "created": approval.created}))
    elif approval.created:
        print(f"Approved {key}: {approval.created} sessions are asked for. Mentors answer each request themselves.")
    else:
        print(f"{key} was approved before. Nothing was asked for again.")
    return 0
