"""The likeliest way through pieces that each may be in one of several encodings, where changing costs something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


def likeliest_way(
    scores: Iterable[Mapping[str, float]], cost_of_change: Callable[[str, str], float], outside: str = ""
) -> list[str]:
    """Return the encoding of each piece, in order.

    Args:
        scores: For each piece ln of its probability in each encoding that it may be in. All have some in common.
        cost_of_change: What it costs (nats) to go from one encoding, the first argument, to another one.
        outside: The encoding before and behind the pieces; "" if it can be any.
    """
    best = {outside: 0.0}
    before: list[dict[str, str]] = []
    for score in scores:
        here: dict[str, float] = {}
        previous: dict[str, str] = {}
        for name, value in score.items():
            reached = {
                other: so_far - (cost_of_change(other, name) if other and other != name else 0.0)
                for other, so_far in best.items()
            }
            previous[name] = max(reached, key=lambda other: reached[other])
            here[name] = reached[previous[name]] + value
        best = here
        before.append(previous)
    if outside:
        best = {
            name: value - (cost_of_change(name, outside) if name != outside else 0.0) for name, value in best.items()
        }
    name = max(best, key=lambda other: best[other])
    way: list[str] = []
    for previous in reversed(before):
        way.append(name)
        name = previous[name]
    return way[::-1]
