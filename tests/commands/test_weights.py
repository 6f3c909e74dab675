"""`halfhour weights`: what is in force and where it comes from; learning changes nothing by itself."""

import json
from pathlib import Path

import pytest

import cli
from recommender import TopicWeights
from services.programme import save_weights, set_priority
from store import open_engine, unit_of_work
from tests.builders import NOW

Said = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(tmp_path))
    return tmp_path


def said(capsys: Said, *argv: str) -> str:
    capsys.readouterr()
    assert cli.main(["weights", *argv]) == 0
    return capsys.readouterr().out


def test_the_defaults_what_hr_set_and_what_is_missing_to_learn(folder: Path, capsys: Said) -> None:
    lines = said(capsys).splitlines()
    assert lines[:2] == ["topic_weights (default), in percent:", "   40.0  need"]
    assert lines[-1] == "topic_priorities: none"
    engine = open_engine(f"sqlite:///{folder / 'halfhour.sqlite3'}")
    with unit_of_work(engine, write=True) as store:
        save_weights(store, TopicWeights(need=0.6 + 0.8), "h1", NOW)
        set_priority(store, "say-no-kindly", 0.5, "h1", NOW)
    engine.dispose()
    lines = said(capsys, "--learn").splitlines()
    assert lines[:2] == ["topic_weights (hr, 2026-03-02T09:00:00+00:00 by h1), in percent:", "   70.0  need"]
    assert lines[-4:-2] == ["topic_priorities:", "   0.50  say-no-kindly"]
    assert lines[-2] == "topic_weights: 0 outcomes, 200 more are needed; the defaults stay."


def test_programs_read_the_same_as_json(folder: Path, capsys: Said) -> None:
    told = json.loads(said(capsys, "--json", "--learn"))
    assert told["topic_weights"]["origin"] == "default"
    assert told["topic_weights"]["shares"]["need"] == 0.4
    assert told["topic_priorities"] == {}
    assert told["learnt"]["mentor_weights"]["missing"] == 200
    assert "learnt" not in json.loads(said(capsys, "--json"))
