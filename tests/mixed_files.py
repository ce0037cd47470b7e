"""For tests of files in several encodings: lines to write, and the way back from what was decoded."""

from __future__ import annotations

from jiaokan.decoding import Decoded, encode

LINES = (
    "清晨的集市上已经挤满了人，卖菜的大声吆喝着。",
    "她把竹篮放在石阶上，蹲下来挑了几根嫩黄瓜。",
    "隔壁的茶馆飘出一阵茉莉花的香味。",
    "说书先生还没有来，几个老人先下起了棋。",
    "一个孩子举着风车从桥那头跑过来。",
    "河水慢慢地流，船夫靠在船头打瞌睡。",
)


def written(decoded: Decoded) -> bytes:
    """Return the bytes that were decoded."""
    return decoded.bom + b"".join(encode(decoded.text[start:end], name) for start, end, name in decoded.parts)


def family(name: str) -> str:
    """Return one name for an encoding and its near relatives."""
    return {"big5hkscs": "big5", "cp950": "big5", "cp936": "gb18030"}.get(name, name)
