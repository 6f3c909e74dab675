"""`halfhour prompts`, as HR's keeper of the server uses it."""

import json
from pathlib import Path

import pytest

from cli import main
from tests.fakes.llm_server import LLMServer

pytestmark = pytest.mark.usefixtures("settings_of_a_new_folder")


@pytest.fixture
def settings_of_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(tmp_path / "data"))


def a_version(folder: Path, name: str = "v2") -> Path:
    made = folder / "agenda" / name
    made.mkdir(parents=True)
    (made / "system.en.j2").write_text("Be kind.")
    (made / "user.en.j2").write_text("About {{ topic }}")
    (made / "meta.yaml").write_text("options: {temperature: 0.1}\nschema: {type: object}")
    return made


def test_a_version_is_added_published_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "add", str(a_version(tmp_path))]) == 0
    assert main(["prompts", "publish", "v2"]) == 0
    capsys.readouterr()
    assert main(["prompts", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["agenda"] == {"versions": ["v1", "v2"], "in_force": "v2"}
    assert main(["prompts", "rollback"]) == 0
    assert "agenda/v1 is in force again." in capsys.readouterr().out


def test_what_cannot_be_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = a_version(tmp_path, "v3")
    (broken / "user.en.j2").write_text("{% if %}")
    for arguments in (["add", str(broken)], ["add", str(tmp_path / "none")], ["publish", "v9"], ["rollback"]):
        assert main(["prompts", *arguments]) == 2
        assert capsys.readouterr().err.startswith("halfhour: ")
    assert main(["prompts", "compare", "v1", "v1"]) == 1
    assert "No language model is set. Set HALFHOUR_LLM_MODEL" in capsys.readouterr().err


def test_two_versions_are_compared_on_the_same_sessions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], llm_server: LLMServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that answers nothing usable loses with both versions: each session is asked for twice."""
    monkeypatch.setenv("HALFHOUR_LLM_MODEL", "openai/scripted")
    monkeypatch.setenv("HALFHOUR_LLM_API_BASE", llm_server.address)
    llm_server.play("{half")
    main(["prompts", "add", str(a_version(tmp_path))])
    capsys.readouterr()
    assert main(["prompts", "compare", "v1", "v2", "--cases", "2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(figures["cases"], figures["calls"], figures["template_share"]) for figures in found.values()] == [
        (2, 4, 1)
    ] * 2
    assert [asked.body["messages"][0]["content"] == "Be kind." for asked in llm_server.asked] == [False] * 4 + [
        True
    ] * 4
