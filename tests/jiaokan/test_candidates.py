"""The encodings that a file may be in, to choose from."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.decoding import candidates, decode
from jiaokan.decoding.candidates import PREVIEW_LENGTH

TEXT = "桥下的水涨了，卖豆腐的推着车从巷口出来，喊了两声，没有人应。\n他把车停在槐树底下，坐着等雨停。\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "hz"])
@pytest.mark.parametrize("times", [1, 5000])
def test_the_right_one_comes_first_with_its_line(codec: str, times: int) -> None:
    data = (TEXT * times).encode(codec)
    found = candidates(data)
    assert found[0].encoding == decode(data).encoding
    assert found[0].preview == TEXT.split("\n")[0]
    assert found[0].confidence > 0.99
    assert len(found) == 8


def test_the_line_shown_is_the_first_beyond_ascii() -> None:
    data = b"title: none\n" * 3000 + b"x" * 100 + TEXT.encode("gb18030")
    assert TEXT[:10] in candidates(data)[0].preview


def test_ascii_shows_its_first_line() -> None:
    assert candidates(b"\nplain\ntext\n")[0].preview == "plain"


@given(data=st.binary(max_size=200), mark=st.sampled_from((b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE)))
def test_any_bytes_have_ranked_candidates_that_can_be_shown(data: bytes, mark: bytes) -> None:
    found = candidates(mark + data, 20)
    assert sum(candidate.confidence for candidate in found) == pytest.approx(1)
    assert found == tuple(sorted(found, key=lambda candidate: -candidate.confidence))
    assert len({candidate.encoding for candidate in found}) == len(found)
    for candidate in found:
        assert len(candidate.preview) <= PREVIEW_LENGTH
        assert "\n" not in candidate.preview
        decode(mark + data, candidate.encoding)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_sample_is_judged(codec: str) -> None:
    data = (TEXT * 100_000).encode(codec)
    candidates(data)
    start = time.perf_counter()
    candidates(data)
    assert time.perf_counter() - start < 0.3
