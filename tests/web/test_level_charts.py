"""Drawings of levels: places worked out by hand, words escaped, a title for those who cannot see them."""

from datetime import timedelta

from tests.builders import NOW
from web.level_charts import GapMark, gap_chart, level_line


def test_a_track_is_as_long_as_its_level() -> None:
    drawn = gap_chart("1 of 1", [GapMark("Delegation", held=1, wanted=3, words="1 of 3")])
    assert 'viewBox="0 0 344 46"' in drawn
    assert '<rect class="wanted" x="0.5" y="24" width="257.0"' in drawn  # 3 x 86 - 1
    assert '<rect class="held" x="0.5" y="24" width="85.0"' in drawn
    assert '<text class="figure" x="344" y="15" text-anchor="end">1 of 3</text>' in drawn
    assert 'aria-label="1 of 1"><title>1 of 1</title>' in drawn


def test_what_is_not_held_has_no_bar_and_long_names_are_cut() -> None:
    drawn = gap_chart("t", [GapMark("A very long name of a skill indeed", held=0, wanted=2, words="0 of 2")])
    assert 'class="held"' not in drawn
    assert ">A very long name of a skill…</text>" in drawn


def test_words_are_escaped() -> None:
    assert "<b>" not in gap_chart("<b>", [GapMark("<b>", held=1, wanted=1, words="<b>")])
    assert "<b>" not in level_line("<b>", [(NOW, 1)], NOW)


def test_a_line_rises_where_the_level_did() -> None:
    drawn = level_line("up", [(NOW, 0), (NOW + timedelta(days=5), 4)], NOW + timedelta(days=10))
    assert 'points="5.0,39.0 80.0,39.0 80.0,5.0 155.0,5.0"' in drawn
    assert '<circle class="now" cx="155.0" cy="5.0" r="4"/>' in drawn


def test_a_level_of_this_moment_is_a_line_too() -> None:
    assert 'points="5.0,22.0 155.0,22.0"' in level_line("now", [(NOW, 2)], NOW)
