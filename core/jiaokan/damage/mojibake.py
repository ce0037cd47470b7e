"""Mojibake: text that was read in another charset than it was written in; 浣犲ソ, ÄãºÃ and ä½ å¥½ are 你好.

The charsets of Chinese are tried first, on the whole span: re-encode what was read, decode it as it was written, keep
what reads better by far. ftfy knows the Western charsets better than we do, but neither GBK nor Big5, and would mend
accidental pairs in text of those beyond recovery; so it never goes first, and is taken only where it mends everything
and no hanzi appears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os.path import commonprefix

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

# Bytes of the file that were no text in its encoding, with the signs of two bytes and the letters between them.
_KEPT = "[\udc80-\udcff]"
_ESCAPED = re.compile(_KEPT)
# The charset of files in which bytes of another one stay undecoded.
_FILE = "utf-8"
_KEPT_SPAN = re.compile(f"{_KEPT}(?:[\udc80-\udcff\x80-\u07ff!-~]*[\udc80-\udcff\x80-\u07ff@-~])?")

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
_FEWEST_NARROW = 4
_FEWEST_KINDS = 3
# Fewer hanzi than this are never certain.
_FEWEST_CERTAIN = 4
# What UTF-8 looks like in a Western charset: the first byte of a sequence and a byte that goes on with it.
_WESTERN_DEBRIS = re.compile("[\xc2-\xc5\xce-\xd1\xe2\u0393\u251c][\x80-\xbf\u2013-\u2122\u0152-\u0192\u02c6\u02dc]")
# The same, Chinese included.
_UTF8_DEBRIS = re.compile("[\xc2-\xf4\u0393\u251c][\x80-\xbf\u2013-\u2122\u0152-\u0192\u02c6\u02dc]")
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
# Who writes of charsets quotes mojibake as an example.
_SPEAKS_OF_CHARSETS = re.compile(
    "乱码|亂碼|编码|編碼|字符集|字元集|字[符元]编|mojibake|charset|(?:utf|UTF|Utf)-?(?:8|16)|(?i:gbk|gb18030|gb2312|big5|iso-?8859|latin-?1)"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_IMPOSSIBLE = re.compile("[\ue000-\uf8ff\ud800-\udfff\ufffd\ufffe\uffff]")


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
    if _is_strange(text):
        repair = _repair(text, 0, len(text))
        if repair is not None:
            return [repair]
    if _SPEAKS_OF_CHARSETS.search(text):
        return []
    found = (_repair(text, start, end) for start, end in _narrow_spans(text))
    repairs = [repair for repair in found if repair is not None]
    repairs += [repair for start, end in _kept_spans(text) if (repair := _repair(text, start, end)) is not None]
    return _apart(repairs) or _western(text)


def _kept_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of another charset in a file of UTF-8: bytes that were kept, and what they read as by accident."""
    for match in _KEPT_SPAN.finditer(text) if not text.isascii() else ():
        yield match.span()


def _apart(repairs: list[Repair]) -> list[Repair]:
    """Return the repairs in order, of those that overlap the first only."""
    kept: list[Repair] = []
    for repair in sorted(repairs, key=lambda repair: repair.start):
        if not kept or repair.start >= kept[-1].end:
            kept.append(repair)
    return kept


def _narrow_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that can be Chinese whose bytes were read one by one."""
    for match in _NARROW_SPAN.finditer(text):
        start = match.end() - len(match[0].lstrip(_AROUND))
        end = match.start() + len(match[0].rstrip(_AROUND))
        if start < end and _is_debris(text[start:end], alone=not (text[:start] + text[end:]).strip(_AROUND)):
            yield start, end


def _is_debris(span: str, *, alone: bool) -> bool:
    """Return whether the span looks like bytes, not like words of another language; ``alone``: nothing else is there."""
    narrow = _NARROW_CHARACTER.findall(span)
    plain = _PLAIN_SIGN.findall(span)
    if 2 * len(narrow) < len(span) or all("\u0391" <= character <= "\u03c9" for character in narrow):
        return False
    if 4 * len(plain) > 3 * len(narrow) and len(set(plain)) < _MANY_SIGNS:
        return False
    if _is_western(span):
        return False
    if (
        len(narrow) >= _FEWEST_NARROW
        and max(len(set(narrow) - set(plain)), len(set(plain)) - _FEWEST_KINDS) >= _FEWEST_KINDS
    ):
        return True
    return alone and len(set(narrow)) > 1 and " " not in span


def _is_western(span: str) -> bool:
    """Return whether the span is UTF-8 without a hanzi in it: what no charset of Chinese looks like by accident."""
    for read in _READ_NARROW:
        data = _encoded(span, read)
        try:
            text = "" if data is None else data.decode()
            if text and not count_hanzi(text) and not _UTF8_DEBRIS.search(text):
                return True
        except UnicodeDecodeError:
            continue
    return False


def _western(text: str) -> list[Repair]:
    """Return the mojibake of Western text in the paragraph, by ftfy: where all of it is mended, and no hanzi appears."""
    if _WESTERN_DEBRIS.search(text) is None:
        return []
    fixed = _ftfy_fixed(text)
    if fixed == text or count_hanzi(fixed) != count_hanzi(text) or _WESTERN_DEBRIS.search(fixed):
        return []
    if any(True for _ in _narrow_spans(fixed)):
        return []
    head = len(commonprefix([text, fixed]))
    tail = len(commonprefix([text[head:][::-1], fixed[head:][::-1]]))
    evidence = Evidence("mojibake.western", "UTF-8 that was read one byte at a time, in a Western charset.")
    end = len(text) - tail
    return [Repair.of(text, head, end, fixed[head : len(fixed) - tail], Kind.MOJIBAKE, Certainty.PROBABLE, evidence)]


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
        return None
    head = len(_shared_ascii(span, best.text))
    tail = len(_shared_ascii(span[head:][::-1], best.text[head:][::-1]))
    after = best.text[head : len(best.text) - tail]
    steps = ", then ".join(f"{written} text was read as {read}" for read, written in best.path)
    exact = count_hanzi(after) >= _FEWEST_CERTAIN and _replays(span, best)
    certainty = Certainty.CERTAIN if exact else Certainty.PROBABLE
    evidence = Evidence("mojibake.inverted", f"Decoded again, it is plain text: {steps}.")
    return Repair.of(text, start + head, end - tail, after, Kind.MOJIBAKE, certainty, evidence)


def _replays(span: str, decoding: _Decoding) -> bool:
    """Return whether the decoded text, written and read in the same charsets again, gives the span."""
    text = decoding.text
    for read, written in decoding.path:
        if written == _SPACED:
            return False
        try:
            data = text.encode(written)
            text = _read_again(data, read)
        except UnicodeError:
            return False
    return text == span


def _read_again(data: bytes, read: str) -> str:
    """Return what a reader of ``read`` makes of the bytes; those that cp1252 leaves out are the C1 controls."""
    if read == "cp1252":
        return "".join(bytes((byte,)).decode(read, "ignore") or chr(byte) for byte in data)
    return data.decode(read, "surrogateescape" if read == _FILE else "strict")


def _is_plain(decoding: _Decoding) -> bool:
    """Return whether a decoding can be what was written: hanzi in number, and text."""
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
        # Controls can stand between two layers, not in what was written.
        plain = next((found for found in layer if not _CONTROLS.search(found.text)), best)
        if plain.score > best.score + 1.0:
            best = plain
    return best


def _decodings(decoding: _Decoding) -> Iterator[_Decoding]:
    """Yield what the text is if it was read in one charset and written in another."""
    model = LanguageModel.load()
    seen: set[str] = {decoding.text}
    kept = (_FILE,) if _ESCAPED.search(decoding.text) else ()
    for read in (*kept, *_READ_NARROW, *_READ_WIDE):
        data = _encoded(decoding.text, read)
        if data is None:
            continue
        for written, text in _readings(data):
            if text not in seen and not _IMPOSSIBLE.search(text):
                seen.add(text)
                yield _Decoding(text, ((read, written), *decoding.path), model.score(text))


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
        return text.encode(read, "surrogateescape" if read == _FILE else "strict")
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
