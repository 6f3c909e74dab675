"""What a ranking is asked with: a need typed now, what a person wrote before, a gap; each with its embeddings."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain, islice

from domain.language import Language
from domain.people import LIKELY_COUNTS, SkillGap
from domain.suggestions import Need, NeedKind
from embeddings import Progress, detect_language, embed_missing, silent, text_hash
from recommender import NeedVectors, feedback_needs, goal_needs, need_texts, with_vectors
from services.company_words import reading_encoder, words_in_use
from services.context import Context
from services.fingerprints import fingerprint
from services.skills import gap_text, known_skills
from store import Store, unit_of_work

TextsOf = Callable[[str], Sequence[str]]
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
    vectors = context.recent.encode(encoder, fingerprint((), words), need_texts(text))
    return NeedVectors(need, vectors, meanings)


def own_needs(context: Context, store: Store, person_id: str, now: datetime) -> list[NeedVectors]:
    """Return what the person wrote as goals and what past feedback still asks for, with stored embeddings."""
    return own_needs_of(context, store, [person_id], now)[person_id]


def own_needs_of(
    context: Context, store: Store, person_ids: Sequence[str], now: datetime, texts_of: TextsOf = need_texts
) -> dict[str, list[NeedVectors]]:
    """Return the needs of each of these people, by person id, in a few queries for all.

    Parameters
    ----------
    texts_of
        `whole_text` reads one embedding of a need, `need_texts` those of its windows too: some ten times as many.
    """
    goals, feedback = store.goals.of_many(person_ids), store.feedback.of_mentees(person_ids)
    needs = {id: [*goal_needs(goals.get(id, [])), *feedback_needs(feedback.get(id, []), now)] for id in person_ids}
    read = iter(_with_stored_vectors(context, store, [*chain.from_iterable(needs.values())], texts_of))
    return {person_id: [*islice(read, len(own))] for person_id, own in needs.items()}


def goal_role_needs(context: Context, store: Store, person_ids: Sequence[str]) -> dict[str, NeedVectors]:
    """Return the role that each person wants, in own words, with stored embeddings; who wrote nothing is absent."""
    wanted = store.goal_roles.of_many(person_ids)
    needs = [Need(NeedKind.GOAL, role.text, role.language) for role in wanted.values()]
    return dict(zip(wanted, _with_stored_vectors(context, store, needs), strict=True))


def gap_needs(context: Context, store: Store, gaps: Sequence[SkillGap]) -> list[NeedVectors]:
    """Return the first twelve gaps as needs that say the skill by name, with stored embeddings.

    A skill that neither the catalog nor an import knows any more is left out.
    """
    read = gaps[:MOST_GAPS]
    skills = known_skills(store, [gap.skill_id for gap in read])
    needs = [_gap_need(gap, gap_text(skills[gap.skill_id])) for gap in read if gap.skill_id in skills]
    return _with_stored_vectors(context, store, needs)


def need_reader(
    context: Context, store: Store, needs: Sequence[Need], progress: Progress = silent
) -> Callable[[Need], NeedVectors]:
    """Return what gives these needs their embeddings; those without stored ones are embedded here, and not kept."""
    encoder, words = context.encoder, words_in_use(store, context.encoder.id)
    texts = [text for need in needs if need.language in encoder.languages for text in need_texts(need.text)]
    vectors = store.vectors.get_many(encoder.id, [text_hash(text) for text in texts])
    vectors |= embed_missing(reading_encoder(encoder, words), texts, vectors, progress)
    return lambda need: with_vectors(need, vectors, encoder.languages, tuple(words.meanings_in(need.text)))


def _gap_need(gap: SkillGap, text: str) -> Need:
    weight = LIKELY_COUNTS if gap.is_likely else 1.0
    return Need(NeedKind.SKILL_GAP, text, Language.EN, weight, gap.skill_id, gap.size)


def _with_stored_vectors(
    context: Context, store: Store, needs: Sequence[Need], texts_of: TextsOf = need_texts
) -> list[NeedVectors]:
    if not needs:
        return []
    hashes = {text_hash(text) for need in needs for text in texts_of(need.text)}
    vectors = store.vectors.get_many(context.encoder.id, hashes)
    words, languages = words_in_use(store, context.encoder.id), context.encoder.languages
    return [with_vectors(need, vectors, languages, tuple(words.meanings_in(need.text)), texts_of) for need in needs]
