from __future__ import annotations

from functools import cache

import pytest
from jiaokan.damage.slip import SlipEvidence, find, gather
from jiaokan.repair import Certainty, Repair, apply
from simulator.alone import annotated_by
from simulator.annotation import readings
from simulator.script import traditional
from simulator.texts import clean_texts


@cache
def _document() -> str:
    """A page of a mirror site that annotates 實, 項, 優, 責 and others."""
    site = {character: reading for character, reading in readings().items() if character in "實項優責區鄉產樓條關"}
    return annotated_by(traditional(clean_texts()["simplified/report_bus"]), site).raw


@cache
def _evidence() -> SlipEvidence:
    return gather(_document() + "?xiàng)", {"項": "xiàng", "優": "yōu", "責": "zé", "區": "qū", "鄉": "xiāng"})


def _found(text: str) -> list[Repair]:
    repairs = find(text, _evidence())
    for repair in repairs:
        assert text[repair.start : repair.end] == repair.before
    return repairs


def test_the_closed_form_is_certain_and_has_no_candidates() -> None:
    (repair,) = _found("物業管理?xiàng)l例》")
    assert (repair.before, repair.after) == ("?xiàng)l", "條")
    assert repair.certainty is Certainty.CERTAIN
    assert repair.candidates == ()
    assert repair.evidence.intended == "條".encode("gbk")


def test_a_closed_form_runs_on_as_far_as_a_letter() -> None:
    text = "變?yōu)椤敖值溃ㄠl(xiāng)鎮"
    (repair,) = _found(text)
    assert apply(text, [repair]).startswith("變為“街道（鄉")
    # ）, whose bytes A3A9 would be half of two pairs that are dropped, is not far behind: nothing was chosen, and yet.
    assert repair.certainty is Certainty.PROBABLE
    assert "）（" in repair.candidates[1].text


def test_one_unknown_byte_is_chosen_and_the_candidates_are_ranked() -> None:
    (repair,) = _found("健全基層工作體系?!秉h中央下發文件")
    assert repair.after.startswith("。”黨")
    assert repair.certainty is Certainty.PROBABLE
    assert repair.candidates[0].text == repair.after
    scores = [candidate.score for candidate in repair.candidates]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)


def test_an_annotation_within_a_slip_goes_with_it() -> None:
    text = "實行“五級負責”的?!必?zé)任制度"
    assert "zé" not in apply(text, _found(text))


def test_a_swallowed_tag_comes_back_for_the_next_pass() -> None:
    text = "他們說：“路修好了?!?/p>"
    assert apply(text, _found(text)) == "他們說：“路修好了。”</p>"


def test_a_letter_that_was_read_as_a_trail_byte_comes_back() -> None:
    # ；s: A3BB 73, read as ?A3 and BB73.
    text = "這些命令會被順?shū)驁绦校籹hell 等待每個命令結束。"
    assert apply(text, _found(text)) == "這些命令會被順序執行；shell 等待每個命令結束。"


def test_a_space_that_a_loss_mark_swallowed_comes_back() -> None:
    # F2 20, the last byte of 或 and the space, are no pair.
    text = "請在工?髡净?Windows 主機上安裝，工作站或 Windows 主機都可以。"
    assert apply(text, find(text, gather(text, {}))).startswith("請在工作站或 Windows 主機上安裝")


def test_pairs_that_only_newer_readers_show_are_paired_again() -> None:
    text = "這些文件可以由用戶讀?。恍⿻?huì)保存下來。"
    assert apply(text, _found(text)) == "這些文件可以由用戶讀取，一些會保存下來。"


def test_a_character_of_which_both_bytes_are_gone_is_marked_as_lost() -> None:
    (repair,) = _found("車廂太??，過道也窄。")
    assert (repair.before, repair.certainty, repair.evidence.rule) == ("??", Certainty.LOST, "slip.gone")


@pytest.mark.parametrize(
    "text",
    [
        "這是真的嗎?誰也不知道。",
        "真的??誰也不知道。",
        "折騰?!",
        "「A股」、「T恤」、「卡拉OK」都是外來的說法。",
        "他用俄語說：“Спасибо?”然後走了。",
        "ㄅㄆㄇ是注音?是的。",
        "什麼???!!!",
        "?",
        "",
    ],
)
def test_what_only_looks_like_a_slip_stays(text: str) -> None:
    assert _found(text) == []


def test_a_document_that_shows_no_trace_is_not_searched() -> None:
    assert gather("今天天氣很好，我們去公園散步。", {}).counts is None
    assert gather("今天天氣很好?�我們去公園散步。", {}).counts is not None


def test_a_decoder_that_drops_dangling_bytes_is_known_by_its_document() -> None:
    struck = "物業管理?xiàng)l例。\n" * 2
    assert gather(struck + "工作體系!秉h中央", {}).drops
    assert not gather(struck + "工作體系?。▍^", {}).drops


def test_where_bytes_are_dropped_a_slip_begins_without_a_mark() -> None:
    evidence = gather(_document() + "管理?xiàng)l例\n管理?xiàng)l例\n", {"項": "xiàng"})
    assert evidence.drops
    text = "健全基層工作體系!秉h中央下發文件"
    assert apply(text, find(text, evidence)) == "健全基層工作體系。”黨中央下發文件"


def test_slips_in_big5_are_read_in_big5() -> None:
    text = "她把窗戶?鬗W，坐下來慢慢地讀那封信。"
    evidence = gather(text, {})
    assert apply(text, find(text, evidence)) == "她把窗戶關上，坐下來慢慢地讀那封信。"


def test_bytes_that_the_decoder_kept_are_never_certain() -> None:
    text = "今天天氣很好\udcf8\udc88我們去公園散步。"
    for repair in find(text, gather(text, {})):
        assert repair.certainty is not Certainty.CERTAIN
