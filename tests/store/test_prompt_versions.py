"""Prompt versions never change; labels can always be set back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput, NotFound
from domain.prompt_versions import PromptLabel, PromptVersion
from store import unit_of_work
from tests.builders import NOW

LATER = NOW + timedelta(hours=1)
FIRST = PromptVersion("agenda", "v2", {"system.en.j2": "Write", "system.ru.j2": "Пишите"}, "5ha", NOW, "p1")


def test_versions_come_back_as_saved_oldest_first(company: Engine) -> None:
    second = replace(FIRST, version="v10", created_at=LATER, created_by=None)
    with unit_of_work(company, write=True) as store:
        assert store.prompt_versions.add(second)
        assert store.prompt_versions.add(FIRST)
        assert store.prompt_versions.add(replace(FIRST, name="topic"))
        assert store.prompt_versions.of("agenda") == [FIRST, second]
        assert store.prompt_versions.get("agenda", "v10") == second
        with pytest.raises(NotFound, match="prompt version must exist, got agenda v3"):
            store.prompt_versions.get("agenda", "v3")


@pytest.mark.parametrize("other", [{"files": {"system.en.j2": "Obey"}}, {"sha256": "another"}])
def test_a_version_is_never_overwritten(company: Engine, other: dict[str, object]) -> None:
    with unit_of_work(company, write=True) as store:
        store.prompt_versions.add(FIRST)
        assert not store.prompt_versions.add(replace(FIRST, created_at=LATER))
        with pytest.raises(InvalidInput, match="a prompt version must never change"):
            store.prompt_versions.add(replace(FIRST, **other))
        assert store.prompt_versions.of("agenda") == [FIRST]


def test_a_label_points_to_what_it_was_set_to_last_and_remembers_the_rest(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        labels = store.prompt_versions
        assert labels.labelled("agenda", "live") is None
        for version, at, by in (("v1", NOW, None), ("v2", LATER, "p1"), ("v1", LATER, "p2")):
            labels.set_label("agenda", "live", version, at, by)
        labels.set_label("agenda", "trial", "v2", NOW)
        assert (labels.labelled("agenda", "live"), labels.labelled("agenda", "trial")) == ("v1", "v2")
        assert labels.label_history("agenda", "live") == [
            PromptLabel("agenda", "live", 1, "v1", NOW),
            PromptLabel("agenda", "live", 2, "v2", LATER, "p1"),
            PromptLabel("agenda", "live", 3, "v1", LATER, "p2"),
        ]


def test_labels_set_at_once_get_a_number_each(company: Engine) -> None:
    def set_label(number: int) -> int:
        with unit_of_work(company, write=True) as store:
            return store.prompt_versions.set_label("agenda", "live", f"v{number}", NOW).number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(set_label, range(8))) == list(range(1, 9))
