"""Ten invented people for a preview of weights: what they wrote and aim at is made up here, nothing is anybody's."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.language import Language, LocalText
from domain.people import Person
from domain.suggestions import Need, NeedKind
from domain.topics import Topic
from embeddings import text_hash
from recommender import NeedVectors, TopicWeights, first_topics, whole_text, with_vectors
from services.context import Context
from services.index import new_vectors
from services.programme import read_programme
from services.topic_requests import Asked, topic_request
from store import Store, unit_of_work

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented person: the goal, what the last session left open ("" for none), the role they aim at."""

    goal: LocalText
    left_open: str = ""
    role_id: str = ""


@dataclass(frozen=True, slots=True)
class SampleChange:
    """The first topics of an invented person, with the weights in force and with the others."""

    goal: LocalText
    role: LocalText | None
    now: tuple[Topic, ...]
    then: tuple[Topic, ...]


SAMPLES = (
    Sample(
        LocalText("I do my team's work and hand nothing over", "Делаю всё за команду и ничего не отдаю"),
        "how to check without hovering",
        "team-lead",
    ),
    Sample(
        LocalText("my mails are long and nobody answers them", "Пишу длинные письма, и на них не отвечают"),
        role_id="project-manager",
    ),
    Sample(LocalText("I freeze when I present to directors", "Теряюсь, когда выступаю перед руководством")),
    Sample(
        LocalText("I want to read data without asking an analyst", "Хочу разбираться в данных без аналитика"),
        role_id="data-analyst",
    ),
    Sample(
        LocalText("two colleagues quarrel and I stand between them", "Двое коллег ссорятся, а я между ними"),
        "how to begin such a talk",
    ),
    Sample(LocalText("I cannot say no and work in the evenings", "Не умею отказывать и работаю вечерами")),
    Sample(
        LocalText("my feedback hurts people or says nothing", "Мои замечания либо обижают, либо ничего не говорят"),
        role_id="engineering-manager",
    ),
    Sample(LocalText("I am new here and do not know whom to ask", "Я здесь недавно и не знаю, кого спрашивать")),
    Sample(
        LocalText("customers are angry and I take it home", "Клиенты злятся, и я уношу это домой"),
        "what to say in the first minute",
    ),
    Sample(
        LocalText("I do not know what my next step should be", "Не знаю, каким должен быть мой следующий шаг"),
        role_id="product-manager",
    ),
)


def preview_samples(context: Context, weights: TopicWeights) -> list[SampleChange]:
    """Return the first three topics of each invented person now and with other weights; may load the encoder."""
    with unit_of_work(context.engine) as store:
        programme, catalog = read_programme(store), store.catalog.current()
        space, topics = context.spaces.topics(store), {topic.id: topic for topic in catalog.topics}
        roles = {role.id: role.title for role in store.roles.get_many(s.role_id for s in SAMPLES if s.role_id).values()}
        needs = _needs(context, store)
        found = []
        for number, sample in enumerate(SAMPLES):
            person = _person(number, sample.role_id if sample.role_id in roles else None)
            asked = Asked(person, needs[number], "", person.locale, context.clock())
            request = topic_request(context, store, asked, catalog, programme)
            pair = first_topics(request, space, [programme.topic_weights, weights], SHOWN)
            now, then = (tuple(topics[id] for id in ids) for ids in pair)
            found.append(SampleChange(sample.goal, roles.get(sample.role_id), now, then))
    return found


def _person(number: int, role_id: str | None) -> Person:
    return Person(
        id=f"sample {number}",  # nobody's: there are no sessions, skills or goals under it
        name="",
        email="",
        locale=Language.EN,
        languages=frozenset(Language),
        zone="UTC",
        department="",
        target_role_id=role_id,
    )


def _needs(context: Context, store: Store) -> list[list[NeedVectors]]:
    """Return the needs of each sample, read as whole texts: windows would take a second more."""
    needs = [_written(sample) for sample in SAMPLES]
    texts = [need.text for some in needs for need in some]
    vectors = store.vectors.get_many(context.encoder.id, [text_hash(text) for text in texts])
    vectors = {**vectors, **new_vectors(context, store, texts)}
    languages = context.encoder.languages
    return [[with_vectors(need, vectors, languages, texts_of=whole_text) for need in some] for some in needs]


def _written(sample: Sample) -> Sequence[Need]:
    goal = Need(NeedKind.GOAL, sample.goal.en, Language.EN)
    return [goal, Need(NeedKind.FEEDBACK, sample.left_open, Language.EN)] if sample.left_open else [goal]
