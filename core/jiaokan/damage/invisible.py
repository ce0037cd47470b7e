"""Characters that cannot be seen, and places where something can no longer be read.

Removed (probable): zero-width characters, bidirectional controls, control characters with the escape sequences of
terminals, interlinear annotation marks, noncharacters. Kept, because there they do their work: zero-width joiners in
emoji and in scripts that join their letters, zero-width spaces in scripts without word spaces, soft hyphens and word
joiners within Western text, variation selectors after a character, bidirectional controls that are balanced in a
paragraph with right-to-left script, TAB, and a form feed that starts a page.

Marked as lost, and left where they are: U+FFFD, undecodable bytes (which the decoder keeps as U+DC80 to U+DCFF),
halves of surrogate pairs, private-use characters, C1 controls among Latin-1 debris and beside hanzi, 锟斤拷 (two U+FFFD
in UTF-8, read as GBK) and the fills of uninitialised memory, 烫烫烫 (CC…) and 屯屯屯 (CD…). "烫烫烫！" is also what
somebody says who burns his tongue: 烫 counts from four on, from three on where the document has other such debris, and
when it is said aloud from eight on.

Sources: Unicode 17.0, chapters 23 (special areas) and 9–16 (scripts); UTS #51 for emoji; ECMA-48 for escape sequences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaokan.characters import is_chinese, is_hanzi
from jiaokan.repair import Certainty, Evidence, Kind, Repair

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Scripts whose letters join or stack: Arabic and its neighbours, the Indic scripts, Mongolian.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u1a20-\u1aff\u1b00-\u1c4f\ua800-\uabff\ufb50-\ufefc]")
# Scripts without word spaces, where a zero-width space marks the places to break: Thai to Tibetan, Myanmar, Khmer.
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]")
_EMOJI = re.compile(
    "[\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_OPENING_BIDI, _CLOSING_BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"

_SPOT = re.compile(
    r"""
      (?P<replacement> \ufffd+ )
    | (?P<bytes> [\udc80-\udcff]+ )
    | (?P<surrogate> [\ud800-\udc7f\udd00-\udfff]+ )
    | (?P<private> [\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+ )
    | (?P<replaced_twice> (?:[锟錕]斤拷)+ (?:[锟錕]斤?)? )
    | (?P<fill> [烫燙]{3,} | 屯{3,} )
    | (?P<escape> \x1b\[ [0-?]{0,32} [\ -/]{0,4} [@-~] | \x1b\] [^\x07\x1b]{0,256} (?:\x07|\x1b\\) )
    | (?P<overstrike> (?P<struck>[^\x08\ud800-\udfff]) \x08 (?=(?P=struck)) | _\x08(?=[^\x08]) )
    | (?P<feed> \x0c+ )
    | (?P<control> [\x00-\x08\x0b\x0e-\x1f\x7f]+ )
    | (?P<c1> [\x80-\x9f]+ )
    | (?P<zero_width> [\u200b\ufeff\u180e]+ )
    | (?P<joiner> [\u200c\u200d]+ )
    | (?P<western> [\u00ad\u034f\u2060-\u2064]+ )
    | (?P<bidi> [\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+ )
    | (?P<selector> [\ufe00-\ufe0f\U000e0100-\U000e01ef\U000e0001\U000e0020-\U000e007f]+ )
    | (?P<annotation> [\ufff9-\ufffb]+ )
    | (?P<nothing> [\u206a-\u206f\ufdd0-\ufdef\ufffe\uffff]+ )
    """,
    re.VERBOSE,
)
_TRIGGER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\uf8ff"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\uffff\U000e0001-\U0010ffff]|斤拷|烫烫烫|燙燙燙|屯屯屯"
)
_DEBRIS = re.compile("[锟錕]斤拷[锟錕]斤拷|[烫燙]{6}|屯屯屯|\ufffd\ufffd")

_REMOVED = {
    "escape": "an escape sequence of a terminal",
    "overstrike": "a character printed twice in one place, as line printers did for bold and underlined text",
    "feed": "a form feed within the text",
    "control": "control characters, which text does not hold",
    "c1": "C1 control characters, which text does not hold",
    "zero_width": "zero-width characters, which separate nothing in Chinese",
    "joiner": "zero-width joiners or non-joiners where nothing joins",
    "western": "soft hyphens or word joiners, which do nothing in Chinese",
    "bidi": "controls of writing direction where nothing runs from right to left",
    "selector": "variation selectors or tags without the character that they belong to",
    "annotation": "marks of interlinear annotation, which plain text does not hold",
    "nothing": "deprecated or noncharacter code points",
}


@dataclass(frozen=True, slots=True)
class InvisibleEvidence:
    """What the whole document says: whether it holds plain debris (锟斤拷锟斤拷, 烫 six times, U+FFFD twice, …)."""

    debris: bool = False


def gather(text: str) -> InvisibleEvidence:
    """Return what the whole of ``text`` (raw) says. Linear in the text."""
    return InvisibleEvidence(_DEBRIS.search(text) is not None)


def find(text: str, evidence: InvisibleEvidence) -> list[Repair]:
    """Return the repairs of what cannot be seen or read in ``text``, one paragraph: code points of it, in order."""
    if _TRIGGER.search(text) is None:
        return []
    writes_backwards = _RIGHT_TO_LEFT.search(text) is not None and _is_balanced(text)
    repairs: list[Repair] = []
    for spot in _SPOT.finditer(text):
        name = spot.lastgroup if spot.lastgroup != "struck" else "overstrike"
        if name is None or _keeps(name, spot, text, evidence, writes_backwards):
            continue
        loss = _loss(name, spot, text)
        if loss is not None:
            repairs.append(_lost(text, spot, name, loss))
        else:
            why = Evidence(f"invisible.{name}", f"{_REMOVED[name]}: {_code_points(spot[0])}")
            repairs.append(Repair.of(text, *spot.span(), "", Kind.INVISIBLE, Certainty.PROBABLE, why))
    return repairs


def _keeps(name: str, spot: re.Match[str], text: str, evidence: InvisibleEvidence, writes_backwards: bool) -> bool:
    """Return whether what was found does its work where it stands."""
    before, after = _sides(spot, text)
    match name:
        case "zero_width":
            return bool(_UNSPACED.match(before) or _UNSPACED.match(after))
        case "joiner":
            joins_emoji = spot[0] == "\u200d" and _EMOJI.match(before) and _EMOJI.match(after)
            return bool(joins_emoji or _JOINING.match(before) or _JOINING.match(after))
        case "western":
            alone = before.isspace() and after.isspace()  # as in a table of characters
            return alone or (_is_western(before) and _is_western(after))
        case "bidi":
            return writes_backwards
        case "selector":
            return bool(before) and not before.isspace()
        case "feed":
            return spot.start() == 0
        case "replaced_twice":
            return len(spot[0]) == 3 and before in set("“‘「『《\"'`") and after in set("”’」』》\"'`")
        case "fill":
            return _is_said(spot[0], before, after, evidence)
    return False


def _sides(spot: re.Match[str], text: str) -> tuple[str, str]:
    """Return the characters before and after ``spot``, "" at the ends of the paragraph."""
    return text[max(0, spot.start() - 1) : spot.start()], text[spot.end() : spot.end() + 1]


def _is_western(character: str) -> bool:
    return bool(character) and not character.isspace() and not is_chinese(character)


def _is_said(fill: str, before: str, after: str, evidence: InvisibleEvidence) -> bool:
    """Return whether a run of 烫 is somebody's cry and not a fill of memory."""
    if fill[0] == "屯" or len(fill) >= 8:
        return False
    is_aloud = before in set('“‘「『"') or after in set("！!，,。…～~”」")
    return is_aloud or (len(fill) < 4 and not evidence.debris)


def _is_balanced(text: str) -> bool:
    """Return whether every embedding, override and isolate of the paragraph is closed, and nothing else is."""
    open_isolates: list[bool] = []
    for character in re.findall(f"[{_OPENING_BIDI}{_CLOSING_BIDI}]", text):
        if character in _OPENING_BIDI:
            open_isolates.append(character >= "\u2066")
        elif not open_isolates or open_isolates.pop() != (character == "\u2069"):
            return False
    return not open_isolates


def _loss(name: str, spot: re.Match[str], text: str) -> str | None:
    """Return in words what is lost at ``spot``; None if nothing is, and the spot can be removed."""
    count = len(spot[0])
    match name:
        case "replacement":
            return f"{count} × U+FFFD: a program could not read what stood here, and put this in its place"
        case "bytes":
            return f"{count} undecodable bytes: {_shortened(_bytes(spot[0]).hex(' ').upper())}"
        case "surrogate":
            return f"{count} halves of surrogate pairs without the other half"
        case "private":
            return (
                f"{count} private-use characters ({_code_points(spot[0])}): only the sender's font knew what they are"
            )
        case "replaced_twice":
            return f"about {(count * 2 + 2) // 3} × U+FFFD, saved as UTF-8 and read as GBK: what stood here is gone"
        case "fill":
            fill = "CD" if spot[0][0] == "屯" else "CC"
            return f"{count * 2} bytes {fill} of uninitialised memory, read as GBK: never a text"
        case "c1" if any("\xa0" <= side <= "\xff" or is_hanzi(side) for side in _sides(spot, text)):
            return f"bytes {_shortened(spot[0].encode('latin-1').hex(' ').upper())} of a character decoded as Latin-1"
    return None


def _lost(text: str, spot: re.Match[str], name: str, reason: str) -> Repair:
    read = _bytes(spot[0]) if name == "bytes" else b""
    evidence = Evidence(f"invisible.{name}", reason, read=read)
    return Repair.of(text, *spot.span(), spot[0], Kind.INVISIBLE, Certainty.LOST, evidence)


def _bytes(escaped: str) -> bytes:
    return escaped.encode("ascii", "surrogateescape")


def _code_points(text: str) -> str:
    """Return the code points of ``text`` as U+200B U+FEFF, each but once, at most six of them."""
    distinct = list(dict.fromkeys(text[:1000]))
    named = " ".join(f"U+{ord(character):04X}" for character in distinct[:6])
    return f"{named} …" if len(distinct) > 6 else named


def _shortened(listing: str) -> str:
    return listing if len(listing) <= 60 else f"{listing[:47]} …"
