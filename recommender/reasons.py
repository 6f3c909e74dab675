"""Which features moved a score, strongest first, and the reasons that are said about them."""

from collections.abc import Callable, Mapping

from domain.suggestions import Reason

MOST_REASONS = 3
MOVED = 0.01  # of the score scale, above the average candidate: less is noise
MATTERED = 0.10  # of the score scale: said even where the average candidate has as much
_ROUNDING = 1e-9

Say = Callable[[], str | None]


def reasons_for(
    features: Mapping[str, float], average: Mapping[str, float], shares: Mapping[str, float], say: Mapping[str, Say]
) -> tuple[Reason, ...]:
    """Return up to three reasons, largest contribution first, ties by feature name.

    A feature contributes its weight share times its value. It is said when it lifts the candidate `MOVED` above the
    average one, or contributes `MATTERED` and is no lower than the average: what speaks against a candidate is no
    reason. Where nothing passes, the strongest feature that is no lower than the average and has words is said alone.

    Parameters
    ----------
    average
        The mean of each feature over the candidates.
    shares
        Weights that sum to 1, by feature name.
    say
        By feature, what gives its sentence; None from it means that there is nothing true or telling to say.
    """
    contributions = {name: shares[name] * value for name, value in features.items() if shares[name] * value > 0}
    lifts = {name: contributions[name] - shares[name] * average[name] for name in contributions}
    ordered = sorted((n for n in lifts if lifts[n] > -_ROUNDING), key=lambda name: (-contributions[name], name))
    moved = [name for name in ordered if lifts[name] >= MOVED or contributions[name] >= MATTERED]
    spoken = _spoken(moved, contributions, say, MOST_REASONS)
    return tuple(spoken or _spoken(ordered, contributions, say, 1))


def _spoken(names: list[str], contributions: Mapping[str, float], say: Mapping[str, Say], most: int) -> list[Reason]:
    reasons: list[Reason] = []
    for name in names:
        text = say[name]() if len(reasons) < most else None
        if text:
            reasons.append(Reason(name, contributions[name], text))
    return reasons
