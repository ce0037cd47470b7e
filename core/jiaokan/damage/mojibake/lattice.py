"""The likeliest text of a graph of bytes: a beam search over the characters that they spell, by the language model."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import inf
from typing import NamedTuple

from jiaokan.damage.mojibake.byte_graph import Graph
from jiaokan.damage.mojibake.charsets import BIG5, Charset
from jiaokan.damage.mojibake.spelling import Pattern, Spelling, spelling
from jiaokan.language_model import BOUNDARY, LanguageModel

# Prices in nats: a byte that makes no character; a character of the other script than the text's.
_BROKEN = 14.0
_OTHER_SCRIPT = 4.0
_BEAM, _BEAM_LOST = 24, 12
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
    edges = [sorted(_edges(graph, node, spelling(written)), key=_plainest) for node in range(graph.end)]
    script = _script(edge.characters[0] for begun in edges for edge in begun if edge.known)
    frontiers = [_Frontier() for _ in range(graph.end + 1)]
    frontiers[0].add(Reading(0.0, BOUNDARY, BOUNDARY, None, 0))
    for node, begun in enumerate(edges):
        states = frontiers[node].best()
        frontiers[node] = _Frontier()
        for edge in begun if states else ():
            _extend(states, edge, frontiers[edge.end], script)
    model = LanguageModel.load()
    ended = (
        state._replace(cost=state.cost - model.conditional(state.first, state.second, BOUNDARY))
        for state in frontiers[-1].best()
    )
    return sorted(ended, key=lambda state: state.cost)


class _Frontier:
    """The readings that end at one node: of those that end in the same two characters the likeliest few."""

    def __init__(self) -> None:
        self._ranked: dict[tuple[str, str], list[Reading]] = {}
        self.lowest = inf

    def best(self) -> list[Reading]:
        """Return the likeliest readings, best first."""
        states = heapq.nsmallest(
            _BEAM, (state for ranked in self._ranked.values() for state in ranked), key=lambda state: state.cost
        )
        return [state for state in states if state.cost <= states[0].cost + _WIDTH]

    def add(self, state: Reading) -> None:
        """Take one more reading, unless there are enough that are likelier."""
        if state.cost > self.lowest + _WIDTH:
            return
        self.lowest = min(self.lowest, state.cost)
        ranked = self._ranked.setdefault((state.first, state.second), [])
        if len(ranked) == _RANKED:
            worst = max(range(_RANKED), key=lambda index: ranked[index].cost)
            if state.cost >= ranked[worst].cost:
                return
            del ranked[worst]
        ranked.append(state)


def _extend(states: list[Reading], edge: _Edge, frontier: _Frontier, script: str) -> None:
    """Add to ``frontier`` what the readings become with the characters of one edge."""
    conditional = LanguageModel.load().conditional
    for character in edge.characters:
        price = edge.price + (0.0 if edge.known else _foreign(character, script))
        folded = _folded(character)
        for state in states[: _BEAM if edge.known else _BEAM_LOST]:
            cost = state.cost + price
            if cost > frontier.lowest + _WIDTH:
                break
            if character:
                cost -= conditional(state.first, state.second, folded)
                frontier.add(Reading(cost, state.second, folded, (state.trace, character), state.length + 1))
            else:
                frontier.add(state._replace(cost=cost))


def _plainest(edge: _Edge) -> tuple[bool, float]:
    """Order edges so that what is likely comes first, and most of the rest need not be looked at."""
    return not edge.known, edge.price


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
