"""Compose two passes of repairs into one, so that several kinds of damage can lie on top of each other.

The first pass takes the raw text to a middle text, the second the middle text to the result. Their composition takes the
raw text to the result and names spans of the raw text only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jiaokan.repair import Candidate, Certainty, OffsetMap, Repair, applied_only

# From the surest to the least sure: a repair made of several is as sure as the least sure of them.
_BY_DOUBT = tuple(Certainty)


def compose(raw: str, first: Sequence[Repair], second: Sequence[Repair]) -> list[Repair]:
    """Return the pass from ``raw`` to what ``second`` makes of ``apply(raw, first)``.

    Applied repairs of the two passes that overlap become one. Repairs that are not applied keep their span (they may
    enclose applied ones, as furniture encloses the annotations in it).
    """
    offsets, replaced = OffsetMap(first), applied_only(first)
    passive = [repair for repair in first if not repair.applied]
    moved = (_on_raw(repair, raw, offsets, replaced) for repair in second if not repair.applied)
    passive += [repair for repair in moved if repair is not None]
    active = [_merge(raw, group) for group in _groups(replaced, applied_only(second))]
    # What the second pass takes back is no repair any more.
    active = [repair for repair in active if repair.before != repair.after]
    return sorted(passive + active, key=_place)


def _place(repair: Repair) -> tuple[int, bool, int]:
    """Return the key of the order: what encloses others first; applied ones that start together stay as they are."""
    return repair.start, repair.applied, 0 if repair.applied else -repair.end


@dataclass(slots=True)
class _Group:
    """Overlapping repairs of both passes: their span in the middle text, and the raw offset of its start."""

    start: int
    end: int
    raw_start: int
    first: list[Repair]
    second: list[Repair]


def _groups(first: Sequence[Repair], second: Sequence[Repair]) -> Iterable[_Group]:
    shift = 0
    spans: list[tuple[int, int, int, Repair]] = []
    for repair in first:
        start = repair.start + shift
        spans.append((start, start + len(repair.after), 0, repair))
        shift += len(repair.after) - len(repair.before)
    spans.extend((repair.start, repair.end, 1, repair) for repair in second)
    spans.sort(key=lambda span: span[:3])
    shift = 0
    group: _Group | None = None
    for start, end, rank, repair in spans:
        # Spans that only touch stay apart; so does an empty one, unless it lies strictly inside (at the start it sorts first).
        if group is None or start >= group.end:
            if group is not None:
                yield group
            group = _Group(start, end, start - shift, [], [])
        group.end = max(group.end, end)
        if rank == 0:
            group.first.append(repair)
            shift += len(repair.after) - len(repair.before)
        else:
            group.second.append(repair)
    if group is not None:
        yield group


def _merge(raw: str, group: _Group) -> Repair:
    if not group.second:
        return group.first[0]
    middle_length = group.end - group.start
    growth = sum(len(repair.after) - len(repair.before) for repair in group.first)
    raw_end = group.raw_start + middle_length - growth
    before = raw[group.raw_start : raw_end]
    middle = _carried_out(before, group.first, group.raw_start) if group.first else before
    after = _carried_out(middle, group.second, group.start)
    members = group.first + group.second
    leading = members[0]
    certainty = max((member.certainty for member in members), key=_BY_DOUBT.index)
    reasons = tuple(dict.fromkeys(member.evidence.reason for member in members))
    return Repair(
        group.raw_start,
        raw_end,
        before,
        after,
        leading.kind,
        certainty,
        applied=True,
        evidence=replace(leading.evidence, reason=" ".join(reasons)),
        candidates=_candidates(before, group),
    )


def _candidates(before: str, group: _Group) -> tuple[Candidate, ...]:
    """Return the candidates of the group's one first repair, carried through the second pass where it fits them."""
    if not group.first:
        return group.second[0].candidates if len(group.second) == 1 else ()
    if len(group.first) > 1:
        return ()
    (only,) = group.first
    found: list[Candidate] = []
    for candidate in only.candidates:
        changed = replace(only, after=candidate.text)
        if len(candidate.text) != len(only.after):
            continue
        middle = _carried_out(before, [changed], group.raw_start)
        if all(
            middle[repair.start - group.start : repair.end - group.start] == repair.before for repair in group.second
        ):
            found.append(Candidate(_carried_out(middle, group.second, group.start), candidate.score))
    return tuple(found)


def _carried_out(text: str, repairs: Sequence[Repair], origin: int) -> str:
    pieces: list[str] = []
    position = origin
    for repair in repairs:
        pieces.append(text[position - origin : repair.start - origin])
        pieces.append(repair.after)
        position = repair.end
    pieces.append(text[position - origin :])
    return "".join(pieces)


def _on_raw(repair: Repair, raw: str, offsets: OffsetMap, replaced: Sequence[Repair]) -> Repair | None:
    """Return a repair of the middle text that is not applied as one of ``raw``; None where it has lost its meaning.

    It covers the whole of a replaced span of which it covers a part.
    """
    start, end = offsets.to_raw(repair.start), offsets.to_raw(repair.end)
    if offsets.to_repaired(end) < repair.end:  # It ends within a replaced span, the last one that starts there.
        end = replaced[bisect_right(replaced, end, key=lambda other: other.start) - 1].end
    before = raw[start:end]
    if repair.after == repair.before:
        after = before  # A mark that changes nothing goes on changing nothing.
    elif before == repair.before or not repair.after:
        after = repair.after
    else:
        return None
    return replace(repair, start=start, end=end, before=before, after=after)
