"""Whether a repair is right, as the intended text tells: what the grades *certain* and *probable* are worth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jiaokan.repair import Certainty, Kind, Repair
from rapidfuzz.distance import Levenshtein, Opcode

# Which kind of space stood somewhere no repair can know.
_SPACES = str.maketrans("\u3000\u00a0", "  ")
_SPACE = " \u3000\u00a0"
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Graded:
    """An applied repair of a damaged text and whether it is right.

    ``intended`` is what the intended text has at that place, with some characters on either side; ``repaired`` likewise.
    """

    kind: Kind
    certainty: Certainty
    rule: str
    right: bool
    before: str
    after: str
    repaired: str
    intended: str


def graded(repairs: Iterable[Repair], repaired: str, intended: str) -> Iterator[Graded]:
    """Yield the applied ones of ``repairs``, which made ``repaired``, each with whether it is right.

    A repair is right if what it wrote stands in the alignment of ``repaired`` and ``intended`` without a difference and
    nothing is missing beside it; damage that remains next to it is not its fault. What only takes something away is
    right if nothing of this is missing there.

    Args:
        repairs: The repairs of one paragraph (or text), offsets relative to it.
        repaired: What they made of it.
        intended: What it should have become.
    """
    opcodes = list(Levenshtein.opcodes(repaired.translate(_SPACES), intended.translate(_SPACES)))
    differences = [op for op in opcodes if op.tag != "equal" and not _is_margin(op, repaired, intended)]
    growth = 0
    for repair in repairs:
        if not repair.applied:
            continue
        start, end = repair.start + growth, repair.start + growth + len(repair.after)
        growth += len(repair.after) - len(repair.before)
        begin, stop = _place(opcodes, max(start - _AROUND, 0)), _place(opcodes, end + _AROUND)
        yield Graded(
            repair.kind,
            repair.certainty,
            repair.evidence.rule,
            not _contradicted(differences, start, end, intended, "" if repair.after else repair.before),
            repair.before,
            repair.after,
            repaired[max(start - _AROUND, 0) : end + _AROUND],
            intended[begin:stop],
        )


def _is_margin(op: Opcode, repaired: str, intended: str) -> bool:
    """Return whether a difference is one of indentation or of space at a line's end, which no repair can know either."""
    start, end = op.src_start, op.src_end
    if repaired[start:end].strip(_SPACE) or intended[op.dest_start : op.dest_end].strip(_SPACE):
        return False
    return repaired[start - 1 : start] in ("", "\n") or repaired[end : end + 1] in ("", "\n")


def _contradicted(differences: list[Opcode], start: int, end: int, intended: str, taken: str) -> bool:
    """Return whether a difference speaks against a repair that wrote ``start:end``, or only took ``taken`` away."""
    for op in differences[bisect_left(differences, start, key=_src_end) :]:
        if op.src_start > end:
            break
        missing = intended[op.dest_start : op.dest_end] if op.src_start == op.src_end else ""
        if missing and (not taken or any(character in missing for character in taken)):
            return True
        # A character of what it wrote is another one.
        if op.src_start < end and start < op.src_end:
            return True
    return False


def _place(opcodes: list[Opcode], offset: int) -> int:
    """Return where an offset of the repaired text lies, about, in the intended one."""
    index = bisect_left(opcodes, offset, key=_src_end)
    if index == len(opcodes):
        return opcodes[-1].dest_end if opcodes else 0
    op = opcodes[index]
    return int(min(op.dest_start + offset - op.src_start, op.dest_end))


def _src_end(op: Opcode) -> int:
    return int(op.src_end)
