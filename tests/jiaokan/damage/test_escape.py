"""Escapes: in text they are read back, exactly; in code, in addresses and in talk of escapes they stay."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jiaokan.characters import count_hanzi
from jiaokan.damage.escape import EscapeEvidence, find, gather
from jiaokan.damage.escape.notations import NOTATIONS as KNOWN
from jiaokan.damage.escape.notations import runs
from jiaokan.paragraphs import paragraphs
from jiaokan.pipeline import repair_text
from jiaokan.repair import Certainty, Kind, apply, revert
from simulator.escaping import NOTATIONS, escaped, partly_escaped, rare_escaped, writable
from simulator.script import traditional
from simulator.texts import clean_texts, to_damage
from strategies import any_text

_SENTENCES = [
    sentence for text in to_damage().values() for sentence in re.findall("[\u4e00-\u9fff，。、：；！？“”]{8,40}", text)
]
# Without its controls nothing shows where the text ends, if ASCII follows.
_ENDLESS = "ISO-2022-CN, controls dropped"


def _read_back(text: str) -> str:
    evidence = gather(text)
    return "\n".join(apply(paragraph, find(paragraph, evidence)) for _, paragraph in paragraphs(text))


@pytest.mark.parametrize("notation", NOTATIONS)
@given(st.sampled_from(_SENTENCES))
def test_a_sentence_that_was_escaped_is_read_back(notation: str, sentence: str) -> None:
    intended = writable(sentence, notation)
    assume(count_hanzi(intended) > 5)
    raw = NOTATIONS[notation](intended)
    assert raw.isascii()
    repairs = find(raw, gather(raw))
    assert apply(raw, repairs) == intended
    assert revert(intended, repairs) == raw
    for repair in repairs:
        assert repair.kind is Kind.ESCAPE
        assert repair.evidence.read.decode("ascii") == repair.before


@pytest.mark.parametrize("notation", [name for name in NOTATIONS if name != _ENDLESS])
def test_a_document_that_was_escaped_is_read_back(notation: str) -> None:
    damaged = escaped(to_damage()["simplified/report_wetland"], notation)
    assert _read_back(damaged.raw) == damaged.intended


@pytest.mark.parametrize("notation", ["\\u4e2d", "%D6%D0", "=E4=B8=AD", "\\'d6\\'d0", "HZ", "encoded words"])
def test_paragraphs_that_were_escaped_are_read_back(notation: str) -> None:
    damaged = partly_escaped(to_damage()["simplified/minutes_waterworks"], notation, random.Random(1))
    assert damaged.raw != damaged.intended
    assert _read_back(damaged.raw) == damaged.intended


@pytest.mark.parametrize("notation", ["\\u4e2d", "%u4e2d", "<U+4E2D>", "=E4=B8=AD"])
def test_characters_that_a_charset_lacks_are_read_back_one_by_one(notation: str) -> None:
    damaged = rare_escaped(traditional(to_damage()["simplified/report_bus"]), notation)
    assert damaged.raw != damaged.intended
    assert _read_back(damaged.raw) == damaged.intended


def test_what_is_certain_and_what_is_not() -> None:
    def grades(text: str) -> list[Certainty]:
        return [repair.certainty for repair in find(text, gather(text))]

    assert grades(r"他说\u6cb3\u8fb9\u7684\u67f3\u6811绿了。") == [Certainty.CERTAIN]
    assert grades(r"他说\u67f3\u6811绿了。") == [Certainty.PROBABLE]
    assert grades(r"他说\u67f3树绿了。") == [Certainty.SUGGESTED]
    # Bytes that only the language reads: 联通 in GBK is also UTF-8, of two letters of no Chinese.
    assert grades("%C1%AA%CD%A8") in ([], [Certainty.PROBABLE])


def test_bytes_are_read_in_the_charset_of_the_document() -> None:
    document = escaped("河边的柳树绿了，孩子们去捉鱼。", "%D6%D0").raw
    # By itself %B4%BA is as likely 景 in Big5 as 春 in GBK.
    assert _read_back(f"{document}\n%B4%BA") == "河边的柳树绿了，孩子们去捉鱼。\n春"


def test_line_ends_and_controls_are_never_made() -> None:
    text = r"\u6cb3\u8fb9\u7684\u67f3\u6811\u000a\u7eff\u4e86\u0000\u6211\u4eec\u53bb\u6349\u9c7c\u2028\u5427"
    assert _read_back(text) == "河边的柳树\\u000a绿了\\u0000我们去捉鱼\\u2028吧"


def test_the_bytes_are_in_the_evidence() -> None:
    (repair,) = find("%BA%D3%B1%DF%B5%C4%C1%F8%CA%F7", gather("%BA%D3%B1%DF%B5%C4%C1%F8%CA%F7"))
    assert repair.evidence.intended == "河边的柳树".encode("gbk")
    assert repair.evidence.read == b"%BA%D3%B1%DF%B5%C4%C1%F8%CA%F7"


def test_what_is_read_back_may_be_damaged_itself() -> None:
    clean = "河边的柳树绿了，孩子们去捉鱼。"
    misread = clean.encode().decode("latin-1")
    assert repair_text("".join(f"\\u{ord(character):04x}" for character in misread)).repaired == clean
    assert repair_text("".join(f"%{byte:02X}" for byte in misread.encode())).repaired == clean


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_document_that_talks_of_escapes_keeps_them(notation: str) -> None:
    lines = [f"“{word}”转义以后是{NOTATIONS[notation](word)}。" for word in ("中文", "河边的柳树", "孩子们去捉鱼")]
    text = "\n".join([*lines, "再看一个例子：", NOTATIONS[notation]("桥头的早市")])
    assert _read_back(text) == text


def test_where_escapes_are_at_home_prevails() -> None:
    code = "\n".join(f'  "{number}": "\\u6cb3\\u8fb9\\u7684\\u67f3\\u6811",' for number in range(9))
    text = "他说\\u67f3\\u6811绿了。"
    assert gather(text).habits
    assert not gather(f"{code}\n{text}").habits


@pytest.mark.parametrize("name", clean_texts())
def test_clean_texts_have_none(name: str) -> None:
    evidence = gather(clean_texts()[name])
    assert not any(find(paragraph, evidence) for _, paragraph in paragraphs(clean_texts()[name]))


_CRUMBS = (
    *(
        "\\u4e2d",
        "\\ud83d",
        "\\ude00",
        "\\u0000",
        "\\uffff",
        "\\U0011ffff",
        "\\u{110000}",
        "\\x{4e2d}",
        "\\\\u4e2d",
        "u4e2du6587",
    ),
    *(
        "%u4e2d",
        "%E4%B8%AD",
        "%D6%D0",
        "%97l",
        "%",
        "=E4=B8=AD",
        "=D6=D0",
        "=",
        "=\\",
        "\\'d6\\'d0",
        "\\u20013?",
        "\\u-1?",
    ),
    *(
        "\\344\\270\\255",
        "\\377",
        "\\xe4\\xb8\\xad",
        "~{VPND~}",
        "~{",
        "~}",
        "\x1b$)A\x0eVPND\x0f",
        "$)A",
        "\x0e",
        "$BCfJ8(B",
        "$B",
    ),
    *(
        "+Ti1lhw-",
        "+",
        "-",
        "=?utf-8?B?5Lit5paH?=",
        "=?x?B?!?=",
        "=?utf-8?Q?=E4?=",
        "<U+4E2D>",
        "&",
        '"',
        "'",
        "`",
        "[",
        "]",
    ),
    *("中", "文", "的", "，", " ", "a", "7", "转义", "http://", "\ud800", "\udcff", "\x00"),
)


@given(st.lists(st.sampled_from(_CRUMBS) | st.characters(), max_size=40).map("".join) | any_text, st.booleans())
def test_any_text_is_read_lawfully(text: str, is_habit: bool) -> None:
    line = text.translate({10: None, 13: None})
    habits = EscapeEvidence({notation.name: True for notation in KNOWN}, {"percent": "gb18030"})
    repairs = find(line, habits if is_habit else gather(line))
    position = 0
    for repair in repairs:
        assert position <= repair.start < repair.end
        assert line[repair.start : repair.end] == repair.before != repair.after
        position = repair.end
    after = apply(line, repairs)
    assert revert(after, repairs) == line
    assert not {"\n", "\r"} & set(after)


@given(any_text)
def test_runs_are_in_order(text: str) -> None:
    found = runs(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
