"""Bytes that were meant over bytes that were read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jiaokan.repair import Certainty, Evidence, Kind, Repair
from jiaokan_gui.byte_cells import LONGEST, aligned, cells_of, spelled


def slip(before: str, after: str, charset: str = "gbk") -> Repair:
    bytes_ = Evidence("slip.toy", "", after.encode(charset), before.encode(charset, "replace"))
    return Repair.of(before, 0, len(before), after, Kind.SLIP, Certainty.PROBABLE, bytes_)


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_the_columns_hold_all_bytes_in_order(intended: bytes, read: bytes) -> None:
    pairs = aligned(intended, read)
    assert bytes(byte for byte, _ in pairs if byte is not None) == intended
    assert bytes(byte for _, byte in pairs if byte is not None) == read
    assert (None, None) not in pairs
    assert len(pairs) >= max(len(intended), len(read))


@given(st.binary(max_size=12), st.integers(0, 12))
def test_what_is_the_same_stands_above_each_other(data: bytes, lost: int) -> None:
    lost = min(lost, len(data))
    differing = [pair for pair in aligned(data, data[:lost] + data[lost + 1 :]) if pair[0] != pair[1]]
    assert len(differing) == (1 if lost < len(data) else 0)


def test_a_slip_is_shown_in_the_charset_of_its_bytes() -> None:
    cells = cells_of(slip("?!秉h", "。”黨"), "utf-8")
    assert cells.encoding == "gbk"
    assert cells.pairs == ((0xA1, 0x3F), (0xA3, 0x21), (0xA1, None), (0xB1, 0xB1), (0xFC, 0xFC), (0x68, 0x68))
    assert cells.intended == (("。", 2), ("”", 2), ("黨", 2))
    assert cells.read == (("?", 1), ("!", 1), ("秉", 2), ("h", 1))
    assert cells_of(slip("?功", "成功", "big5"), "utf-8").intended[0] == ("成", 2)


def test_without_bytes_of_its_own_a_change_is_shown_in_those_of_the_file() -> None:
    gloss = Repair.of("(wǎng)", 0, 6, "", Kind.ANNOTATION, Certainty.CERTAIN, Evidence("annotation.toy", ""))
    cells = cells_of(gloss, "utf-8")
    assert (cells.encoding, cells.intended) == ("utf-8", ())
    assert [read for _, read in cells.pairs] == list("(wǎng)".encode())


def test_mojibake_is_the_same_bytes_read_otherwise() -> None:
    read = "港口".encode().decode("gb18030")
    whole = Repair.of(read, 0, len(read), "港口", Kind.MOJIBAKE, Certainty.CERTAIN, Evidence("mojibake.toy", ""))
    cells = cells_of(whole, "utf-8")
    assert (cells.encoding, cells.read_as) == ("utf-8", "gb18030")
    assert all(meant == seen for meant, seen in cells.pairs)
    assert cells.intended == (("港", 3), ("口", 3))
    assert cells.read == tuple((character, 2) for character in read)


def test_only_the_first_bytes_of_many_are_set() -> None:
    cells = cells_of(slip("?" * 500, "國" * 500), "utf-8")
    assert not cells.is_whole
    assert len(cells.intended) == LONGEST // 2


def test_what_spells_nothing_is_shown_as_that() -> None:
    assert spelled(b"a\xb1", "gbk") == (("a", 1), ("�", 1))
    assert spelled("甲".encode(), "cp936")[0][1] == 2
