"""A text in another script: the same length, nothing lost, and what a mirror page had been."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan import script
from jiaokan.paragraphs import paragraph_starts
from jiaokan.script import Script, converted
from simulator.script import traditional
from strategies import any_text

TEXTS = Path(__file__).parents[1] / "texts"
SIMPLIFIED = sorted((TEXTS / "simplified").iterdir())
OTHERS = [one for one in Script if one is not Script.AS_IS]

texts = any_text | st.text(st.sampled_from("后後里裡乾干著着看名髮发麵面\r\n\udc80\0ab，\u2028豈"))
"""Any texts, and such as have what the scripts write differently."""


@given(texts, st.sampled_from(Script))
def test_every_character_stays_in_its_place(text: str, script: Script) -> None:
    result = converted(text, script)
    assert len(result) == len(text)
    for before, after in zip(text, result, strict=True):
        if before.isascii() or "\ud800" <= before <= "\udfff":
            assert after == before
    assert paragraph_starts(result) == paragraph_starts(text)


@given(texts)
def test_as_it_is(text: str) -> None:
    assert converted(text, Script.AS_IS) == text


@given(texts, st.sampled_from(Script))
def test_the_whole_is_its_paragraphs(text: str, script: Script) -> None:
    starts = [*paragraph_starts(text), len(text)]
    pieces = [text[start:end] for start, end in pairwise(starts)]
    assert converted(text, script) == "".join(converted(piece, script) for piece in pieces)


@pytest.mark.parametrize("path", SIMPLIFIED, ids=lambda path: path.stem)
def test_a_mirror_page_gets_its_script_back(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    mirrored = traditional(source)
    assert mirrored != source
    assert converted(source, Script.SIMPLIFIED) == source
    for one in OTHERS:
        assert converted(mirrored, one) == converted(source, one)


@pytest.mark.parametrize(
    ("text", "one", "expected"),
    [
        ("乾隆年間，萬里長城干淨", Script.SIMPLIFIED, "乾隆年间，万里长城干净"),
        ("乾隆年間，萬里長城干淨", Script.TRADITIONAL, "乾隆年間，萬里長城乾淨"),
        ("皇后在這里看著他和著名的云", Script.TRADITIONAL, "皇后在這裏看着他和著名的雲"),
        ("皇后在這里看著他和著名的云", Script.TAIWAN, "皇后在這裡看著他和著名的雲"),
        ("衛生間里說", Script.HONGKONG, "衞生間裏説"),
        ("软件、鼠标、出租车", Script.TAIWAN, "軟件、鼠標、出租車"),
        ("显著的、著名的、故事么，還有", Script.SIMPLIFIED, "显著的、著名的、故事么，还有"),
        ("發\udcff展", Script.SIMPLIFIED, "发\udcff展"),
    ],
)
def test_words_decide(text: str, one: Script, expected: str) -> None:
    assert converted(text, one) == expected


class _Lengthening:
    """What OpenCC may come to be: a table in which a word is longer than another."""

    def convert(self, text: str) -> str:
        return text.replace("计算机", "電腦").replace("机", "機").replace("沪", "上海")


@pytest.fixture
def _lengthening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(script, "_converter", lambda _: _Lengthening())
    yield


@pytest.mark.usefixtures("_lengthening")
def test_a_table_that_changes_the_length_is_used_character_by_character() -> None:
    assert converted("计算机", Script.TAIWAN) == "计算機"
    assert converted("沪机", Script.TAIWAN) == "沪機"


def test_no_table_in_use_changes_the_length(tmp_path: Path) -> None:
    folder = Path(opencc.__file__).with_name("clib")
    tool = shutil.which("opencc_dict", path=folder / "bin")
    if tool is None:
        pytest.skip("this OpenCC came without the tool that reads its tables")
    configurations = [folder / "share" / "opencc" / f"{name}.json" for name in ("t2s", "tw2s", "s2t", "s2tw", "s2hk")]
    tables = {name for file in configurations for name in re.findall(r"\w+\.ocd2", file.read_text("utf-8"))}
    assert len(tables) > 5
    for name in tables:
        table = tmp_path / "table.txt"
        source = configurations[0].with_name(name)
        subprocess.run([tool, "-i", source, "-o", table, "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
        for line in table.read_text("utf-8").splitlines():
            word, _, choices = line.partition("\t")
            assert len(choices.split(" ")[0]) == len(word)


def test_threads_agree() -> None:
    text = SIMPLIFIED[0].read_text(encoding="utf-8")
    expected = converted(text, Script.TAIWAN)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(converted, [text] * 16, [Script.TAIWAN] * 16)) == [expected] * 16


def test_nothing_is_loaded_before_something_is_converted() -> None:
    program = (
        "import sys; from jiaokan.script import Script, converted\n"
        "converted('後', Script.AS_IS), converted('after', Script.SIMPLIFIED); assert 'opencc' not in sys.modules\n"
        "converted('後', Script.SIMPLIFIED); assert 'opencc' in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=True
    )
