"""A mail of ours as plain text and, in the same words, as simple HTML."""

from dataclasses import dataclass
from html import escape

from domain.language import Language, LocalText

_HELLO = LocalText("Hello,", "Здравствуйте!")
_STYLE = "font: 17px/1.5 -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; max-width: 36em"
_BUTTON = (
    "display: inline-block; padding: 10px 18px; border-radius: 8px; background: #0f6a66; color: #fff; "
    "font-weight: 600; text-decoration: none"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: words, facts by name, lists under headings, and one link.

    Every text is one line.
    """

    subject: str
    language: Language
    opening: str
    action: str
    link: str
    facts: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    closing: str = ""

    def text(self) -> str:
        """Return the mail as plain text."""
        facts = "\n".join(f"{name}: {value}" for name, value in self.facts)
        lists = ["\n".join([heading, *(f"- {line}" for line in lines)]) for heading, lines in self.lists]
        parts = [_HELLO.get(self.language), self.opening, facts, *lists, f"{self.action}:\n{self.link}", self.closing]
        return "\n\n".join(part for part in [*parts, "Halfhour"] if part) + "\n"

    def html(self) -> str:
        """Return the mail as HTML, every word escaped."""
        facts = "".join(f"<strong>{escape(name)}:</strong> {escape(value)}<br>" for name, value in self.facts)
        lists = [
            f"<p><strong>{escape(heading)}</strong></p><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
            for heading, lines in self.lists
        ]
        button = f'<a href="{escape(self.link)}" style="{_BUTTON}">{escape(self.action)}</a>'
        parts = [escape(_HELLO.get(self.language)), escape(self.opening), facts]
        before = [f"<p>{part}</p>" for part in parts if part]
        after = [f"<p>{part}</p>" for part in [button, escape(self.closing), "Halfhour"] if part]
        body = "".join([*before, *lists, *after])
        return f'<!doctype html><html lang="{self.language}"><body style="{_STYLE}">{body}</body></html>'
