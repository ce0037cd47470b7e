"""What cannot be seen or read: what is removed, what is kept because it works, what is marked as lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.damage.invisible import InvisibleEvidence, find, gather
from jiaokan.repair import Certainty, Kind, Repair, apply


def found(text: str) -> list[Repair]:
    return find(text, gather(text))


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("石板\u200b路", "石板路"),
        ("石板\ufeff路", "石板路"),
        ("\ufeff石板路", "石板路"),
        ("石\u00ad板\u2060路\u200c两\u200d百", "石板路两百"),
        ("石板路\u200b\u200b\ufeff。", "石板路。"),
        ("\u202e石板路\u202c", "石板路"),
        ("石板路\u200e，\u200f两百\u2066年", "石板路，两百年"),
        ("石板\x00路\x07\x7f", "石板路"),
        ("\x1b[1;31m石板路\x1b[0m", "石板路"),
        ("\x1b]0;标题\x07石板路", "石板路"),
        ("石\x08石板_\x08路", "石板路"),
        ("石板\x0c路", "石板路"),
        ("a stone \x85 road", "a stone  road"),
        ("石\ufff9板\ufffa路\ufffb", "石板路"),
        ("\ufe0f石板路", "石板路"),
        ("石板\uffff路", "石板路"),
    ],
)
def test_what_does_nothing_goes(damaged: str, clean: str) -> None:
    repairs = found(damaged)
    assert apply(damaged, repairs) == clean
    assert {repair.kind for repair in repairs} == {Kind.INVISIBLE}
    assert {repair.certainty for repair in repairs} == {Certainty.PROBABLE}


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧 一家",
        "❤\ufe0f 和 ☎\ufe0e",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100城，辻\U000e0101",
        "石板路，\ufe00",
        "می\u200cخواهم",
        "क्\u200dष",
        "ภาษา\u200bไทย",
        "sepa\u00adrate 石板路",
        "173\tAD\t\u00ad\tSOFT HYPHEN",
        "\u202bשלום\u202c 石板路",
        "שלום\u200f 石板路",
        "\x0c第一章",
        "石板路\t两百年",
        "“烫烫烫！”他叫起来",
        "烫烫烫",
        "水很烫，烫烫的",
        "“锟斤拷”是怎么来的",
        "屯垦戍边，屯田",
        "石板路\u3000两百年\u00a0",
        "",
    ],
)
def test_what_works_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "before", "reason"),
    [
        ("石板\x85路", "\x85", "bytes 85"),
        ("石板路，\x81\x8d年", "\x81\x8d", "bytes 81 8D"),
        ("石\ufffd\ufffd\ufffd路", "\ufffd\ufffd\ufffd", "3 × U+FFFD"),
        ("石\udcb0\udce5路", "\udcb0\udce5", "B0 E5"),
        ("石\ud840路", "\ud840", "surrogate"),
        ("石\ue000\uf8ff路", "\ue000\uf8ff", "U+E000 U+F8FF"),
        ("石\U000f0000路", "\U000f0000", "U+F0000"),
        ("石锟斤拷锟斤拷路", "锟斤拷锟斤拷", "about 4 × U+FFFD"),
        ("石錕斤拷路", "錕斤拷", "about 2 × U+FFFD"),
        ("数组里是烫烫烫烫", "烫烫烫烫", "8 bytes CC"),
        ("数组里是屯屯屯", "屯屯屯", "6 bytes CD"),
        ("石ä½\x81路", "\x81", "81"),
    ],
)
def test_what_is_gone_is_marked_and_kept(text: str, before: str, reason: str) -> None:
    (repair,) = found(text)
    assert repair.certainty is Certainty.LOST
    assert not repair.applied
    assert repair.before == repair.after == before
    assert reason in repair.evidence.reason


def test_undecodable_bytes_are_named() -> None:
    (repair,) = found("石\udcb0\udce5路")
    assert repair.evidence.read == b"\xb0\xe5"


def test_a_short_fill_counts_where_the_document_has_plainer_debris() -> None:
    assert find("数组里是烫烫烫", InvisibleEvidence(debris=False)) == []
    assert len(find("数组里是烫烫烫", InvisibleEvidence(debris=True))) == 1
    assert find("“烫烫烫！”他叫起来", InvisibleEvidence(debris=True)) == []
    assert gather("石屯屯屯屯路").debris
    assert not gather("石板路烫烫烫").debris


def test_bidirectional_controls_go_where_they_are_unbalanced() -> None:
    assert apply("\u202eשלום", found("\u202eשלום")) == "שלום"


def test_a_long_run_is_one_repair() -> None:
    assert len(found("\0" * 1_000_000)) == 1


def test_time_grows_with_the_text_and_not_faster() -> None:
    for unit in ("\x0c路", "\u200d", "\x1b[", "\x1b]", "a\x08", "\u202a", "烫烫烫路", "\ufe0f ", "路\ufffd", "锟斤"):
        text = unit * 20_000
        started = time.perf_counter()
        found(text)
        assert time.perf_counter() - started < 4, repr(unit)


_TROUBLE = "石路\0\x08\x0c\x1b[m\x85\xad\u200b\u200d\u202e\u202c\ufe0f\ufeff\ufffd\ue000\udc80\ud800烫屯锟斤拷\ufff9ä"


@given(st.text(_TROUBLE, max_size=60))
def test_spans_fit_and_what_is_lost_stays(text: str) -> None:
    position = 0
    repairs = found(text)
    for repair in repairs:
        assert position <= repair.start < repair.end <= len(text)
        assert text[repair.start : repair.end] == repair.before
        assert repair.applied == (repair.certainty is Certainty.PROBABLE)
        position = repair.end
    visible = [character for character in text if character in "石路烫屯锟斤拷ä\ufffd\ue000\udc80\ud800"]
    if "\x08" not in text and "\x1b" not in text:
        assert [character for character in apply(text, repairs) if character in visible] == visible


@given(st.text())
def test_any_characters_at_all(text: str) -> None:
    found(text)


@given(st.text("石板路又热闹起来，。！？“”《》（）3.14abc \u3000\t", max_size=80))
def test_plain_text_stays(text: str) -> None:
    assert found(text) == []
