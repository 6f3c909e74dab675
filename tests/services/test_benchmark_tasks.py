"""Reading a benchmark folder: what is wrong is named by file and line, in one sentence with what to do."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from recommender.evaluate.tasks import Evidence, MentorsTask, NextTopicTask, SimilarityTask, TopicsTask, Visit
from services.benchmark_files import read_folder
from services.benchmark_tasks import Judged, read_task
from tests.services.benchmark_folders import (
    CORPUS,
    QUERIES,
    gap_folder,
    mentors_folder,
    similarity_folder,
    topics_folder,
    visits_folder,
    write_jsonl,
    write_qrels,
    write_task,
    write_tsv,
)


def read(folder: Path) -> Judged:
    task = read_task(read_folder(folder))
    assert isinstance(task, Judged)
    return task


def refusal(folder: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_task(read_folder(folder))
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_topics_folder_gives_entries_needs_and_grades(tmp_path: Path) -> None:
    judged = read(topics_folder(tmp_path / "in"))
    assert isinstance(judged.task, TopicsTask)
    assert [entry.whole for entry in judged.task.entries] == [
        "angry relatives. Stay calm with upset families.",
        "budget variance. Explain why money was spent.",
        "code review",
    ]
    assert judged.relevant == {"q1": {"a": 1}, "q2": {"c": 1}}


def test_evidence_joins_its_title_and_knows_what_was_accepted(tmp_path: Path) -> None:
    task = read(mentors_folder(tmp_path / "in")).task
    assert isinstance(task, MentorsTask)
    assert task.evidence == (
        Evidence("e1", "m1", "Calm. calm with upset families", accepted=True),
        Evidence("e2", "m2", "money and budget", accepted=False),
    )


def test_times_are_iso_or_seconds_and_utc_where_no_zone_is_named(tmp_path: Path) -> None:
    task = read(visits_folder(tmp_path / "in")).task
    assert isinstance(task, NextTopicTask)
    assert task.visits == (
        Visit("p1", "a", datetime(2024, 1, 1, tzinfo=UTC)),
        Visit("p2", "a", datetime(2024, 1, 1, tzinfo=UTC)),
        Visit("p2", "c", datetime(2024, 1, 2, 7, tzinfo=UTC)),
    )


def test_the_people_of_a_next_topic_task_are_those_of_the_qrels(tmp_path: Path) -> None:
    folder = visits_folder(tmp_path / "in")
    write_qrels(folder, ("p2", "b", 1), ("p1", "c", 1), ("new", "a", 1))
    assert read(folder).task.need_ids == ["new", "p1", "p2"]


def test_columns_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    folder = similarity_folder(tmp_path / "in")
    write_tsv(folder / "pairs.tsv", "score\tru2\tru1\tnote\ten2\ten1", [("4.5", "и", "м", "x", "b", "a")])
    assert read_task(read_folder(folder)) == SimilarityTask((("a", "b"),), (("м", "и"),), (4.5,))


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_are_read(tmp_path: Path) -> None:
    folder = topics_folder(tmp_path / "in")
    queries = '\ufeff{"_id": "q1", "text": "calm\u2028words"}\r\n\r\n{"_id": "q2", "text": "code"}\r\n'
    (folder / "queries.jsonl").write_bytes(queries.encode())
    (folder / "qrels" / "test.tsv").write_bytes(b"query-id\tcorpus-id\tscore\r\nq1\ta\t1\r\n")
    assert read(folder).relevant == {"q1": {"a": 1}}


@pytest.mark.parametrize("name", ["", "missing", "file.txt"])
def test_a_folder_without_task_json_says_which_folder_to_give(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    message = refusal(tmp_path / name)
    assert message.startswith("benchmark must be a folder with a task.json, got ")
    assert message.endswith("Give the folder of one benchmark, such as bench/needs-tech.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "task.json must be one JSON object, got invalid JSON at character 2."),
        ("[]", "task.json must be one JSON object, got list."),
        ('{"task": "topics", "metrics": ["mrr"]}', "task.json must have the text `name`, got NoneType."),
        ('{"name": "n", "task": "topics"}', "task.json must name at least one metric, got none."),
        ('{"name": "n", "task": "topics", "metrics": "mrr"}', "task.json must have `metrics` as a list of"),
        (
            '{"name": "n", "task": "poetry", "metrics": ["mrr"]}',
            "task must be one of mentors, next-topic, similarity, skill-gap, topics, translation, got poetry.",
        ),
    ],
)
def test_a_wrong_task_json_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    folder = topics_folder(tmp_path / "in")
    (folder / "task.json").write_text(content)
    assert refusal(folder).startswith(message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"_id": "q2", "text": "x"',
            "queries.jsonl line 2 must be one JSON object, got invalid JSON at character 26.",
        ),
        ('"q2"', "queries.jsonl line 2 must be one JSON object, got str."),
        ('{"text": "x"}', "queries.jsonl line 2 must have the text `_id`, got NoneType."),
        ('{"_id": 2, "text": "x"}', "queries.jsonl line 2 must have the text `_id`, got int."),
        ('{"_id": "q2"}', "queries.jsonl line 2 must have the text `text`, got NoneType."),
        ('{"_id": "q2", "text": " "}', "queries.jsonl line 2 must have a `text` that is not empty, got an empty text."),
        ('{"_id": "q1", "text": "x"}', "queries.jsonl line 2 must have an `_id` that no line before it has, got q1."),
        ("[" * 100_000, "queries.jsonl line 2 must be one JSON object, got"),
    ],
)
def test_a_wrong_line_is_named_by_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    folder = topics_folder(tmp_path / "in")
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "calm"}\n' + line + "\n")
    assert refusal(folder).startswith(message)
    assert refusal(folder).endswith("Correct the line and run it again.")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("q9", "a", 1), "test.tsv line 3 must name a known query-id, got q9."),
        (("q1", "z", 1), "test.tsv line 3 must name a known corpus-id, got z."),
        (("q1", "a", "-1"), "test.tsv line 3 must have a whole number of 0 or more as score, got -1."),
        (("q1", "a", "high"), "test.tsv line 3 must have a whole number of 0 or more as score, got high."),
        (("q1", "a\tb", 1), "test.tsv line 3 must have 3 values, got 4."),
    ],
)
def test_a_wrong_row_of_the_qrels_is_named(tmp_path: Path, row: tuple[str, str, object], message: str) -> None:
    folder = topics_folder(tmp_path / "in")
    write_qrels(folder, ("q1", "a", 1), row)
    assert refusal(folder).startswith(message)


def test_mentors_without_evidence_may_be_named(tmp_path: Path) -> None:
    assert read(mentors_folder(tmp_path / "in")).relevant["q2"] == {"m9": 1}


def without_file(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (without_file("queries.jsonl"), "queries.jsonl must be in the benchmark folder, got no such file."),
        (without_file("qrels/test.tsv"), "test.tsv must be in the benchmark folder, got no such file."),
        (
            lambda folder: write_jsonl(folder / "queries.jsonl", []),
            "queries.jsonl must hold at least one row, got none.",
        ),
        (lambda folder: write_qrels(folder), "test.tsv must hold at least one row, got none."),
        (
            lambda folder: write_tsv(folder / "qrels" / "test.tsv", "need\tcorpus-id\tscore", []),
            "test.tsv line 1 must name the columns query-id, corpus-id, score, got no query-id.",
        ),
        (
            lambda folder: (folder / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "\xff"}\n'),
            "queries.jsonl must be UTF-8, got other bytes.",
        ),
        (
            lambda folder: write_task(folder, "topics", "mrr", corpus="../gone.jsonl"),
            "gone.jsonl must be in the benchmark folder, got no such file.",
        ),
        (
            lambda folder: write_jsonl(folder.parent / "entries.jsonl", [*CORPUS, CORPUS[0]]),
            "entries.jsonl line 4 must have an `_id` that no line before it has, got a.",
        ),
    ],
)
def test_what_is_missing_empty_or_double_is_named(tmp_path: Path, spoil: Callable[[Path], None], message: str) -> None:
    folder = topics_folder(tmp_path / "in")
    spoil(folder)
    assert refusal(folder).startswith(message)


@pytest.mark.parametrize("at", ["yesterday", "", "1e400", "99999999999999999", "2024-13-01"])
def test_a_time_that_is_none_is_named(tmp_path: Path, at: str) -> None:
    folder = visits_folder(tmp_path / "in")
    write_tsv(folder / "interactions.tsv", "person-id\tcorpus-id\tat", [("p1", "a", at)])
    expected = "interactions.tsv line 2 must have `at` in ISO 8601 or in seconds since 1970, got"
    assert refusal(folder).startswith(expected)


def test_a_score_that_is_no_number_is_named(tmp_path: Path) -> None:
    folder = similarity_folder(tmp_path / "in")
    write_tsv(folder / "pairs.tsv", "en1\ten2\tru1\tru2\tscore", [("a", "b", "в", "г", "nan")])
    assert refusal(folder).startswith("pairs.tsv line 2 must have a number as score, got nan.")


def test_a_list_that_is_none_is_named(tmp_path: Path) -> None:
    folder = gap_folder(tmp_path / "in")
    write_jsonl(folder / "queries.jsonl", [QUERIES[0] | {"has": "a"}])
    assert refusal(folder).startswith("queries.jsonl line 1 must have `has` as a list of ids, got str.")
