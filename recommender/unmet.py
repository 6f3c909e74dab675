"""What people need and the catalog lacks: needs far from every topic, in groups large enough to hide who wrote them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import AgglomerativeClustering

UNMET_BELOW = 0.15  # the best topic of three needs in four comes closer
FEWEST_PEOPLE = 5
SAME_MATTER = 0.45  # mean cosine between two groups that become one
MOST_NEEDS = 2_000  # clustering compares each with each
MOST_WORDS = 8


@dataclass(frozen=True, slots=True, eq=False)
class UnmetNeed:
    """A need that a person wrote: what stands in it, its unit embedding, how close its best topic comes, 0..1.

    `words` are those that carry meaning, by lemma as they were written.
    """

    person_id: str
    words: Mapping[str, str]
    vector: np.ndarray
    best_similarity: float


@dataclass(frozen=True, slots=True)
class UnmetGroup:
    """A matter that the catalog lacks.

    Parameters
    ----------
    people, needs
        How many people wrote how many needs.
    words
        What at least five of the people wrote, most shared first: no text of one person can be read from them.
    """

    people: int
    needs: int
    words: tuple[str, ...]


def unmet_groups(needs: Sequence[UnmetNeed], fewest_people: int = FEWEST_PEOPLE) -> list[UnmetGroup]:
    """Return the groups of needs below `UNMET_BELOW`, most people first, ties by their words.

    Groups grow by average linkage of cosines down to `SAME_MATTER`. One of fewer people, or one whose people share no
    word, is left out. Of more than `MOST_NEEDS` needs the last ones are read.
    """
    unmet = [need for need in needs if need.best_similarity < UNMET_BELOW and need.vector.any()][-MOST_NEEDS:]
    groups: defaultdict[int, list[UnmetNeed]] = defaultdict(list)
    for label, need in zip(_labels(unmet), unmet, strict=True):
        groups[label].append(need)
    found = [_group(some, fewest_people) for some in groups.values()]
    told = [group for group in found if group.people >= fewest_people and group.words]
    return sorted(told, key=lambda group: (-group.people, group.words))


def _labels(needs: Sequence[UnmetNeed]) -> list[int]:
    if len(needs) < 2:
        return [0] * len(needs)
    vectors = np.stack([need.vector for need in needs])
    linkage = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - SAME_MATTER
    )
    return [int(label) for label in linkage.fit_predict(vectors)]


def _group(needs: Sequence[UnmetNeed], fewest_people: int) -> UnmetGroup:
    writers: defaultdict[str, set[str]] = defaultdict(set)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for need in needs:
        for lemma, word in need.words.items():
            writers[lemma].add(need.person_id)
            written[lemma][word] += 1
    shared = [lemma for lemma, people in writers.items() if len(people) >= fewest_people]
    shared.sort(key=lambda lemma: (-len(writers[lemma]), lemma))
    words = tuple(min(written[lemma], key=lambda w: (-written[lemma][w], w)) for lemma in shared[:MOST_WORDS])
    return UnmetGroup(len({need.person_id for need in needs}), len(needs), words)
