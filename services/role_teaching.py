"""Which of the two finds likely skills, the vote of near roles or what they taught, in one line of words."""

from embeddings import text_hash
from recommender import FEWEST_ROLES, count_teachers
from services.context import Context
from services.role_spaces import indexed_role_texts, skill_texts
from store import Store, unit_of_work

NOT_LEARNT = "by the vote of near roles; what the roles teach is not learnt yet. Run `halfhour index`."


def teach_roles(context: Context) -> str:
    """Let the roles teach what skills they require, unless that is kept; return what is in force."""
    with unit_of_work(context.engine) as store:
        context.spaces.role_spaces.teach(store)
        return skills_in_force(context, store)


def skills_in_force(context: Context, store: Store) -> str:
    """Return what finds likely skills, with the figures behind it; nothing is learnt or written."""
    roles = store.roles.list()
    texts = indexed_role_texts(roles, skill_texts(store, roles).values(), context.encoder.languages)
    keys = sorted({text_hash(text) for text in texts} & store.vectors.hashes(context.encoder.id))
    lesson = context.spaces.role_spaces.lesson(store, keys)
    if lesson is None:
        teachers = count_teachers(roles)
        few = f"by the vote of near roles; {teachers} roles are rich enough to learn from, {FEWEST_ROLES} are needed"
        return NOT_LEARNT if teachers >= FEWEST_ROLES else few
    told = lesson.comparison
    figures = f"nDCG@10 on {told.roles} roles left out {told.learnt:.3f} as learnt, {told.vote:.3f} by vote"
    return f"as learnt from the roles; {figures}" if lesson.ranker else f"by the vote of near roles; {figures}"
