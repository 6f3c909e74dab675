"""Which sentences the template drafter needs; one `Wording` per language fills them.

Every sentence is a `str.format` pattern. Text of people and catalogs is put in quotation marks and never inflected, so
each pattern must read well around any text: {quote} a person's clause, {phrase} a "sounds like" sentence, {topic} a
title, {skill} a skill's name with {held} and {wanted} levels, {role}, {mentor}, {people} a number,
{seconds} whole tens.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.agendas import FactKind
from domain.people import Format
from domain.topics import Stage


class Deliverable(StrEnum):
    """What a session leaves in the mentee's hands; chosen by the words of the topic."""

    TALK = "talk"
    PLAN = "plan"
    CHECKLIST = "checklist"
    DECISION = "decision"
    DRAFT = "draft"
    EXPERIMENT = "experiment"


Variants = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All sentences of one language; several variants of each, so that agendas do not read as one form.

    `own_words` holds questions that quote what a person wrote, by kind of fact and stage: `first_need` where the
    opening did not quote the need yet, `own_question` where the clause itself asks, `own_wish` where it wants.
    `starts_with_deed` tells a summary that can follow `summary_openings` (in a group not one to be done `together`),
    once what stands `in_half_an_hour` is cut off. The first of `outcome_ends` suits a group too. `deliverable_words`
    are the words of a topic that call for a deliverable. `role_words` stand for names: in Russian labels, which need no
    case. `among` lists the known roles of a group when some are unknown.
    """

    titles: dict[Format, dict[Stage, Variants]]
    own_words: dict[FactKind, dict[Stage, Variants]]
    own_question: Variants
    own_wish: Variants
    first_need: Variants
    group_words: dict[Stage, Variants]
    foreign_words: Variants
    gaps: dict[Stage, Variants]
    low_gaps: Variants
    shared_gaps: dict[Stage, Variants]
    ask_for_goal: Variants
    general: dict[Stage, Variants]
    outcome_openings: dict[Format, str]
    summary_openings: dict[Format, str]
    together: str
    starts_with_deed: re.Pattern[str]
    in_half_an_hour: re.Pattern[str]
    outcome_ends: dict[str, Variants]
    deliverables: dict[Deliverable, Variants]
    deliverable_words: dict[Deliverable, str]
    deadlines: Variants
    long_deadline: str
    next_words: str
    general_step: str
    notes: dict[str, Variants]
    carry_over: str
    gap_fact: str
    shared_gap_fact: str
    group_fact: str
    among: str
    phrase_fact: str
    step_fact: str
    alias_fact: str
    role_words: dict[str, str]
