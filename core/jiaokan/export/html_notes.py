"""The notes of an HTML report: the evidence of every repair, once for all repairs that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape

from jiaokan.appearance import CERTAINTY_NAMES, KIND_NAMES
from jiaokan.repair import Certainty, Repair
from jiaokan.unseen import UNSEEN, label

_MOST_PLACES = 12
_MOST_CANDIDATES = 8
_LONGEST = 80
"""Of a longer text (code points) only the beginning stands in a note."""
_NOTHING = '<span class="nothing">nothing</span>'


def marked_up(text: str) -> str:
    """Return ``text`` as HTML; what cannot be seen is labelled."""
    return UNSEEN.sub(lambda match: f'<span class="unseen">{label(match[0])}</span>', escape(text, quote=False))


@dataclass(slots=True)
class Note:
    """A note: its number, what repairs it is about, how many there are and in which paragraphs (from 1) the first."""

    number: int
    repair: Repair
    count: int = 0
    paragraphs: list[int] = field(default_factory=list)


class Notes:
    """Numbers the repairs in the order in which they come; those that are alike in all but their place have one number."""

    def __init__(self) -> None:
        """Start without any."""
        self._notes: dict[Repair, Note] = {}

    def number(self, repair: Repair, paragraph: int) -> int:
        """Return the number of the note about a repair in a paragraph (from 1)."""
        alike = replace(repair, start=0, end=0)
        note = self._notes.get(alike)
        if note is None:
            note = self._notes[alike] = Note(len(self._notes) + 1, alike)
        note.count += 1
        if len(note.paragraphs) < _MOST_PLACES and paragraph not in note.paragraphs[-1:]:
            note.paragraphs.append(paragraph)
        return note.number

    def __len__(self) -> int:
        return len(self._notes)

    def html(self, language: str) -> Iterator[str]:
        """Yield the notes, each as the item of a list; ``language`` is the tag of the text's language."""
        for note in self._notes.values():
            yield _item(note, language)


def _item(note: Note, language: str) -> str:
    repair = note.repair
    change = f'<span class="change {repair.kind}" lang="{language}">{_change(repair)}</span>'
    reason = repair.evidence.reason.rstrip(".")
    sentences = [f"{_sort(repair)}{_times(note)}.", f"{marked_up(reason[:1].upper() + reason[1:])}."]
    details = "".join(f"<br>{detail}" for detail in _details(repair))
    return f'<li id="n{note.number}">{change} {" ".join(sentences)}{details}</li>\n'


def _change(repair: Repair) -> str:
    before = _shortened(repair.before) or _NOTHING
    if repair.certainty is Certainty.LOST or repair.before == repair.after:
        return f'<span class="mark off">{before}</span>'
    after = _shortened(repair.after) or _NOTHING
    state = "" if repair.applied else " off"
    return (
        f'<del class="mark{state}">{before}</del> <span class="arrow">→</span> <ins class="mark{state}">{after}</ins>'
    )


def _shortened(text: str) -> str:
    return marked_up(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _sort(repair: Repair) -> str:
    name = KIND_NAMES.get(repair.kind, str(repair.kind))
    grade = CERTAINTY_NAMES.get(repair.certainty, str(repair.certainty))
    if repair.certainty is Certainty.LOST:
        done = "" if not repair.applied else ", replaced by the reader"
    else:
        done = ", carried out" if repair.applied else ", not carried out"
    return f"<b>{name}</b>, {grade}{done}"


def _times(note: Note) -> str:
    links = ", ".join(f'<a href="#p{paragraph}">{paragraph}</a>' for paragraph in note.paragraphs)
    more = ", …" if note.count > len(note.paragraphs) == _MOST_PLACES else ""
    times = f", {note.count:,} times" if note.count > 1 else ""
    return f"{times}; paragraph {links}{more}"


def _details(repair: Repair) -> list[str]:
    details: list[str] = []
    if repair.evidence.intended:
        details.append(f"Bytes that were meant: <code>{repair.evidence.intended.hex(' ').upper()}</code>")
    if repair.evidence.read:
        details.append(f"Bytes that were read: <code>{repair.evidence.read.hex(' ').upper()}</code>")
    others = [candidate for candidate in repair.candidates if candidate.text != repair.after][:_MOST_CANDIDATES]
    if others:
        best = max(candidate.score for candidate in repair.candidates)
        listed = ", ".join(f"{_shortened(other.text)} ({other.score - best:+.1f})" for other in others)
        details.append(f"Other readings, with their log-likelihood beside the best: {listed}")
    return details
