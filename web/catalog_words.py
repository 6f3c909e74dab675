"""What HR's pages of the catalog call fields, changes and what was just done."""

from domain.topics import Stage
from services.catalog_diff import ChangeKind
from web.language import later
from web.topic_form import STAGES

FIELDS = {
    "title": later("Title"),
    "summary": later("What half an hour can do"),
    "phrases": later("It sounds like this"),
    "aliases": later("Other names"),
    "next_steps": later("Small steps after the talk"),
    "out_of_scope": later("What it is not about"),
    "area": later("Area of the catalog"),
    "skills": later("Skills it builds"),
    "related": later("Topics beside it"),
    "level": later("Whom it is for"),
    "formats": later("Ways to talk"),
    "priority": later("Priority"),
    **{f"questions_{stage}": STAGES[stage] for stage in Stage},
}
KINDS = {
    ChangeKind.ADDED: later("New"),
    ChangeKind.CHANGED: later("Changed"),
    ChangeKind.RETIRED: later("Retired"),
    ChangeKind.RESTORED: later("Suggested again"),
    ChangeKind.REMOVED: later("Taken out"),
}
DONE = {
    "added": later("“%(title)s” is in the draft."),
    "edited": later("Your change of “%(title)s” is in the draft."),
    "retired": later("“%(title)s” will be retired. It stays readable in past sessions."),
    "restored": later("“%(title)s” will be suggested again."),
    "merged": later("“%(title)s” will be merged: its names, sentences, offers and sessions go to the other topic."),
    "dropped": later("The change of “%(title)s” was taken out of the draft."),
    "undone": later("Undone: the draft is as it was before."),
    "stale": later("Others have changed the draft since, so nothing was undone."),
    "renewed": later("Your draft rests on the current version now. Look at it, then publish."),
}
