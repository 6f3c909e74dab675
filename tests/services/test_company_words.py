"""Company words of HR: kept whole or not at all, and read from the next index refresh on."""

from pathlib import Path

import pytest

from domain.errors import ImportRejected, InvalidInput
from domain.words import CompanyWord
from services.company_words import (
    add_company_word,
    company_words,
    import_company_words,
    remove_company_word,
    words_in_use,
)
from services.context import Context
from services.doctor import State, examine
from services.index import embed_texts, refresh_index
from services.suggest import suggest_for_need
from store import Engine, unit_of_work
from tests.builders import a_goal


def kept(engine: Engine) -> dict[str, str]:
    with unit_of_work(engine) as store:
        return {word.term: word.meaning for word in store.company_words.all().values()}


def a_file(folder: Path, text: str) -> Path:
    path = folder / "words.csv"
    path.write_text(text, encoding="utf-8")
    return path


def best_topic(context: Context, need: str) -> str:
    return suggest_for_need(context, need).answer.topics[0].topic_id


def test_a_new_word_is_read_from_the_next_refresh_on(running: Context) -> None:
    add_company_word(running.engine, "ZEBRA", "my messages get no answer")
    assert best_topic(running, "zebra") != "write-clearly"
    refresh_index(running)
    assert best_topic(running, "zebra") == "write-clearly"
    remove_company_word(running.engine, "zebra")
    assert best_topic(running, "zebra") == "write-clearly"
    refresh_index(running)
    assert best_topic(running, "zebra") != "write-clearly"


def test_only_texts_with_the_word_are_embedded_again(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.goals.save([a_goal("g2", text="zebra")])
    refresh_index(running)
    add_company_word(running.engine, "ZEBRA", "my messages get no answer")
    assert refresh_index(running).embedded == 1
    assert refresh_index(running).embedded == 0


def test_texts_written_between_two_refreshes_are_read_like_their_neighbours(running: Context) -> None:
    add_company_word(running.engine, "ZEBRA", "my messages get no answer")
    with unit_of_work(running.engine, write=True) as store:
        store.goals.save([a_goal("g2", text="zebra")])
        embed_texts(running, store, ["zebra"])
    assert refresh_index(running).embedded == 1


def test_doctor_says_that_words_wait(running: Context) -> None:
    add_company_word(running.engine, "ZEBRA", "report")
    waiting = {finding.part: finding for finding in examine(running)}["company words"]
    assert (waiting.state, "halfhour index" in waiting.text) == (State.NOTE, True)
    refresh_index(running)
    assert {finding.part: finding.text for finding in examine(running)}["company words"] == "1"


def test_a_term_in_another_spelling_gets_the_new_meaning(stocked: Engine) -> None:
    add_company_word(stocked, "Ромашка", "встреча")
    add_company_word(stocked, "  ромашки ", "отчёт")
    assert kept(stocked) == {"ромашки": "отчёт"}


def test_a_circle_is_refused_and_nothing_changes(stocked: Engine) -> None:
    add_company_word(stocked, "A1", "see B2")
    with pytest.raises(InvalidInput, match="A1 → B2 → A1"):
        add_company_word(stocked, "B2", "see A1")
    assert kept(stocked) == {"A1": "see B2"}


def test_removing_tells_whether_it_was_there(stocked: Engine) -> None:
    add_company_word(stocked, "A1", "plan")
    assert remove_company_word(stocked, "a1")
    assert not remove_company_word(stocked, "a1")


def test_a_file_is_imported_and_the_second_time_changes_nothing(stocked: Engine, tmp_path: Path) -> None:
    path = a_file(tmp_path, "term,meaning\nATLAS,client database\nДеньрождения,корпоративный портал\n")
    assert import_company_words(stocked, path) == 2
    assert import_company_words(stocked, path) == 0
    with unit_of_work(stocked) as store:
        assert company_words(store).words == (
            CompanyWord("ATLAS", "client database"),
            CompanyWord("Деньрождения", "корпоративный портал"),
        )
        assert words_in_use(store, "any").words == ()


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("A1,\n", "row 2, column meaning: must not be empty"),
        (",plan\n", "row 2, column term: must not be empty"),
        ("A1,plan\nB2,...\n", "row 3, column meaning: must hold a word"),
        ("A1,plan\na1,draft\n", "row 3, column term: “a1” stands in row 2 already"),
        ("A1,see B2\nB2,see A1\n", "row 3, column meaning: must not lead back to its own term, got A1 → B2 → A1"),
        (f"{'x' * 61},plan\n", "row 2, column term: must be at most 60 characters, got 61"),
    ],
)
def test_a_wrong_file_changes_nothing_and_names_its_row(stocked: Engine, tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        import_company_words(stocked, a_file(tmp_path, f"term,meaning\n{rows}"))
    assert says in str(caught.value)
    assert kept(stocked) == {}


def test_a_file_without_its_columns_is_refused(stocked: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportRejected, match="column meaning: the column is missing"):
        import_company_words(stocked, a_file(tmp_path, "term\nA1\n"))


def test_a_circle_with_a_word_kept_before_names_the_row(stocked: Engine, tmp_path: Path) -> None:
    add_company_word(stocked, "B2", "see A1")
    with pytest.raises(ImportRejected, match="row 2, column meaning: must not lead back"):
        import_company_words(stocked, a_file(tmp_path, "term,meaning\nA1,see B2\n"))
