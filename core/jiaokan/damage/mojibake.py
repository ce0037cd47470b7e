"""Mojibake: text that was read in another charset than it was written in; 浣犲ソ, ÄãºÃ and ä½ å¥½ are 你好.

The charsets of Chinese are tried first, on the whole span: re-encode what was read, decode it as it was written, keep
what reads better by far. ftfy knows the Western charsets better than we do, but neither GBK nor Big5, and would mend
accidental pairs in text of those beyond recovery; so it competes on score with the others and never goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaokan.characters import HANZI, count_hanzi
from jiaokan.language_model import LanguageModel
from jiaokan.rarity import common_pattern
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# The charsets that Chinese text is read in by mistake, and those it was written in.
_READ_WIDE = ("gb18030", "cp950", "big5hkscs", "cp932", "cp949")
_READ_NARROW = ("cp1252", "latin-1", "cp437", "mac_roman")
_WRITTEN = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949")
_LAYERS = 3

# Debris of bytes read one by one: runs of accented letters, C1 controls, currency and typographic signs, box drawing.
_NARROW = (
    "\x80-\xff\u0131\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02c7\u02d8-\u02dd\u0393\u0398\u03a3\u03a6"
    "\u03a9\u03b1-\u03c6\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2044\u207f\u20a7\u20ac\u2122"
    "\u2202-\u2265\u2310\u2320\u2321\u2500-\u25ca\uf8ff\ufb01\ufb02"
)
_NARROW_SPAN = re.compile(f"[{_NARROW}](?:[{_NARROW} -~]*[{_NARROW} -~])?")
_NARROW_CHARACTER = re.compile(f"[{_NARROW}]")

# Signs that Chinese text has of itself: what is (nearly) nothing but a few kinds of these is a table or an ornament.
_MANY_SIGNS = 6
_PLAIN_SIGN = re.compile("[\xa0\xb7\u2013-\u2026\u2500-\u25ff]")

# By how many nats the decoded text must be likelier than the text as it stands, in all and per code point of the latter.
_MARGIN = 12.0
_MARGIN_EACH = 1.5
# Text that is less likely than this, per code point, is no Chinese: running text has -4 to -6, debris -13.
_PLAIN_EACH = -9.0
_LINE_ENDS = -8.0  # what the ends of a line cost besides
# Punctuation around a span that may be sound while the span is not.
_AROUND = "“”‘’—–…· \xa0"
# Of the hanzi of a span this share must be rare before a reading in a double-byte charset is looked into.
_RARE_SHARE = 0.12
# Fewer characters of single bytes than this are no hanzi.
_FEWEST_NARROW = 2
# Fewer hanzi than this are no evidence.
_FEWEST = 2
# Decodings followed into the next layer.
_BEAM = 3
# What double-byte charsets make of each other's bytes: hanzi, Hangul, half-width katakana, private use.
_WIDE = re.compile(f"[{HANZI}\uac00-\ud7a3\uff61-\uff9f\ue000-\uf8ff]")
# UTF-8 whose byte A0 became a plain space on the way.
_SPACED = "utf-8 (its A0 a space)"
_SPACE_FOR_A0 = re.compile(
    rb"(?<=[\xe0-\xef][\x80-\xbf]) |(?<=[\xe0-\xef]) (?=[\x80-\xbf ])|(?<=[\xc2-\xdf]) |(?<=[\xe0-\xef] ) "
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ud800-\udfff\ufffd\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Decoding:
    """One way to read a span: the charsets passed through (read, written), the text and how likely it is."""

    text: str
    path: tuple[tuple[str, str], ...]
    score: float


def find(text: str) -> list[Repair]:
    """Return the mojibake of one paragraph, span by span."""
    if text.isascii():
        return []
    spans = [(0, len(text))] if _is_strange(text) else list(_narrow_spans(text))
    found = (_repair(text, start, end) for start, end in spans)
    return [repair for repair in found if repair is not None]


def _narrow_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _NARROW_SPAN.finditer(text):
        narrow = len(_NARROW_CHARACTER.findall(match[0]))
        plain = _PLAIN_SIGN.findall(match[0])
        ornament = 4 * len(plain) > 3 * narrow and len(set(plain)) < _MANY_SIGNS
        if narrow >= _FEWEST_NARROW and 2 * narrow >= len(match[0]) and not ornament:
            yield match.span()


def _is_strange(text: str) -> bool:
    """Return whether so many characters are rare that the paragraph may have been read in the wrong charset."""
    wide = len(_WIDE.findall(text))
    return wide >= _FEWEST and wide - len(common_pattern().findall(text)) > _RARE_SHARE * wide


def _repair(text: str, start: int, end: int) -> Repair | None:
    span = text[start:end]
    origin = _Decoding(span, (), LanguageModel.load().score(span))
    best = _best(origin)
    gain = best.score - origin.score
    if gain < max(_MARGIN, _MARGIN_EACH * len(span)) or not _is_plain(best):
        return _repair_within(text, start, end)
    head = len(_shared_ascii(span, best.text))
    tail = len(_shared_ascii(span[head:][::-1], best.text[head:][::-1]))
    after = best.text[head : len(best.text) - tail]
    steps = ", then ".join(f"{written} text was read as {read}" for read, written in best.path)
    exact = not any(read == "ftfy" or written == _SPACED for read, written in best.path)
    certainty = Certainty.CERTAIN if exact else Certainty.PROBABLE
    evidence = Evidence("mojibake.inverted", f"Decoded again, it is plain text: {steps}.")
    return Repair.of(text, start + head, end - tail, after, Kind.MOJIBAKE, certainty, evidence)


def _repair_within(text: str, start: int, end: int) -> Repair | None:
    """Try the span again without the quotation marks, dashes and spaces around it, which may be sound."""
    span = text[start:end]
    head = len(span) - len(span.lstrip(_AROUND))
    tail = len(span) - len(span.rstrip(_AROUND))
    return _repair(text, start + head, end - tail) if 0 < head + tail < len(span) else None


def _is_plain(decoding: _Decoding) -> bool:
    """Return whether a decoding can be what was written: hanzi in number, or what ftfy vouches for."""
    if decoding.path[0][0] == "ftfy":
        # What ftfy mends of text in a charset that it does not know are accidental pairs between the rest.
        return not any(True for _ in _narrow_spans(decoding.text))
    return count_hanzi(decoding.text) >= _FEWEST and decoding.score > _PLAIN_EACH * len(decoding.text) + _LINE_ENDS


def _shared_ascii(first: str, second: str) -> str:
    """Return the ASCII text with which both begin."""
    length = 0
    for left, right in zip(first, second, strict=False):
        if left != right or not left.isascii():
            break
        length += 1
    return first[:length]


def _best(origin: _Decoding) -> _Decoding:
    """Return the likeliest decoding through up to three layers, or ``origin`` itself."""
    best = origin
    layer = [origin]
    for _ in range(_LAYERS):
        layer = sorted((found for decoding in layer for found in _decodings(decoding)), key=lambda found: -found.score)
        layer = layer[:_BEAM]
        if layer and layer[0].score > best.score + 1.0:
            best = layer[0]
    return best


def _decodings(decoding: _Decoding) -> Iterator[_Decoding]:
    """Yield what the text is if it was read in one charset and written in another."""
    model = LanguageModel.load()
    seen: set[str] = {decoding.text}
    for read in (*_READ_NARROW, *_READ_WIDE):
        data = _encoded(decoding.text, read)
        if data is None:
            continue
        for written, text in _readings(data):
            if text not in seen and not _FORBIDDEN.search(text):
                seen.add(text)
                yield _Decoding(text, ((read, written), *decoding.path), model.score(text))
    text = _ftfy_fixed(decoding.text)
    if text not in seen:
        yield _Decoding(text, (("ftfy", "Western"), *decoding.path), model.score(text))


def _readings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the charsets in which the bytes can be read, and the text."""
    for written in _WRITTEN:
        try:
            yield written, data.decode(written)
        except UnicodeDecodeError:
            continue
    if b" " in data:
        try:
            yield _SPACED, _SPACE_FOR_A0.sub(b"\xa0", data).decode()
        except UnicodeDecodeError:
            return


def _encoded(text: str, read: str) -> bytes | None:
    """Return the bytes that were read as ``text``, or None. Bytes that cp1252 leaves out are the C1 controls."""
    try:
        return text.encode(read)
    except UnicodeEncodeError:
        if read != "cp1252":
            return None
    try:
        return b"".join(
            character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252") for character in text
        )
    except UnicodeEncodeError:
        return None


def _ftfy_fixed(text: str) -> str:
    """Return what ftfy makes of ``text``, with nothing on but its repair of encodings."""
    # Imported late: most texts have nothing for it.
    import ftfy

    settings = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return ftfy.fix_encoding(text, settings)
