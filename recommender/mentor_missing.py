"""What a suggested mentor lacks, in up to two lines: what most decides whether to ask comes first."""

from collections.abc import Iterator
from datetime import datetime

from domain.people import Format
from domain.suggestions import Missing
from recommender import missing_words as words
from recommender.mentor_features import shared_hours
from recommender.mentor_pool import FORMATS, MentorPool
from recommender.requests import MentorRequest
from recommender.weeks import zone_of

MOST_MISSING = 2
FEW_HOURS = 4  # of the eleven of a working day


def missing_of(request: MentorRequest, pool: MentorPool, row: int, slot: datetime | None) -> tuple[Missing, ...]:
    """Return up to two things that the mentor lacks for this request, in its language.

    Parameters
    ----------
    slot
        The first free one, UTC; None for a chat consult too, which needs none.
    """
    found = [Missing(feature, text) for feature, text in _lines(request, pool, row, slot)]
    return tuple(found[:MOST_MISSING])


def _lines(request: MentorRequest, pool: MentorPool, row: int, slot: datetime | None) -> Iterator[tuple[str, str]]:
    language = request.language
    if slot is None and request.format is not Format.CHAT:
        yield "availability", words.no_time_words(_answers_in_chat(request, pool, row), language)
    if language not in pool.people[row].languages:
        yield "language", words.only_languages_words(pool.people[row].languages, language)
    hours = int(shared_hours(zone_of(request.mentee_zone), pool.zones[pool.zone_codes[row]], request.now))
    if hours < FEW_HOURS:
        yield "zone", words.few_hours_words(hours, language)
    if row not in pool.held.get(request.topic.id, ()):
        yield "experience", words.no_session_words(language)
    if not pool.ratings.may_be_shown[row]:
        yield "rating", words.few_ratings_words(language)


def _answers_in_chat(request: MentorRequest, pool: MentorPool, row: int) -> bool:
    may_chat = request.format is None and Format.CHAT in request.topic.formats
    return bool(may_chat and (pool.formats[row] >> FORMATS.index(Format.CHAT)) & 1)
