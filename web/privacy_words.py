"""What is stored, for how long, and who sees it, in words for the person it is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.privacy_rules import Kind
from web.language import later


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind of what is stored; each text is marked for the translators."""

    name: str
    kept: str
    seen: str


_HERE = later("As long as you are here")
_YOU = later("You alone")

KINDS: Mapping[Kind, KindWords] = {
    Kind.PROFILE: KindWords(
        later("Who you are: name, address, department, job title"),
        later("As long as you work here, then 90 days"),
        later("Colleagues, but for the address; HR all of it"),
    ),
    Kind.GOALS: KindWords(
        later("Your goals and the role you want, in your own words"),
        _HERE,
        later("You alone; what you ask a mentor about, that mentor too"),
    ),
    Kind.SKILLS: KindWords(
        later("Your skills, their levels and how these changed"),
        _HERE,
        later("You; a mentor sees the gap that your session is about"),
    ),
    Kind.MENTORING: KindWords(later("What you offer as a mentor, and when"), _HERE, later("Everybody here")),
    Kind.SESSIONS: KindWords(
        later("Sessions: with whom, when, what for, agenda and step after"),
        _HERE,
        later("Who takes part; HR only that and when you met"),
    ),
    Kind.NOTES: KindWords(
        later("Notes and messages around sessions"),
        later("12 months"),
        later("Private notes you alone, the others who takes part; HR never"),
    ),
    Kind.FEEDBACK: KindWords(
        later("Feedback you gave"),
        later("Words 12 months; ratings stay"),
        later("You; others only the mean of five people or more"),
    ),
    Kind.SUGGESTIONS: KindWords(
        later("What you typed, what was suggested, and what you said is not for you"),
        later("As long as you are here; “not for me” 90 days"),
        _YOU,
    ),
    Kind.CALENDAR: KindWords(
        later("Your calendar: the connection, and when you are busy, never with what"),
        later("Until you disconnect it"),
        later("You alone; others see free times only"),
    ),
    Kind.ACCESS: KindWords(later("How you sign in"), later("Until it runs out"), _YOU),
    Kind.MODEL: KindWords(
        later("What a language model was sent"), later("30 days"), later("Who takes part in that session")
    ),
    Kind.PROGRAMME: KindWords(later("Rounds of matching that you were in"), _HERE, later("HR")),
}

STAYS = (
    later("Sessions you had stay with the other person as sessions with “a former colleague”, without your words."),
    later("Ratings you gave stay as a number, without your name and words."),
    later("What others wrote in their own words is theirs and stays."),
)
