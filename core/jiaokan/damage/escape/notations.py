r"""The notations in which bytes and code points are written out, and what each run of them stands for.

Sources: ECMA-262 (``\u``, ``%u``, ``%``), the Rich Text Format Specification 1.9.1 (``\'``, ``\u…?``), RFC 2045
(quoted-printable), RFC 2047 (encoded words), RFC 1843 (HZ), RFC 1468 and 1922 (ISO-2022-JP, ISO-2022-CN), RFC 2152 (UTF-7);
octal as C and git write it, ``<U+4E2D>`` as R does.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from jiaokan.damage.escape.characters import Reading, is_text, of_bytes, of_code_points


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE | re.ASCII)


Read = Callable[[re.Match[str], str], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Notation:
    """A way to write characters in ASCII.

    Attributes:
        name: Stable name, for programs.
        title: What readers call it.
        run: Matches a run of it.
        read: Yields what a run stands for, its bytes in the charset given ("": in which they are, is to be found out).
        evident: Whether the form alone shows that it is an escape; otherwise what it stands for must be plain text.

    """

    name: str
    title: str
    run: re.Pattern[str]
    read: Read
    evident: bool = True


class Run(NamedTuple):
    """A run of escapes in a text: its notation, and its span and what it stands for."""

    notation: Notation
    reading: Reading

    @property
    def start(self) -> int:
        """Where the run starts (code points)."""
        return self.reading.start

    @property
    def end(self) -> int:
        """Where the run ends (code points)."""
        return self.reading.end


def runs(text: str, charsets: Mapping[str, str] | None = None) -> list[Run]:
    """Return the runs of escapes in ``text``, in order, without overlap; where two notations fit, the first one counts.

    ``charsets`` says for notations of bytes, by name, which charset the document has them in.
    """
    found: list[Run] = []
    taken = bytearray(len(text) if TRIGGER.search(text) else 0)
    if not taken:
        return []
    for notation in NOTATIONS:
        charset = (charsets or {}).get(notation.name, "")
        for match in notation.run.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            for reading in notation.read(match, charset):
                found.append(Run(notation, reading))
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda run: run.start)


_POINT = _pattern(r"(?:u|x)\{([0-9a-f]+)\}|u\+([0-9a-f]{4,8})|u([0-9a-f]{8}|[0-9a-f]{4})|%([0-9a-f]{2})")
_DECIMAL = _pattern(r"\\u(-?\d{3,6}) ?(?:\?|\\'[0-9a-f]{2})")
# Of Chinese in double bytes the second may be ASCII and stand for itself, as the "l" of %97l.
_LITERAL = r"[@-Z^-~]"


def _points(match: re.Match[str], _: str) -> Iterator[Reading]:
    """Read code points in hexadecimal; what stands before the digits is theirs, and so is a ">" behind them."""
    return of_code_points(_numbered(match[0], match.start()))


def _numbered(run: str, origin: int) -> Iterator[tuple[int, int, int]]:
    start = origin
    for each in _POINT.finditer(run):
        end = origin + each.end() + run.startswith(">", each.end())
        yield start, end, int(each[each.lastindex or 0], 16)
        start = end


def _decimal_points(match: re.Match[str], _: str) -> Iterator[Reading]:
    return of_code_points(
        (match.start() + each.start(), match.start() + each.end(), int(each[1]) % 0x10000)
        for each in _DECIMAL.finditer(match[0])
    )


def _bytes(prefix: str, digits: str, base: int) -> Read:
    """Return what reads bytes that are written as ``prefix`` and ``digits`` (both patterns) in this base."""
    unit = _pattern(rf"{prefix}({digits})|({_LITERAL})")

    def read(match: re.Match[str], charset: str) -> Iterator[Reading]:
        origin = match.start()
        values, starts = bytearray(), array("Q")
        for each in unit.finditer(match[0]):
            values.append(int(each[1], base) if each[1] else ord(each[2]))
            starts.append(origin + each.start())
        starts.append(match.end())
        for reading in of_bytes(bytes(values), starts, charset):
            ends_in_literal = reading.end == match.end() and starts[-1] - starts[-2] == 1
            if ends_in_literal and reading.text[-1].isascii():
                reading = replace(reading, end=reading.end - 1, text=reading.text[:-1])
            if reading.text:
                yield reading

    return read


def _byte_notation(name: str, title: str, prefix: str, digits: str = "[0-9a-f]{2}", base: int = 16) -> Notation:
    run = _pattern(rf"{prefix}{digits}(?:{_LITERAL}?{prefix}{digits})*{_LITERAL}?")
    return Notation(name, title, run, _bytes(prefix, digits, base))


_percent_bytes = _bytes("%", "[0-9a-f]{2}", 16)


def _percent(match: re.Match[str], charset: str) -> Iterator[Reading]:
    return _points(match, charset) if "%u" in match[0].lower() else _percent_bytes(match, charset)


def _whole(match: re.Match[str], text: str | None, charset: str) -> Iterator[Reading]:
    """Yield the reading of a run whose characters cannot be told apart in it, if it is text."""
    if text and is_text(text):
        yield Reading(match.start(), match.end(), text, charset)


def _decoded(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _seven_bits(charset: str) -> Read:
    """Return what reads pairs of bytes of which the eighth bit was taken away."""

    def read(match: re.Match[str], _: str) -> Iterator[Reading]:
        if match["end"] is not None:
            data = bytes(byte | 0x80 for byte in match["body"].encode())
            yield from _whole(match, _decoded(data, charset), charset)

    return read


def _utf7(match: re.Match[str], _: str) -> Iterator[Reading]:
    """Read UTF-16 in base64; the bits that fill the last digit up are zero."""
    body = match["body"]
    data = base64.b64decode(body + "A" * (-len(body) % 4))
    end = 6 * len(body) // 16 * 2
    if 6 * len(body) % 16 < 6 and not any(data[end:]):
        yield from _whole(match, _decoded(data[:end], "utf-16-be"), "utf-7")


_WORD = re.compile(r"=\?([\w-]{3,20})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,300})\?=", re.IGNORECASE | re.ASCII)
# What mails name is often less than what they use.
_NAMED = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030", "cp936": "gb18030"}
_TEXT_CHARSETS = {
    *("utf-8", "gb18030", "big5hkscs", "hz", "iso2022_jp", "shift_jis", "euc_jp", "euc_kr", "utf-7"),
    *("ascii", "iso8859-1", "cp1252", "cp950"),
}


def _encoded_words(match: re.Match[str], _: str) -> Iterator[Reading]:
    """Read encoded words; the bytes of one character may be spread over two words that follow each other."""
    pieces: list[tuple[str, bytes]] = []
    for word in _WORD.finditer(match[0]):
        charset = _codec(word[1])
        data = _base64(word[3]) if word[2] in "bB" else quopri.decodestring(word[3].replace("_", "=20"))
        if charset is None or data is None:
            return
        if pieces and pieces[-1][0] == charset:
            data = pieces.pop()[1] + data
        pieces.append((charset, data))
    texts = [_decoded(data, charset) for charset, data in pieces]
    if None not in texts:
        yield from _whole(match, "".join(filter(None, texts)), pieces[0][0])


def _codec(name: str) -> str | None:
    """Return Python's codec for a charset that a mail names, None if it is none of text."""
    try:
        codec = codecs.lookup(_NAMED.get(name.lower(), name)).name
    except LookupError:
        return None
    return codec if codec in _TEXT_CHARSETS else None


def _base64(body: str) -> bytes | None:
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


# What stands between two escapes of ISO 2022: pairs of bytes without their eighth bit.
_PAIRS = r"(?P<body>(?:(?!\x1b?\([BJ])[!-~]{2})++)"


def _iso_2022_jp(match: re.Match[str], _: str) -> Iterator[Reading]:
    if match["end"]:
        data = f"\x1b${match['set']}{match['body']}\x1b(B".encode()
        yield from _whole(match, _decoded(data, "iso2022_jp"), "iso2022_jp")


NOTATIONS = (
    Notation(
        "encoded-word",
        "an encoded word, as in mails",
        _pattern(rf"{_WORD.pattern}(?:\s{{0,2}}{_WORD.pattern})*"),
        _encoded_words,
    ),
    Notation(
        "hz",
        "HZ",
        _pattern(r"~\{(?P<body>(?:[!-w][!-~])++)(?P<end>~\}|$)"),
        _seven_bits("gb2312"),
    ),
    Notation(
        "iso-2022-jp",
        "ISO-2022-JP",
        _pattern(rf"\x1b?\$(?P<set>[B@]){_PAIRS}(?P<end>\x1b?\([BJ])?"),
        _iso_2022_jp,
        evident=False,
    ),
    Notation(
        "iso-2022-jp",
        "ISO-2022-JP",
        _pattern(rf"\x1b?\$A{_PAIRS}(?P<end>\x1b?\([BJ])?"),
        _seven_bits("gb2312"),
        evident=False,
    ),
    Notation(
        "iso-2022-cn",
        "ISO-2022-CN",
        _pattern(r"(?:\x1b?\$\)A\x0e?|\x0e)(?P<body>(?:[!-w][!-~])++)(?P<end>\x0f|(?![!-~]))"),
        _seven_bits("gb2312"),
        evident=False,
    ),
    Notation(
        "utf-7",
        "UTF-7",
        _pattern(r"\+(?P<body>[0-9a-z+/]{3,}+)-?"),
        _utf7,
        evident=False,
    ),
    Notation("rtf-unicode", "code points, as in RTF", _pattern(rf"(?:{_DECIMAL.pattern})+"), _decimal_points),
    Notation(
        "backslash-u",
        r"code points, as in \u4e2d",
        _pattern(r"(?:\\{1,4}(?:(?-i:U)[0-9a-f]{8}|(?-i:u)[0-9a-f]{4}|u\{[0-9a-f]{2,6}\}|x\{[0-9a-f]{2,6}\}))+"),
        _points,
    ),
    Notation("angle-u", "code points, as in <U+4E2D>", _pattern(r"(?:<u\+[0-9a-f]{4,8}>)+"), _points),
    Notation(
        "percent",
        "percent-encoded, as in addresses",
        _pattern(rf"(?:%u[0-9a-f]{{4}}|%[0-9a-f]{{2}})(?:%u[0-9a-f]{{4}}|{_LITERAL}?%[0-9a-f]{{2}})*{_LITERAL}?"),
        _percent,
    ),
    _byte_notation("quoted-printable", "quoted-printable, as in mails", "="),
    _byte_notation("rtf", "bytes, as in RTF", r"\\'"),
    _byte_notation("backslash-x", r"bytes, as in \xe4", r"\\{1,4}x"),
    _byte_notation("octal", r"bytes, as in \344", r"\\{1,4}", "[0-3][0-7]{2}", 8),
    Notation(
        "bare-u",
        r"code points, as in \u4e2d, without the backslash",
        _pattern(r"(?:u[0-9a-f]{4})+"),
        _points,
        evident=False,
    ),
)
"""All notations; where two fit, the earlier one counts: what is written in base64 or seven bits looks like anything."""

TRIGGER = _pattern(
    r"\\{1,4}(?:u[0-9a-f{-]|x[89a-f{]|'[89a-f]|[23][0-7]{2})|%(?:u[0-9a-f]|[89a-f][0-9a-f])|=(?:[89a-f][0-9a-f]|\?\w)"
    r"|~\{|\+[0-9a-z+/]{3}|\$\)?[AB@]|\x0e|<u\+[0-9a-f]|u[0-9a-f]{4}"
)
"""Cheap test: a text in which this does not match has no run."""
