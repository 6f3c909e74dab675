"""Words of an agenda stay words in Slack, Teams and mail headers."""

import json
from dataclasses import replace

from domain.agendas import Line
from prep.sinks import header_text, slack_blocks, slack_text, teams_card, teams_text
from tests.prep.agendas import DELEGATING

HOSTILE = "<!channel> <@U1> [free](https://evil.example) & *all*\r\nBEGIN:VALARM\u202e"
HELD = replace(DELEGATING, outcome=Line(HOSTILE, (1,)))


def test_slack_reads_no_mention_and_no_link() -> None:
    assert slack_text("<!channel> & <@U1|x>") == "&lt;!channel&gt; &amp; &lt;@U1|x&gt;"
    blocks = json.dumps(slack_blocks(HELD))
    assert "<!channel>" not in blocks
    assert "<@U1>" not in blocks


def test_slack_does_not_look_for_links_and_names_itself() -> None:
    assert [block["text"].get("verbatim") for block in slack_blocks(DELEGATING)[1:]] == [True] * 6


def test_teams_shows_markdown_instead_of_following_it() -> None:
    assert teams_text("[free](https://evil.example)") == r"\[free\]\(https://evil\.example\)"
    assert teams_text("*all* <at>x</at>") == r"\*all\* \<at\>x\</at\>"
    assert "actions" not in teams_card(HELD)


def test_an_agenda_is_whole_in_both() -> None:
    for shown in (json.dumps(slack_blocks(DELEGATING)), json.dumps(teams_card(DELEGATING))):
        assert all(segment.title in shown for segment in DELEGATING.segments)
        assert shown.count("?") == len(DELEGATING.questions)


def test_a_header_stays_one_line() -> None:
    assert header_text("Agenda\r\nBcc: all@example.org") == "Agenda Bcc: all@example.org"
