"""The layers of docs/architecture.md hold over the whole tree: imports point down, engines have one home, no cycles."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = [
    {"cli", "commands"},
    {"api", "compose"},
    {"settings"},
    {"web"},
    {"services"},
    {"recommender", "prep"},
    {"embeddings", "prompts", "store", "integrations"},
    {"catalog"},
    {"domain"},
]
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
ONE_ROOM = {frozenset({"cli", "commands"}), frozenset({"api", "compose"})}
HOMES = {
    "faiss": {"embeddings"},
    "sentence_transformers": {"embeddings"},
    "torch": {"embeddings"},
    "onnxruntime": {"embeddings"},
    "openvino": {"embeddings"},
    "pymorphy3": {"embeddings"},
    "litellm": {"prompts"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "fastapi": {"web", "api"},
    "openpyxl": {"services"},
    "ortools": {"recommender"},
    "smtplib": {"integrations"},
    "icalendar": {"integrations"},
    "recurring_ical_events": {"integrations"},
    "defusedxml": {"integrations"},
    "cryptography": {"services"},
    "httpx2": {"integrations"},
}
NO_INPUT_OUTPUT = {"domain", "recommender", "prep"}
OUTSIDE = {"os", "pathlib", "socket", "sqlite3", "subprocess", "urllib", "shutil", "tempfile", "requests", "httpx2"}
READS_ENVIRONMENT = {"os.environ", "os.getenv"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield (dotted module name, syntax tree) of every module of the product."""
    for room in RANK:
        files = [ROOT / f"{room}.py"] if (ROOT / f"{room}.py").exists() else sorted((ROOT / room).rglob("*.py"))
        for path in files:
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """Return every dotted name that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


MODULES = dict(sources())
IMPORTS = {name: imported(tree) for name, tree in MODULES.items()}


def room_of(name: str) -> str:
    return name.split(".")[0]


def strays(importer: str, target: str) -> bool:
    """Say whether the import breaks the layers: it must point to a lower layer or stay in its room."""
    own, other = room_of(importer), room_of(target)
    if other not in RANK or own == other or frozenset({own, other}) in ONE_ROOM:
        return False
    return RANK[other] <= RANK[own]


def test_imports_point_down() -> None:
    assert [f"{name} imports {target}" for name in IMPORTS for target in IMPORTS[name] if strays(name, target)] == []


@pytest.mark.parametrize("engine", HOMES)
def test_an_engine_has_one_home(engine: str) -> None:
    users = {room_of(name) for name, targets in IMPORTS.items() if engine in {room_of(t) for t in targets}}
    assert users <= HOMES[engine]


def test_modules_import_each_other_without_cycles() -> None:
    graph = {
        name: {target for target in targets & MODULES.keys() if target != name} for name, targets in IMPORTS.items()
    }
    for name in graph:  # `from package import x` reaches the package's own __init__, which may import its modules
        package = name.rpartition(".")[0]
        graph[name] -= {package, room_of(name)}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("room", sorted(NO_INPUT_OUTPUT))
def test_pure_rooms_do_no_input_or_output(room: str) -> None:
    found = {(name, t) for name, targets in IMPORTS.items() if room_of(name) == room for t in targets}
    assert {(name, target) for name, target in found if room_of(target) in OUTSIDE} == set()


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in READS_ENVIRONMENT
    }
    assert readers <= {"settings", "prompts.llm"}  # litellm is told by the environment what it must not do


def test_the_rules_can_fail() -> None:
    assert strays("domain.people", "store")
    assert strays("prep", "recommender.topics")
    assert strays("store.people", "embeddings")
    assert not strays("web.pages", "services.suggest")
    assert not strays("cli", "commands.suggest_command")
