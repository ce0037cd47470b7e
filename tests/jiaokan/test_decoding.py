"""Decoding: which encoding, how sure, and every byte back."""

from __future__ import annotations

import codecs
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.decoding import UnknownEncoding, decode, encode, known_encoding

SIMPLIFIED = (
    "清晨的码头上雾还没有散，渔民们已经把船推下了水。老陈抽着烟，望着远处的灯塔说：“今天风不大，可以走远一点。”\n"
    "他的孙子坐在船尾，一边补网一边问：“爷爷，海那边是什么地方？”老陈笑了笑，没有回答，只是把帆升了起来。\n"
    "到了中午，太阳晒得甲板发烫。网里的鱼比昨天多了三成，大家都很高兴，商量着晚上做一锅鱼汤，再去村口买两斤米酒。\n"
)
TRADITIONAL = (
    "圖書館門口的桂花開了，整條街都聞得到香味。管理員每天早上先澆花，然後把昨天還回來的書一本一本放回架上。\n"
    "有個學生問她：「這裡最舊的書是哪一本？」她想了一會兒，從樓上拿下一本沒有封面的地圖，說那是她祖父留下來的。\n"
    "地圖上的河流跟現在不一樣，鐵路也還沒有修到這個縣。學生看了很久，最後問能不能影印一頁，帶回去給老師看。\n"
)
JAPANESE = "昨日は朝から雨が降っていましたが、夕方になるとすっかり晴れて、きれいな虹が見えました。"
KOREAN = "어제는 아침부터 비가 내렸지만 저녁이 되자 날씨가 개어 무지개가 보였습니다."
FRENCH = "Le café était fermé, mais l'hôtel d'à côté servait déjà le petit déjeuner aux élèves.\n"

BIG5 = {"big5hkscs", "cp950"}
CHINESE = [
    ("utf-8", SIMPLIFIED, {"utf-8"}),
    ("gb18030", SIMPLIFIED, {"gb18030"}),
    ("gb18030", TRADITIONAL, {"gb18030"}),
    ("big5", TRADITIONAL, BIG5),
    ("utf-16-le", SIMPLIFIED, {"utf-16-le"}),
    ("utf-16-be", TRADITIONAL, {"utf-16-be"}),
]
EXACT = [
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "gb18030",
    "cp936",
    "gbk",
    "big5",
    "big5hkscs",
    "cp950",
    "cp932",
    "shift_jis",
    "euc_jp",
    "cp949",
    "euc_kr",
    "johab",
    "cp1252",
    "latin-1",
    "koi8-r",
    "cp437",
    "mac_roman",
    "euc_jis_2004",
    "hz",
    "utf-7",
    "utf-16",
    "utf-32",
    "iso2022_jp",
    "iso2022_jp_2",
    "iso2022_jp_ext",
    "iso2022_kr",
    "cp037",
]


@pytest.mark.parametrize(("codec", "text", "expected"), CHINESE)
@pytest.mark.parametrize("length", [10, 40, 150])
def test_encoding_of_intact_text_is_found(codec: str, text: str, expected: set[str], length: int) -> None:
    for start in range(0, len(text) - length, 7):
        piece = text[start : start + length]
        decoded = decode(piece.encode(codec))
        assert decoded.encoding in expected, (piece, decoded)
        assert decoded.text == piece


@pytest.mark.parametrize(("codec", "text", "expected"), CHINESE)
def test_encoding_of_four_characters_is_mostly_found(codec: str, text: str, expected: set[str]) -> None:
    pieces = [text[start : start + 4] for start in range(0, len(text) - 4, 3)]
    right = sum(decode(piece.encode(codec)).encoding in expected for piece in pieces)
    assert right >= 0.95 * len(pieces)


@pytest.mark.parametrize(("codec", "text", "expected"), CHINESE)
def test_one_lost_byte_is_no_veto(codec: str, text: str, expected: set[str]) -> None:
    chooser = random.Random(codec)
    right = 0
    for start in range(0, len(text) - 40, 5):
        data = bytearray(text[start : start + 40].encode(codec))
        del data[chooser.randrange(len(data))]
        right += decode(bytes(data)).encoding in expected
    assert right >= 0.95 * len(range(0, len(text) - 40, 5))


def test_utf8_with_bad_bytes_is_utf8_and_comes_back() -> None:
    data = SIMPLIFIED.encode().replace("网".encode(), b"\xe7\xbd").replace("。".encode(), b"\x80\xff", 2)
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert "\udce7\udcbd" in decoded.text
    assert encode(decoded.text, decoded.encoding, decoded.bom) == data


@pytest.mark.parametrize(
    ("codec", "text"),
    [("cp932", JAPANESE), ("euc_jp", JAPANESE), ("cp949", KOREAN), ("cp1252", FRENCH), ("utf-16-le", FRENCH)],
)
def test_other_languages(codec: str, text: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text) == (codec, text)


@pytest.mark.parametrize("text", ["“quoted” – text", "price 5€", "Straße 5", "naïve"])
def test_few_western_letters_and_signs(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("text", ["你", "A股", "联通", "——", "id,name\n1,张三\n"])
def test_shortest_texts_in_gbk(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_cyrillic_by_the_vote_of_the_other_detector(codec: str) -> None:
    text = "Вчера с утра шёл дождь, но к вечеру небо прояснилось, и над рекой появилась радуга."
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_byte_order_mark(mark: bytes, codec: str) -> None:
    decoded = decode(mark + SIMPLIFIED.encode(codec))
    assert (decoded.encoding, decoded.bom, decoded.text) == (codec, mark, SIMPLIFIED)
    assert decoded.confidence == 1.0


@pytest.mark.parametrize("text", ["\0清晨", "\0abc", "\0\0\0清晨的码头上雾"])
def test_mark_of_utf16_before_a_nul_is_not_that_of_utf32(text: str) -> None:
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    assert decode(data).text == decode(data, "utf-16").text == decode(data, "utf-16-le").text == text


@pytest.mark.parametrize("text", ["", "\0清晨", "abc", "\0" * 40])
def test_mark_of_utf32_is_believed(text: str) -> None:
    assert decode(codecs.BOM_UTF32_LE + text.encode("utf-32-le")).encoding == "utf-32-le"


def test_mark_of_utf8_before_another_encoding_is_kept_and_not_believed() -> None:
    decoded = decode(codecs.BOM_UTF8 + SIMPLIFIED.encode("gb18030"))
    assert (decoded.encoding, decoded.bom, decoded.text) == ("gb18030", codecs.BOM_UTF8, SIMPLIFIED)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain ASCII\n",
        b"run ~{ echo; ~}\ncd ~/bin\n",
        b"cp x ~{a,b}\n",
        b"~{VPND~} and 20~30\n",
        b"1+1=2, c++, a+b\n",
        b"a+ADw-b+AD4-\n",
        b"k=+1234567/ABC+DEFG\n",
        b"\x1b[31mred\x1b(B\x1b[m\n",
    ],
)
def test_ascii_and_nothing_are_utf8(data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.confidence, decoded.text) == ("utf-8", 1.0, data.decode("ascii"))


def test_nuls_in_a_text_do_not_make_it_utf16() -> None:
    text = SIMPLIFIED.replace("，", "\0\0，")
    assert decode(text.encode("gb18030")).text == text
    assert decode(text.encode()).text == text


def test_euro_of_code_page_936() -> None:
    text = SIMPLIFIED + "票价€20，往返€35。\n"
    data = (
        SIMPLIFIED.encode("gb18030")
        + "票价".encode("gb18030")
        + b"\x8020"
        + "，往返".encode("gb18030")
        + b"\x8035\xa1\xa3\n"
    )
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == ("cp936", text)
    assert encode(text, "cp936") == data


def test_stray_80_is_no_euro() -> None:
    decoded = decode(SIMPLIFIED.encode("gb18030") + b"\x80\n")
    assert decoded.encoding == "gb18030"
    assert decoded.text.endswith("\udc80\n")


def test_signs_of_code_page_950() -> None:
    text = TRADITIONAL + "價錢：￥300～￥500\n"
    decoded = decode(text.encode("cp950"))
    assert (decoded.encoding, decoded.text) == ("cp950", text)


def test_characters_of_hong_kong() -> None:
    text = TRADITIONAL + "佢哋喺嗰度嘅嘢\n"
    decoded = decode(text.encode("big5hkscs"))
    assert (decoded.encoding, decoded.text) == ("big5hkscs", text)


@pytest.mark.parametrize("codec", EXACT)
@given(data=st.binary(max_size=300))
def test_every_byte_comes_back(codec: str, data: bytes) -> None:
    decoded = decode(data, codec)
    assert encode(decoded.text, decoded.encoding, decoded.bom) == data


@pytest.mark.parametrize("codec", EXACT)
def test_every_pair_of_bytes_comes_back(codec: str) -> None:
    data = b"".join(bytes((lead, trail, 10)) for lead in range(0x80, 0x100) for trail in range(0x100))
    decoded = decode(data, codec)
    assert encode(decoded.text, decoded.encoding, decoded.bom) == data


def test_four_byte_codes_of_gb18030_come_back() -> None:
    data = b"".join(
        bytes((lead, 0x30 + lead % 10, third, 0x30 + third % 10))
        for lead in range(0x81, 0xFF)
        for third in range(0x81, 0xFF)
    )
    assert encode(decode(data, "gb18030").text, "gb18030") == data


@given(data=st.binary(max_size=300))
def test_every_byte_comes_back_whatever_is_detected(data: bytes) -> None:
    decoded = decode(data)
    parts = (encode(decoded.text[start:end], encoding) for start, end, encoding in decoded.parts)
    assert decoded.bom + b"".join(parts) == data
    assert 0 <= decoded.confidence <= 1


def test_a_code_that_is_one_of_two_for_a_character_is_kept_as_escapes_alone() -> None:
    data = "二".encode("big5") + b"\xa2\xcc" + "十八".encode("big5")
    assert decode(data, "big5").text == "二\udca2\udccc十八"


@pytest.mark.parametrize(("data", "codec", "text"), [(b"a\xff", "utf-8", "a\udcff"), (b"A\0B", "utf-16-le", "A\udc42")])
def test_escape_of_a_byte(data: bytes, codec: str, text: str) -> None:
    assert decode(data, codec).text == text


def test_lone_surrogates_of_utf16_are_two_bytes() -> None:
    assert decode(b"\x41\xdc\x60\x4f", "utf-16-le").text == "\udc41\udcdc你"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("UTF8", "utf-8"), ("GB2312", "gb18030"), ("cp936", "cp936"), ("Big5", "big5"), ("latin1", "cp1252")],
)
def test_names_of_encodings(name: str, expected: str) -> None:
    assert known_encoding(name) == expected


@pytest.mark.parametrize("name", ["", "klingon", "rot13", "hex", "idna", "utf-8\0"])
def test_unknown_encoding(name: str) -> None:
    with pytest.raises(UnknownEncoding, match="there is no encoding named"):
        decode(b"text", name)


def test_given_encoding_is_not_doubted() -> None:
    decoded = decode(SIMPLIFIED.encode(), "big5hkscs")
    assert (decoded.encoding, decoded.confidence, decoded.candidates) == ("big5hkscs", 1.0, ())


def test_given_utf16_without_order() -> None:
    assert decode(SIMPLIFIED.encode("utf-16-be"), "utf-16").text == SIMPLIFIED
    assert decode(codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"), "utf-16").text == SIMPLIFIED


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("hz", "中文 in HZ ~\n第二行\n"),
        ("utf-7", SIMPLIFIED),
        ("iso2022_jp", JAPANESE + "\n" + JAPANESE),
        ("iso2022_kr", KOREAN + "\n" + KOREAN),
    ],
)
def test_seven_bit_encoding_is_recognised_by_its_escapes(codec: str, text: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text, decoded.undecodable) == (codec, text, 0)


def test_line_that_hz_would_write_otherwise_is_kept_as_escapes() -> None:
    data = b"~{VP~}~{ND~}\n~{VPND~} HZ\n"
    decoded = decode(data, "hz")
    assert decoded.text.endswith("中文 HZ\n")
    assert decoded.undecodable == data.index(b"\n") + 1
    assert encode(decoded.text, "hz") == data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("place", [0, 31, 120, 401])
def test_utf16_is_in_step_again_after_a_lost_or_inserted_byte(codec: str, place: int) -> None:
    whole = (SIMPLIFIED * 6).encode(codec)
    for data in (whole[:place] + whole[place + 1 :], whole[:place] + b"\x4f" + whole[place:]):
        decoded = decode(data)
        assert decoded.encoding == codec
        assert decoded.text.endswith((SIMPLIFIED * 6)[place // 2 + 3 :])
        assert decoded.text.startswith((SIMPLIFIED * 6)[: max(0, place // 2 - 3)])
        assert encode(decoded.text, codec) == data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@given(seed=st.integers(0, 1 << 32), losses=st.integers(0, 12))
@settings(max_examples=30)
def test_utf16_that_lost_bytes_in_many_places_comes_back(codec: str, seed: int, losses: int) -> None:
    chooser = random.Random(seed)
    data = bytearray((SIMPLIFIED * 12).encode(codec) + chooser.randbytes(700))
    for _ in range(losses):
        del data[chooser.randrange(len(data))]
    assert encode(decode(bytes(data), codec).text, codec) == data


@pytest.mark.parametrize("text", ["\U0001f600" * 300, "\ue000\ue5e5" * 300, "\0你好" * 300, "สวัสดี\0" * 100])
def test_intact_utf16_is_not_put_into_another_step(text: str) -> None:
    assert decode(text.encode("utf-16-le"), "utf-16-le").text == text


@pytest.mark.parametrize("name", ["utf-16", "utf-32", "utf-7", "hz", "big5"])
def test_wrongly_given_encoding_is_exact_and_tells(name: str) -> None:
    decoded = decode(SIMPLIFIED.encode(), name)
    assert encode(decoded.text, decoded.encoding, decoded.bom) == SIMPLIFIED.encode()
    assert decoded.likelier == "utf-8"
    assert "\ufffd" not in decoded.text


def test_rightly_given_encoding_is_not_warned_of() -> None:
    for codec in ("utf-8", "gb18030", "utf-16-be"):
        decoded = decode(SIMPLIFIED.encode(codec), codec)
        assert (decoded.likelier, decoded.undecodable) == ("", 0)
    assert decode(b"plain", "big5").likelier == ""


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le"])
def test_marks_within_concatenated_files_are_kept_in_the_text(codec: str) -> None:
    part = ("\ufeff" + SIMPLIFIED).encode(codec)
    decoded = decode(part + part)
    assert decoded.text == SIMPLIFIED + "\ufeff" + SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "newline"), [("a\r\nb\r\nc\n", "\r\n"), ("a\rb", "\r"), ("a", "\n"), ("a\nb\r\n\n", "\n")]
)
def test_dominating_line_end(text: str, newline: str) -> None:
    assert decode(text.encode()).newline == newline


def test_runners_up_are_ranked() -> None:
    candidates = decode(SIMPLIFIED[:6].encode("gb18030")).candidates
    assert [share for _, share in candidates] == sorted((share for _, share in candidates), reverse=True)
    assert "utf-8" in dict(candidates)


def test_chinese_far_behind_ascii_is_seen() -> None:
    text = "0123456789abcdef\n" * 60_000 + SIMPLIFIED[:40] + "\n" + "fedcba9876543210\n" * 60_000
    assert decode(text.encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize("codec", ["gb18030", "utf-16-le"])
def test_one_long_line(codec: str) -> None:
    text = SIMPLIFIED.replace("\n", "") * 3000
    assert decode(text.encode(codec)).text == text


def test_time_grows_linearly() -> None:
    text = (SIMPLIFIED * 50).encode("gb18030") + b"\xff"

    def seconds(data: bytes) -> float:
        start = time.perf_counter()
        decode(data)
        return time.perf_counter() - start

    seconds(text)
    short = min(seconds(text * 10) for _ in range(3))
    long = min(seconds(text * 80) for _ in range(3))
    assert long < 8 * 4 * short
