"""Charts: places by hand, words beside marks, nothing of a name becomes markup."""

import re

import pytest

from recommender.evaluate.bootstrap import Estimate
from web.reports.charts import WIDTH, Mark, Scale, bars, columns, curves, dots

MARKS = [
    Mark("ours", Estimate(0.5, 0.25, 1.0), "0.50 (.25–1.00)", is_ours=True),
    Mark("<b>theirs</b>", Estimate(0.25, 0.0, 0.5), "0.25"),
]


def attribute(name: str, tag: str, drawing: str) -> list[float]:
    return [float(value) for value in re.findall(rf'<{tag}[^>]*\s{name}="([-\d.]+)"', drawing)]


def test_a_scale_ends_at_the_edges() -> None:
    scale = Scale(0.0, 2.0)
    assert [scale.at(figure) for figure in (-1.0, 0.0, 1.0, 2.0, 3.0)] == [0.0, 0.0, WIDTH / 2, WIDTH, WIDTH]


def test_bars_are_as_long_as_their_figures_and_lines_reach_from_bound_to_bound() -> None:
    drawing = bars("title", MARKS)
    assert attribute("width", "rect", drawing) == [WIDTH / 2, WIDTH / 4]
    assert attribute("x1", "line", drawing) == [WIDTH / 4, 0.0]
    assert attribute("x2", "line", drawing) == [WIDTH, WIDTH / 2]


def test_a_bar_below_zero_goes_left() -> None:
    drawing = bars("title", [Mark("x", Estimate(-1.0, -1.0, 1.0), "")])
    assert (attribute("x", "rect", drawing), attribute("width", "rect", drawing)) == ([0.0], [WIDTH / 2])


def test_names_are_text_and_the_title_is_for_those_who_cannot_see_it() -> None:
    drawing = bars('a "title" & more', MARKS)
    assert "&lt;b&gt;theirs&lt;/b&gt;" in drawing
    assert 'role="img" aria-label="a &#34;title&#34; &amp; more"' in drawing


def test_a_long_name_leaves_room_for_the_figure() -> None:
    mark = Mark("Платформенная разработка и надёжность", MARKS[0].estimate, "")
    assert ">Платформенная разработка…<" in dots("title", [mark], 0.0, "")


def test_dots_stand_left_and_right_of_the_reference() -> None:
    marks = [Mark("less", Estimate(-0.1, -0.2, 0.0), ""), Mark("more", Estimate(0.1, 0.0, 0.2), "")]
    drawing = dots("title", marks, 0.0, "no difference")
    less, more = attribute("cx", "circle", drawing)
    assert less < WIDTH / 2 < more
    assert attribute("x1", "line", drawing)[0] == WIDTH / 2
    assert ">no difference<" in drawing


@pytest.mark.parametrize("figure", [0.0, 0.5])
def test_dots_that_all_stand_on_the_reference_are_drawn(figure: float) -> None:
    drawing = dots("title", [Mark("x", Estimate(figure, figure, figure), "")], figure, "mean")
    assert attribute("cx", "circle", drawing) == [WIDTH / 2]


def test_columns_are_as_high_as_their_shares() -> None:
    drawing = columns("title", {"1": 0.5, "2-3": 0.25, "none": 0.25})
    first, second, third = attribute("height", "rect", drawing)
    assert first == pytest.approx(2 * second, abs=0.2)
    assert second == third
    assert [">50%<" in drawing, ">2-3<" in drawing] == [True, True]


def test_nothing_shown_makes_flat_columns() -> None:
    assert attribute("height", "rect", columns("title", {"1": 0.0, "none": 0.0})) == [1.0, 1.0]


def test_a_curve_goes_from_corner_to_corner() -> None:
    drawing = curves("title", {"ours": [0.0, 0.25, 1.0]}, "if even")
    assert 'points="0.0,200.0 200.0,150.0 400.0,0.0"' in drawing
