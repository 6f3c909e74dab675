"""`halfhour suggest`: a person's priority topics with mentors, topics for a need typed now, or skills for a role."""

import argparse
import json
from typing import Any

from commands.likely_text import likely_json, likely_lines
from commands.suggestion_text import suggestion_lines
from compose import build_context
from domain.errors import InvalidInput
from domain.language import Language
from domain.suggestions import Excluded, MentorSuggestion, Reason, TopicSuggestion
from embeddings import TerminalProgress, detect_language
from services.context import Context
from services.index import ensure_indexed
from services.likely_skills import likely_for_text
from services.suggest import Suggested, suggest_for_need, suggest_for_person
from settings import Settings

MAX_K = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="ID", help="whose topics; with --need: who asks")
    parser.add_argument("--need", metavar="TEXT", help="a need in own words")
    parser.add_argument("--role", metavar="TEXT", help="a role in own words: print the skills that it likely needs")
    parser.add_argument("--k", type=int, default=5, help="how many topics or skills (5)")
    parser.add_argument("--lang", choices=list(Language), type=Language, help="language of the answer")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    if not 1 <= arguments.k <= MAX_K:
        raise InvalidInput("k", f"be 1 to {MAX_K}", arguments.k)
    if arguments.need is None and arguments.person is None and arguments.role is None:
        raise InvalidInput("suggest", "be asked with --person ID or --need TEXT", "neither", "For skills use --role.")
    if arguments.need is not None and arguments.role is not None:
        raise InvalidInput("suggest", "be asked with --need or --role", "both")
    progress = TerminalProgress()
    context = build_context(settings, progress=progress)
    ensure_indexed(context, progress)
    if arguments.role is not None:
        print(_likely(context, arguments))
        return 0
    options: dict[str, Any] = {"k": arguments.k, "language": arguments.lang}
    if arguments.need is None:
        suggested = suggest_for_person(context, arguments.person, **options)
    else:
        suggested = suggest_for_need(context, arguments.need, person_id=arguments.person, **options)
    print(_dumped(as_json(suggested)) if arguments.json else _as_text(suggested))
    return 0


def _likely(context: Context, arguments: argparse.Namespace) -> str:
    """Return the likely skills for a role, as text or JSON."""
    found = likely_for_text(context, arguments.role, person_id=arguments.person, k=arguments.k)
    language = arguments.lang or detect_language(arguments.role)
    if arguments.json:
        return _dumped(likely_json(arguments.role.strip(), found, language))
    return "\n".join(likely_lines(found, language))


def _dumped(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _as_text(suggested: Suggested) -> str:
    return "\n".join(suggestion_lines(suggested))


def as_json(suggested: Suggested) -> dict[str, Any]:
    """Return the answer as one JSON object; scores rounded to four decimals, times ISO 8601 in UTC."""
    answer = suggested.answer
    return {
        "person": answer.person_id,
        "need": answer.need or None,
        "language": answer.language,
        "asked_at": answer.asked_at.isoformat(),
        "catalog_version": answer.catalog_version,
        "encoder": answer.encoder_id,
        "topics": [_topic_json(suggested, topic) for topic in answer.topics],
        "excluded": [_excluded_json(gone) for gone in answer.excluded],
    }


def _topic_json(suggested: Suggested, suggestion: TopicSuggestion) -> dict[str, Any]:
    return {
        "id": suggestion.topic_id,
        "title": suggested.topics[suggestion.topic_id].title.get(suggested.answer.language),
        "rank": suggestion.rank,
        "score": round(suggestion.score, 4),
        "reasons": [_reason_json(reason) for reason in suggestion.reasons],
        "mentors": [_mentor_json(suggested, mentor) for mentor in suggestion.mentors],
        "excluded_mentors": [_excluded_json(gone) for gone in suggestion.excluded_mentors],
    }


def _mentor_json(suggested: Suggested, suggestion: MentorSuggestion) -> dict[str, Any]:
    return {
        "id": suggestion.mentor_id,
        "name": suggested.people[suggestion.mentor_id].name,
        "rank": suggestion.rank,
        "score": round(suggestion.score, 4),
        "reasons": [_reason_json(reason) for reason in suggestion.reasons],
        "missing": [{"feature": lack.feature, "text": lack.text} for lack in suggestion.missing],
        "next_slot": suggestion.next_slot.isoformat() if suggestion.next_slot else None,
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {"feature": reason.feature, "contribution": round(reason.contribution, 4), "text": reason.text}


def _excluded_json(gone: Excluded) -> dict[str, str]:
    return {"id": gone.candidate_id, "rule": gone.rule, "text": gone.text}
