"""Mojibake without Chinese in it: cafÃ©, donâ€™t, ÐŸÑ€Ð¸Ð²ÐµÑ‚; by ftfy, on what is left when ours is undone.

ftfy knows the Western charsets better than we do, but neither GBK nor Big5, and would mend accidental pairs in text of
those beyond recovery; so it never goes first, and is taken only where it mends everything and no hanzi appears.
"""

from __future__ import annotations

import re
from os.path import commonprefix

from jiaokan.characters import count_hanzi
from jiaokan.damage.mojibake.spans import narrow_spans
from jiaokan.repair import Certainty, Evidence, Kind, Repair

# What UTF-8 looks like in a Western charset: the first byte of a sequence and a byte that goes on with it.
_DEBRIS = re.compile("[\xc2-\xc5\xce-\xd1\xe2\u0393\u251c][\x80-\xbf\u2013-\u2122\u0152-\u0192\u02c6\u02dc]")
# Where ftfy is asked: two signs in a row that are neither ASCII nor Chinese, what A0 may have gone from, C1 controls.
_SIGN = "\xa0-\u2e7f\ufb00-\ufdff\ufe70-\ufefe\ufffd"
_WORD_C1 = re.compile("[A-Za-z\xe0-\xff]{3}[\x80-\x9f]|[\x80-\x9f][A-Za-z]{3}")
_TRIGGER = re.compile(f"[{_SIGN}][{_SIGN}\x80-\x9f?]|[\xc3\xe0] |{_WORD_C1.pattern}")


def find(text: str) -> list[Repair]:
    """Return the mojibake of Western text in the paragraph: where all of it is mended, and no hanzi appears."""
    if _TRIGGER.search(text) is None:
        return []
    fixed = _fixed(text)
    if fixed == text or count_hanzi(fixed) != count_hanzi(text) or _DEBRIS.search(fixed):
        return []
    if any(True for _ in narrow_spans(fixed)):
        return []
    head = len(commonprefix([text, fixed]))
    tail = len(commonprefix([text[head:][::-1], fixed[head:][::-1]]))
    evidence = Evidence("mojibake.western", "UTF-8 that was read one byte at a time, in a Western charset.")
    end = len(text) - tail
    return [Repair.of(text, head, end, fixed[head : len(fixed) - tail], Kind.MOJIBAKE, Certainty.PROBABLE, evidence)]


def _fixed(text: str) -> str:
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
        # Beside hanzi they are what is left of broken characters.
        fix_c1_controls=_WORD_C1.search(text) is not None and not count_hanzi(text),
        normalization=None,
        explain=False,
    )
    return ftfy.fix_encoding(text, settings)
