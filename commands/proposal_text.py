"""A proposal as lines for a terminal: who with whom about what, who with nobody and why, and what happens next."""

from collections import Counter
from collections.abc import Iterator, Sequence

from domain.cohorts import Proposal, Unmatched, Why, fit_of
from domain.language import Language
from recommender.cohort_words import FIT, REMEDY, WHY
from services.match import CohortView

MAX_WIDTH = 36  # of a column: longer words are cut
WORDS = {
    Language.EN: {
        "head": ("Mentee", "Mentor", "Topic", "Fit"),
        "none": "Nobody could be matched.",
        "unmatched": "Without a mentor ({count}):",
        "sums": "{pairs} pairs; total {objective:.2f}, at least {share:.1%} of the best there can be; {load}.",
        "load": "no mentor gets more than {most}",
        "next": "Nothing is booked. To ask for these sessions: halfhour match --approve {key}",
        "full": "taken: {names}",
        "pinned": "pinned",
    },
    Language.RU: {
        "head": ("Подопечный", "Наставник", "Тема", "Совпадение"),
        "none": "Никого подобрать не удалось.",
        "unmatched": "Без наставника ({count}):",
        "sums": "Пар: {pairs}; сумма {objective:.2f}, не меньше {share:.1%} от лучшей возможной; {load}.",
        "load": "у одного наставника не больше {most}",
        "next": "Ничего не назначено. Чтобы запросить эти встречи: halfhour match --approve {key} --lang ru",
        "full": "заняты: {names}",
        "pinned": "закреплено",
    },
}


def proposal_lines(view: CohortView, proposal: Proposal, language: Language) -> Iterator[str]:
    """Yield the lines in the language, pairs by the mentee's name."""
    words = WORDS[language]
    rows = sorted(_rows(view, proposal, language))
    yield from _table([tuple(words["head"]), *rows]) if rows else [str(words["none"])]
    if proposal.unmatched:
        yield ""
        yield str(words["unmatched"]).format(count=len(proposal.unmatched))
        yield from (_unmatched_line(view, one, language) for one in proposal.unmatched)
    yield ""
    most = max(Counter(pair.mentor_id for pair in proposal.pairs).values(), default=0)
    yield str(words["sums"]).format(
        pairs=len(proposal.pairs),
        objective=proposal.objective,
        share=int(proposal.share_of_bound * 1000) / 1000,
        load=str(words["load"]).format(most=most),
    )
    yield str(words["next"]).format(key=proposal.key)


def _rows(view: CohortView, proposal: Proposal, language: Language) -> Iterator[tuple[str, ...]]:
    for pair in proposal.pairs:
        fit = FIT[fit_of(pair.score, view.cohort.floor)].get(language)
        yield (
            f"{view.people[pair.mentee_id].name} [{pair.mentee_id}]",
            f"{view.people[pair.mentor_id].name} [{pair.mentor_id}]",
            view.topics[pair.topic_id].title.get(language),
            f"{fit}, {WORDS[language]['pinned']}" if pair.is_pinned else fit,
        )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield the rows with columns as wide as they need, the longest words cut."""
    cut = [[cell if len(cell) <= MAX_WIDTH else cell[: MAX_WIDTH - 1] + "…" for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    for number, row in enumerate(cut):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def _unmatched_line(view: CohortView, one: Unmatched, language: Language) -> str:
    names = ", ".join(view.people[mentor_id].name for mentor_id in one.mentor_ids)
    who = f" ({str(WORDS[language]['full']).format(names=names)})" if one.why is Why.MENTORS_FULL else ""
    name = view.people[one.mentee_id].name
    return f"  {name} [{one.mentee_id}]: {WHY[one.why].get(language)}{who}. {REMEDY[one.why].get(language)}"
