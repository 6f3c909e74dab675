"""Finding what changed, and cutting long lists."""

from store.rows import MAX_BOUND_VALUES, changed, chunks
from tests.builders import a_person


def test_what_changed_comes_in_one_order_whatever_the_batch() -> None:
    stored = {"b": a_person("b")}
    batch = [a_person("d"), a_person("b"), a_person("c"), a_person("a")]
    for some in (batch, batch[::-1]):
        assert changed(some, lambda person: person.id, lambda ids: stored) == [a_person(id) for id in "acd"]


def test_of_two_with_one_key_the_last_counts() -> None:
    batch = [a_person("a", name="first"), a_person("a", name="last")]
    assert changed(batch, lambda person: person.id, lambda ids: {}) == batch[1:]


def test_chunks_hold_everything_once_in_order() -> None:
    numbers = range(2 * MAX_BOUND_VALUES + 1)
    cut = list(chunks(numbers))
    assert [len(chunk) for chunk in cut] == [MAX_BOUND_VALUES, MAX_BOUND_VALUES, 1]
    assert [number for chunk in cut for number in chunk] == list(numbers)
    assert list(chunks([])) == []
