"""Small benchmark folders on disk, one for each task, right unless a test makes them wrong."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Rows = Iterable[Mapping[str, Any]]

CORPUS = [
    {"_id": "a", "title": "angry relatives", "text": "Stay calm with upset families."},
    {"_id": "b", "title": "budget variance", "text": "Explain why money was spent."},
    {"_id": "c", "title": "code review", "text": ""},
]
QUERIES = [{"_id": "q1", "text": "a calm word with upset families"}, {"_id": "q2", "text": "review of code"}]
ROLES = [
    {"_id": "r1", "title": "nurse", "text": "Nurses care.", "essential": ["a"], "optional": ["c"]},
    {"_id": "r2", "title": "clerk", "text": "Clerks count.", "essential": ["b"], "optional": []},
]
GAP_QUERIES = [{"_id": "q1", "current_role": "clerk", "has": ["b"], "text": "nurse. Nurses care."}]
EVIDENCE = [
    {"_id": "e1", "mentor_id": "m1", "title": "Calm", "text": "calm with upset families", "accepted": True},
    {"_id": "e2", "mentor_id": "m2", "text": "money and budget"},
]
INTERACTIONS = [("p1", "a", "2024-01-01"), ("p2", "a", "1704067200"), ("p2", "c", "2024-01-02T10:00:00+03:00")]


def write_jsonl(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_tsv(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    lines = [header, *("\t".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_qrels(folder: Path, *rows: tuple[str, str, object]) -> None:
    write_tsv(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", rows)


def write_task(folder: Path, task: str, *metrics: str, **more: str) -> None:
    described = {"name": f"small-{task}", "task": task, "split": "dev", "metrics": list(metrics), **more}
    (folder / "task.json").write_text(json.dumps(described), encoding="utf-8")


def topics_folder(folder: Path) -> Path:
    """Two needs over three entries; the corpus stands beside the folder, as in the public sets."""
    (folder / "set").mkdir(parents=True)
    write_jsonl(folder / "entries.jsonl", CORPUS)
    write_task(folder / "set", "topics", "mrr", "rp@1", corpus="../entries.jsonl")
    write_jsonl(folder / "set" / "queries.jsonl", QUERIES)
    write_qrels(folder / "set", ("q1", "a", 1), ("q2", "c", 1))
    return folder / "set"


def mentors_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_task(folder, "mentors", "ndcg@10")
    write_jsonl(folder / "evidence.jsonl", EVIDENCE)
    write_jsonl(folder / "queries.jsonl", QUERIES)
    write_qrels(folder, ("q1", "m1", 1), ("q2", "m9", 1))
    return folder


def gap_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_task(folder, "skill-gap", "mrr", corpus="corpus.jsonl", roles="roles.jsonl")
    write_jsonl(folder / "corpus.jsonl", CORPUS)
    write_jsonl(folder / "roles.jsonl", ROLES)
    write_jsonl(folder / "queries.jsonl", GAP_QUERIES)
    write_qrels(folder, ("q1", "a", 1))
    return folder


def visits_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_task(folder, "next-topic", "hr@2", "coverage@1", corpus="corpus.jsonl")
    write_jsonl(folder / "corpus.jsonl", CORPUS)
    write_tsv(folder / "interactions.tsv", "person-id\tcorpus-id\tat", INTERACTIONS)
    write_qrels(folder, ("p1", "c", 1))
    return folder


def translation_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_task(folder, "translation", "accuracy", "mrr")
    write_tsv(folder / "pairs.tsv", "en\tru", [("alpha one", "alpha one"), ("beta two", "beta two")])
    return folder


def similarity_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_task(folder, "similarity", "spearman")
    pairs = [("a b", "a b", "a b", "a b", 5), ("a b", "a c", "a b", "a c", 3), ("a b", "c d", "a b", "c d", 0)]
    write_tsv(folder / "pairs.tsv", "en1\ten2\tru1\tru2\tscore", pairs)
    return folder
