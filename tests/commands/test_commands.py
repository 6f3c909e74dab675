"""Commands answer on stdout, explain errors in one line on stderr, and say by their exit code how it went."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.commands.conftest import PEOPLE, Run, people_csv

ROOT = Path(__file__).resolve().parents[2]


def test_suggest_prints_one_json_object_and_nothing_else(run: Run) -> None:
    code, out, _ = run("suggest", "--person", "ann", "--json")
    answer = json.loads(out)
    missing = [lack for topic in answer["topics"] for mentor in topic["mentors"] for lack in mentor["missing"]]
    assert {"feature": "rating", "text": "Fewer than five ratings so far"} in missing
    first = answer["topics"][0]
    assert (code, answer["person"], first["id"], first["rank"]) == (0, "ann", "delegate-work", 1)
    assert {mentor["id"] for mentor in first["mentors"]} == {"bob", "dee"}
    assert first["reasons"][0]["text"].startswith("You wrote “I end up doing everyone's work”")
    assert all(gone["rule"] for gone in answer["excluded"])


def test_suggest_for_people_reads_as_text(run: Run) -> None:
    _, out, _ = run("suggest", "--person", "ann", "--k", "1", "--lang", "ru")
    assert out.startswith("1. Как делегировать и не забирать обратно  [delegate-work]\n   - Вы написали")


@pytest.mark.parametrize(
    ("need", "topic"),
    [
        ("I do everything myself because I cannot delegate", "delegate-work"),
        ("every meeting overruns and decides nothing", "run-short-meetings"),
    ],
)
def test_a_typed_need_finds_its_topic(run: Run, need: str, topic: str) -> None:
    _, out, _ = run("suggest", "--need", need, "--json")
    assert json.loads(out)["topics"][0]["id"] == topic


def test_prep_prints_an_agenda_in_both_languages(run: Run) -> None:
    pair = ("--person", "ann", "--topic", "delegate-work", "--mentor", "dee", "--minutes", "15")
    for language, title in (("en", "Delegating work and really letting go"), ("ru", "Как делегировать")):
        code, out, _ = run("prep", *pair, "--lang", language)
        assert code == 0
        assert out.startswith(title)


def test_prep_as_json_sums_its_minutes(run: Run) -> None:
    pair = ("--person", "ann", "--topic", "delegate-work", "--mentor", "dee")
    _, out, _ = run("prep", *pair, "--minutes", "25", "--format", "chat", "--json")
    agenda = json.loads(out)
    assert sum(segment["minutes"] for segment in agenda["segments"]) == agenda["minutes"] == 25


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("suggest", "--person", "nobody"), "person must exist, got nobody."),
        (("suggest", "--need", ""), "need must hold a few words, got nothing readable."),
        (("suggest", "--need", "a\x00b"), "need must be plain text, got control characters."),
        (("suggest", "--need", "word " * 2_000), "need must be at most 2000 characters, got 9999 characters."),
        (("suggest",), "suggest must be asked with --person ID or --need TEXT"),
        (("suggest", "--person", "ann", "--k", "0"), "k must be 1 to 50, got 0."),
        (("suggest", "--role", "baker", "--need", "sleep"), "suggest must be asked with --need or --role, got both."),
        (("suggest", "--role", " "), "goal role must hold a few words, got nothing readable."),
        (("suggest", "--role", "r" * 301), "goal role must be at most 300 characters, got 301 characters."),
        (("suggest", "--role", "baker", "--person", "nobody"), "person must exist, got nobody."),
        (("import", "people", "a.csv", "b.csv"), "FILE must be one for people, got 2 files."),
        (("match", "--per-mentor", "0"), "per-mentor must be 1 or more, got 0."),
        (("match", "--per-mentor", "-1"), "per-mentor must be 1 or more, got -1."),
        (("match", "--department", "Nowhere"), "cohort must hold at least one mentee, got nobody."),
        (("match", "--minutes", "14"), "minutes must be 15, 20, 25 or 30, got 14."),
        (("match", "--approve", "spring"), "proposal must be named as `halfhour match` printed it, got spring."),
        (("match", "--approve", "none-1"), "proposal must exist, got none-1."),
        (("prep", "--person", "ann"), "prep must be asked with --session ID, or with --person"),
        (("prep", "--session", "none"), "session must exist, got none."),
        (("import", "people", "/nowhere/people.csv"), "people.csv was not imported, nothing changed."),
        (("access", "--person", "nobody"), "person must exist, got nobody."),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run: Run, argv: tuple[str, ...], says: str) -> None:
    code, out, err = run(*argv)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"halfhour: {says}")


def test_a_setting_that_cannot_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALFHOUR_PORT", "eighty")
    code, _, err = run("doctor")
    assert code == 2
    assert err.startswith("halfhour: HALFHOUR_PORT must be set right, got Input should be a valid integer")


def test_serve_without_a_secret_key_is_refused(run: Run) -> None:
    code, _, err = run("serve")
    assert code == 2
    assert err.startswith("halfhour: HALFHOUR_SECRET_KEY must hold 32 or more random characters, got nothing.")


def test_a_database_of_a_newer_version_is_left_alone(run: Run, company_folder: Path) -> None:
    database = company_folder / "halfhour.sqlite3"
    with sqlite3.connect(database) as connection:
        (known,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        people = connection.execute("SELECT * FROM people ORDER BY id").fetchall()
    try:
        for argv in (("suggest", "--person", "ann"), ("index",), ("import", "roles", "roles.csv")):
            code, _, err = run(*argv)
            assert code == 1
            assert "was written by" in err or "which this version does not know" in err
        assert run("doctor")[0] == 1
        with sqlite3.connect(database) as connection:
            assert connection.execute("SELECT * FROM people ORDER BY id").fetchall() == people
    finally:
        with sqlite3.connect(database) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (known,))
        connection.close()


def test_doctor_finds_the_company_in_order(run: Run) -> None:
    code, out, _ = run("doctor", "--json")
    assert code == 0
    assert json.loads(out)["ok"] is True


def test_the_same_people_twice_change_nothing(run: Run, company_folder: Path) -> None:
    path = people_csv(company_folder, PEOPLE)
    assert run("import", "people", str(path), "--no-index")[1] == "people.csv: 0 records changed.\n"


def test_roles_and_topics_are_imported_from_tables(run: Run, tmp_path: Path) -> None:
    roles = tmp_path / "roles.csv"
    roles.write_text("id,title_en,title_ru,skills\nbaker,Baker,Пекарь,focus:2\n", encoding="utf-8")
    assert run("import", "roles", str(roles), "--no-index")[1] == "roles.csv: 1 roles changed.\n"
    topics = tmp_path / "topics.csv"
    topics.write_text("id,area\nx,feedback\n", encoding="utf-8")
    code, _, err = run("import", "topics", str(topics))
    assert code == 2
    assert "row 1, column title_en: the column is missing" in err


def test_company_words_are_imported_from_a_table_or_refused_with_their_row(run: Run, tmp_path: Path) -> None:
    words = tmp_path / "words.csv"
    words.write_text("term,meaning\nATLAS,client database\nД-17,приказ о премиях\n", encoding="utf-8")
    assert run("import", "words", str(words), "--no-index")[1] == "words.csv: 2 company words changed.\n"
    words.write_text("term,meaning\nA1,see B2\nB2,see A1\n", encoding="utf-8")
    code, _, err = run("import", "words", str(words), "--no-index")
    assert code == 2
    assert "row 3, column meaning: must not lead back to its own term, got A1 → B2 → A1" in err


def test_access_prints_a_link(run: Run) -> None:
    code, out, _ = run("access", "--person", "ann", "--role", "hr")
    assert code == 0
    assert out.startswith("http://127.0.0.1:8000/sign-in/")


def test_help_answers_at_once() -> None:
    times = []
    for _ in range(5):
        began = perf_counter()
        done = subprocess.run(
            [sys.executable, "cli.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        times.append(perf_counter() - began)
    assert "suggest" in done.stdout
    assert sorted(times)[2] < 0.4


def test_match_prints_one_json_object_and_books_only_when_approved(
    run: Run, company_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(company_folder, tmp_path / "own", symlinks=True)
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(own))  # what is booked here must not be seen by other tests
    code, out, _ = run("match", "--json")
    answer = json.loads(out)
    assert (code, answer["status"]) == (0, "proposed")
    assert {pair["mentee"]["id"]: pair["topic"]["id"] for pair in answer["pairs"]}["ann"] == "delegate-work"
    assert answer["share_of_bound"] == pytest.approx(1, abs=1e-3)
    key, count = answer["proposal"], len(answer["pairs"])
    assert run("match", "--approve", key)[1].startswith(f"Approved {key}: {count} sessions are asked for.")
    assert run("match", "--approve", key)[1] == f"{key} was approved before. Nothing was asked for again.\n"


def test_match_reads_as_a_table_and_says_that_nothing_is_booked(run: Run) -> None:
    _, out, _ = run("match", "--per-mentor", "2")
    lines = out.splitlines()
    assert lines[0].split() == ["Mentee", "Mentor", "Topic", "Fit"]
    assert lines[-1].startswith("Nothing is booked. To ask for these sessions: halfhour match --approve ")
    _, russian, _ = run("match", "--lang", "ru")
    assert "Ничего не назначено." in russian
