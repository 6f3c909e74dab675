"""What a ranking is asked with: a need typed now, or what a person wrote before, each with its embeddings."""

from datetime import datetime

from domain.suggestions import Need, NeedKind
from embeddings import detect_language, text_hash
from recommender import NeedVectors, feedback_needs, goal_needs, need_texts, with_vectors
from services.context import Context
from store import Store


def embedded_need(context: Context, text: str) -> NeedVectors:
    """Return a typed need with its embeddings; this may load the encoder."""
    need = Need(NeedKind.TYPED, text, detect_language(text))
    if need.language not in context.encoder.languages:
        return NeedVectors(need)
    return NeedVectors(need, context.encoder.encode(need_texts(text)))


def own_needs(context: Context, store: Store, person_id: str, now: datetime) -> list[NeedVectors]:
    """Return what the person wrote as goals and what past feedback still asks for, with stored embeddings."""
    needs = [*goal_needs(store.goals.of(person_id)), *feedback_needs(store.feedback.of_person(person_id), now)]
    hashes = [text_hash(text) for need in needs for text in need_texts(need.text)]
    vectors = store.vectors.get_many(context.encoder.id, hashes)
    return [with_vectors(need, vectors, context.encoder.languages) for need in needs]
