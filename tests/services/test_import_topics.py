"""Topics from files: added or replaced all together, and refused with file and line."""

from pathlib import Path

import pytest

from domain.errors import ImportRejected
from services.import_topics import import_topics
from store import Engine, unit_of_work
from tests.builders import NOW
from tests.services.test_catalog_files import GOOD

AREA = "id: feedback"
OTHER = GOOD.replace("id: ask\n", "id: beg\n")


@pytest.fixture
def engine(stocked: Engine) -> Engine:
    return stocked


def imported(engine: Engine, folder: Path, text: str, name: str = "feedback.yaml") -> list[str]:
    """Import the text as a file; return the ids of the catalog then."""
    path = folder / name
    path.write_text(text.replace("skills: [receiving-feedback]", "skills: [sql]"), encoding="utf-8")
    import_topics(engine, path, NOW)
    with unit_of_work(engine) as store:
        return [topic.id for topic in store.catalog.current().topics]


def refusal(engine: Engine, folder: Path, text: str, name: str = "feedback.yaml") -> str:
    with unit_of_work(engine) as store:
        before = store.catalog.versions()
    with pytest.raises(ImportRejected) as caught:
        imported(engine, folder, text, name)
    with unit_of_work(engine) as store:
        assert store.catalog.versions() == before
    return str(caught.value)


def test_an_area_file_adds_its_topics_and_the_second_time_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    assert "ask" in imported(engine, tmp_path, GOOD)
    with unit_of_work(engine) as store:
        number = store.catalog.current().version.number
    imported(engine, tmp_path, GOOD)
    with unit_of_work(engine) as store:
        assert store.catalog.current().version.number == number


def test_an_alias_of_two_topics_in_one_file_is_refused_with_its_line(engine: Engine, tmp_path: Path) -> None:
    both = GOOD + OTHER[OTHER.index("  - id:") :]
    says = refusal(engine, tmp_path, both)
    assert "row 20, column aliases.en: “asking” of topic beg must belong to one topic, ask has it already" in says
    assert "column aliases.ru: “просьба” of topic beg" in says


def test_an_alias_that_a_topic_of_the_catalog_has_is_refused(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, GOOD)
    says = refusal(engine, tmp_path, OTHER.replace("asking", "  ASKING ").replace("просьба", "мольба"))
    assert "row 7, column aliases.en: “ASKING” of topic beg must belong to one topic, ask has it already" in says


def test_a_topic_may_keep_its_own_aliases(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, GOOD)
    assert "ask" in imported(engine, tmp_path, GOOD.replace("Ask well.", "Ask better."))


def test_an_alias_may_move_from_one_topic_to_another_within_a_file(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, GOOD)
    freed = GOOD.replace("asking", "begging").replace("просьба", "мольба")
    assert {"ask", "beg"} <= set(imported(engine, tmp_path, freed + OTHER[OTHER.index("  - id:") :]))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: {en: Ask, ru: Просить}", "title: {en: Ask}", "feedback.yaml was not imported, nothing changed. row 5"),
        ("related: []", "related: [nothing]", "topic ask: related must be known, got nothing"),
    ],
)
def test_a_broken_file_changes_nothing(engine: Engine, tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in refusal(engine, tmp_path, GOOD.replace(old, new))


def test_in_a_table_the_row_of_the_doubled_alias_is_named(engine: Engine, tmp_path: Path) -> None:
    columns = ["id", "area"] + [
        f"{name}_{language}"
        for name in (
            "title",
            "summary",
            "aliases",
            "phrases",
            "questions_goal",
            "questions_reality",
            "questions_options",
            "questions_will",
            "next_steps",
        )
        for language in ("en", "ru")
    ]
    with unit_of_work(engine) as store:
        area = store.catalog.current().areas[0].id
    rows = [",".join([key, area, *["same words"] * (len(columns) - 2)]) for key in ("one", "two")]
    says = refusal(engine, tmp_path, "\n".join([",".join(columns), *rows]), "topics.csv")
    assert "row 3, column aliases.en: “same words” of topic two must belong to one topic, one has it already" in says
