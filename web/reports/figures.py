"""Numbers as a report writes them."""

from recommender.evaluate.bootstrap import Estimate

METRICS = {
    "mrr": "1 where the right answer always stands first, 1/2 where second, 0 where it is never found",
    "accuracy": "how often the right answer stands first",
    "rp": "how many of the right answers stand among the first {k}, of those that could",
    "ndcg": "how good the first {k} are, early places counting more, of the best that there could be",
    "recall": "how many of all right answers stand among the first {k}",
    "hr": "how often a right answer stands among the first {k}",
    "coverage": "how many of all candidates stand among the first {k} of any list",
    "spearman": "how well the order agrees with that of people, 1 fully, 0 not at all",
}


NAMES = {
    "mrr": "MRR",
    "rp": "RP",
    "ndcg": "nDCG",
    "hr": "hit rate",
    "halfhour": "Halfhour",
    "bm25": "BM25",
    "tfidf": "TF-IDF",
    "minilm": "plain MiniLM",
    "item-knn": "item-kNN",
    "role-knn": "role-kNN",
    "random": "chance",
}


def meaning(metric: str) -> str:
    """Return in words what a metric measures; "" for one without words."""
    name, _, k = metric.partition("@")
    return METRICS.get(name.split("_")[0], "").format(k=k)


def plain(number: float) -> str:
    """Return two decimals without the leading zero."""
    text = f"{number:.2f}".replace("-", "−")
    return text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text


def signed(number: float) -> str:
    """Return two decimals with a sign."""
    return plain(number) if number < 0 else f"+{plain(number)}"


def bounded(estimate: Estimate) -> str:
    """Return "0.71 (.62–.80)"."""
    return f"{estimate.value:.2f} ({plain(estimate.low)}–{plain(estimate.high)})".replace("-", "−")


def signed_bounded(estimate: Estimate) -> str:
    """Return "+.05 (+.01 to +.09)"."""
    return f"{signed(estimate.value)} ({signed(estimate.low)} to {signed(estimate.high)})"


def spoken(name: str) -> str:
    """Return the name of a metric, system or feature as people read it."""
    first, at, k = name.partition("@")
    return f"{NAMES.get(first, first.replace('_', ' '))}{at}{k}"
