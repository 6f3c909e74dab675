"""How often the demo company's own sentences find the topic that their writer meant: a check of sanity, not of quality.

The sentences and the topics come from one house, so the figures flatter; the public benchmarks are the measure.
Run: python -m benchmarks.demo_goals
"""

import tempfile
from pathlib import Path

from compose import build_context
from domain.language import Language
from domain.suggestions import Need, NeedKind
from embeddings import detect_language
from recommender import NeedVectors, TopicRequest, need_texts, recommend_topics
from services.context import Context
from services.demo.files import read_demo_texts
from services.index import refresh_index
from settings import read_settings
from store import unit_of_work

K = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings().model_copy(update={"data_folder": Path(folder), "database_url": ""})
        context = build_context(settings)
        refresh_index(context)
        goals = [(goal.text, goal.about) for goal in read_demo_texts().goals]
        for language in Language:
            ranks = [_rank(context, text, about) for text, about in goals if detect_language(text) is language]
            first, shown = (sum(0 < rank <= k for rank in ranks) / len(ranks) for k in (1, K))
            print(f"{language}: {len(ranks)} sentences, first {first:.2f}, among {K} {shown:.2f}")


def _rank(context: Context, text: str, about: str) -> int:
    """Return the 1-based place of the topic among the first five, 0 where it is not there."""
    language = detect_language(text)
    vectors = context.encoder.encode(need_texts(text)) if language in context.encoder.languages else None
    need = Need(NeedKind.TYPED, text, language)
    needs = [NeedVectors(need) if vectors is None else NeedVectors(need, vectors)]
    with unit_of_work(context.engine) as store:
        space = context.spaces.topics(store)
    ranking = recommend_topics(TopicRequest(None, needs, context.clock(), language), space, K)
    ids = [suggestion.topic_id for suggestion in ranking.suggestions]
    return ids.index(about) + 1 if about in ids else 0


if __name__ == "__main__":
    main()
