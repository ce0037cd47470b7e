"""The JSON report: the agreed fields, valid for any text."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jiaokan.decoding import decode
from jiaokan.edition import RepairedEdition
from jiaokan.export.json_report import json_report
from jiaokan.outline import Heading
from jiaokan.pipeline import Repaired
from jiaokan.repair import Candidate, Certainty, Evidence, Kind, Repair, apply
from jiaokan.script import Script
from jiaokan.survey import survey


def _report(
    raw: str,
    repairs: tuple[Repair, ...] = (),
    outline: tuple[Heading, ...] = (),
    name: str = "a.txt",
    script: Script = Script.AS_IS,
) -> RepairedEdition:
    result = Repaired(raw, survey(raw), repairs, apply(raw, repairs), outline)
    return RepairedEdition.of(name, decode(b"abc"), result, script)


def _parsed(*editions: RepairedEdition) -> Any:
    return json.loads(b"".join(json_report(editions)).decode("utf-8"))


def test_no_file_is_an_empty_list() -> None:
    assert _parsed() == []


def test_another_script_stands_beside_the_repaired_text() -> None:
    [found] = json.loads(b"".join(json_report([_report("後\udcff\n", script=Script.SIMPLIFIED)])))
    assert (found["repaired"], found["script"], found["converted"]) == ("後\udcff\n", "simplified", "后\udcff\n")


def test_fields() -> None:
    evidence = Evidence("slip.unknown", "a byte was lost", intended=b"\xa1\xa3", read=b"\xa3")
    slip = Repair.of("他說!了", 2, 3, "。", Kind.SLIP, Certainty.PROBABLE, evidence, (Candidate("。", -1.23456),))
    furniture = Repair.of("他說!了", 3, 4, "", Kind.FURNITURE, Certainty.SUGGESTED, Evidence("furniture", "not text"))
    [found] = _parsed(_report("他說!了", (slip, furniture), (Heading(1, "他說。", 0, 0, 0),)))
    assert found == {
        "file": "a.txt",
        "encoding": "utf-8",
        "encoding_confidence": 1.0,
        "raw": "他說!了",
        "repaired": "他說。了",
        "repairs": [
            {
                "kind": "slip",
                "start": 2,
                "end": 3,
                "before": "!",
                "after": "。",
                "certainty": "probable",
                "applied": True,
                "evidence": {
                    "rule": "slip.unknown",
                    "reason": "a byte was lost",
                    "intended": "a1 a3",
                    "read": "a3",
                    "candidates": [{"text": "。", "score": -1.235}],
                },
            },
            {
                "kind": "furniture",
                "start": 3,
                "end": 4,
                "before": "了",
                "after": "",
                "certainty": "suggested",
                "applied": False,
                "evidence": {"rule": "furniture", "reason": "not text"},
            },
        ],
        "outline": [{"level": 1, "title": "他說。", "raw_start": 0, "repaired_start": 0}],
    }


def test_parts_of_a_file_in_several_encodings() -> None:
    lines = ("河边的柳树绿了", "渡船刚刚靠岸", "卖鱼的还没有来")
    decoded = decode(b"\n".join(line.encode("gbk" if line == lines[1] else "utf-8") for line in lines))
    raw = "\n".join(lines)
    [found] = _parsed(RepairedEdition.of("a", decoded, Repaired(raw, survey(raw), (), raw, ())))
    assert found["raw"] == raw
    assert found["parts"] == [
        {"start": 0, "end": 8, "encoding": "utf-8"},
        {"start": 8, "end": 15, "encoding": "gb18030"},
        {"start": 15, "end": 22, "encoding": "utf-8"},
    ]


def test_lone_surrogates_are_escapes_and_all_else_is_readable() -> None:
    data = b"".join(json_report([_report("漢\udc80𠀀\ufeff\u2028\0")]))
    assert '"raw": "漢\\udc80𠀀\ufeff\u2028\\u0000"'.encode() in data


def test_names_of_files_that_are_not_utf8() -> None:
    assert _parsed(_report("", name="\udcff.txt"))[0]["file"] == "\udcff.txt"


# High surrogates never come from decoding; two halves side by side would be read as one character.
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0xDC00, max_codepoint=0xDFFF))
    )
)
def test_any_text_comes_back(texts: list[str]) -> None:
    assert [found["raw"] for found in _parsed(*map(_report, texts))] == texts


def test_long_texts_are_written_in_pieces() -> None:
    text = "天地玄黃" * 1_000_000
    pieces = list(json_report([_report(text)]))
    assert max(map(len, pieces)) < 5_000_000
    assert json.loads(b"".join(pieces))[0]["repaired"] == text
