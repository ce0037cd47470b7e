"""What is written is read back as the same text, and what cannot be written is known before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jiaokan.decoding import UnknownEncoding, decode
from jiaokan.decoding.exact import decode_exactly
from jiaokan.formats import Substitution, TextFormat, has_mark
from jiaokan.paragraphs import paragraphs
from jiaokan.saving import (
    UnwritableText,
    encoded,
    name_of,
    target_encoding,
    unwritable,
)
from strategies import any_text

UNICODE = ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le"]
OTHERS = [
    "big5",
    "big5hkscs",
    "cp950",
    "cp936",
    "cp932",
    "euc_jp",
    "shift_jisx0213",
    "cp949",
    "hz",
    "iso2022_jp",
    "cp1252",
]

clean_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(lambda text: text[:1] != "\ufeff")
hanzi = st.text(st.sampled_from("中一丂㐂龦𠀀裏碁恒é¢¥•〜ê\u0304か\u309a—€\n"), max_size=20)


def lines(text: str) -> list[tuple[str, str]]:
    """Return the paragraphs of ``text`` with their line ends."""
    found = list(paragraphs(text))
    ends = [start for start, _ in found[1:]] + [len(text)]
    return [(line, text[start + len(line) : end]) for (start, line), end in zip(found, ends, strict=True)]


def written(text: str, form: TextFormat) -> bytes:
    return b"".join(encoded(lines(text), form))


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("bom", [False, True])
@given(text=clean_text)
@example(text="")
@example(text="𠀀\0\r\n中\r")
def test_unicode_encodings_give_any_text_back(encoding: str, bom: bool, text: str) -> None:
    form = TextFormat(encoding, bom)
    assert unwritable(lines(text), form) == []
    data = written(text, form)
    assert decode(data, encoding).text == text
    assert bool(decode(data, encoding).bom) is bom


@pytest.mark.parametrize("encoding", OTHERS)
@given(text=hanzi | clean_text)
@example(text="¢¥•\u203e〜")
@example(text="ê\u0304か\u309a\u0304")
def test_what_is_not_listed_is_read_back_as_it_is(encoding: str, text: str) -> None:
    form = TextFormat(encoding)
    listed = {found.character for found in unwritable(lines(text), form)}
    kept = "".join(character for character in text if character not in listed)
    if unwritable(lines(kept), form):
        return  # a mark that had a letter before it has another one now
    # Which of its kin a file of a few characters is in, nobody can tell; hence not decode().
    assert decode_exactly(written(kept, form), encoding) == kept


@pytest.mark.parametrize("encoding", OTHERS)
@pytest.mark.parametrize("substitution", [Substitution.REFERENCE, Substitution.MARK])
@given(text=hanzi | any_text)
def test_with_a_substitution_everything_can_be_written(encoding: str, substitution: Substitution, text: str) -> None:
    form = TextFormat(encoding, substitution=substitution)
    result = decode_exactly(written(text, form), encoding)
    if not unwritable(lines(text), form):
        assert result == text
    assert unwritable(lines(result), form) == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "cp1252", "hz"])
@given(data=st.binary(max_size=40) | st.text("中文\n,", max_size=9).map(lambda text: text.encode("gb18030") + b"\xff"))
@example(data=b"\xff\xfe\x80\n\x81\n")
def test_the_bytes_of_the_source_come_back_in_its_own_encoding(encoding: str, data: bytes) -> None:
    decoded = decode(data, encoding)
    form = TextFormat(decoded.encoding, bool(decoded.bom), source_encoding=decoded.encoding)
    assert unwritable(lines(decoded.text), form) == []
    assert written(decoded.text, form) == data


def test_undecodable_bytes_are_listed_in_any_other_encoding() -> None:
    text = decode(b"\xd6\xd0\xff\n\xff", "gb18030").text
    [found] = unwritable(lines(text), TextFormat("utf-8", source_encoding="gb18030"))
    assert (found.byte, found.count, found.places) == (0xFF, 2, [(1, 2), (2, 1)])
    assert name_of(found.character) == "byte FF"
    assert written(text, TextFormat("utf-8", substitution=Substitution.MARK)).decode() == "中\ufffd\n\ufffd"
    assert written(text, TextFormat("big5", substitution=Substitution.REFERENCE)).decode("big5") == "中□\n□"


def test_a_byte_that_would_become_part_of_a_character_is_listed() -> None:
    # The repair took away what kept the two apart.
    form = TextFormat("gb18030", source_encoding="gb18030")
    assert unwritable([("\udc81!中", "")], form) == []
    [found] = unwritable([("\udc81中", "\n"), ("\udcff!", "")], form)
    assert (found.byte, found.places) == (0x81, [(1, 1)])


def test_each_character_is_listed_once_with_its_first_places() -> None:
    found = unwritable(lines("龦a\n" * 9 + "𠀀"), TextFormat("big5"))
    assert [(entry.character, entry.count) for entry in found] == [("龦", 9), ("𠀀", 1)]
    assert found[0].places == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert found[1].places == [(10, 1)]
    assert name_of("龦") == "龦 U+9FA6"
    assert str(UnwritableText("big5", found)) == (
        "big5 cannot write 龦 U+9FA6 (line 1, column 1, 9 times), 𠀀 U+20000 (line 10, column 1)"
    )


def test_nothing_is_substituted_unless_that_is_wanted() -> None:
    with pytest.raises(UnwritableText, match="cannot write 𠀀"):
        written("中𠀀", TextFormat("big5"))
    assert written("中𠀀", TextFormat("big5", substitution=Substitution.REFERENCE)) == "中&#131072;".encode("big5")
    assert written("中𠀀", TextFormat("cp932", substitution=Substitution.MARK)).decode("cp932") == "中〓"
    # Big5 has no geta.
    assert written("中𠀀", TextFormat("big5", substitution=Substitution.MARK)).decode("big5") == "中□"


@pytest.mark.parametrize(
    ("newline", "result"),
    [("", "一\r\n二\n三\r四"), ("\n", "一\n二\n三\n四"), ("\r\n", "一\r\n二\r\n三\r\n四")],
)
def test_line_ends_are_kept_or_chosen(newline: str, result: str) -> None:
    assert written("一\r\n二\n三\r四", TextFormat("utf-16-le", newline=newline)) == result.encode("utf-16-le")


def test_no_line_end_is_added_to_the_last_line() -> None:
    assert written("一", TextFormat(newline="\r\n")) == "一".encode()
    assert written("一\n", TextFormat(newline="\r\n")) == "一\r\n".encode()


def test_a_mark_is_written_only_where_there_is_one() -> None:
    assert has_mark("gb18030")
    assert written("", TextFormat("gb18030", bom=True)) == b"\x84\x31\x95\x33"
    assert not has_mark("big5")
    assert written("", TextFormat("big5", bom=True)) == b""


def test_long_texts_are_written_in_pieces() -> None:
    def texts() -> Iterator[tuple[str, str]]:
        for _ in range(100_000):
            yield "天地玄黃宇宙洪荒", "\n"

    sizes = [len(piece) for piece in encoded(texts(), TextFormat())]
    assert sum(sizes) == 100_000 * 25
    assert max(sizes) < 1_000_000


@pytest.mark.parametrize(
    ("name", "encoding"), [("UTF-16", "utf-16-le"), ("gbk", "gb18030"), ("Big5", "big5"), ("utf-8-sig", "utf-8")]
)
def test_names_of_encodings(name: str, encoding: str) -> None:
    assert target_encoding(name) == encoding


@pytest.mark.parametrize("name", ["klingon", "rot13", "idna", ""])
def test_what_is_no_encoding_of_files(name: str) -> None:
    with pytest.raises(UnknownEncoding):
        target_encoding(name)
