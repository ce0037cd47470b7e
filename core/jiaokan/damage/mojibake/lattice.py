"""The likeliest text of a graph of bytes: a beam search over the characters that they spell, by the language model."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jiaokan.damage.mojibake.byte_graph import Graph
from jiaokan.damage.mojibake.charsets import BIG5, Charset
from jiaokan.damage.mojibake.spelling import Pattern, Spelling, spelling
from jiaokan.language_model import BOUNDARY, LanguageModel

# Prices in nats: a byte that makes no character; a character of the other script than the text's.
_BROKEN = 14.0
_OTHER_SCRIPT = 4.0
_BEAM, _BEAM_LOST = 24, 8
_WIDTH = 16.0
_RANKED = 4


class Reading(NamedTuple):
    """One reading so far: its cost (nats), the last two characters (folded), and what was emitted, newest first."""

    cost: float
    first: str
    second: str
    trace: tuple[object, str] | None
    length: int

    @property
    def text(self) -> str:
        """What was read."""
        pieces: list[str] = []
        trace: object = self.trace
        while isinstance(trace, tuple):
            trace, piece = trace
            pieces.append(piece)
        return "".join(reversed(pieces))


class _Edge(NamedTuple):
    """Some characters that can stand between two nodes, the price of each, and whether their bytes are all known."""

    end: int
    characters: tuple[str, ...]
    price: float
    known: bool


def readings(graph: Graph, written: Charset) -> list[Reading]:
    """Return the likeliest readings of the bytes as text in the charset ``written``, best first."""
    edges = [list(_edges(graph, node, spelling(written))) for node in range(graph.end)]
    script = _script(edge.characters[0] for begun in edges for edge in begun if edge.known)
    frontiers: list[dict[tuple[str, str], list[Reading]]] = [{} for _ in range(graph.end + 1)]
    frontiers[0] = {(BOUNDARY, BOUNDARY): [Reading(0.0, BOUNDARY, BOUNDARY, None, 0)]}
    for node, begun in enumerate(edges):
        states = _best(frontiers[node])
        frontiers[node] = {}
        for edge in begun if states else ():
            for character in edge.characters:
                price = edge.price + (0.0 if edge.known else _foreign(character, script))
                for state in states[: _BEAM if edge.known else _BEAM_LOST]:
                    _put(frontiers[edge.end], state, character, price)
    model = LanguageModel.load()
    ended = (
        state._replace(cost=state.cost - model.conditional(state.first, state.second, BOUNDARY))
        for state in _best(frontiers[-1])
    )
    return sorted(ended, key=lambda state: state.cost)


def _edges(graph: Graph, node: int, written: Spelling) -> Iterator[_Edge]:
    """Yield what can begin at ``node``: characters, a byte of none, one that was never misread."""
    cheapest: dict[tuple[int, Pattern], float] = {}
    waiting: list[tuple[int, Pattern, float]] = [(node, (), 0.0)]
    while waiting:
        here, pattern, price = waiting.pop()
        lengths = written.lengths(pattern[0]) if pattern else (4,)
        if pattern and len(pattern) in lengths:
            key = (here, pattern)
            cheapest[key] = min(price, cheapest.get(key, price))
        if here < graph.end and len(pattern) < max(lengths, default=0):
            waiting += [
                (step.end, pattern if step.symbol is None else (*pattern, step.symbol), price + step.price)
                for step in graph.steps[here]
            ]
    for (end, pattern), price in cheapest.items():
        characters = written.fitting(pattern)
        if characters:
            yield _Edge(end, characters, price, all(isinstance(symbol, int) for symbol in pattern))
    for step in graph.steps[node]:
        if step.symbol is None:
            yield _Edge(step.end, ("",), 0.0, known=False)
        else:
            yield _Edge(step.end, ("\ufffd",), _BROKEN + step.price, known=False)
    if node in graph.kept:
        end, character, price = graph.kept[node]
        yield _Edge(end, (character,), price, known=False)


def _best(frontier: dict[tuple[str, str], list[Reading]]) -> list[Reading]:
    """Return the likeliest readings that end here, best first."""
    states = heapq.nsmallest(
        _BEAM, (state for ranked in frontier.values() for state in ranked), key=lambda state: state.cost
    )
    return [state for state in states if state.cost <= states[0].cost + _WIDTH]


def _put(frontier: dict[tuple[str, str], list[Reading]], state: Reading, character: str, price: float) -> None:
    if not character:
        new = state._replace(cost=state.cost + price)
    else:
        folded = _folded(character)
        cost = state.cost + price - LanguageModel.load().conditional(state.first, state.second, folded)
        new = Reading(cost, state.second, folded, (state.trace, character), state.length + 1)
    ranked = frontier.setdefault((new.first, new.second), [])
    if len(ranked) == _RANKED:
        worst = max(range(_RANKED), key=lambda index: ranked[index].cost)
        if new.cost >= ranked[worst].cost:
            return
        del ranked[worst]
    ranked.append(new)


@lru_cache(maxsize=1 << 14)
def _folded(character: str) -> str:
    return LanguageModel.load().fold(character)


@lru_cache(maxsize=1 << 14)
def _script_of(character: str) -> str:
    """Return "traditional" or "simplified" for a hanzi that the other script has not, else an empty string."""
    if _folded(character) != character:
        return "traditional" if "\u4e00" <= character <= "\u9fff" else ""
    return "simplified" if "\u4e00" <= character <= "\u9fff" and BIG5.encode(character) is None else ""


def _script(characters: Iterator[str]) -> str:
    """Return the script of most of the characters, an empty string if none tells."""
    counted = Counter(filter(None, map(_script_of, characters)))
    return counted.most_common(1)[0][0] if counted else ""


@lru_cache(maxsize=1 << 14)
def _foreign(character: str, script: str) -> float:
    own = _script_of(character)
    return _OTHER_SCRIPT if own and script and own != script else 0.0
