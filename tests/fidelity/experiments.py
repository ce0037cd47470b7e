"""What is measured: one experiment for each kind of damage and each style of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from simulator import alone, encodings, escaping
from simulator.charset import BIG5, GBK, LOSSES, Charset, Loss
from simulator.damaged import Damaged
from simulator.mirror import STYLES, Style, mirror_site
from simulator.script import traditional
from simulator.texts import clean_texts, to_damage


@dataclass(frozen=True, slots=True)
class Experiment:
    """A kind of damage, and how to do it to a text.

    Attributes:
        name: Its name in the table.
        damage: Makes the damaged text from a clean one.
        texts: The texts that it is done to.
        attempted: Whether the engine attempts to undo it; what it does not attempt is measured on demand.
    """

    name: str
    damage: Callable[[str, random.Random], Damaged]
    texts: Callable[[], dict[str, str]] = to_damage
    attempted: bool = True


@dataclass(frozen=True, slots=True)
class DamagedFile(Damaged):
    """A damaged text that is given as the bytes of a file; ``raw`` is what the encoding it was written in reads."""

    data: bytes = b""


def experiments() -> Iterator[Experiment]:
    """Yield every experiment, in the order of the table."""
    yield Experiment("clean", lambda clean, _: Damaged(clean, clean), clean_texts)
    yield Experiment("clean, Traditional", lambda clean, _: Damaged(traditional(clean), traditional(clean)))
    for style in STYLES:
        yield Experiment(f"mirror: {style.name}", partial(_mirror, style=style))
    yield Experiment("annotated", alone.annotated)
    yield from _annotations()
    yield from _slips()
    yield Experiment("widths folded", lambda clean, _: alone.width_folded(clean))
    yield Experiment("markup leaked", alone.markup_leaked)
    yield Experiment("invisible", alone.invisible_sprinkled)
    yield Experiment("no-break spaces shown as ?", alone.no_break_spaces_lost)
    yield Experiment("furniture", lambda clean, rng: alone.furniture_added(Damaged(clean, clean), rng, convert=False))
    yield from _mojibake()
    for notation in escaping.NOTATIONS:
        yield Experiment(f"escaped: {notation}", partial(_escaped, notation=notation))
    yield from _files()


def _annotations() -> Iterator[Experiment]:
    for style in alone.ANNOTATION_STYLES:
        yield Experiment(f"annotated: {style}", partial(alone.annotated_in_style, style=style))
    yield Experiment("annotated: strewn", alone.annotated_anywhere)
    yield Experiment("annotated: strewn, with emoji", partial(alone.annotated_anywhere, emoji=True))
    yield Experiment("annotated: a second list", alone.annotated_by_second_list)


def _slips() -> Iterator[Experiment]:
    for slip in alone.Slip:
        for loss in LOSSES if slip is alone.Slip.CUT else LOSSES[:1]:
            yield Experiment(f"slip: {slip.value}, {loss.name}", partial(_slipped, slip=slip, loss=loss))
    name = f"slip in Big5: {alone.Slip.CUT.value}"
    yield Experiment(name, partial(_slipped, slip=alone.Slip.CUT, loss=LOSSES[0], charset=BIG5))
    name = f"slip, Simplified: {alone.Slip.CUT.value}"
    yield Experiment(name, partial(_slipped, slip=alone.Slip.CUT, loss=LOSSES[0], convert=False))


_READERS = {
    "a double-byte charset": encodings.READ_DOUBLE_BYTE,
    "UTF-16": encodings.READ_UTF_16,
    "a Western charset": encodings.READ_WESTERN,
}
# Written in, read in, and what became of the lost bytes.
_LOSSES = (
    ("utf-8", "gbk", "?"),
    ("utf-8", "gbk", encodings.DROPPED),
    ("big5", "gbk", "?"),
    ("gbk", "big5", "?"),
    ("utf-8", "cp1252", encodings.DROPPED),
    ("utf-8", "cp1252", encodings.A0_A_SPACE),
    ("gbk", "latin-1", encodings.A0_A_SPACE),
)


def _mojibake() -> Iterator[Experiment]:
    for layers, times in ((1, ""), (2, ", twice"), (3, ", three times")):
        for name, readers in _READERS.items():
            damage = partial(_misread_without_loss, readers=readers, layers=layers)
            yield Experiment(f"mojibake without loss, read in {name}{times}", damage)
    for written, read in encodings.WESTERN:
        yield Experiment(f"{written} read as {read}", partial(_misread, written=written, read=read))
        yield Experiment(f"{written} read as {read}, twice", partial(_misread, written=written, read=read, layers=2))
    for written, read in encodings.CHINESE:
        name = f"{written} read as {read}"
        yield Experiment(name, partial(_misread, written=written, read=read))
    for written, read, loss in _LOSSES:
        name = f"{written} read as {read}, losses: {loss}"
        yield Experiment(name, partial(_misread, written=written, read=read, loss=loss))


def _files() -> Iterator[Experiment]:
    for codec in ("utf-8", "gb18030", "big5"):
        yield Experiment(f"file in {codec}", partial(_file, codec=codec, harm=lambda data, _: data))
        yield Experiment(f"file in {codec}, one byte lost", partial(_file, codec=codec, harm=encodings.byte_lost))
        yield Experiment(f"file in {codec}, one byte more", partial(_file, codec=codec, harm=encodings.byte_inserted))


def _file(clean: str, rng: random.Random, codec: str, harm: Callable[[bytes, random.Random], bytes]) -> Damaged:
    """A file that is read without being told its encoding; Big5 writes Traditional text only."""
    intended = traditional(clean) if codec == "big5" else clean
    intended = intended.encode(codec, errors="ignore").decode(codec)
    data = harm(intended.encode(codec), rng)
    return DamagedFile(data.decode(codec, errors="replace"), intended, data=data)


def _mirror(clean: str, rng: random.Random, style: Style) -> Damaged:
    return mirror_site(clean, rng, style)


def _slipped(
    clean: str,
    rng: random.Random,
    slip: alone.Slip,
    loss: Loss,
    charset: Charset = GBK,
    convert: bool = True,
) -> Damaged:
    """Slips at one character in 250."""
    text = traditional(clean) if convert else clean
    return alone.slipped(text, rng, slip, max(len(text) // 250, 1), loss, charset)


def _escaped(clean: str, _: random.Random, notation: str) -> Damaged:
    return escaping.escaped(clean, notation)


def _misread(clean: str, _: random.Random, written: str, read: str, layers: int = 1, loss: str = "\ufffd") -> Damaged:
    return encodings.mojibake(clean, written, read, layers, loss)


def _misread_without_loss(clean: str, rng: random.Random, readers: tuple[str, ...], layers: int) -> Damaged:
    return encodings.mojibake_without_loss(clean, rng, readers, layers)
