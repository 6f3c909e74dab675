"""Notebooks run from top to bottom as they stand, and are kept without outputs."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from embeddings import Encoder
from tests.bench import bench_folder
from tests.conftest import TEST_DATA

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def outputs(notebook: nbformat.NotebookNode) -> str:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return "".join(output.get("text", "") for cell in cells for output in cell.outputs)


def run(path: Path, bench: Path, monkeypatch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    monkeypatch.setenv("HALFHOUR_BENCH", str(bench))
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(TEST_DATA))
    monkeypatch.setenv("PYTHONPATH", str(FOLDER.parent))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": FOLDER}}).execute()
    return notebook


def plots(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output for cell in cells for output in cell.outputs if "image/png" in output.get("data", {})]


@pytest.mark.slow
def test_the_evaluation_shows_its_table_and_one_plot(minilm: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = run(FOLDER / "evaluate.ipynb", bench_folder("needs-tech").parent, monkeypatch)
    assert "needs-tech (topics, dev): 75 queries" in outputs(notebook)
    assert len(plots(notebook)) == 1


@pytest.mark.slow
def test_the_walk_through_the_recommender_shows_figures_bounds_and_three_plots(
    minilm: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bench_folder("needs-tech").parent
    bench_folder("mentors-dblp")
    notebook = run(FOLDER / "recommender.ipynb", folder, monkeypatch)
    told = outputs(notebook)
    assert "needs-tech: 75 needs, 13,896 candidates" in told
    assert re.search(r"needs-tech, mrr: \+0\.\d{3} \(\+\.\d\d to \+\.\d\d\) over minilm: more than luck", told)
    assert len(plots(notebook)) == 3


@pytest.mark.slow
def test_the_russian_table_shows_what_each_part_adds(minilm: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    told = outputs(run(FOLDER / "russian.ipynb", FOLDER, monkeypatch))
    first = {line[:38].strip(): float(line[38:46]) for line in told.splitlines() if re.search(r"\d\.\d{3}$", line)}
    assert len(first) == 14
    assert first["MiniLM on Russian as it is"] < 0.1 < first["glossed, nearest sentences"]
    assert first["the product: all four"] > max(first["glossed, both"], first["words and characters, no embedding"])


def test_the_walk_through_preparation_shows_figures_rejections_and_two_plots(monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = run(FOLDER / "preparation.ipynb", FOLDER, monkeypatch)
    told = outputs(notebook)
    assert "Template: 72 sessions, 0 do not pass, 0 gates" in told
    assert re.findall(r"^[a-z37 %]{28} {5,}(\d+)  [a-z]", told, re.M) == ["0"] * 8
    assert re.search(r"\d+ calls for 72 sessions; template used for \d+%", told)
    assert "gates: 0" in told
    assert len(plots(notebook)) == 2


@pytest.mark.parametrize("name", ["evaluate", "recommender"])
def test_without_the_sets_it_says_so(
    minilm: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    notebook = run(FOLDER / f"{name}.ipynb", tmp_path / "none", monkeypatch)
    assert "There is no benchmark folder here" in outputs(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_no_output_is_kept(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.outputs for cell in cells if cell.get("outputs")] == []
