"""What a ranking has to beat: popularity, words, plain embeddings, chance; each only where it makes sense."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix

from recommender.evaluate.mentor_space import owners
from recommender.evaluate.pairs import Likeness, cosines_of_pairs, rank_translations
from recommender.evaluate.tasks import (
    Encode,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    SimilarityTask,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
)
from recommender.evaluate.visit_space import VisitSpace
from recommender.incidence import incidence, unit_columns
from recommender.lexical import BM25Index, TfidfIndex

SEED = 0
NEAREST_ROLES = 10
Scores = Callable[[], np.ndarray]
"""Computes scores, shape (needs, candidates), when it is their turn: only one baseline is in memory at a time."""


def baseline_scores(task: RankingTask, encode: Encode) -> dict[str, Scores]:
    """Return by name what computes each baseline's scores, shape (needs, candidates).

    Parameters
    ----------
    encode
        Plain MiniLM, whatever the encoder of the ranking that is measured.
    """
    found: dict[str, Scores] = {}
    match task:
        case TopicsTask():
            titles = [entry.title for entry in task.entries]
            wholes, needs = [entry.whole for entry in task.entries], [need.text for need in task.needs]
            found = _by_text(needs, wholes, encode) | {"minilm": lambda: _cosines(encode, needs, titles)}
        case MentorsTask():
            found = _mentor_baselines(task, encode)
        case SkillGapTask():
            found = _gap_baselines(task, encode)
        case NextTopicTask():
            found = _visit_baselines(task, encode)
        case TranslationTask():
            found = {"minilm": lambda: rank_translations(task, encode)}
    return found | {"random": partial(_random, task)}


def baseline_likeness(task: SimilarityTask, encode: Encode) -> dict[str, Likeness]:
    """Return by name how alike each baseline finds the pairs: by words that both sentences share, and plain MiniLM."""
    (en1, en2), (ru1, ru2) = (list(zip(*pairs, strict=True)) for pairs in (task.english, task.russian))
    shared = [
        TfidfIndex(second).scores_many(first).diagonal() for first, second in ((en1, en2), (ru1, ru2), (en1, ru2))
    ]
    return {"tfidf": shared, "minilm": cosines_of_pairs(task, encode)}


def _by_text(needs: Sequence[str], texts: Sequence[str], encode: Encode) -> dict[str, Scores]:
    return {
        "bm25": lambda: BM25Index(texts).scores_many(needs),
        "tfidf": lambda: TfidfIndex(texts).scores_many(needs),
        "minilm": lambda: _cosines(encode, needs, texts),
    }


def _mentor_baselines(task: MentorsTask, encode: Encode) -> dict[str, Scores]:
    """Every text votes for its mentor with its similarity (CombSUM); popularity counts the texts."""
    votes, needs = owners(task), [need.text for need in task.needs]
    by_text = _by_text(needs, [piece.text for piece in task.evidence], encode)
    counted = {name: partial(_voted, scores, votes) for name, scores in by_text.items()}
    return {"popularity": lambda: _same_for_all(votes.getnnz(axis=0), len(needs)), **counted}


def _voted(scores: Scores, votes: csr_matrix) -> np.ndarray:
    return np.asarray(np.maximum(scores(), 0.0) @ votes)


def _gap_baselines(task: SkillGapTask, encode: Encode) -> dict[str, Scores]:
    row_of = {entry.id: row for row, entry in enumerate(task.entries)}
    lists = ([row_of[key] for key in role.essential if key in row_of] for role in task.roles)
    essential, needs = incidence(lists, len(row_of)), [need.text for need in task.needs]
    counts = np.asarray(essential.sum(axis=0)).ravel()
    held = [[row_of[key] for key in need.held if key in row_of] for need in task.needs]

    def nearest_roles() -> np.ndarray:
        near = _cosines(encode, needs, [role.whole for role in task.roles])
        last = -np.sort(-near, axis=1)[:, :NEAREST_ROLES][:, -1:]
        return np.asarray(np.where(near >= last, np.maximum(near, 0.0), 0.0) @ essential)

    by_text = _by_text(needs, [entry.whole for entry in task.entries], encode)
    return {
        "popularity": lambda: _same_for_all(counts, len(needs)),
        **by_text,
        "item-knn": lambda: _named_with(essential, held),
        "role-knn": nearest_roles,
    }


def _named_with(essential: csr_matrix, held: Sequence[Sequence[int]]) -> np.ndarray:
    """Return for each need the summed cosine of an entry's roles with those of the entries that the person holds."""
    unit = unit_columns(essential)
    return np.asarray((incidence(held, essential.shape[1]) @ unit.T @ unit).toarray())


def _visit_baselines(task: NextTopicTask, encode: Encode) -> dict[str, Scores]:
    """Texts are compared with the text of the person's last entry; item-knn is by what goes together with it."""
    row_of = {entry.id: row for row, entry in enumerate(task.entries)}
    texts = [entry.whole for entry in task.entries]
    space = VisitSpace(task.visits, row_of, np.zeros((len(texts), 1), dtype=np.float32))
    last = [space.histories.get(person, [])[-1:] for person in task.person_ids]
    counts = np.bincount([row for rows in space.histories.values() for row in rows], minlength=len(texts))
    by_text = _by_text([texts[rows[0]] if rows else "" for rows in last], texts, encode)
    return {
        "popularity": lambda: _same_for_all(counts, len(last)),
        **by_text,
        "item-knn": lambda: np.stack([space.together_with(rows) for rows in last]),
    }


def _cosines(encode: Encode, needs: Sequence[str], texts: Sequence[str]) -> np.ndarray:
    return np.asarray(encode(needs) @ encode(texts).T)


def _same_for_all(counts: np.ndarray, rows: int) -> np.ndarray:
    return np.tile(np.asarray(counts, dtype=np.float64), (rows, 1))


def _random(task: RankingTask) -> np.ndarray:
    shape = (len(task.need_ids), len(task.candidate_ids))
    return np.random.default_rng(SEED).random(shape, dtype=np.float32)
