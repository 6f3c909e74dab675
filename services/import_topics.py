"""Topics from a table or an area file: they are added to the catalog or replace topics of the same id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from domain.errors import ImportRejected, RowProblem
from domain.language import LocalText, LocalTexts
from domain.people import Format
from domain.topics import Area, Catalog, CatalogVersion, Stage, Topic, TopicLevel
from services.alias_claims import AliasClaims
from services.catalog_files import parse_area
from services.cells import Cells, parse_choice, parse_choices, split_list, split_texts
from services.sheets import Row, Table, read_table
from services.topic_fields import LONGEST_TEXT, is_slug
from store import Engine, Store, unit_of_work

IN_BOTH = ("title", "summary", "aliases", "phrases", *(f"questions_{stage}" for stage in Stage), "next_steps")
REQUIRED = ("id", "area", *(f"{name}_{language}" for name in IN_BOTH for language in ("en", "ru")))
OPTIONAL = ("out_of_scope_en", "out_of_scope_ru", "skills", "level", "related", "formats")


def import_topics(engine: Engine, path: Path, now: datetime, *, by: str | None = None) -> CatalogVersion:
    """Import the topics of a CSV, XLSX or YAML file and publish the catalog; the same file twice publishes nothing.

    Raises
    ------
    ImportRejected
        Any row is wrong; each is named.
    """
    with unit_of_work(engine, write=True) as store:
        areas, topics, lines = read_topics(path, store.catalog.current())
        return add_topics(store, path.name, topics, f"Import of {path.name}", now, areas=areas, lines=lines, by=by)


def add_topics(
    store: Store,
    source: str,
    topics: Sequence[Topic],
    note: str,
    now: datetime,
    *,
    areas: Sequence[Area] = (),
    lines: Mapping[str, int] = MappingProxyType({}),
    by: str | None = None,
) -> CatalogVersion:
    """Publish the catalog with these topics, which replace those of the same id; nothing new publishes nothing.

    Parameters
    ----------
    lines
        By topic id, where its aliases stand in the source.

    Raises
    ------
    ImportRejected
        A skill or related topic is unknown, an id stands twice, or an alias belongs to another topic.
    """
    catalog = store.catalog.current()
    check_topics(source, topics, lines, catalog)
    merged_areas = {area.id: area for area in (*catalog.areas, *areas)}
    merged = {topic.id: topic for topic in (*catalog.topics, *topics)}
    return store.catalog.publish(list(merged_areas.values()), catalog.skills, list(merged.values()), note, now, by)


def check_topics(source: str, topics: Sequence[Topic], lines: Mapping[str, int], catalog: Catalog) -> None:
    """Raise ImportRejected as `add_topics` does."""
    _check_references(source, topics, lines, catalog)
    _check_aliases(source, topics, lines, catalog)


def read_topics(path: Path, catalog: Catalog) -> tuple[list[Area], list[Topic], dict[str, int]]:
    """Return areas and topics of the file, and by topic id the line or row where its aliases stand."""
    if path.suffix.lower() in {".yaml", ".yml"} and path.is_file():
        try:
            file = parse_area(path.name, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise ImportRejected(path.name, [RowProblem(0, "", "the text is not UTF-8")]) from None
        return [file.area], list(file.topics), file.alias_lines
    table = read_table(path)
    topics = parse_topics(table, frozenset(area.id for area in catalog.areas))
    return [], topics, {topic.id: row.number for topic, row in zip(topics, table.rows, strict=True)}


def parse_topics(table: Table, area_ids: frozenset[str]) -> list[Topic]:
    """Return the topics of the table; raise ImportRejected with every problem."""
    cells = Cells(table)
    cells.check_columns(REQUIRED, OPTIONAL)
    topics = [_parse_topic(cells, row, area_ids) for row in table.rows] if not cells.problems else []
    if cells.problems:
        raise ImportRejected(table.filename, cells.problems)
    return topics


def _parse_topic(cells: Cells, row: Row, area_ids: frozenset[str]) -> Topic:
    def text(name: str) -> LocalText:
        required = name != "out_of_scope"
        return LocalText(*(cells.text(row, f"{name}_{code}", required=required, longest=600) for code in ("en", "ru")))

    def texts(name: str) -> LocalTexts:
        return LocalTexts(*(_texts(cells, row, f"{name}_{code}") for code in ("en", "ru")))

    return Topic(
        id=_id(cells, row),
        area=cells.one_of(row, "area", area_ids, "area") or cells.text(row, "area", required=True),
        title=text("title"),
        summary=text("summary"),
        aliases=texts("aliases"),
        phrases=texts("phrases"),
        questions={stage: texts(f"questions_{stage}") for stage in Stage},
        next_steps=texts("next_steps"),
        out_of_scope=text("out_of_scope"),
        skill_ids=tuple(split_list(row.cells.get("skills", ""))),
        level=cells.parsed(row, "level", parse_choice(TopicLevel), TopicLevel.STARTING),
        related_ids=tuple(split_list(row.cells.get("related", ""))),
        formats=cells.parsed(row, "formats", parse_choices(Format), frozenset(Format)),
    )


def _id(cells: Cells, row: Row) -> str:
    text = cells.text(row, "id", required=True)
    if text and not is_slug(text):
        cells.note(row.number, "id", f"must be small letters, digits and single dashes, got {text[:40]}")
    return text


def _texts(cells: Cells, row: Row, column: str) -> tuple[str, ...]:
    text = cells.text(row, column, required=True, longest=6_000)
    texts = split_texts(text)
    if text and not texts:
        cells.note(row.number, column, "must not be empty")
    if any(len(one) > LONGEST_TEXT for one in texts):
        cells.note(row.number, column, f"must be at most {LONGEST_TEXT} characters a text")
    return texts


def _check_aliases(filename: str, topics: Sequence[Topic], lines: Mapping[str, int], catalog: Catalog) -> None:
    """Raise ImportRejected where an alias is claimed by two topics of the file, or by one that stays as it is."""
    claimed = AliasClaims()
    replaced = {topic.id for topic in topics}
    claimed.add([topic for topic in catalog.topics if topic.id not in replaced], {})
    problems = claimed.add(topics, lines)
    if problems:
        raise ImportRejected(filename, problems)


def _check_references(filename: str, topics: Sequence[Topic], lines: Mapping[str, int], catalog: Catalog) -> None:
    skills = {skill.id for skill in catalog.skills}
    known = {topic.id for topic in (*catalog.topics, *topics)}
    problems = []
    for topic in topics:
        for kind, unknown in (("skills", set(topic.skill_ids) - skills), ("related", set(topic.related_ids) - known)):
            if unknown:
                message = f"topic {topic.id}: {kind} must be known, got {', '.join(sorted(unknown))}"
                problems.append(RowProblem(lines.get(topic.id, 0), kind, message))
    doubled = [id for id, count in Counter(topic.id for topic in topics).items() if count > 1]
    problems += [RowProblem(lines.get(id, 0), "id", f"topic {id} stands in the file twice") for id in sorted(doubled)]
    if problems:
        raise ImportRejected(filename, problems)
