"""The template drafter: an agenda without any model, out of the topic and the facts."""

from dataclasses import replace

from domain.agendas import Agenda, Fact, FactKind, Line, Question, Segment
from domain.people import Format
from domain.topics import Stage
from embeddings import lemmas
from prep.citing import cite, words_of
from prep.cleaning import lower_first, with_quotation_marks
from prep.content import content_lemmas
from prep.facts import PERSONAL_KINDS, has_material, step_fact
from prep.gates import cited_numbers
from prep.limits import DEADLINE, MAX_ACTION_WORDS, fits_message
from prep.material import Material, gather_material
from prep.notes import write_note
from prep.outcome import write_outcome
from prep.questions import QuestionBook
from prep.repeats import is_contained
from prep.requests import AgendaRequest
from prep.skeleton import split_minutes, split_questions

DRAFTED_BY = "template 1"


def draft_agenda(request: AgendaRequest) -> Agenda:
    """Return the agenda of one session; `has_material` is False when nothing usable is known about the mentee.

    The same request gives the same agenda.
    """
    return keep_cited(draft_on_all_facts(request))


def draft_on_all_facts(request: AgendaRequest) -> Agenda:
    """Return the agenda with every fact of the request, also those that no line rests on."""
    material = gather_material(request)
    brief = write_note(material, Stage.GOAL) if request.format is Format.CHAT else None  # it quotes the need first
    questions = _ask(material)
    outcome = write_outcome(material)
    return Agenda(
        topic_id=request.topic.id,
        title=material.title,
        language=request.language,
        format=request.format,
        minutes=request.minutes,
        facts=material.facts,
        outcome=outcome,
        segments=_segments(material, questions, brief),
        next_step=_next_step(material),
        drafted_by=DRAFTED_BY,
        has_material=has_material(material.facts),
    )


def _ask(material: Material) -> dict[Stage, tuple[Question, ...]]:
    carried = {FactKind.LAST_NEXT_STEP, FactKind.LAST_FEEDBACK}
    has_carry_over = any(anchor.kind in carried for anchor in material.anchors)
    shares = split_questions(material.request.minutes, material.request.format, has_carry_over)
    book = QuestionBook(material, sum(shares.values()))
    return {stage: book.ask(stage, count) for stage, count in shares.items()}


def _segments(
    material: Material, questions: dict[Stage, tuple[Question, ...]], brief: Line | None
) -> tuple[Segment, ...]:
    request = material.request
    minutes = split_minutes(request.minutes, request.format, request.people)
    titles = material.wording.titles[request.format]
    return tuple(
        Segment(
            stage=stage,
            title=material.pick(titles[stage], f"title {stage}"),
            minutes=float(minutes[stage]),
            note=brief if brief and stage is Stage.GOAL else write_note(material, stage),
            questions=questions[stage],
        )
        for stage in Stage
    )


def _next_step(material: Material) -> Line:
    """Return one step of the topic with a deadline: closest to the mentee's words, never the step from last time."""
    language = material.request.language
    steps = [with_quotation_marks(step, language) for step in material.request.topic.next_steps.get(language)]
    own = words_of(material.usable, PERSONAL_KINDS)
    fresh = [step for step in steps if not is_contained(step, material.request.last_next_step)]
    for step in sorted(material.shuffle(fresh, "step"), key=lambda step: -len(own & content_lemmas(step))):
        text = _with_deadline(material, step)
        if len(text.split()) <= MAX_ACTION_WORDS and fits_message(text, material.request.format):
            return Line(text, _rests_on(material, step))
    general = material.wording.general_step.format(topic=material.quoted_title)
    return Line(_with_deadline(material, general), cite(general, material.usable))


def _rests_on(material: Material, step: str) -> tuple[int, ...]:
    """Return the facts that share words with a step of the topic; where none does, the step as the topic gives it."""
    itself = step_fact(material.request, step)
    others = [fact for fact in material.usable if fact.text != itself]
    return cite(step, others) or tuple(fact.number for fact in material.usable if fact.text == itself)


def _with_deadline(material: Material, step: str) -> str:
    if DEADLINE.search(step):
        return step
    wording = material.wording
    is_for_next_time = bool(set(lemmas(wording.next_words)) & set(lemmas(step)))
    deadline = wording.long_deadline if is_for_next_time else material.pick(wording.deadlines, "deadline")
    return f"{deadline} {lower_first(step)}"


def keep_cited(agenda: Agenda) -> Agenda:
    """Return the agenda without sentences of the topic that no line rests on, facts numbered anew from 1."""
    cited = cited_numbers(agenda)
    first_topic = next((fact for fact in agenda.facts if fact.kind is FactKind.TOPIC), None)
    kept = [
        fact for fact in agenda.facts if fact.kind is not FactKind.TOPIC or fact is first_topic or fact.number in cited
    ]
    numbers = {fact.number: number for number, fact in enumerate(kept, start=1)}
    return replace(
        agenda,
        facts=tuple(Fact(numbers[fact.number], fact.kind, fact.text) for fact in kept),
        outcome=_renumber(agenda.outcome, numbers),
        next_step=_renumber(agenda.next_step, numbers),
        segments=tuple(_renumber_segment(segment, numbers) for segment in agenda.segments),
    )


def _renumber_segment(segment: Segment, numbers: dict[int, int]) -> Segment:
    questions = tuple(
        replace(question, citations=tuple(numbers[n] for n in question.citations)) for question in segment.questions
    )
    return replace(segment, note=_renumber(segment.note, numbers), questions=questions)


def _renumber(line: Line, numbers: dict[int, int]) -> Line:
    return Line(line.text, tuple(numbers[number] for number in line.citations))
