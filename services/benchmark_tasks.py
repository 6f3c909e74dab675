"""From the files of a benchmark folder to its task: candidates, needs, and what is relevant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import InvalidInput
from recommender.evaluate.tasks import (
    AskedNeed,
    Entry,
    Evidence,
    GapNeed,
    KnownRole,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    Relevant,
    SimilarityTask,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
    Visit,
)
from services.benchmark_files import CORRECT_LINE, BenchmarkFolder, Row, read_columns, read_distinct

_QRELS = "qrels/test.tsv"


@dataclass(frozen=True, slots=True)
class Judged:
    """A ranking task and the grades of what should be found."""

    task: RankingTask
    relevant: Relevant


def read_task(benchmark: BenchmarkFolder) -> Judged | SimilarityTask:
    """Return the task that the folder holds.

    Raises
    ------
    InvalidInput
        If the task is unknown, or a file is missing, empty or wrong: the text names file and line.
    """
    reader = _READERS.get(benchmark.task)
    if reader is None:
        action = "Correct `task` in task.json."
        raise InvalidInput("task", f"be one of {', '.join(sorted(_READERS))}", benchmark.task, action)
    return reader(benchmark)


def _read_topics(benchmark: BenchmarkFolder) -> Judged:
    task = TopicsTask(_entries(benchmark), _needs(benchmark))
    return Judged(task, _read_qrels(benchmark, task.need_ids, task.candidate_ids))


def _read_mentors(benchmark: BenchmarkFolder) -> Judged:
    """Mentors whom the qrels name may have no evidence; nobody can find them, and they count."""
    task = MentorsTask(tuple(read_distinct(benchmark.path("evidence"), _evidence).values()), _needs(benchmark))
    return Judged(task, _read_qrels(benchmark, task.need_ids, None))


def _read_skill_gap(benchmark: BenchmarkFolder) -> Judged:
    roles = tuple(read_distinct(benchmark.path("roles"), _role).values())
    needs = tuple(read_distinct(benchmark.path("queries"), _gap_need).values())
    task = SkillGapTask(_entries(benchmark), roles, needs)
    return Judged(task, _read_qrels(benchmark, task.need_ids, task.candidate_ids))


def _read_next_topic(benchmark: BenchmarkFolder) -> Judged:
    entries = _entries(benchmark)
    visits = tuple(_visits(benchmark.folder / "interactions.tsv"))
    people = sorted({need for _, (need,) in read_columns(benchmark.folder / _QRELS, ("query-id",))})
    task = NextTopicTask(entries, visits, tuple(people))
    return Judged(task, _read_qrels(benchmark, people, task.candidate_ids))


def _read_translation(benchmark: BenchmarkFolder) -> Judged:
    pairs = [values for _, values in read_columns(benchmark.folder / "pairs.tsv", ("en", "ru"))]
    task = TranslationTask(tuple(en for en, _ in pairs), tuple(ru for _, ru in pairs))
    return Judged(task, task.relevant)


def _read_similarity(benchmark: BenchmarkFolder) -> SimilarityTask:
    rows = read_columns(benchmark.folder / "pairs.tsv", ("en1", "en2", "ru1", "ru2", "score"))
    english = tuple((en1, en2) for _, (en1, en2, _, _, _) in rows)
    russian = tuple((ru1, ru2) for _, (_, _, ru1, ru2, _) in rows)
    return SimilarityTask(english, russian, tuple(_number(place, values[4]) for place, values in rows))


_READERS: dict[str, Callable[[BenchmarkFolder], Judged | SimilarityTask]] = {
    "topics": _read_topics,
    "mentors": _read_mentors,
    "skill-gap": _read_skill_gap,
    "next-topic": _read_next_topic,
    "translation": _read_translation,
    "similarity": _read_similarity,
}


def _entries(benchmark: BenchmarkFolder) -> tuple[Entry, ...]:
    return tuple(read_distinct(benchmark.path("corpus"), _entry).values())


def _needs(benchmark: BenchmarkFolder) -> tuple[AskedNeed, ...]:
    return tuple(read_distinct(benchmark.path("queries"), _need).values())


def _entry(row: Row) -> Entry:
    return Entry(row.text("_id"), row.text("title", ""), row.text("text", ""))


def _need(row: Row) -> AskedNeed:
    return AskedNeed(row.text("_id"), row.text("text"))


def _evidence(row: Row) -> Evidence:
    title, text = row.text("title", ""), row.text("text")
    whole = f"{title}. {text}" if title else text
    at = _time(row.place, str(row.fields["date"]), "date") if row.fields.get("date") else None
    return Evidence(row.text("_id"), row.text("mentor_id"), whole, row.fields.get("accepted") is True, at)


def _role(row: Row) -> KnownRole:
    return KnownRole(
        row.text("_id"), row.text("title"), row.text("text", ""), row.texts("essential"), row.texts("optional")
    )


def _gap_need(row: Row) -> GapNeed:
    return GapNeed(row.text("_id"), row.text("text"), frozenset(row.texts("has")))


def _visits(path: Path) -> list[Visit]:
    rows = read_columns(path, ("person-id", "corpus-id", "at"))
    return [Visit(person, entry, _time(place, at)) for place, (person, entry, at) in rows]


def _time(place: str, text: str, name: str = "at") -> datetime:
    """Return a time given as ISO 8601 or as seconds since 1970; one without a zone is UTC."""
    try:
        at = datetime.fromtimestamp(float(text), UTC) if _is_number(text) else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidInput(place, f"have `{name}` in ISO 8601 or in seconds since 1970", text, CORRECT_LINE) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _number(place: str, text: str) -> float:
    if not _is_number(text):
        raise InvalidInput(place, "have a number as score", text, CORRECT_LINE)
    return float(text)


def _read_qrels(benchmark: BenchmarkFolder, need_ids: list[str], candidate_ids: list[str] | None) -> Relevant:
    """Return the grades by need and candidate; with None for `candidate_ids` unknown candidates are let through."""
    needs, candidates = frozenset(need_ids), None if candidate_ids is None else frozenset(candidate_ids)
    relevant: dict[str, dict[str, int]] = {}
    for place, (need, candidate, grade) in read_columns(benchmark.folder / _QRELS, ("query-id", "corpus-id", "score")):
        if need not in needs:
            raise InvalidInput(place, "name a known query-id", need, CORRECT_LINE)
        if candidates is not None and candidate not in candidates:
            raise InvalidInput(place, "name a known corpus-id", candidate, CORRECT_LINE)
        if not grade.isdecimal():
            raise InvalidInput(place, "have a whole number of 0 or more as score", grade, CORRECT_LINE)
        relevant.setdefault(need, {})[candidate] = int(grade)
    return relevant
