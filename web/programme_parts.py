"""The two parts of HR's programme, topics and mentors: where each page is, and what its lines say."""

from dataclasses import dataclass

from services.programme import Setting
from web.language import later

Words = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of weights: its setting, address, template, and by feature its name and what it means."""

    setting: Setting
    address: str
    template: str
    features: Words


TOPICS = Part(
    Setting.TOPIC_WEIGHTS,
    "/hr/programme",
    "programme_topics.html",
    {
        "need": (later("Goals in own words"), later("Topics that sound like what the person wrote as a goal.")),
        "skill_gap": (later("Skills for the target role"), later("Topics that build skills the target role asks for.")),
        "feedback": (later("Left open last time"), later("Topics that take up what feedback said is still open.")),
        "priority": (later("Priority of the programme"), later("Topics that you put forward below.")),
        "helped_similar": (
            later("What helped others"),
            later(
                "Topics that helped people with the same topics behind them. "
                "Counts only where five or more stand for it."
            ),
        ),
        "progress": (
            later("Begun and not finished"),
            later("Topics that somebody began. What a person has mastered steps back."),
        ),
        "freshness": (
            later("Not talked about lately"),
            later("Topics that rested for a while, or are new to the person."),
        ),
        "supply": (later("Mentors with time"), later("Topics for which mentors have time within a week.")),
        "exploration": (
            later("Topics seldom shown"),
            later("A small bonus for topics that hardly anybody has been shown. It fades with every time."),
        ),
    },
)
MENTORS = Part(
    Setting.MENTOR_WEIGHTS,
    "/hr/programme/mentors",
    "programme_mentors.html",
    {
        "topic_fit": (
            later("Words that fit the topic"),
            later("What mentors say about themselves, and the requests they helped with, sound like this topic."),
        ),
        "skill": (later("Skills of the topic"), later("The mentor is good at the skills that the topic builds.")),
        "experience": (
            later("Sessions on this topic"),
            later("How many sessions the mentor has held on it. Recent ones count more."),
        ),
        "rating": (
            later("Ratings overall"),
            later("How people rated sessions with the mentor. Counts only where five or more have rated."),
        ),
        "topic_rating": (
            later("Ratings on this topic"),
            later("The same for sessions on this topic. Until five people have rated them, the overall one counts."),
        ),
        "growth": (
            later("Skills gained"),
            later("How far skills grew after sessions on this topic. Counts only where five or more stand for it."),
        ),
        "availability": (later("Soon free"), later("The sooner both have a free time, the better.")),
        "capacity_week": (
            later("Time left this week"),
            later("How much of the time offered for this week nobody has taken yet."),
        ),
        "capacity_month": (later("Time left this month"), later("The same for the next four weeks.")),
        "load": (
            later("Seldom asked lately"),
            later("Mentors whom fewer people asked in the last four weeks, so that the same few do not get everybody."),
        ),
        "reply": (later("Quick to answer"), later("How soon the mentor usually answers a request.")),
        "language": (
            later("The person’s own language"),
            later("The mentor speaks the language in which the person reads these pages."),
        ),
        "zone": (later("Working hours in common"), later("How much of the working day both share across time zones.")),
        "format": (
            later("Ways to talk"),
            later("The mentor offers the forms that suit the topic: a conversation, a chat or a group."),
        ),
    },
)
