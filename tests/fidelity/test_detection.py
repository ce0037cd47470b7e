"""The measurement of detection: what it takes for right, and that no other detector is ahead where it matters most."""

from __future__ import annotations

import pytest

from fidelity.detection import DETECTORS, OWN, family, is_right, rows


@pytest.mark.parametrize(
    ("name", "codec", "truth", "right"),
    [
        ("gbk", "gb18030", "中文", True),
        ("utf-8", "gb18030", "中文", False),
        ("cp1252", "gb18030", "中文", False),
        ("utf-8", "utf-8-sig", "中文", True),
        ("no such encoding", "utf-8", "中文", False),
        (None, "utf-8", "中文", False),
    ],
)
def test_an_intact_text_must_come_back(name: str | None, codec: str, truth: str, right: bool) -> None:
    assert is_right(name, truth.encode(codec), truth, family(codec)) is right


@pytest.mark.parametrize(("name", "right"), [("gb2312", True), ("gb18030", True), ("big5", False), (None, False)])
def test_of_a_damaged_text_the_family_must_be_right(name: str | None, right: bool) -> None:
    assert is_right(name, b"\xd6\xd0\xce", None, family("gbk")) is right


def test_the_samples_are_the_same_in_every_run() -> None:
    assert list(rows(3, "Simplified, gb18030, 6")) == list(rows(3, "Simplified, gb18030, 6"))


@pytest.mark.parametrize(
    "kind",
    [
        "Simplified, gb18030, 20",
        "Traditional, big5, 20",
        "Simplified, utf-16-le, 20",
        "Japanese, euc_jp, 4",
        "2 % of bytes lost, gb18030, 200",
        "one byte lost, utf-16-le, 200",
        "a line in another encoding, koi8-r, 40",
        "per paragraph: utf-8 in gb18030, 8",
        "per paragraph: big5 in utf-8, 20",
    ],
)
def test_no_other_detector_is_ahead(kind: str) -> None:
    for row in rows(15, kind):
        assert row.right[OWN] == max(row.right[name] for name in DETECTORS), row
        assert row.right[OWN] >= 14, row
