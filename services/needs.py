"""What a ranking is asked with: a need typed now, what a person wrote before, a gap; each with its embeddings."""

from collections.abc import Sequence
from datetime import datetime

from domain.language import Language
from domain.people import LIKELY_COUNTS, SkillGap
from domain.suggestions import Need, NeedKind
from embeddings import detect_language, text_hash
from recommender import NeedVectors, feedback_needs, goal_needs, need_texts, with_vectors
from services.company_words import reading_encoder, words_in_use
from services.context import Context
from services.skills import gap_text, known_skills
from store import Store, unit_of_work

MOST_GAPS = 12  # each takes a millisecond to compare with the topics, and nobody works on more at a time


def embedded_need(context: Context, text: str) -> NeedVectors:
    """Return a typed need with its embeddings; this may load the encoder."""
    need = Need(NeedKind.TYPED, text, detect_language(text))
    with unit_of_work(context.engine) as store:
        words = words_in_use(store, context.encoder.id)
    meanings = tuple(words.meanings_in(text))
    if need.language not in context.encoder.languages:
        return NeedVectors(need, meanings=meanings)
    encoder = reading_encoder(context.encoder, words)
    return NeedVectors(need, encoder.encode(need_texts(text)), meanings)


def own_needs(context: Context, store: Store, person_id: str, now: datetime) -> list[NeedVectors]:
    """Return what the person wrote as goals and what past feedback still asks for, with stored embeddings."""
    needs = [*goal_needs(store.goals.of(person_id)), *feedback_needs(store.feedback.of_person(person_id), now)]
    return _with_stored_vectors(context, store, needs)


def goal_role_need(context: Context, store: Store, person_id: str) -> NeedVectors | None:
    """Return the role that the person wants, in own words, with stored embeddings; None for nothing written."""
    wanted = store.goal_roles.of(person_id)
    if wanted is None:
        return None
    return _with_stored_vectors(context, store, [Need(NeedKind.GOAL, wanted.text, wanted.language)])[0]


def gap_needs(context: Context, store: Store, gaps: Sequence[SkillGap]) -> list[NeedVectors]:
    """Return the first twelve gaps as needs that say the skill by name, with stored embeddings.

    A skill that neither the catalog nor an import knows any more is left out.
    """
    read = gaps[:MOST_GAPS]
    skills = known_skills(store, [gap.skill_id for gap in read])
    needs = [_gap_need(gap, gap_text(skills[gap.skill_id])) for gap in read if gap.skill_id in skills]
    return _with_stored_vectors(context, store, needs)


def _gap_need(gap: SkillGap, text: str) -> Need:
    weight = LIKELY_COUNTS if gap.is_likely else 1.0
    return Need(NeedKind.SKILL_GAP, text, Language.EN, weight, gap.skill_id, gap.size)


def _with_stored_vectors(context: Context, store: Store, needs: Sequence[Need]) -> list[NeedVectors]:
    hashes = [text_hash(text) for need in needs for text in need_texts(need.text)]
    vectors = store.vectors.get_many(context.encoder.id, hashes)
    words = words_in_use(store, context.encoder.id)
    return [
        with_vectors(need, vectors, context.encoder.languages, tuple(words.meanings_in(need.text))) for need in needs
    ]
