"""The report: one file, nothing fetched, every chart with its message and its table, and what cannot be said."""

import re
from html.parser import HTMLParser

import pytest

from recommender.evaluate.bootstrap import Estimate
from recommender.evaluate.find import Systems, find
from recommender.evaluate.findings import Findings
from tests.evaluations import a_history, an_evaluation, measured, some_findings
from web.reports import render_report
from web.reports.figures import bounded, meaning, plain, signed, spoken
from web.reports.panels import panels

FETCHES = {"script", "link", "img", "iframe", "object", "embed", "video", "audio", "source", "base", "form"}


class Tags(HTMLParser):
    """Collects what a page holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


PAGE = render_report([an_evaluation(), a_history(is_made_up=True)])
FIGURES = re.findall(r"<figure.*?</figure>", PAGE, re.DOTALL)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    tags = Tags(PAGE).tags
    assert {tag for tag, _ in tags} & FETCHES == set()
    assert [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "src"] == []
    assert re.findall(r"https?:|//[a-z]|url\(|@import", PAGE) == []
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in tags)


def test_every_chart_has_a_message_and_a_table_behind_it() -> None:
    assert len(FIGURES) == 5 + 5 + 4  # the mentors' part had no features left out
    assert len(FIGURES) == PAGE.count("<svg")
    for figure in FIGURES:
        title = re.search(r"<h3>(.+?)</h3>", figure)
        assert title
        assert f"<title>{title[1]}</title>" in figure
        assert len(re.findall(r"<details>.*<table>.*<tr>", figure, re.DOTALL)) == 1
        assert figure.count("<tr>") > 1


def test_tables_are_whole() -> None:
    for figure in FIGURES:
        rows = re.findall(r"<tr>.*?</tr>", figure, re.DOTALL)
        assert len({row.count("<th") + row.count("<td") for row in rows}) == 1


def test_each_section_says_what_its_figures_cannot_say() -> None:
    assert PAGE.count("<h2") == PAGE.count("What these figures cannot say") == 3
    for limit in ("The needs are public data", "People ask for what they were shown", "need not have helped anybody"):
        assert limit in PAGE


def test_a_made_up_past_is_called_so_in_both_its_parts() -> None:
    assert PAGE.count("everything they asked for is made up") == 2
    assert "made up" not in render_report([a_history()])


def test_source_and_licence_are_named() -> None:
    assert "source: somebody/skills" in PAGE
    assert "licence: CC BY 4.0" in PAGE


def test_names_from_files_are_text() -> None:
    page = render_report([an_evaluation(name="<script>alert(1)</script>")])
    assert "<script" not in page
    assert "short &lt;needs&gt;" in page


def test_one_section_needs_no_contents() -> None:
    assert "<nav" in PAGE
    assert "<nav" not in render_report([an_evaluation()])


def titles(findings: Findings) -> list[str]:
    return [panel.title for panel in panels(findings)]


@pytest.mark.parametrize(
    ("ours", "best", "says"),
    [
        (0.8, 0.3, "Halfhour is ahead of every baseline: MRR "),
        (0.4, 0.4, "cannot be told apart by MRR: it may be luck"),
        (0.1, 0.6, "BM25 is ahead of Halfhour: MRR "),
    ],
)
def test_the_first_title_says_whether_it_is_luck(ours: float, best: float, says: str) -> None:
    assert says in titles(some_findings(ours, best))[0]


def test_without_baselines_the_title_is_the_figure_itself() -> None:
    findings = find(Systems(measured(0.5), {}), None, [], deepest=12)
    assert re.fullmatch(r"MRR is \.\d\d; other needs like these would give \.\d\d to \.\d\d", titles(findings)[0])
    assert len(titles(findings)) == 2


def test_a_feature_that_is_missed_and_one_that_does_harm_are_named() -> None:
    missed = panels(some_findings(ours=0.8))[2]
    assert missed.title.startswith("“title words” is missed most: without it MRR falls by .")
    assert "does harm" not in missed.text
    harmful = panels(some_findings(ours=0.0))[2]
    assert "“title words” does harm here: without it MRR rises by ." in harmful.text
    assert harmful.title == "No single feature is missed for certain: the others make up for it"


def test_figures_as_a_report_writes_them() -> None:
    assert [plain(number) for number in (0.4, -0.05, 1.0, 12.0)] == [".40", "−.05", "1.00", "12.00"]
    assert [signed(number) for number in (0.4, -0.05)] == ["+.40", "−.05"]
    assert bounded(Estimate(0.71, 0.62, 0.8)) == "0.71 (.62–.80)"
    assert [spoken(name) for name in ("mrr", "ndcg@10", "title_words", "minilm")] == [
        "MRR",
        "nDCG@10",
        "title words",
        "plain MiniLM",
    ]
    assert meaning("hr@3") == "how often a right answer stands among the first 3"
    assert meaning("spearman_en").startswith("how well the order agrees")
    assert meaning("unknown") == ""
