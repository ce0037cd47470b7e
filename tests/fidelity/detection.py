"""``python -m fidelity.detection``: how often the encoding is found, by this program and by every other detector.

Samples of known text are written in every encoding, intact and damaged. Of an intact one the *text* must come back,
whatever the encoding is called; of a damaged one the encoding must be of the right family. Of a file with lines in
several encodings every line must come back; the other detectors, which know one encoding a file, are given each line.
Detectors that are not installed are left out (``pip install chardet faust-cchardet chardetng-py`` brings them).
"""

from __future__ import annotations

import importlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import pairwise, product
from pathlib import Path

import click
from jiaokan.decoding import decode
from simulator.encodings import byte_inserted, byte_lost, truncated
from simulator.script import traditional
from simulator.texts import clean_texts

OWN = "jiaokan"
LENGTHS = (4, 6, 8, 10, 20, 40, 100, 1000)
_DAMAGED_LENGTHS = (12, 40, 200)

# Prose of other languages, written for this project.
_OTHERS = {
    "Japanese": "昨日は朝から雨が降っていましたが、夕方になるとすっかり晴れて、きれいな虹が見えました。"
    "駅前の古い喫茶店では、学生たちが試験の話をしながらコーヒーを飲んでいます。店の主人は窓を開けて、庭の花に水をやりました。",
    "Korean": "어제는 아침부터 비가 내렸지만 저녁이 되자 날씨가 개어 무지개가 보였습니다. "
    "시장 골목의 작은 식당에서는 할머니가 국수를 삶고, 아이들은 문 앞에서 공을 차며 놀고 있었습니다.",
    "Russian": "Вчера с утра шёл дождь, но к вечеру небо прояснилось, и над рекой появилась радуга. "
    "Старый мельник открыл окно, послушал, как шумит вода, и сказал, что завтра можно будет косить траву.",
    "French": "Le café était fermé, mais l'hôtel d'à côté servait déjà le petit déjeuner aux élèves. "
    "À l'arrivée du maître, les garçons se turent ; une fenêtre était restée ouverte, et l'odeur des forêts entrait.",
    "German": "Über Nacht fiel Schnee, und am Morgen waren die Straßen weiß; die Kinder zogen ihre Schlitten hügelauf. "
    "Der Müller öffnete die Tür, grüßte höflich und fragte, ob jemand für ihn größere Säcke tragen könne.",
    "Spanish": "El niño corrió hacia la montaña mientras su abuela añadía leña al fogón; mañana habrá más pan. "
    "¿Quién llamó a la puerta?, preguntó el señor García, y después salió al jardín sin cerrar el portón.",
    "Portuguese": "A padaria não abriu às sete porque o padeiro ainda dormia; as crianças esperavam à porta com moedas na mão. "
    "Três pássaros pousaram no telhado, e o cão do vizinho começou a ladrar até o pão ficar pronto.",
    "Swedish": "På våren smälter isen längs ån, och fåglarna återvänder från söder för att bygga sina bon i alarna. "
    "Gubben vid kvarnen räknade säckarna, nickade åt drängen och gick sedan hem över ängen för att äta.",
    "English": "The ferry left before dawn, and by the time the fog had lifted we could see the other bank of the river. "
    "Nobody spoke; somebody had put the kettle on, and the smell of tea drifted slowly across the deck.",
}  # fmt: skip
_UNICODE = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-7")
_CODECS = {
    "Simplified": (*_UNICODE, "gb18030", "gb2312", "hz"),
    "Traditional": (*_UNICODE, "gbk", "big5", "big5hkscs", "cp950"),
    "verse": ("utf-8", "gbk", "big5", "utf-16-le"),
    "headings": ("utf-8", "gb18030", "utf-16-le"),
    "HTML": ("utf-8", "gb18030", "utf-16-le"),
    "CSV": ("utf-8", "gb18030", "utf-16-le"),
    "code": ("utf-8", "gb18030", "utf-16-le"),
    "Japanese": ("utf-8", "cp932", "euc_jp", "iso2022_jp"),
    "Korean": ("utf-8", "euc_kr", "cp949", "iso2022_kr"),
    "Russian": ("utf-8", "koi8-r", "cp1251"),
    "French": ("utf-8", "latin-1", "cp1252"),
    "German": ("utf-8", "latin-1", "cp1252"),
    "Spanish": ("utf-8", "latin-1", "cp1252"),
    "Portuguese": ("utf-8", "cp1252"),
    "Swedish": ("utf-8", "cp1252"),
    "English": ("ascii", "utf-16-le"),
}
_DAMAGED = {
    "utf-8": "Simplified",
    "gb18030": "Simplified",
    "big5": "Traditional",
    "utf-16-le": "Simplified",
    "utf-16-be": "Simplified",
    "cp932": "Japanese",
    "euc_jp": "Japanese",
    "cp949": "Korean",
    "koi8-r": "Russian",
    "cp1251": "Russian",
    "cp1252": "French",
}
# The kind of text, the encoding of the file and that of the passage in it.
_MIXED = (
    ("Simplified", "utf-8", "gb18030"),
    ("Simplified", "gb18030", "utf-8"),
    ("Traditional", "utf-8", "big5"),
    ("Traditional", "big5", "utf-8"),
    ("Traditional", "gb18030", "big5"),
    ("Traditional", "big5", "gb18030"),
)
EVERY_LINE = "every line"
"""The family of a sample that has no single one."""

_FAMILIES = {
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "cp950": "big5",
    "big5hkscs": "big5",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}


@dataclass(slots=True)
class Row:
    """One kind of sample: how many there were, and how many each detector got right."""

    name: str
    samples: int = 0
    right: Counter[str] = field(default_factory=Counter)


def rows(samples: int, chosen: str = "", corpus: Path | None = None) -> Iterator[Row]:
    """Yield a row for each kind of sample whose name contains ``chosen``, of ``samples`` each.

    Args:
        samples: How many samples of each kind; the same ones in every run.
        chosen: A part of the wanted rows' names.
        corpus: A folder of Chinese ``*.txt`` files in UTF-8, which then takes the place of the texts of our own.
    """
    material = _material(corpus)
    for name, sample in _kinds(material):
        if chosen not in name:
            continue
        row = Row(name)
        chooser = random.Random(name)
        for _ in range(samples):
            data, truth, family = sample(chooser)
            row.samples += 1
            row.right.update(detector for detector, detect in DETECTORS.items() if detect(data, truth, family))
        yield row


def _material(corpus: Path | None) -> dict[str, list[str]]:
    """Return the texts by kind; every text is long enough to cut from."""
    texts = clean_texts()
    simplified = [text for name, text in texts.items() if name.startswith("simplified")]
    original = [text for name, text in texts.items() if name.startswith("traditional")]
    if corpus is not None:
        files = sorted(corpus.rglob("*.txt"))[:400]
        simplified = [file.read_text(encoding="utf-8", errors="ignore")[:200_000] for file in files] or simplified
    lines = [line for text in simplified for line in text.split("\n") if line]
    paired = list(pairwise(lines))
    return {
        "Simplified": simplified,
        "Traditional": [*original, *map(traditional, simplified)],
        "verse": [texts["simplified/poems"], texts["look_alikes/classical"]],
        "headings": [line for line in lines if len(line) < 20],
        "HTML": [f'<div class="item"><a href="/n/{len(a)}.html">{a[:9]}</a><p>{b[:30]}</p></div>\n' for a, b in paired],
        "CSV": [f"{len(a)},{a[:4]},2019-04-{len(b) % 30:02},{len(b) * 7}.50,{b[:4]}\n" for a, b in paired],
        "code": [f"    total += item.price * {len(a)}  # {a[:14]}\n    return total\n" for a in lines],
        **{language: [text] for language, text in _OTHERS.items()},
    }


# A sample: its bytes, its text if it is intact, and the family of its encoding.
Sample = tuple[bytes, str | None, str]


def _kinds(material: dict[str, list[str]]) -> Iterator[tuple[str, Callable[[random.Random], Sample]]]:
    for kind, codecs in _CODECS.items():
        texts = material[kind]
        whole = kind in ("headings", "HTML", "CSV", "code")
        for codec in codecs:
            for length in (0,) if whole else LENGTHS:
                if length <= max(map(len, texts)):
                    label = f"{length}" if length else "whole"
                    yield f"{kind}, {codec}, {label}", partial(_intact, texts=texts, codec=codec, length=length)
    for (codec, kind), (name, harm), length in product(_DAMAGED.items(), _HARMS.items(), _DAMAGED_LENGTHS):
        if length <= max(map(len, material[kind])) and length >= _FEWEST.get(name, 0):
            sample = partial(_harmed, texts=material[kind], codec=codec, harm=harm, length=length)
            yield f"damaged: {name}, {codec}, {length}", sample

    for kind, main, others in _MIXED:
        for length in (8, 20, 60):
            name = f"per paragraph: {others} in {main}, {length}"
            yield name, partial(_mixed, texts=material[kind], main=main, other=others, length=length)


def _mixed(chooser: random.Random, texts: list[str], main: str, other: str, length: int) -> Sample:
    """Return ten lines of at most ``length`` characters, of which one to three in a row are in another encoding."""
    text = _piece(chooser, texts, main, 40 * length)
    lines = [line[:length] for line in text.encode(other, "ignore").decode(other).split("\n") if line.strip()][:10]
    first = chooser.randrange(len(lines))
    passage = range(first, first + chooser.randrange(1, 4))
    data = b"".join((line + "\n").encode(other if number in passage else main) for number, line in enumerate(lines))
    return data, "".join(line + "\n" for line in lines), EVERY_LINE


def _piece(chooser: random.Random, texts: list[str], codec: str, length: int) -> str:
    """Return a piece of a text, of the given length if that is not 0, of which not everything is ASCII if it can be."""
    piece = ""
    for _ in range(20):
        text = chooser.choice(texts).encode(codec, "ignore").decode(codec)
        start = chooser.randrange(max(1, len(text) - length + 1)) if length else 0
        piece = text[start : start + length] if length else text
        if codec == "ascii" or not piece.isascii():
            break
    return piece


def _intact(chooser: random.Random, texts: list[str], codec: str, length: int) -> Sample:
    piece = _piece(chooser, texts, codec, length)
    return piece.encode(codec), piece, family(codec)


def _harmed(
    chooser: random.Random, texts: list[str], codec: str, harm: Callable[[bytes, random.Random], bytes], length: int
) -> Sample:
    data = _piece(chooser, texts, codec, length).encode(codec)
    return harm(data, chooser), None, family(codec)


def _cut_at_the_start(data: bytes, chooser: random.Random) -> bytes:
    return data[chooser.randrange(1, len(data) // 2) :]


def _sprinkled(data: bytes, chooser: random.Random) -> bytes:
    for _ in range(5):
        place = chooser.randrange(len(data))
        data = data[:place] + b"\0" + data[place:]
    return data


def _flipped(data: bytes, chooser: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(4):
        flipped[chooser.randrange(len(data))] ^= 1 << chooser.randrange(8)
    return bytes(flipped)


def _thinned(data: bytes, chooser: random.Random) -> bytes:
    return bytes(byte for byte in data if chooser.random() >= 0.02)


def _with_a_line_of_another(data: bytes, _chooser: random.Random) -> bytes:
    line = "\n渔民们已经把船推下了水\n"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data + line.encode()
    return data + line.encode("gb18030")


_HARMS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "one byte lost": byte_lost,
    "one byte more": byte_inserted,
    "cut at the end": truncated,
    "cut at the start": _cut_at_the_start,
    "five NULs": _sprinkled,
    "four bits flipped": _flipped,
    "2 % of bytes lost": _thinned,
    "a line in another encoding": _with_a_line_of_another,
}


# Code points: of less than this so much damage leaves nothing.
_FEWEST = {"five NULs": 40, "four bits flipped": 40, "a line in another encoding": 40}


def family(name: str) -> str:
    """Return one name for an encoding and its near relatives."""
    import codecs

    try:
        name = codecs.lookup(name).name
    except LookupError:
        name = name.lower()
    return _FAMILIES.get(name, name)


def is_right(name: str | None, data: bytes, truth: str | None, wanted: str) -> bool:
    """Return whether a detector that answered ``name`` is right."""
    if name is None:
        return False
    if truth is None:
        return family(name) == wanted
    try:
        return data.decode(name).removeprefix("\ufeff") == truth
    except (UnicodeError, LookupError):
        return False


def _own(data: bytes, truth: str | None, wanted: str) -> bool:
    decoded = decode(data)
    return family(decoded.encoding) == wanted if truth is None else decoded.text == truth


def _detectors() -> Iterator[tuple[str, Callable[[bytes, str | None, str], bool]]]:
    yield OWN, _own
    for label, module, function in (
        ("normalizer", "charset_normalizer", _charset_normalizer),
        ("chardet", "chardet", _detect),
        ("uchardet", "cchardet", _detect),
        ("chardetng", "chardetng_py", _chardetng),
    ):
        try:
            detector = importlib.import_module(module)
        except ImportError:
            continue
        yield label, partial(_other, partial(function, detector))


def _other(detect: Callable[[bytes], str | None], data: bytes, truth: str | None, wanted: str) -> bool:
    if truth is not None and wanted == EVERY_LINE:
        lines = zip(data.split(b"\n"), truth.split("\n"), strict=True)
        return all(not line or is_right(detect(line), line, text, "") for line, text in lines)
    return is_right(detect(data), data, truth, wanted)


def _charset_normalizer(module: object, data: bytes) -> str | None:
    best = module.from_bytes(data).best()  # type: ignore[attr-defined]
    return None if best is None else str(best.encoding)


def _detect(module: object, data: bytes) -> str | None:
    name = module.detect(data)["encoding"]  # type: ignore[attr-defined]
    return None if name is None else str(name)


def _chardetng(module: object, data: bytes) -> str | None:
    name = module.detect(data)  # type: ignore[attr-defined]
    return None if name is None else str(name)


DETECTORS = dict(_detectors())


@click.command()
@click.option("--samples", default=50, show_default=True, help="How many samples of each kind.")
@click.option("--kind", default="", help="Only the kinds whose name contains this.")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), help="A folder of Chinese texts in UTF-8.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--behind", is_flag=True, help="Only where another detector is ahead.")
def main(samples: int, kind: str, corpus: Path | None, as_json: bool, behind: bool) -> None:
    """Write texts in every encoding, damage some, and print in what share of them each detector is right (per cent)."""
    started = time.perf_counter()
    if not as_json:
        click.echo(f"{'':44}" + "".join(f"{name:>12}" for name in DETECTORS))
    for row in rows(samples, kind, corpus):
        best = max(row.right[name] for name in DETECTORS)
        ahead = best > row.right[OWN]
        if behind and not ahead:
            continue
        if as_json:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
            continue
        shares = "".join(f"{100 * row.right[name] / row.samples:12.0f}" for name in DETECTORS)
        click.echo(f"{row.name:44.44}{shares}{'  behind' if ahead else ''}")
    if not as_json:
        click.echo(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
