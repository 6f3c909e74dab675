"""A writer's figures are shown beside the template's, as JSON and for people."""

from commands.prep_evaluation import prep_json, prep_text
from services.evaluate_prep import MeasuredWriter, PrepEvaluation, evaluate_prep
from tests.services.test_evaluate_prep import CASES, TakingTurns


def found() -> PrepEvaluation:
    return evaluate_prep(MeasuredWriter(TakingTurns(CASES), "model x, prompt 1"), cases=CASES)


def test_json_holds_the_writers_figures_beside_the_templates() -> None:
    written = prep_json(found())["llm"]
    assert list(written) == [
        "cases",
        "min_score",
        "median_score",
        "gates",
        "ms_median",
        "own_ms_median",
        "violations",
        "usd",
        "calls",
        "template_share",
    ]
    assert (written["cases"], written["calls"], written["template_share"], written["usd"]) == (4, 6, 0.5, 0.0)
    assert written["violations"] == {"invalid_json": 2, "server_error": 1, "refused": 1}


def test_text_says_why_answers_were_not_used() -> None:
    told = prep_text(found())
    assert "model x, prompt 1: 4 sessions, 0 do not pass, 0 gates" in told
    assert "6 calls, 0.0000 USD, 50% of the drafts are the template's" in told
    assert "Why answers were not used: invalid_json 2, server_error 1, refused 1" in told
