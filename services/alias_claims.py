"""Which topic an alias belongs to: whoever types it must land in one place."""

from collections.abc import Iterable, Mapping

from domain.errors import RowProblem
from domain.language import Language
from domain.topics import Topic, TopicStatus


class AliasClaims:
    """The aliases seen so far, each with its topic; case and white space do not tell two apart."""

    def __init__(self) -> None:
        self._topic_of: dict[tuple[Language, str], str] = {}

    def add(self, topics: Iterable[Topic], lines: Mapping[str, int]) -> list[RowProblem]:
        """Claim the aliases of the topics; return a problem for each that another topic has, or that stands twice.

        Parameters
        ----------
        lines
            By topic id, where its aliases stand in the file.
        """
        problems = []
        for topic in topics:
            if topic.status is TopicStatus.RETIRED:
                continue
            for language in Language:
                for alias in topic.aliases.get(language):
                    owner = self._topic_of.setdefault((language, " ".join(alias.casefold().split())), topic.id)
                    if owner != topic.id:
                        message = f"“{alias}” of topic {topic.id} must belong to one topic, {owner} has it already"
                        problems.append(RowProblem(lines.get(topic.id, 0), f"aliases.{language}", message))
        return problems
