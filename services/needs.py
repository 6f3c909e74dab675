"""What a ranking is asked with: a need typed now, or what a person wrote before, each with its embeddings."""

from datetime import datetime

from domain.suggestions import Need, NeedKind
from embeddings import detect_language, text_hash
from recommender import NeedVectors, feedback_needs, goal_needs, need_texts, with_vectors
from services.company_words import reading_encoder, words_in_use
from services.context import Context
from store import Store, unit_of_work


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
    hashes = [text_hash(text) for need in needs for text in need_texts(need.text)]
    vectors = store.vectors.get_many(context.encoder.id, hashes)
    words = words_in_use(store, context.encoder.id)
    return [
        with_vectors(need, vectors, context.encoder.languages, tuple(words.meanings_in(need.text))) for need in needs
    ]
