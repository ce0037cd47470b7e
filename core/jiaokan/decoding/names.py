"""Names of encodings: of the many that are in use for each, the one that counts here."""

from __future__ import annotations

import codecs

from jiaokan.decoding.exact import CP936

# Files that are labelled with the left name are commonly in the right one, which contains it.
# Source: the labels of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "iso8859-1": "cp1252",
}
_CP936_NAMES = frozenset(("936", "cp936", "ms936", "windows_936"))
# Text encodings of Python that are no encodings of files.
_NOT_OF_FILES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"))


class UnknownEncoding(LookupError):
    """No encoding of files has this name; the message says so in a sentence."""


def known_encoding(name: str) -> str:
    """Return the name of the codec for ``name``; of a charset that is commonly extended, the extended one.

    Raises:
        UnknownEncoding: There is no encoding of files with this name.
    """
    if name.strip().lower().replace("-", "_") in _CP936_NAMES:
        return CP936
    try:
        codec = codecs.lookup(name.strip()).name
        b"text".decode(codec, "replace")
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec in _NOT_OF_FILES:
        raise UnknownEncoding(f"there is no encoding named “{name}”; try utf-8, gb18030, big5 or utf-16")
    return _SUPERSETS.get(codec, codec)
