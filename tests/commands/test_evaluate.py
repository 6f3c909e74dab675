"""`halfhour evaluate`: one JSON object and nothing else, or an aligned table; bad folders are one line and exit 2."""

import json
from pathlib import Path

import pytest

from recommender.evaluate.topics import FEATURES
from tests.commands.conftest import Run
from tests.services.benchmark_folders import topics_folder, translation_folder, visits_folder


def test_json_is_one_object_in_the_published_format(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("evaluate", "--benchmark", str(topics_folder(tmp_path / "in")), "--baselines", "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found)[:7] == ["name", "task", "split", "queries", "metrics", "baselines", "seconds"]
    assert list(found)[7:] == ["intervals", "beside"]
    assert (found["name"], found["task"], found["split"], found["queries"]) == ("small-topics", "topics", "dev", 2)
    assert found["metrics"] == {"mrr": 1.0, "rp@1": 1.0}
    assert set(found["baselines"]) == {"bm25", "tfidf", "minilm", "random"}


def test_without_baselines_there_are_none(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("evaluate", "--benchmark", str(translation_folder(tmp_path / "in")), "--json")
    assert json.loads(out)["baselines"] == {}


def test_for_people_the_figures_stand_in_aligned_columns(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("evaluate", "--benchmark", str(visits_folder(tmp_path / "in")), "--baselines")
    title, blank, head, ours, *others = out.split("\n\nIn brackets")[0].splitlines()
    assert code == 0
    assert title.startswith("small-next-topic (next-topic, dev): 1 queries, ")
    assert (blank, head.split()) == ("", ["hr@2", "coverage@1"])
    assert ours.split() == ["halfhour", "1.000", "(1.00-1.00)", "0.333", "(.33-.33)"]
    assert {len(line) for line in (head, ours, *others)} == {len(head)}
    assert "So few needs say little." in out


def test_several_folders_are_a_list_and_sections_of_one_page(run: Run, tmp_path: Path) -> None:
    folders = [topics_folder(tmp_path / "a"), translation_folder(tmp_path / "b")]
    report = tmp_path / "report.html"
    asked = [part for folder in folders for part in ("--benchmark", str(folder))]
    code, out, _ = run("evaluate", *asked, "--ablation", "--json", "--report", str(report))
    first, second = json.loads(out)
    assert code == 0
    assert (first["name"], second["name"]) == ("small-topics", "small-translation")
    assert set(first["ablation"]) == set(FEATURES)
    assert "ablation" not in second
    page = report.read_text(encoding="utf-8")
    assert "small-topics</h2>" in page
    assert "small-translation</h2>" in page


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ((), "evaluate must be asked with --benchmark DIR, --history or --prep, got none of them."),
        (("--benchmark", ".", "--split", "2026-01-31"), "--split and --demo must come with --history"),
        (("--history", "--report", "/nowhere/page.html"), "--report must lie in a folder that exists, got /nowhere."),
        (("--history", "--demo"), "--demo must find a demo company, got none. Run `halfhour demo --print-only` first."),
        (("--prep", "--history"), "--prep must stand alone, or with --json, got more."),
        (("--history",), "history must hold at least 30 sessions asked for after the split, got 0."),
    ],
)
def test_what_cannot_be_evaluated_is_one_line_and_exit_code_2(run: Run, argv: tuple[str, ...], says: str) -> None:
    code, out, err = run("evaluate", *argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"halfhour: {says}")


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_a_folder_that_is_none_is_one_line_on_stderr(run: Run, tmp_path: Path, extra: list[str]) -> None:
    code, out, err = run("evaluate", "--benchmark", str(tmp_path), *extra)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "benchmark must be a folder with a task.json" in err


def test_a_malformed_line_is_named(run: Run, tmp_path: Path) -> None:
    folder = topics_folder(tmp_path / "in")
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "calm"}\n{"_id": \n')
    code, _, err = run("evaluate", "--benchmark", str(folder))
    assert (code, err.count("\n")) == (2, 1)
    assert "queries.jsonl line 2 must be one JSON object" in err


def test_drafted_agendas_are_judged_as_one_json_object_without_an_encoder(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.evaluate.encoders_for", None)
    code, out, _ = run("evaluate", "--prep", "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["template", "llm"]
    assert list(found["template"]) == ["cases", "min_score", "median_score", "gates", "ms_median"]
    assert found["template"]["cases"] == 72
    assert found["template"]["min_score"] >= 90
    assert found["template"]["gates"] == 0
    assert found["llm"] is None


def test_drafted_agendas_are_told_by_score_and_group(run: Run) -> None:
    code, out, _ = run("evaluate", "--prep")
    assert code == 0
    assert out.startswith("Template: 72 sessions, 0 do not pass, 0 gates\nScore: lowest 9")
    assert "format: group            24" in out
    assert out.endswith("No model is configured: only the template was measured.\n")
