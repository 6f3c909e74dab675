"""The fixed sessions cover every language, format, length and material, and each is natural in its language."""

from collections import Counter

from domain.agendas import FactKind
from domain.language import Language
from domain.people import Format
from embeddings import detect_language
from prep import build_facts, is_flagged
from services.prep_cases import Material, read_prep_cases

CASES = read_prep_cases()


def test_every_combination_stands_once() -> None:
    combinations = Counter((c.request.language, c.request.format, c.request.minutes, c.material) for c in CASES)
    assert len(combinations) == 2 * 3 * 4 * 3
    assert set(combinations.values()) == {1}
    assert len({case.name for case in CASES}) == 72


def test_seven_situations_in_each_language_and_groups_of_all_sizes() -> None:
    topics = {language: {c.request.topic.id for c in CASES if c.request.language is language} for language in Language}
    assert [len(found) for found in topics.values()] == [7, 7]
    sizes = {case.request.people for case in CASES if case.request.format is Format.GROUP}
    assert sizes == {3, 4, 6, 8}


def test_thin_knows_nothing_and_rich_knows_everything() -> None:
    kinds = {
        material: {fact.kind for case in CASES if case.material is material for fact in build_facts(case.request)}
        for material in Material
    }
    topic = {FactKind.TOPIC, FactKind.OUT_OF_SCOPE, FactKind.GROUP}
    assert kinds[Material.THIN] == topic
    assert kinds[Material.PLAIN] == topic | {FactKind.NEED, FactKind.ROLE}
    assert kinds[Material.RICH] == set(FactKind)


def test_texts_are_in_their_language_and_none_reads_like_an_instruction() -> None:
    for case in CASES:
        assert all(detect_language(own.text) is case.request.language for own in case.request.words)
        assert not [fact for fact in build_facts(case.request) if is_flagged(fact)]
