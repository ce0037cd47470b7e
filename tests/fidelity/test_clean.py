"""The check of clean text finds what the engine changes and knows what was said about it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jiaokan.repair import Certainty

from fidelity.clean import _VERDICTS, CleanResult, CleanSums, Verdict, check_document, key, lines, verdicts
from fidelity.corpus import CleanDocument

_DAMAGED = "我很喜欢《哈利&#183;波特》啊，终于盼到大结局了。"
_PLAIN = "今天下午的会议改到明天上午，请大家互相转告。"


def _document(text: str) -> CleanDocument:
    return CleanDocument("package", "name", "genre", text, unseen=True)


def test_a_change_is_listed_with_its_surroundings_and_its_verdict() -> None:
    known = {key("package", _DAMAGED, "&#183;", "·"): Verdict.REAL}
    sums, changes = check_document(_document(f"{_PLAIN}\n{_DAMAGED}"), known)
    (change,) = changes
    assert (change.before, change.after) == ("&#183;", "·")
    assert (change.left, change.right) == ("我很喜欢《哈利", "波特》啊，终于盼到大结局了。")
    assert change.verdict is Verdict.REAL
    assert (sums.documents, sums.paragraphs, sums.paragraphs_changed) == (1, 2, 1)
    assert sums.grades[change.certainty] == 1


def test_what_nobody_judged_is_said_so() -> None:
    _, changes = check_document(_document(_DAMAGED), {})
    assert [change.verdict for change in changes] == [Verdict.UNKNOWN]


def test_plain_text_gives_nothing() -> None:
    sums, changes = check_document(_document(_PLAIN), {})
    assert not changes
    assert not sums.grades
    assert not sums.paragraphs_changed


def test_the_key_depends_on_all_that_it_names() -> None:
    keys = {key("a", "b", "c", "d"), key("b", "b", "c", "d"), key("a", "c", "c", "d"), key("a", "b", "c", "e")}
    assert len(keys) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in keys)


def test_the_report_tells_sums_and_changes() -> None:
    sums, changes = check_document(_document(_DAMAGED), {})
    text = "\n".join(lines(CleanResult({"all": sums, "empty": CleanSums()}, changes)))
    assert "not judged" in text
    assert "哈利" in text
    figures = CleanResult({"all": sums}, changes).as_json()
    assert json.loads(json.dumps(figures))["parts"]["all"]["grades"][Certainty.PROBABLE] == 1


def test_the_verdicts_on_record_are_verdicts_and_copy_no_text() -> None:
    assert Verdict.UNKNOWN not in verdicts().values()
    notes = [entry["note"] for entry in json.loads(Path(_VERDICTS).read_text("utf-8")).values()]
    assert max(map(len, notes), default=0) <= 100
