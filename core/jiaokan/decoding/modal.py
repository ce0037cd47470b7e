"""Files of seven bits that are not ASCII: HZ, ISO-2022 and UTF-7 write everything in ASCII, by escapes.

They are recognised by these escapes, all of which must be valid, and by what they then say; a script with "~{" in it
or a formula with "+" stays ASCII. Only what can be written back byte for byte is taken for them.
"""

from __future__ import annotations

import base64
import binascii
import re

from jiaokan.decoding.exact import is_exact
from jiaokan.decoding.plausibility import Model, plausibility

# RFC 1843: ~{ begins and ~} ends the hanzi, ~~ is a tilde and ~ before a line end joins lines.
_HZ = re.compile(rb"(?:[^~]|~~|~\n|~\{(?:[!-w][!-~])*(?:~\}|\n|\Z))*+\Z", re.DOTALL)
# RFC 2152: base64 of UTF-16, without padding, between + and what is no base64; +- is a plus sign.
_UTF7_RUN = re.compile(rb"\+([A-Za-z0-9+/]*)(-?)")
# ECMA-35: the designations of the Japanese and Korean sets.
_DESIGNATION = re.compile(rb"\x1b(?:\$[@AB]|\$\(D|\([IJ]|\$\)C)")
_ISO_2022 = ("iso2022_kr", "iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext")

# Letters cost the less the more they are: this much of a text is judged.
_JUDGED = 4096


def recognised(data: bytes, model: Model) -> str:
    """Return which codec writes ``data``, all of it ASCII, by escapes; "" if it is nothing but ASCII."""
    if b"\x1b" in data and _DESIGNATION.search(data):
        return next((codec for codec in _ISO_2022 if _says_more(data, codec)), "")
    if b"~{" in data and _HZ.match(data) and _says_more(data, "hz") and _is_likelier(data, "hz", model):
        return "hz"
    if b"+" in data and _is_utf7(data) and _says_more(data, "utf-7") and _is_likelier(data, "utf-7", model):
        return "utf-7"
    return ""


def _says_more(data: bytes, codec: str) -> bool:
    """Return whether ``data`` is, exactly, text in ``codec`` that is not ASCII."""
    try:
        text = data.decode(codec)
    except UnicodeError:
        return False
    return not text.isascii() and is_exact(text, data, codec)


def _is_likelier(data: bytes, codec: str, model: Model) -> bool:
    """Return whether ``data`` is likelier as text in ``codec`` than as the ASCII that it also is."""
    text = data.decode(codec)
    first = next(index for index, character in enumerate(text) if not character.isascii())
    part = text[first : first + _JUDGED]
    plain = part.encode(codec).decode("ascii")
    return sum(plausibility(part, model)) > sum(plausibility(plain, model))


def _is_utf7(data: bytes) -> bool:
    """Return whether every "+" begins what RFC 2152 allows, and one of them a character that is not ASCII."""
    found = False
    for run in _UTF7_RUN.finditer(data):
        if not run[1]:
            if not run[2]:
                return False
            continue
        try:
            units = base64.b64decode(run[1] + b"=" * (-len(run[1]) % 4), validate=True)
        except binascii.Error:
            return False
        if len(units) < 2 or (len(units) % 2 and units[-1]):
            return False
        found = found or any(units[::2])
    return found
