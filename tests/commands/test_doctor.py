"""`halfhour doctor` says where mail goes, and names what is set wrong; a company is not needed for that."""

import json
from pathlib import Path

import pytest

import cli
from compose import build_context
from settings import Settings


@pytest.mark.parametrize(
    ("host", "sender", "state", "text"),
    [
        ("", "", "note", "no server is configured, so no mail is sent: see HALFHOUR_SMTP_HOST."),
        ("mail.example.org", "halfhour@example.org", "ok", "by mail.example.org, port 587"),
        ("mail.example.org", "", "fault", "HALFHOUR_SMTP_FROM must be one e-mail address, got 0 characters."),
    ],
)
def test_doctor_says_where_mail_goes(
    host: str,
    sender: str,
    state: str,
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    build_context(Settings(data_folder=tmp_path)).engine.dispose()
    settings = {"DATA_FOLDER": str(tmp_path), "SMTP_HOST": host, "SMTP_FROM": sender}
    for name, value in settings.items():
        monkeypatch.setenv(f"HALFHOUR_{name}", value)
    cli.main(["doctor", "--json"])
    findings = {finding["part"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert findings["mail"] == {"part": "mail", "state": state, "text": text}
    assert findings["jobs"] == {"part": "jobs", "state": "ok", "text": "0 due"}


@pytest.mark.parametrize(
    ("model", "state", "text"),
    [
        ("", "note", "none is set: the template drafts every agenda."),
        ("ollama/qwen3", "ok", "ollama/qwen3, in the house"),
        ("openai/gpt-4o-mini", "ok", "openai/gpt-4o-mini, outside"),
        ("gpt-4o", "fault", "model must be provider/model, got gpt-4o."),
    ],
)
def test_doctor_says_which_model_words_agendas(
    model: str,
    state: str,
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    build_context(Settings(data_folder=tmp_path)).engine.dispose()
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("HALFHOUR_LLM_MODEL", model)
    cli.main(["doctor", "--json"])
    findings = {finding["part"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert findings["language model"]["state"] == state
    assert findings["language model"]["text"].startswith(text)
