r"""Escapes: bytes or code points written out as ASCII text; ``\u4e2d\u6587``, ``=E4=B8=AD``, ``~{VP~}`` are 中文, 中, 中.

A machine escaped the text for another one, which never undid it. The decoding is exact; the question is whether the
escapes are text at all. In code, in addresses and in talk of escapes they are at home, elsewhere they are damage. One run
tells by where it stands, and the document by which of the two prevails in it.
"""

from jiaokan.damage.escape.finder import EscapeEvidence, find, gather

__all__ = ["EscapeEvidence", "find", "gather"]
