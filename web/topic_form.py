"""The form of a topic as it is sent: lists are lines, skills and near topics are named as people name them."""

from collections import Counter
from collections.abc import Callable, Mapping

from pydantic import BaseModel

from domain.language import Language, LocalText, LocalTexts
from domain.people import Format
from domain.topics import Catalog, Stage, TopicLevel
from services.topic_fields import Lack, TopicFields
from web.language import later
from web.plain_text import PlainText

STAGES = {
    Stage.GOAL: later("Questions on the aim"),
    Stage.REALITY: later("Questions on how things are"),
    Stage.OPTIONS: later("Questions on what could be done"),
    Stage.WILL: later("Questions on what will be done"),
}
LEVELS = {
    TopicLevel.STARTING: later("Those who begin"),
    TopicLevel.PRACTISING: later("Those with some practice"),
    TopicLevel.LEADING: later("Those who lead others in it"),
}
WHAT_TO_DO = {
    Lack.SLUG: later("Use small Latin letters, digits and single dashes: garage-places. At most 60 characters."),
    Lack.TAKEN: later("A topic of the catalog has this name already. Choose another."),
    Lack.AREA: later("Choose the area where people will look for it."),
    Lack.EMPTY: later("This must not be empty."),
    Lack.LONG: later("This is too long: at most 600 characters a text."),
    Lack.PHRASES: later("Write at least three sentences, each on its own line."),
    Lack.QUESTIONS: later("Write at least two questions, each on its own line."),
    Lack.STEPS: later("Write at least one step."),
    Lack.ALIAS: later("Another topic is called this already. Take it out, or write it in another way."),
    Lack.SKILL: later("Write each skill as it stands in the list below, one a line."),
    Lack.RELATED: later("Write each topic by its title, one a line, and not this one itself."),
    Lack.FORMATS: later("Choose at least one way to talk."),
    Lack.LEVEL: later("Choose whom it is for."),
}


class DraftForm(BaseModel):
    """What HR writes of a topic drafted from needs; the rest of it takes the usual values."""

    id: PlainText = ""
    area: PlainText = ""
    title_en: PlainText = ""
    title_ru: PlainText = ""
    summary_en: PlainText = ""
    summary_ru: PlainText = ""
    aliases_en: PlainText = ""
    aliases_ru: PlainText = ""
    phrases_en: PlainText = ""
    phrases_ru: PlainText = ""
    questions_goal_en: PlainText = ""
    questions_goal_ru: PlainText = ""
    questions_reality_en: PlainText = ""
    questions_reality_ru: PlainText = ""
    questions_options_en: PlainText = ""
    questions_options_ru: PlainText = ""
    questions_will_en: PlainText = ""
    questions_will_ru: PlainText = ""
    next_steps_en: PlainText = ""
    next_steps_ru: PlainText = ""

    def fields(self) -> TopicFields:
        """Return what was written, without white space around it."""
        return TopicFields(
            id=self.id.strip(),
            area=self.area,
            title=self._text("title"),
            summary=self._text("summary"),
            aliases=self._lines("aliases"),
            phrases=self._lines("phrases"),
            questions={stage: self._lines(f"questions_{stage}") for stage in Stage},
            next_steps=self._lines("next_steps"),
        )

    def _text(self, name: str) -> LocalText:
        return LocalText(*(" ".join(str(getattr(self, f"{name}_{code}")).split()) for code in ("en", "ru")))

    def _lines(self, name: str) -> LocalTexts:
        return LocalTexts(*(lines_of(str(getattr(self, f"{name}_{code}"))) for code in ("en", "ru")))


class TopicForm(DraftForm):
    """The whole topic; `seen` is the digest of what the form showed."""

    seen: PlainText = ""
    out_of_scope_en: PlainText = ""
    out_of_scope_ru: PlainText = ""
    skills: PlainText = ""
    related: PlainText = ""
    level: PlainText = ""
    formats: list[PlainText] = []

    def all_fields(self, names: "TopicNames", topic_id: str = "") -> TopicFields:
        """Return what was written; `topic_id` is that of a topic which is there already."""
        written = self.fields()
        return TopicFields(
            **{name: getattr(written, name) for name in _WRITTEN} | {"id": topic_id or written.id},
            out_of_scope=self._text("out_of_scope"),
            skill_ids=names.skill_ids(lines_of(self.skills)),
            level=self.level,
            related_ids=names.topic_ids(lines_of(self.related)),
            formats=frozenset(Format(name) for name in self.formats if name in set(Format)),
        )


_WRITTEN = ("area", "title", "summary", "aliases", "phrases", "questions", "next_steps")


class TopicNames:
    """Skills and topics by the names that people write: in either language, or by id.

    A name that two of them have is followed by the id in brackets.
    """

    def __init__(self, catalog: Catalog, language: Language) -> None:
        self._skills = _labels({skill.id: skill.name for skill in catalog.skills})
        self._titles = _labels({topic.id: topic.title for topic in catalog.topics})
        self._language = language

    def skill(self, id: str) -> str:
        """Return its name; what is not known stays as it is."""
        return self._skills[id].get(self._language) if id in self._skills else id

    def topic(self, id: str) -> str:
        """Return its title; what is not known stays as it is."""
        return self._titles[id].get(self._language) if id in self._titles else id

    def skill_ids(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of named skills; a name that is not known stays as it is."""
        return tuple(dict.fromkeys(map(_finder(self._skills), written)))

    def topic_ids(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of named topics; a title that is not known stays as it is."""
        return tuple(dict.fromkeys(map(_finder(self._titles), written)))

    def all_skills(self) -> list[str]:
        """Return the names of all skills, by name."""
        return sorted(name.get(self._language) for name in self._skills.values())


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that hold something, trimmed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _labels(names: Mapping[str, LocalText]) -> dict[str, LocalText]:
    counts = {lang: Counter(name.get(lang).casefold() for name in names.values()) for lang in Language}

    def label(id: str, lang: Language) -> str:
        name = names[id].get(lang)
        return name if counts[lang][name.casefold()] == 1 else f"{name} ({id})"

    return {id: LocalText(label(id, Language.EN), label(id, Language.RU)) for id in names}


def _finder(labels: Mapping[str, LocalText]) -> Callable[[str], str]:
    by_name = {text.casefold(): id for id, label in labels.items() for text in (label.ru, label.en, id)}
    return lambda written: by_name.get(written.casefold(), written)
