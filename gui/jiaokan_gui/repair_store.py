"""The repairs of a whole document in little room: packed blocks of rows, unpacked when they are looked at.

A text of 100 MB may have millions of repairs; as Python objects they would take gigabytes. A block is the compressed
pickle of the repairs of some rows: 20 to 30 bytes a repair. Blocks come in order; rows that were asked for early come
out of order and are kept aside until their block has come.
"""

from __future__ import annotations

import pickle
import re
import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

from jiaokan.repair import Kind, Repair

RepairsByRow = Mapping[int, tuple[Repair, ...]]

GRAVITY: tuple[Kind, ...] = (
    Kind.SLIP,
    Kind.MOJIBAKE,
    Kind.ESCAPE,
    Kind.MARKUP,
    Kind.FURNITURE,
    Kind.INVISIBLE,
    Kind.ANNOTATION,
    Kind.WIDTH,
)
"""The kinds from the gravest to the slightest: of several in one place the gravest shows."""


def by_gravity() -> tuple[Kind, ...]:
    """Return all kinds, the gravest first; those without a place in :data:`GRAVITY` last."""
    return (*GRAVITY, *(kind for kind in Kind if kind not in GRAVITY))


_RANK = {kind: rank for rank, kind in enumerate(by_gravity(), start=1)}
_KIND = {rank: kind for kind, rank in _RANK.items()}
_MARKED = re.compile(rb"[^\0]")
_BLOCKS_IN_MEMORY = 64


def rank_of(repairs: Iterable[Repair]) -> int:
    """Return the rank of the gravest kind among the repairs, 1 being the gravest; 0 if there is no repair."""
    return min((_RANK[repair.kind] for repair in repairs), default=0)


def kind_of(rank: int) -> Kind:
    """Return the kind that has this rank (1 or more)."""
    return _KIND[rank]


def pack(repairs: RepairsByRow) -> bytes:
    """Pack the repairs of some rows, offsets relative to the row."""
    return zlib.compress(pickle.dumps(dict(repairs), pickle.HIGHEST_PROTOCOL), 1) if repairs else b""


def unpack(packed: bytes) -> RepairsByRow:
    """Return what :func:`pack` packed. Only for bytes from this program's own worker process (it unpickles)."""
    if not packed:
        return {}
    repairs: RepairsByRow = pickle.loads(zlib.decompress(packed))
    return repairs


class RepairStore:
    """The repairs of a document's rows, as far as they are known."""

    def __init__(self, rows: int = 0) -> None:
        """Start with nothing known about any of ``rows`` rows."""
        self.known = 0
        """The rows before this one are known."""
        self._marks = bytearray(rows)
        self._firsts: list[int] = []
        self._blocks: list[bytes] = []
        self._unpacked: OrderedDict[int, RepairsByRow] = OrderedDict()
        self._early: dict[int, tuple[Repair, ...]] = {}

    def __getstate__(self) -> dict[str, object]:
        """Return what is pickled: all but the blocks that are unpacked."""
        return {**self.__dict__, "_unpacked": OrderedDict()}

    @property
    def marks(self) -> bytes | bytearray:
        """One byte for every row: the rank of the gravest kind of its repairs, 0 if it has none that is known."""
        return self._marks

    def add(self, first: int, end: int, packed: bytes, marks: Sequence[tuple[int, int]]) -> None:
        """Take the next block, of the rows ``[first, end)``; ``first`` is where the last block ended."""
        if first != self.known:
            raise ValueError(f"block starts at row {first}, not at {self.known}")
        if packed:
            self._firsts.append(first)
            self._blocks.append(packed)
        for row in [row for row in self._early if row < end]:
            del self._early[row]
        self._marks[first:end] = bytes(end - first)
        self._mark(marks)
        self.known = end

    def add_early(self, first: int, end: int, packed: bytes, marks: Sequence[tuple[int, int]]) -> None:
        """Take the rows ``[first, end)`` out of order; those that are already known stay as they are."""
        repairs = unpack(packed)
        for row in range(max(first, self.known), end):
            self._early[row] = repairs.get(row, ())
        self._mark([(row, rank) for row, rank in marks if row >= self.known])

    def _mark(self, marks: Iterable[tuple[int, int]]) -> None:
        for row, rank in marks:
            self._marks[row] = rank

    def is_known(self, row: int) -> bool:
        """Return whether the repairs of the row are known."""
        return row < self.known or row in self._early

    def repairs(self, row: int) -> tuple[Repair, ...]:
        """Return the repairs of the row (offsets relative to the row); none if it is not known."""
        if row >= self.known:
            return self._early.get(row, ())
        if not self._marks[row]:
            return ()
        return self._block(bisect_right(self._firsts, row) - 1).get(row, ())

    def _block(self, index: int) -> RepairsByRow:
        block = self._unpacked.get(index)
        if block is None:
            block = self._unpacked[index] = unpack(self._blocks[index])
            if len(self._unpacked) > _BLOCKS_IN_MEMORY:
                self._unpacked.popitem(last=False)
        else:
            self._unpacked.move_to_end(index)
        return block

    def next_marked(self, row: int) -> int | None:
        """Return the first row with repairs at or after ``row``, if there is one."""
        match = _MARKED.search(self._marks, max(0, row))
        return match.start() if match else None

    def previous_marked(self, row: int) -> int | None:
        """Return the last row with repairs at or before ``row``, if there is one."""
        end = min(row + 1, len(self._marks))
        while end > 0:
            # Backwards in strides, so that a near one is found without copying all that lies before it.
            start = max(0, end - 65_536)
            stride = self._marks[start:end].rstrip(b"\0")
            if stride:
                return start + len(stride) - 1
            end = start
        return None
