"""An export holds everything of the person's own, as JSON and as tables, no secret, and nothing a spreadsheet runs."""

import io
import json
import zipfile

import pytest

from domain.errors import NotFound
from services.context import Context
from services.csv_cells import neutral
from services.export_person import JSON_FILE, export_person
from services.own_goals import add_goal
from services.privacy_rules import RULES
from tests.services.a_life import CANARIES, WHO, live_a_life


def opened(context: Context, person_id: str = WHO) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(export_person(context, person_id))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def lived(running: Context) -> Context:
    live_a_life(running)
    return running


def test_it_holds_every_word_but_those_about_the_person_by_others(lived: Context) -> None:
    told = opened(lived)[JSON_FILE]
    assert [word for word in CANARIES if word not in told] == ["canary-cached", "canary-reason"]


def test_every_table_that_is_exported_is_there_in_both_forms(lived: Context) -> None:
    files = opened(lived)
    tables = {place.split(".")[0] for place, rule in RULES.items() if rule.is_exported} | {"people", "agendas"}
    assert set(json.loads(files[JSON_FILE])["tables"]) == tables
    assert set(files) == {JSON_FILE, *(f"csv/{name}.csv" for name in tables)}


def test_no_secret_and_nobody_elses_secret_is_in_it(lived: Context) -> None:
    files = opened(lived)
    for secret in ("token_hash", "credentials", "body_hash"):
        assert [name for name, text in files.items() if secret in text] == []
    blocks = json.loads(files[JSON_FILE])["tables"]["blocks"]
    assert [block["person_id"] for block in blocks] == [WHO]


def test_a_formula_is_plain_text_in_the_table_and_untouched_in_json(running: Context) -> None:
    add_goal(running, "m1", "=HYPERLINK(1) is what I want")
    files = opened(running, "m1")
    assert ",'=HYPERLINK(1) is what I want," in files["csv/goals.csv"]
    assert json.loads(files[JSON_FILE])["tables"]["goals"][0]["text"] == "=HYPERLINK(1) is what I want"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("-2.5", "-2.5"),
     ("-2+3", "'-2+3"), ("+49 30", "'+49 30"), ("plain = text", "plain = text"), ("", "")],
)  # fmt: skip
def test_cells(cell: str, shown: str) -> None:
    assert neutral(cell) == shown


def test_nobody_has_no_export(running: Context) -> None:
    with pytest.raises(NotFound, match="person"):
        export_person(running, "p404")
