"""Nobody moves up by asking for it: in the demo company a canary in a biography moves its mentor by no place."""

from dataclasses import dataclass, replace

import pytest

from domain.language import Language
from domain.people import MentorOffer
from domain.suggestions import Need, NeedKind
from domain.topics import Topic
from embeddings import build_index, text_hash
from recommender import (
    MentorPool,
    MentorRequest,
    NeedVectors,
    TopicSpace,
    build_mentor_pool,
    build_topic_space,
    mentor_texts,
    need_texts,
    rank_mentors,
    topic_texts,
)
from recommender.own_words import CatalogEcho, telling_sentences
from services.catalog_files import read_starter_areas
from services.demo_company import Company, generate_company
from tests.builders import NOW
from tests.fakes.encoder import FakeEncoder
from tests.recommender.canaries import ASKING, stuffed

LANGUAGES = frozenset(Language)
TOPICS_TAKEN = 40  # those that most mentors offer: a place can change only where there are several


@dataclass(frozen=True)
class Demo:
    company: Company
    topics: list[Topic]
    space: TopicSpace
    encoder: FakeEncoder

    def pool(self, offers: list[MentorOffer]) -> MentorPool:
        people, sessions = self.company.people, self.company.sessions
        texts = list({text_hash(text): text for text in mentor_texts(people, offers, sessions, LANGUAGES)}.values())
        index = build_index([text_hash(text) for text in texts], self.encoder.encode(texts))
        return build_mentor_pool(people, offers, sessions, self.company.feedback, index, LANGUAGES, space=self.space)


@pytest.fixture(scope="module")
def demo() -> Demo:
    catalog = [topic for file in read_starter_areas() for topic in file.topics]
    company = generate_company(NOW, topic_ids=[topic.id for topic in catalog])
    offered = [topic_id for offer in company.offers for topic_id in offer.topic_ids]
    topics = sorted(catalog, key=lambda topic: (-offered.count(topic.id), topic.id))[:TOPICS_TAKEN]
    encoder = FakeEncoder()
    texts = list({text_hash(text): text for text in topic_texts(topics, LANGUAGES)}.values())
    index = build_index([text_hash(text) for text in texts], encoder.encode(texts))
    return Demo(company, topics, build_topic_space(topics, index, LANGUAGES), encoder)


@pytest.fixture(scope="module")
def canaries(demo: Demo) -> tuple[str, ...]:
    return (*ASKING, *stuffed(demo.topics))


def rankings(demo: Demo, pool: MentorPool) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """Return everybody's place and score, by topic and by a need that sounds like it or like any other."""
    found = {}
    for number, topic in enumerate(demo.topics):
        for text in (topic.phrases.en[0], topic.phrases.ru[0], demo.topics[number - 1].phrases.en[1]):
            need = NeedVectors(Need(NeedKind.TYPED, text, Language.EN), demo.encoder.encode(need_texts(text)))
            request = MentorRequest(None, topic, [need], NOW, Language.EN)
            ranking = rank_mentors(request, pool, k=100)
            found[topic.id, text] = [(one.mentor_id, one.score) for one in ranking.suggestions]
    return found


def test_no_canary_counts_in_any_biography(demo: Demo, canaries: tuple[str, ...]) -> None:
    echo = CatalogEcho(demo.topics)
    for offer in demo.company.offers:
        plain = telling_sentences(offer.biography, echo)
        assert plain
        for canary in canaries:
            assert telling_sentences(f"{offer.biography}\n{canary}", echo) == plain


def test_every_ranking_is_the_same_to_the_last_digit(demo: Demo, canaries: tuple[str, ...]) -> None:
    """All canaries at once, in the biography of every third mentor: were one to count, scores would differ."""
    offers = demo.company.offers
    before = rankings(demo, demo.pool(offers))
    added = "\n".join(canaries)
    stuffed_offers = [
        replace(offer, biography=f"{offer.biography}\n{added}") if number % 3 == 0 else offer
        for number, offer in enumerate(offers)
    ]
    assert rankings(demo, demo.pool(stuffed_offers)) == before
    assert sum(len(places) > 1 for places in before.values()) > TOPICS_TAKEN


def test_words_of_ones_own_on_the_matter_do_move(demo: Demo) -> None:
    """The same words in another order are no copy: what a biography is for still works, and this test can fail."""
    said = " ".join(reversed(demo.topics[0].phrases.en[0].rstrip(".").split()))
    offers = demo.company.offers
    changed = [replace(offer, biography=f"{offer.biography}\n{said}") for offer in offers]
    assert rankings(demo, demo.pool(changed)) != rankings(demo, demo.pool(offers))
